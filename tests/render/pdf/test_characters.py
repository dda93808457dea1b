"""A character that the report's font lacks stops the PDF with the character and its place."""

import pytest

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.characters import lacking, named
from evidentia.render.pdf.document import write_pdf
from evidentia.render.pdf.paper import for_paper
from folders import MINIMAL, write_folder


def page(fonts: str, body: str) -> str:
    section = f"<section><h2>1. One</h2>{body}</section>"
    return (
        "<html"
        f" lang=en><head><title>T</title><style>{fonts}</style></head><body><main>{section}</main></body></html>"
    )


@pytest.mark.parametrize("character", ["中", "த", "ব", "😀", "ш", "ع"])
def test_characters_of_other_scripts_are_named_with_the_heading_above(fonts, character):
    assert lacking(for_paper(page(fonts, f"<p>Seen by <em>{character}</em></p>"))) == {character: "1. One"}


@pytest.mark.parametrize(
    "text",
    [
        "Siân Ŵ ŷ Łódź Þór 30% – ‘so’ €5 ≥ β² −1",
        "soft\u00adhyphen",
        "e\u0301",
        "no\u200bbreak\ufeff",
        "a\u00a0b\u202fc",
    ],
)
def test_what_the_font_has_or_what_is_not_drawn_passes(fonts, text):
    assert lacking(for_paper(page(fonts, f"<p>{text}</p>"))) == {}


def test_texts_of_charts_are_read_and_their_markup_is_not(fonts):
    chart = (
        "<svg role='img' aria-label=\"A &lt; 中\" xmlns='http://www.w3.org/2000/svg'><title>中</title><text"
        " x='1'>ш &amp; b</text></svg>"
    )
    assert lacking(for_paper(page(fonts, f"<figure>{chart}</figure>"))) == {"ш": "1. One"}


def test_what_only_a_screen_shows_is_not_looked_at(fonts):
    assert (
        lacking(
            for_paper(page(fonts, "<p class='on-screen'>中</p><details class='data'><p>中</p></details>"))
        )
        == {}
    )


def test_a_character_is_named_with_its_code():
    assert named("中") == "'中' (U+4E2D, CJK UNIFIED IDEOGRAPH-4E2D)"


def test_all_characters_are_named_in_one_run_with_file_and_line(fonts, tmp_path):
    config = {**MINIMAL, "report": {"chapters": ["report/one.qmd"]}}
    write_folder(tmp_path, config, **{"report__one.qmd": "# One\n\nSeen by 李明 there.\n\nAnd Шу here.\n"})
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "report.html").write_text(
        page(fonts, "<p>Seen by 李明 there.</p><p>And Шу here; θ is fine; ☃ from data.</p>")
    )
    with pytest.raises(EvidentiaError) as raised:
        write_pdf(load_config(tmp_path), tmp_path / "build", tmp_path)
    said = str(raised.value)
    assert (
        "'李' (U+674E, CJK UNIFIED IDEOGRAPH-674E), '明' (U+660E, CJK UNIFIED IDEOGRAPH-660E)\n  where:"
        " report/one.qmd, line 3" in said
    )
    assert "where: report/one.qmd, line 5" in said
    assert "'☃' (U+2603, SNOWMAN)\n  where: build/report.html, under '1. One'" in said
    assert "θ" not in said
