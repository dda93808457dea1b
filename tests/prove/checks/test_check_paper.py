"""Checks of a PDF find what is missing from it."""

import pytest
from weasyprint import HTML

from evidentia.prove.checks import paper

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>It rose from four to nine</title><rect"
    " width='9' height='9'/></svg>"
)


@pytest.fixture(scope="module")
def style(fonts):
    return fonts + "body { font-family: Arimo }"


def pdf(tmp_path, style, body=f"<h1>Title</h1><p>Words</p>{SVG}", language=' lang="en-GB"', **options):
    path = tmp_path / "report.pdf"
    page = (
        f"<html{language}><head><title>The"
        f" title</title><style>{style}</style></head><body>{body}</body></html>"
    )
    path.write_bytes(HTML(string=page).write_pdf(**{"pdf_variant": "pdf/ua-1", **options}))
    return path


def test_a_sound_pdf_passes(tmp_path, style):
    path = pdf(tmp_path, style)
    for _, findings in (
        paper.conforms(path),
        paper.fonts_embedded(path),
        paper.pictures_described(path, 1),
        paper.size(path),
    ):
        assert findings == []
    assert paper.fonts_embedded(path)[0] == "Arimo, Arimo-Bold"
    assert paper.described(path, "The title", "en-GB", [])[1] == []


def test_what_is_not_pdf_ua_is_found(tmp_path, style):
    assert paper.conforms(pdf(tmp_path, style, pdf_variant=None))[1]


def test_a_character_in_a_font_of_the_machine_is_found(tmp_path, style):
    findings = paper.fonts_embedded(pdf(tmp_path, style.replace("Arimo", "Other")))[1]
    assert findings
    assert all("is a font of this machine" in finding for finding in findings)


def test_missing_descriptions_are_found(tmp_path, style):
    path = pdf(tmp_path, style)
    assert paper.described(path, "Another title", "fr", ["numbers.csv"])[1] == [
        "the title in the metadata is not the report's",
        "the language is en-GB, not fr",
        "numbers.csv is not attached",
    ]
    assert paper.pictures_described(path, 2)[1] == ["1 pictures are tagged, but the report has 2 figures"]
    short = pdf(tmp_path, style, f"<h1>Title</h1>{SVG.replace('It rose from four to nine', 'Chart')}")
    assert paper.pictures_described(short, 1)[1] == ["figure 1 has no text alternative"]
