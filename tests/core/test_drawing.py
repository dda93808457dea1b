"""Drawings of any program: one form for the page, nothing of how their file was made, and a mark where
records are invented.
"""

import base64
import io
import re

import pytest
from PIL import Image, PngImagePlugin

from evidentia.core.drawing import drawing_of, marked
from evidentia.core.errors import EvidentiaError
from evidentia.render.html.safe_svg import inline_svg

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="504pt" height="216pt"><rect width="9" height="9"/></svg>'
)


def png_of(**words):
    said = PngImagePlugin.PngInfo()
    for name, text in words.items():
        said.add_text(name, text)
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(content, format="PNG", pnginfo=said)
    return content.getvalue()


def test_a_drawing_with_a_size_gets_a_shape_that_fits_the_page():
    text = drawing_of(b"<?xml version='1.0'?>\n" + SVG.encode(), "svg", "a.svg")
    assert text.startswith('<svg viewBox="0 0 504 216"')
    assert "rect" in inline_svg(text, "a", "A square")


def test_a_picture_keeps_its_pixels_and_nothing_else():
    text = drawing_of(png_of(Author="somebody", Software="a program"), "png", "a.png")
    assert 'viewBox="0 0 30 20"' in text
    data = base64.b64decode(re.search(r"base64,([^\"]+)", text)[1])
    assert b"somebody" not in data
    assert Image.open(io.BytesIO(data)).size == (30, 20)
    assert text == drawing_of(png_of(Author="another"), "png", "a.png")
    assert "image" in inline_svg(text, "a", "White")


def test_the_mark_of_invented_records_stands_below_the_drawing():
    text = marked(drawing_of(SVG.encode(), "svg", "a.svg"))
    height = float(re.search(r'viewBox="0 0 504 ([\d.]+)"', text)[1])
    assert height > 216
    assert "[synthetic]</text></svg>" in text
    assert float(re.search(r'y="([\d.]+)" text-anchor', text)[1]) > 216


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"<html></html>", "svg", "no SVG drawing"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
            "svg",
            "neither a viewBox nor a width and height",
        ),
        (b"GIF89a", "png", "the picture cannot be read"),
        (b"\xff\xfe<svg>", "svg", "UTF-16"),
    ],
)
def test_a_file_that_is_no_drawing_is_named(content, kind, said):
    with pytest.raises(EvidentiaError, match=said) as caught:
        drawing_of(content, kind, "figures/a, written by analysis/a.R")
    assert "analysis/a.R" in str(caught.value)


def test_the_mark_of_synthetic_records_has_one_size_on_pages_and_phones():
    sizes = []
    for points, inches in ((468, 6.5), (259.2, 3.6)):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {points} 200"></svg>'
        sizes.append(float(re.search(r"font-size:\s*([\d.]+)px", marked(svg, inches))[1]))
    assert sizes == [8.5, 8.5]
