"""Figures and pictures in the page: drawings as a part of it, photographs as data."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

from lxml.html import builder as tag

from evidentia.charts.width import drawing_of
from evidentia.compose.picture_files import FOLDER, path_of, read_picture
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.font import FAMILY
from evidentia.core.language import translate
from evidentia.core.markup import Element
from evidentia.render.html.finish import set_scrollable, text_of
from evidentia.render.html.places import Places
from evidentia.render.html.safe_svg import inline_svg

_FAMILY = re.compile(r"""\bfont-family:[^;"]*;?\s*|\sfont-family="[^"]*\"""")


def take_images(main: Element, build: Path, config: Config, sources: Places) -> dict[str, str]:
    """Replace each image of a body, in place, and return the SVG for each mark that is left in it, with ids
    that are unique on the page.

    Parameters
    ----------
    main : lxml element
        The body, finished.
    build : Path
        The folder with figures/.
    config : Config
    sources : Places
        Where words and pictures are from.

    Raises
    ------
    EvidentiaError
        Or `Problems`: for each image that is neither a figure of the build nor a picture of the report.
    """
    drawings: dict[str, str] = {}
    faults: list[EvidentiaError] = []
    for number, image in enumerate(main.xpath(".//img"), start=1):
        try:
            if image.get("src", "").startswith(f"{FOLDER}/"):
                drawings |= _picture(image, number, sources)
            else:
                drawings |= _figure(image, build, config, sources)
        except EvidentiaError as fault:
            faults.append(fault)
    raise_all(faults)
    return drawings


def _figure(image: Element, build: Path, config: Config, sources: Places) -> dict[str, str]:
    """Replace a figure of the build by its drawings, each in a box that may scroll."""
    source = image.get("src")
    if source not in {f"figures/{id}.svg" for id in config.figures}:
        raise EvidentiaError(
            f"the image '{source}' is not a figure of this build, and no picture of the report",
            where=sources.find(source) or "build/report.qmd",
            remedy="declare a figure in config.yaml and show it with {{ figure(...) }}, or put a picture into"
            " report/pictures",
        )
    caption = image.getparent().xpath("./figcaption")
    label = text_of(caption[0]) if caption else translate("Figure")
    drawings, holders = {}, []
    beside = bool(image.xpath("ancestor::*[contains(@class, 'side-by-side')]"))
    for path, classes in _drawings(build / source, config, beside):
        mark = f"\ue000{path.stem}\ue001"
        text = path.read_text(encoding="utf-8")
        drawings[mark] = inline_svg(text, path.stem, image.get("alt", ""), path.as_posix())
        holders.append(tag.E.div(mark, {"class": classes}))
        set_scrollable(holders[-1], label)
    _put(image, holders)
    return drawings


def _drawings(file: Path, config: Config, beside: bool) -> list[tuple[Path, str]]:
    """Return a figure's drawings and the classes of what holds them; where there are two, the width of the
    screen chooses; beside another figure, the narrow one fits on paper too.
    """
    figure: Any = config.figures[file.stem]
    narrow = file.with_name(drawing_of(file.stem, narrow=True))
    if not config.registry.figures[figure.kind].narrow or not narrow.is_file():
        return [(file, "picture")]
    if beside:
        return [(narrow, "picture drawn-narrow-only")]
    return [(file, "picture drawn-wide"), (narrow, "picture drawn-narrow on-screen")]


def _picture(image: Element, number: int, sources: Places) -> dict[str, str]:
    """Put a picture of the report's own into the page."""
    source, alt = image.get("src"), image.get("alt", "")
    path = path_of(sources.folder, source)
    name = source.rpartition("/")[2]
    where = sources.find(name) or "build/report.qmd"
    if not path or not alt.strip():
        raise EvidentiaError(
            f"the picture '{name}' has no alternative text" if path else f"there is no picture '{name}'",
            where=where,
            remedy='write ![Caption](pictures/map.png){#fig-map fig-alt="What it shows."}',
        )
    picture = read_picture(sources.folder, path)
    style = image.get("style", "")
    parent = image.getparent()
    if parent.tag == "p" and not parent.text_content().strip() and {child.tag for child in parent} == {"img"}:
        parent.tag = "div"
        parent.classes.add("own-pictures")  # a picture without a caption, on its own: no mark within a line
    if picture.kind == "svg":
        drawing = _FAMILY.sub("", inline_svg(picture.content.decode("utf-8"), f"picture-{number}", alt, path))
        drawing = drawing.replace("<svg ", f'<svg font-family="{FAMILY}" ', 1)
        mark = f"\ue000picture-{number}\ue001"
        in_line = parent.tag not in ("figure", "div", "section", "main", "li", "td", "th")
        holder = (tag.E.span if in_line else tag.E.div)(mark, {"class": "own-picture drawing"})
        if style:
            holder.set("style", style)
        _put(image, [holder])
        return {mark: drawing}
    data = base64.b64encode(picture.content).decode("ascii")
    shown = tag.E.img({"src": f"data:image/{picture.kind};base64,{data}", "alt": alt, "class": "own-picture"})
    if style:
        shown.set("style", style)
    else:
        shown.set("width", str(picture.width))
        shown.set("height", str(picture.height))
    _put(image, [shown])
    return {}


def _put(image: Element, instead: list[Element]) -> None:
    instead[-1].tail = image.tail
    parent = image.getparent()
    place = parent.index(image)
    parent[place : place + 1] = instead
