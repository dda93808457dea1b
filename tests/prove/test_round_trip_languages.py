"""A draft in Welsh, with authors and identifiers, in an organisation's look, is read back like any other."""

import contextlib

import pypdf
import pytest

from brands import GIVEN, PIXEL
from evidentia.charts.style import use_style
from evidentia.config.load import load_config
from evidentia.core.catalogue import catalogue, messages
from evidentia.core.language import Language, speak
from evidentia.prove.round_trip import round_trip
from evidentia.render.html.webfonts import KEPT
from evidentia.render.pdf.document import write_pdf
from reliability.small import CONFIG, run_rules, set_config, write_small

EVALUATION = {
    **CONFIG["evaluation"],
    "language": "cy-GB",
    "status": "draft",
    "version": "0.3",
    "isbn": "978-1-78655-000-2",
    "doi": "10.1000/182",
    "authors": [{"name": "First Writer", "affiliation": "North University", "orcid": "0000-0002-1825-0097"}],
}


@pytest.fixture
def folder(tmp_path):
    write_small(tmp_path)
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "logo.png").write_bytes(PIXEL)
    for name in ("regular", "bold"):
        (tmp_path / "brand" / f"{name}.woff2").write_bytes((KEPT / f"{name}.woff2").read_bytes())
    (tmp_path / "_brand.yml").write_text(GIVEN, encoding="utf-8")
    chapter = tmp_path / "report" / "one.qmd"
    more = "\n# Rhagor {.appendix}\n\nRoedd {{ n('rates.calls.2019.area') }} yn 2019.\n\n| A | B |\n|---|---|\n| x | y |\n\n: Geiriau {#tbl-own}\n"
    chapter.write_text(chapter.read_text(encoding="utf-8") + more, encoding="utf-8")
    set_config(tmp_path, evaluation=EVALUATION)
    yield tmp_path
    speak("en-GB")
    use_style()


@pytest.mark.build
def test_every_number_has_an_origin_and_every_page_says_that_it_is_a_draft(folder):
    run_rules(folder)
    draft = folder / "build" / "draft"
    with contextlib.chdir(folder):
        config = load_config(".", check_files=False)
        (draft / "report.pdf").write_bytes(write_pdf(config, draft))
        round_trip(config, folder, draft, None).raise_if_left()
    pages = [page.extract_text() for page in pypdf.PdfReader(draft / "report.pdf").pages]
    assert "DRAFFT" in pages[0]
    assert all("DRAFFT, fersiwn 0.3, 30 Mehefin 2021" in page for page in pages[1:])
    assert "Tabl A1" in pages[-1]
    assert "0000-0002-1825-0097" in pages[0]
    assert "978-1-78655-000-2" in pages[0]


@pytest.mark.build
def test_numbers_with_the_marks_of_another_language_are_found_again(tmp_path):
    folder = write_small(tmp_path)
    (folder / "languages").mkdir()
    same = Language("de", {text: text for text in messages()})
    (folder / "languages" / "de.po").write_text(catalogue(same), encoding="utf-8")
    set_config(folder, evaluation={**CONFIG["evaluation"], "language": "de"})
    run_rules(folder)
    draft = folder / "build" / "draft"
    try:
        with contextlib.chdir(folder):
            config = load_config(".", check_files=False)
            (draft / "report.pdf").write_bytes(write_pdf(config, draft))
            done = round_trip(config, folder, draft, None)
        done.raise_if_left()
    finally:
        speak("en-GB")
    printed = {found.text for found in done.html}
    assert "60,0" in printed
    assert "60.0" not in printed
