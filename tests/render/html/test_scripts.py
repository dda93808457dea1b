"""Letters beyond Latin and Greek: the report's font whole, a font of the folder, or a message."""

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

from evidentia.core.errors import EvidentiaError
from evidentia.render.html.scripts import further_faces, with_families
from evidentia.render.html.webfonts import CUTS, KEPT, font_faces, for_paper, unpacked
from evidentia.render.pdf.characters import lacking
from evidentia.render.pdf.document import to_pdf
from render.written import paper_of

NAMES = "Чайковский, Київ, Ελένη, שלום, Việt"


def square():
    """Return a font whose one letter, 王, is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    glyph, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", "king"])
    builder.setupCharacterMap({0x20: "space", 0x738B: "king"})
    builder.setupGlyf({".notdef": glyph, "space": empty, "king": glyph})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "space": (300, 0), "king": (1000, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_a_report_in_latin_letters_carries_no_more_than_it_needs():
    assert len(font_faces("Łódź, Ŵyneb")) < len(font_faces(NAMES)) / 2


def test_a_sign_that_no_cut_has_does_not_bring_the_whole_font():
    assert font_faces("A note, and back: \u21a9\ufe0e") == font_faces("A note")


def test_the_cuts_for_paper_are_those_of_the_page_unpacked():
    for name in CUTS:
        assert (KEPT / f"{name}.ttf").read_bytes() == unpacked((KEPT / f"{name}.woff2").read_bytes())
    assert "woff2" not in for_paper(font_faces())
    assert for_paper(font_faces(NAMES)) == font_faces(NAMES)


def test_cyrillic_and_hebrew_are_in_the_reports_font():
    text = f"# One\n\nThey are {NAMES}.\n"
    assert lacking(paper_of(text, font_faces(text))) == {}


def test_a_font_of_the_folder_gives_what_the_reports_font_lacks(tmp_path):
    (tmp_path / "report" / "fonts").mkdir(parents=True)
    (tmp_path / "report" / "fonts" / "square.ttf").write_bytes(square())
    text = "# One\n\nMr 王 and A.\n"
    faces = further_faces(tmp_path, text)
    assert list(faces) == ["ReportFallback1"]
    assert "unicode-range:U+738B;" in faces["ReportFallback1"]
    root = paper_of(text, font_faces(text) + "".join(faces.values()))
    assert lacking(root) == {}
    for style in root.iter("style"):
        style.text = with_families(style.text, faces) if "@page" in (style.text or "") else style.text
    page = PdfReader(io.BytesIO(to_pdf(root))).pages[0]
    assert "王" in page.extract_text()
    fonts = {font.get_object()["/BaseFont"][8:] for font in page["/Resources"]["/Font"].values()}
    assert fonts == {"Arimo", "Arimo-Bold", "ReportFallback1"}


def test_a_letter_that_no_font_has_is_said_to_be_lacking(tmp_path):
    assert further_faces(tmp_path, "Mr 王") == {}
    assert list(lacking(paper_of("# One\n\nMr 王.\n", font_faces("王")))) == ["王"]


def test_a_file_that_is_no_font_is_named(tmp_path):
    (tmp_path / "report" / "fonts").mkdir(parents=True)
    (tmp_path / "report" / "fonts" / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(EvidentiaError, match="the font cannot be read") as raised:
        further_faces(tmp_path, "Mr 王")
    assert raised.value.where == "report/fonts/broken.ttf"


def test_keys_and_what_a_program_says_are_in_the_reports_font_too():
    root = paper_of("Press <kbd>Ctrl</kbd>, see <samp>this</samp> and `code`.")
    page = PdfReader(io.BytesIO(to_pdf(root))).pages[0]
    fonts = {font.get_object()["/BaseFont"][8:] for font in page["/Resources"]["/Font"].values()}
    assert fonts == {"Arimo"}
