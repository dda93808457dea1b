"""A drawing of any program as an SVG for the page."""

from __future__ import annotations

import base64
import io
import re

from evidentia.core.errors import EvidentiaError
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.text import decoded

_BOX = re.compile(r"""viewBox\s*=\s*["']\s*([-\d.]+)[\s,]+([-\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")
_SIZE = re.compile(r"""\s(width|height)\s*=\s*["']([\d.]+)(?:px|pt|in|mm|cm)?["']""")
LARGEST_SIDE = 10_000
"""Pixels of a picture."""


def drawing_of(content: bytes, kind: str, where: str) -> str:
    """Return SVG text of a drawing; a picture of pixels stands in one, without what its file says of its
    making.
    """
    if kind == "png":
        return _of_pixels(content, where)
    text = re.sub(
        r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*", "", decoded(content, where, "write it as UTF-8"), flags=re.DOTALL
    )
    head = re.search(r"<svg\b[^>]*>", text)
    if head is None:
        raise EvidentiaError(
            "the figure is no SVG drawing", where=where, remedy="write it with svg() or savefig()"
        )
    if not _BOX.search(head[0]):
        sizes = dict(_SIZE.findall(head[0]))
        if set(sizes) != {"width", "height"}:
            raise EvidentiaError(
                "the drawing has neither a viewBox nor a width and height",
                where=where,
                remedy="give it a viewBox",
            )
        box = f'<svg viewBox="0 0 {sizes["width"]} {sizes["height"]}"'
        text = text.replace(head[0], head[0].replace("<svg", box, 1), 1)
    return text


def _of_pixels(content: bytes, where: str) -> str:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            wide, high = picture.size
            if max(wide, high) > LARGEST_SIDE:
                raise EvidentiaError(
                    f"the picture is {wide} by {high} pixels; up to {LARGEST_SIDE} are read", where=where
                )
            kept = io.BytesIO()
            bare = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P") else "RGB")
            bare.info.clear()
            bare.save(kept, format="PNG")
    except EvidentiaError:
        raise
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise EvidentiaError(
            f"the picture cannot be read: {type(error).__name__}", where=where, remedy="write it again as PNG"
        ) from None
    data = base64.b64encode(kept.getvalue()).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0'
        f' {wide} {high}"><image width="{wide}" height="{high}"'
        f' xlink:href="data:image/png;base64,{data}"/></svg>'
    )


def marked(svg: str, inches: float = 6.5) -> str:
    """Return a drawing with the word below it that says that its records are synthetic; `inches` is how wide
    it is shown.
    """
    found = _BOX.search(svg)
    if found is None:
        return svg
    x, y, wide, high = map(float, found.groups())
    size = wide * 8.5 / (72 * inches)  # as large as beside other charts
    box = f'viewBox="{x:g} {y:g} {wide:g} {high + 1.6 * size:g}"'
    word = (
        f'<text x="{x + wide:g}" y="{y + high + 1.1 * size:g}" text-anchor="end" style="font-size:'
        f' {size:g}px; font-family: Arimo, sans-serif; fill: #5f6369">{synthetic_mark()}</text>'
    )
    text = svg[: found.start()] + box + svg[found.end() :]
    return f"{text.rstrip().removesuffix('</svg>')}{word}</svg>"
