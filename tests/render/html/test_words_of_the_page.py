"""Every word of a page that is not the author's comes from the catalogue of its language."""

import re

import pytest
from lxml import html

from evidentia.core.catalogue import messages
from evidentia.core.language import speak
from reliability.small import CHAPTER, CONFIG, run_rules, set_config, write_small

MARKED = re.compile(r"«(?:[^«»]|«[^«»]*»)*»")
OWN = "mehefin scripts analyse py per PDF Word Excel CSV DOI ISBN ORCID config yaml json csv report numbers http https doi org orcid cy"


@pytest.fixture
def page(tmp_path):
    """The small evaluation in a language whose every word stands in marks."""
    folder = write_small(tmp_path / "small")
    (folder / "languages").mkdir()
    entries = []
    for text in messages():
        inner = text.strip()
        said = text.replace(inner, f"«{inner}»") if inner else text
        entries.append(
            "".join(f'{key} "{_quoted(words)}"\n' for key, words in (("msgid", text), ("msgstr", said)))
        )
    (folder / "languages" / "cy.po").write_text("\n".join(entries), encoding="utf-8")
    evaluation = {
        **CONFIG["evaluation"],
        "language": "cy",
        "status": "draft",
        "version": "0.2",
        "synthetic_records": True,
    }
    set_config(
        folder,
        evaluation=evaluation,
        data={"rates": {"path": "data/rates.csv", "synthetic": True}},
        report={**CONFIG["report"], "annexes": ["numbers"]},
    )
    words = (
        CHAPTER
        + '\nIt {{ moved("rates.calls.2019.area", "rates.calls.2020.area") }}.^[Noted.]\n\n{{ data_notice() }}\n'
    )
    (folder / "report" / "one.qmd").write_text(words, encoding="utf-8")
    run_rules(folder)
    yield folder
    speak("en-GB")


def _quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def test_no_generated_word_stands_outside_the_catalogue(page):
    root = html.fromstring((page / "build" / "draft" / "report.html").read_text(encoding="utf-8"))
    for gone in root.xpath("//script | //style"):
        gone.drop_tree()
    own = " ".join(
        path.read_text(encoding="utf-8")
        for path in page.rglob("*")
        if path.suffix in (".yaml", ".qmd", ".csv") and "build" not in path.parts
    )
    known = set(re.findall(r"[^\W\d_]+", f"{own} {OWN}".lower()))
    labels = {
        word
        for entry in (page / "build" / "results" / "rates.json")
        .read_text(encoding="utf-8")
        .split('"label":')[1:]
        for word in re.findall(r"[^\W\d_]+", entry.split('",')[0].lower())
    }
    left = set()
    for text in root.xpath("//text() | //@aria-label | //@data-notice | //@data-status | //@data-close"):
        rest = text
        while MARKED.search(rest):
            rest = MARKED.sub(" ", rest)
        if "«" not in rest and "»" not in rest:  # a text over several elements
            left |= {word for word in re.findall(r"[^\W\d_]{3,}", rest.lower()) if word not in known | labels}
    assert left == set()
