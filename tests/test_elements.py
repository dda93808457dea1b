"""The example chapter that holds every element: the same words in HTML, PDF and Word, and no check that fails."""

import re
import zipfile

import pytest
from lxml import etree

from evidentia.config.load import load_config
from evidentia.core.number_words import fold
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.checks.check import FAILED, SKIPPED
from evidentia.prove.checks.report import all_checks
from evidentia.prove.page_text import read_page
from folders import ENGINE, copy_evaluation, snakemake

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("elements")]
HEBREW = re.compile("[\u0590-\u05ff]")
EXAMPLE = ENGINE / "examples" / "every-element"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = copy_evaluation(EXAMPLE, tmp_path_factory.mktemp("every") / "element")
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder / "build"


def words_of(build) -> list[str]:
    """Return the folded words of each paragraph, cell, heading and caption that goes on paper."""
    blocks = []
    for block in read_page(build / "report.html").blocks:
        if block.screen_only or block.role in ("chart", "alt", "attribute"):
            continue
        text = block.text
        for mark in block.marks:
            if mark.kind in ("footnote mark", "formula"):
                text = text[: mark.start] + "\n" * (mark.end - mark.start) + text[mark.end :]
        blocks += [in_order(piece) for piece in text.split("\n") if len(in_order(piece)) > 3]
    return blocks


def in_order(text: str) -> str:
    """Return folded words without Hebrew, which a PDF holds from left to right."""
    return HEBREW.sub("", fold(text))


def test_the_words_of_the_page_are_those_of_the_pdf(build):
    pdf = FinishedPdf(build / "report.pdf")
    paper = in_order(" ".join(piece.text for piece in pdf.pieces() if piece.role == "text"))
    words = words_of(build)
    assert len(words) > 100
    assert [text for text in words if text not in paper] == []


def test_the_words_of_the_page_are_those_of_the_word_document(build):
    with zipfile.ZipFile(build / "report.docx") as file:
        parts = [etree.fromstring(file.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    namespace = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    said = in_order("".join("".join(part.xpath("//w:t/text()", namespaces=namespace)) for part in parts))
    assert [text for text in words_of(build) if text not in said] == []


def test_words_for_one_format_stand_in_it_alone(build):
    paper = " ".join(FinishedPdf(build / "report.pdf").page_texts().values())
    assert "Only paper shows" in paper
    assert "Only the page on a screen" not in paper
    page = (build / "report.html").read_text(encoding="utf-8")
    assert '<div class="for-paper">' in page
    assert '<div class="for-screen">' in page


def test_no_check_of_the_finished_pages_fails(build):
    config = load_config(build.parent, check_files=False)
    checks = {check.id: check for check in all_checks(config, build, ENGINE / "templates")}
    assert {check.id: check.findings for check in checks.values() if check.status == FAILED} == {}
    assert checks["pdf-ua"].status != SKIPPED


@pytest.mark.chromium
def test_axe_finds_nothing_at_a_desk_and_on_a_phone(build):
    config = load_config(build.parent, check_files=False)
    found = next(check for check in all_checks(config, build, ENGINE / "templates") if check.id == "html-axe")
    if found.status == SKIPPED:
        pytest.skip(found.measured)
    assert found.findings == []
