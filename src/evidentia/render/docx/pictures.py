"""Pictures in a Word document: a drawing as SVG with a PNG beside it for programs that know no SVG."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

from lxml import etree

from evidentia.core.errors import EvidentiaError
from evidentia.core.font import FAMILY, font_file
from evidentia.render.docx.package import (
    DOCUMENT,
    FOOTNOTES,
    NAMES,
    Element,
    Package,
    piece,
    properties,
    runs_text,
    style_of,
    w,
)
from evidentia.render.docx.pandoc_page import Picture

EMU = 914_400  # of an inch
EM = 11 * 12_700  # the height of a line's letters
PIXELS = 1200
"""Width of a drawing's PNG: some 190 points an inch across the page."""

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_MARK = re.compile("\ue010(\\d+)\ue011")
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # Microsoft's name of the extension


def png_of(drawing: bytes, width: int = PIXELS) -> bytes:
    """Return an SVG drawing as PNG, with the report's own font, whatever the machine has."""
    import resvg_py

    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing.decode("utf-8"),
                width=width,
                skip_system_fonts=True,
                font_files=[str(font_file())],
                font_family=FAMILY,
                sans_serif_family=FAMILY,
            )
        )
    except ValueError as error:
        raise EvidentiaError(
            f"a drawing cannot be turned into a picture for Word: {error}", where="build/draft/figures"
        ) from None


def size_of(content: bytes, kind: str) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG picture in pixels."""
    if kind == "png":
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    place = 2
    while place + 9 < len(content):
        marker, length = struct.unpack(">HH", content[place : place + 4])
        if marker & 0xFFF0 == 0xFFC0 and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    raise EvidentiaError("a JPEG picture does not say how large it is", remedy="save it anew, or as PNG")


def keep_with_sources(body: Element) -> None:
    """Keep each picture on the page of the line under it, in place."""
    for line in body.iter(w("p")):
        following = line.getnext()
        if style_of(line) == "Figure" and following is not None and style_of(following) == "Source":
            properties(line, "pPr").insert(1, etree.Element(w("keepNext")))


def put_pictures(package: Package, pictures: Sequence[Picture], room: tuple[int, int]) -> None:
    """Put each picture where its mark stands, in place.

    Parameters
    ----------
    package : Package
    pictures : sequence of Picture
    room : tuple of int
        Width and height that a picture may take, in EMU.
    """
    for part in (DOCUMENT, FOOTNOTES):
        for run in list(package.tree(part).iter(w("r"))):
            mark = _MARK.search(runs_text(run))
            if mark:
                _put(package, part, run, int(mark[1]), pictures[int(mark[1])], room)


def _put(
    package: Package, part: str, run: Element, index: int, picture: Picture, room: tuple[int, int]
) -> None:
    content = png_of(picture.content) if picture.kind == "svg" else picture.content
    kind = "png" if picture.kind == "svg" else picture.kind
    vector = _store(package, part, index, picture.content, "svg") if picture.kind == "svg" else ""
    relation = _store(package, part, index, content, kind)
    wide, high = size_of(content, kind)
    width, height = _fitted(wide, high, room, picture)
    for child in [child for child in run if child.tag != w("rPr")]:
        run.remove(child)
    for named in run.findall(f"{w('rPr')}/{w('rStyle')}"):
        named.getparent().remove(named)
    run.append(_drawing(index, relation, vector, width, height, picture.alt))


def _fitted(wide: int, high: int, room: tuple[int, int], picture: Picture) -> tuple[int, int]:
    """Return the size in EMU: drawings and large pictures fill the room, small ones keep their own size, and
    one within a line is as high as the line.
    """
    most, highest = (room[0] // picture.columns, room[1]) if picture.columns else (room[0], EM)
    own = wide * EMU // 96
    width = most if picture.columns and own > most // 2 else min(own, most)
    if width * high > highest * wide:
        width = highest * wide // high
    return max(width, 1), max(width * high // wide, 1)


def _store(package: Package, part: str, index: int, content: bytes, kind: str) -> str:
    name = f"media/picture{index + 1}.{kind}"
    media = {"svg": "image/svg+xml", "jpg": "image/jpeg"}.get(kind, f"image/{kind}")
    package.add(f"word/{name}", content, media, extension=True)
    return package.relate(part, _IMAGE, name)


def _drawing(index: int, relation: str, vector: str, width: int, height: int, alt: str) -> Element:
    extension = (
        f'<a:extLst><a:ext uri="{_SVG}"><asvg:svgBlip r:embed="{vector}"/></a:ext></a:extLst>'
        if vector
        else ""
    )
    size = f'cx="{width}" cy="{height}"'
    named = f'id="{index + 1}" name="Picture {index + 1}"'
    place = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
    blip = f'<a:blip r:embed="{relation}">{extension}</a:blip><a:stretch><a:fillRect/></a:stretch>'
    uri = NAMES["pic"]
    drawing = piece(
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {named}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{uri}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}</pic:blipFill>"
        f'<pic:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    for told in drawing.iter("{*}docPr", "{*}cNvPr"):
        told.set("descr", alt)
    return drawing
