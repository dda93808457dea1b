"""All checks of a report's finished pages."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.brand import load_brand
from evidentia.config.model import Config
from evidentia.disclosure.scan import scan
from evidentia.prove.checks import browser, colours, paper, screen, word
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
        With the published documents.
    templates : Path
        The engine's templates/, for the style sheets.
    """
    page = build / "report.html"
    text = page.read_text(encoding="utf-8")
    sheets = [(templates / name).read_text(encoding="utf-8") for name in ("screen.css", "print.css")]
    formats = config.report.formats if config.report else []
    return [
        *(_of_pdf(config, build / "report.pdf", text) if "pdf" in formats else []),
        *(_of_word(config, build / "report.docx") if "docx" in formats else []),
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


def _of_pdf(config: Config, pdf: Path, text: str) -> list[Check]:
    evaluation, brand = config.evaluation, load_brand(pdf.parent.parent)
    pictures = text.count("<figure id=") + bool(brand.logo)
    names = [font.family for font in brand.fonts]
    attached = [
        "numbers.csv",
        *(f"{name}.csv" for name in config.figures if f'<figure id="fig-{name}"' in text),
    ]
    return [
        of("pdf-ua", "PDF: conforms to PDF/UA-1", lambda: paper.conforms(pdf)),
        of("pdf-fonts", "PDF: fonts embedded", lambda: paper.fonts_embedded(pdf, names)),
        of(
            "pdf-described",
            "PDF: title, language, bookmarks, data",
            lambda: paper.described(pdf, evaluation.title, evaluation.language, attached),
        ),
        of("pdf-pictures", "PDF: pictures described", lambda: paper.pictures_described(pdf, pictures)),
        of("pdf-size", "PDF: pages and size", lambda: paper.size(pdf)),
    ]


def _of_word(config: Config, path: Path) -> list[Check]:
    evaluation = config.evaluation
    return [
        of("word-pictures", "Word: pictures described", lambda: word.pictures_described(path)),
        of("word-headings", "Word: headings in steps", lambda: word.headings_step(path)),
        of("word-tables", "Word: tables with headers", lambda: word.tables_headed(path)),
        of(
            "word-described",
            "Word: title and language",
            lambda: word.described(path, evaluation.title, evaluation.language),
        ),
    ]
