"""The finished page: one HTML file with its style, fonts, figures and data inside."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import printed
from evidentia.core.ledger import present_ledger
from evidentia.core.version import version
from evidentia.render.html.annexes import add_annexes
from evidentia.render.html.body import normalise, parse
from evidentia.render.html.finish import finish, set_scrollable, text_of
from evidentia.render.html.opening import files_beside, open_with
from evidentia.render.html.origins import origins, sections_of
from evidentia.render.html.safety import refuse_active
from evidentia.render.html.schemes import dark_rules
from evidentia.render.html.webfonts import font_faces

Element = Any


def build_page(config: Config, body: str, build: Path, templates: Path, comparison: Comparison | None = None) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    config : Config
    body : str
        HTML from an engine.
    build : Path
        The folder with figures/.
    templates : Path
        The engine's templates/.
    comparison : Comparison, optional
        With the accepted numbers, for the annex of changes.
    """
    main = parse(body)
    refuse_active(main)
    normalise(main)
    ledger = present_ledger(build)
    add_annexes(config, main, ledger, comparison)
    known = origins(ledger, sections_of(main))
    open_with(main)
    done = finish(main)
    _add_downloads(main, build)
    drawings = _take_images(main, build)
    content = "".join(html.tostring(child, encoding="unicode", method="html") for child in main)
    for mark, drawing in drawings.items():
        content = content.replace(mark, drawing)
    env = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    evaluation = config.evaluation
    return env.get_template("page.html.jinja").render(
        evaluation=evaluation,
        engine=version(),
        wholly_synthetic=config.wholly_synthetic,
        date_printed=printed(evaluation.date.isoformat(), "date", "month"),
        content=content,
        headings=done.headings,
        figures=done.figures,
        tables=done.tables,
        files=files_beside(config),
        origins=known,
        fonts=font_faces(),
        screen=_css(templates / "screen.css") + dark_rules(drawings.values()),
        print=_css(templates / "print.css"),
        script="\n".join((templates / name).read_text(encoding="utf-8") for name in ("page.js", "popover.js")),
    )


def _css(path: Path) -> str:
    """Return a style sheet without comments and needless white space."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).strip()


def _add_downloads(main: Element, build: Path) -> None:
    """Put each figure's data as a CSV download behind its table."""
    for details in main.xpath(".//details[@class='data']"):
        name = details.getparent().get("id").removeprefix("fig-")
        data = base64.b64encode((build / "figures" / f"{name}.csv").read_bytes()).decode("ascii")
        link = html.builder.E.a("Download the data (CSV)", href=f"data:text/csv;base64,{data}", download=f"{name}.csv")
        details.append(html.builder.E.p(link, {"class": "download"}))


def _take_images(main: Element, build: Path) -> dict[str, str]:
    """Replace each image by a mark, and return the SVG for each mark with ids that are unique on the page."""
    drawings = {}
    for image in main.xpath(".//img"):
        source = image.get("src")
        file = build / source
        if "//" in source or not file.resolve().is_relative_to(build.resolve()) or file.suffix != ".svg":
            raise EvidentiaError(
                f"the image '{source}' is not an SVG file of this build", where="build/report.qmd", remedy="show it with {{ figure(...) }}"
            )
        mark = f"\ue000{file.stem}\ue001"
        drawings[mark] = inline_svg(file.read_text(encoding="utf-8"), file.stem, image.get("alt", ""))
        holder = html.builder.E.div(mark, {"class": "picture"})
        caption = image.getparent().xpath("./figcaption")
        set_scrollable(holder, text_of(caption[0]) if caption else "Figure")
        holder.tail = image.tail
        image.getparent().replace(image, holder)
    return drawings


def _own_ids(tag: str, name: str) -> str:
    """Put a figure's name before the ids that a tag of its drawing sets or refers to."""
    tag = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', tag)
    return re.sub(r'(href="#|url\(#)([^")]+)', rf"\1{name}-\2", tag)


def inline_svg(text: str, name: str, alt: str) -> str:
    """Return an SVG as an element for HTML: its text read as one image, its ids made the figure's own."""
    text = re.sub(r"<[^>]*>", lambda tag: _own_ids(tag[0], name), text)
    label = html.builder.E.p(alt)
    escaped = html.tostring(label, encoding="unicode")[3:-4].replace('"', "&quot;")
    text = re.sub(r'\s+xmlns:xlink="[^"]*"', "", text, count=1).replace("xlink:href", "href")
    return re.sub(r"<svg\b", f'<svg role="img" aria-label="{escaped}"', text, count=1).strip()
