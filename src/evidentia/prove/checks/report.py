"""All checks of a report's finished pages."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.brand import load_brand
from evidentia.config.model import Config
from evidentia.disclosure.scan import scan
from evidentia.prove.checks import browser, colours, paper, screen
from evidentia.prove.checks.check import Check, of


def _records(config: Config, build: Path) -> tuple[str, tuple[str, ...]]:
    found = scan(config, build.parent)
    return found.measured, found.findings


def all_checks(config: Config, build: Path, templates: Path) -> list[Check]:
    """Run every check.

    Parameters
    ----------
    config : Config
    build : Path
        With report.html and report.pdf.
    templates : Path
        The engine's templates/, for the style sheets.
    """
    page, pdf = build / "report.html", build / "report.pdf"
    text = page.read_text(encoding="utf-8")
    sheets = [(templates / name).read_text(encoding="utf-8") for name in ("screen.css", "print.css")]
    figures = text.count("<figure id=")
    attached = [
        "numbers.csv",
        *(f"{name}.csv" for name in config.figures if f'<figure id="fig-{name}"' in text),
    ]
    evaluation, brand = config.evaluation, load_brand(build.parent)
    pictures = figures + bool(brand.logo)
    names = [font.family for font in brand.fonts]
    return [
        of("pdf-ua", "PDF: conforms to PDF/UA-1", lambda: paper.conforms(pdf)),
        of("pdf-fonts", "PDF: fonts embedded", lambda: paper.fonts_embedded(pdf, names)),
        of(
            "pdf-described",
            "PDF: title, language, bookmarks, data",
            lambda: paper.described(pdf, evaluation.title, evaluation.language, attached),
        ),
        of(
            "pdf-pictures",
            "PDF: pictures described",
            lambda: paper.pictures_described(pdf, pictures),
        ),
        of("pdf-size", "PDF: pages and size", lambda: paper.size(pdf)),
        of("html-parses", "HTML: no parse error", lambda: screen.parses(text)),
        of("html-valid", "HTML: Nu Html Checker", lambda: screen.valid(page)),
        of("html-links", "HTML: links and anchors", lambda: screen.links_lead_somewhere(text)),
        of("html-pictures", "HTML: pictures described", lambda: screen.pictures_described(text)),
        of("html-headings", "HTML: headings in steps", lambda: screen.headings_step(text)),
        of("html-tables", "HTML: tables with headers", lambda: screen.tables_headed(text)),
        of("html-size", "HTML: size", lambda: screen.size(text)),
        of("html-axe", "HTML: axe-core, desk and phone, light and dark", lambda: browser.passes_axe(page)),
        of("contrast", "Colours: contrast", lambda: colours.palette(*sheets)),
        of("records", "Every file: no value or id of a protected record", lambda: _records(config, build)),
    ]
