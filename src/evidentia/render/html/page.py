"""The finished page: one HTML file with its style, fonts, figures and data inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from evidentia.config.brand import load_brand
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.files import read_json
from evidentia.core.formats import printed
from evidentia.core.language import translate
from evidentia.core.ledger import present_ledger
from evidentia.core.markup import Element
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.version import version
from evidentia.render.html.annexes import add_annexes
from evidentia.render.html.body import normalise, parse
from evidentia.render.html.branding import brand_faces, logo, on_paper, screen_rules
from evidentia.render.html.cover import cover
from evidentia.render.html.finish import Finished, finish
from evidentia.render.html.formulas import unread_formulas
from evidentia.render.html.layouts import layout_faults, one_sided_links
from evidentia.render.html.lists import list_starts
from evidentia.render.html.math_font import math_face
from evidentia.render.html.neighbours import joined_numbers
from evidentia.render.html.opening import files_beside, open_with
from evidentia.render.html.pictures import take_images
from evidentia.render.html.places import Places, places
from evidentia.render.html.policy import PLACE, policy
from evidentia.render.html.popovers import origins, sections_of
from evidentia.render.html.quotations import meaning_faults
from evidentia.render.html.safety import active
from evidentia.render.html.schemes import dark_rules
from evidentia.render.html.scripts import further_faces, with_families
from evidentia.render.html.webfonts import font_faces

CONTENT = "\ue005"  # stands in the page's frame for the report's words


def build_page(
    config: Config,
    body: str,
    build: Path,
    templates: Path,
    comparison: Comparison | None = None,
    folder: Path = Path(),
) -> str:
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
    folder : Path
        The evaluation folder, whose files are named in messages.
    """
    main = parse(body)
    sources = places(config, folder)
    raise_all(body_faults(config, main, build, sources))
    normalise(main)
    ledger = present_ledger(build)
    add_annexes(config, main, ledger, comparison)
    known = origins(ledger, sections_of(main))
    open_with(main)
    done = finish(main)
    raise_all(one_sided_links(main, sources))
    _add_downloads(main, build)
    content, drawings = content_of(config, main, build, sources)
    frame = framed(
        config,
        done,
        templates,
        folder,
        screen=dark_rules(drawings.values()),
        origins=known,
        drawn=drawings.values(),
        script="\n".join(
            (templates / name).read_text(encoding="utf-8") for name in ("page.js", "popover.js")
        ),
    )
    return frame.replace(PLACE, policy(frame), 1).replace(CONTENT, content, 1)


def body_faults(config: Config, main: Element, build: Path, sources: Places) -> list[EvidentiaError]:
    """Return what is wrong with the body as an engine wrote it, before it is normalised."""
    return [
        *active(main, sources),
        *list_starts(main, sources),
        *unread_formulas(main, sources),
        *layout_faults(main, sources),
        *meaning_faults(main, sources),
        *joined_numbers(main, _lines(config, build)),
    ]


def content_of(config: Config, main: Element, build: Path, sources: Places) -> tuple[str, dict[str, str]]:
    """Return the finished body as HTML with its drawings in it, and the drawings by their marks."""
    drawings = take_images(main, build, config, sources)
    content = "".join(html.tostring(child, encoding="unicode", method="html") for child in main)
    for mark, drawing in drawings.items():
        content = content.replace(mark, drawing)
    return content, drawings


def framed(
    config: Config,
    done: Finished,
    templates: Path,
    folder: Path,
    *,
    screen: str,
    origins: str,
    script: str,
    drawn: Iterable[str] = (),
) -> str:
    """Return the page round the body, with marks for its policy and its content.

    Parameters
    ----------
    config : Config
    done : Finished
        What the page lists.
    templates : Path
    folder : Path
        The evaluation folder, with the brand.
    screen : str
        Further rules for a screen.
    origins : str
        JSON of where the numbers are from.
    script : str
    drawn : iterable of str
        The drawings, for the letters in them.
    """
    env = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    evaluation, brand = config.evaluation, load_brand(folder)
    letters = _letters(evaluation.model_dump_json(), done.main, drawn)
    further = further_faces(folder, letters)
    return env.get_template("page.html.jinja").render(
        policy=PLACE,
        evaluation=evaluation,
        engine=version(),
        cover=cover(config),
        status=cover(config).status,
        say=translate,
        wholly_synthetic=config.wholly_synthetic,
        mark=synthetic_mark(),
        date_printed=printed(evaluation.date.isoformat(), "date", "month"),
        content=CONTENT,
        headings=done.headings,
        figures=done.figures,
        tables=done.tables,
        files=files_beside(config),
        origins=origins,
        fonts="\n".join(filter(None, [font_faces(letters), brand_faces(brand, folder), *further.values()])),
        lists=_css(templates / "lists.css"),
        logo=logo(brand, folder),
        screen=math_face(done.main)
        + with_families(_css(templates / "screen.css") + screen_rules(brand), further)
        + screen,
        print=with_families(on_paper(_css(templates / "print.css"), brand), further),
        script=script,
    )


def _letters(cover: str, main: Element, drawn: Iterable[str]) -> str:
    """Return the letters that a page sets with the report's font; formulas have their own."""
    texts = main.itertext() if main.find(".//math") is None else main.xpath(".//text()[not(ancestor::math)]")
    return "".join([cover, *texts, *drawn])


def _lines(config: Config, build: Path) -> dict[str, str]:
    """Return the file and line of each number that a chapter prints, by its anchor."""
    paths = config.report.chapter_ids if config.report else {}
    uses = read_json(build / "uses.json").values()
    return {
        use["anchor"]: f"{paths.get(use['chapter'], use['chapter'])}, line {use['line']}"
        for rows in uses
        for use in rows
    }


def _css(path: Path) -> str:
    """Return a style sheet without comments and needless white space."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).strip()


def _add_downloads(main: Element, build: Path) -> None:
    """Put each figure's data as a CSV download behind its table."""
    for details in main.xpath(".//details[@class='data']"):
        name = details.getparent().get("id").removeprefix("fig-")
        data = base64.b64encode((build / "figures" / f"{name}.csv").read_bytes()).decode("ascii")
        link = html.builder.E.a(
            translate("Download the data (CSV)"), href=f"data:text/csv;base64,{data}", download=f"{name}.csv"
        )
        details.append(html.builder.E.p(link, {"class": "download"}))
