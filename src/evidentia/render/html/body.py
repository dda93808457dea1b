"""Either engine's HTML brought to one form: the same elements, ids and order from Quarto and from pandoc."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.boxes import normalise_boxes
from evidentia.render.html.elements import engine_words, replace
from evidentia.render.html.figures import normalise_figures
from evidentia.render.html.formulas import normalise_formulas
from evidentia.render.html.layouts import normalise_layouts
from evidentia.render.html.lists import draw_tasks, keep_delimiters
from evidentia.render.html.quotations import normalise_quotations
from evidentia.render.html.tables import normalise_tables

_ENGINE_CLASSES = re.compile(
    r"^(quarto|callout|level\d|anchored|img-|figure|table$|blockquote$|caption|odd|even|header|unnumbered$|csl|page-|column-)(?!-data)"
)
_UNRESOLVED = re.compile(r"\?@((?:fig|tbl|sec|eq)-[\w-]+)")
_PRINTED = re.compile(r"^(?P<word>.*?)[\s\N{NO-BREAK SPACE}]*(?P<number>[A-Z]?\d[\d.]*)$", re.DOTALL)
_SIGN = re.compile(r"(?<!\w)([A-Za-z]) ([=<>≤≥]) (?=[\d−-]|$)")
_ATTRIBUTES = (
    "data-href",
    "data-cites",
    "data-doc-suffix",
    "data-doc-prefix",
    "aria-describedby",
    "data-entry-spacing",
)


def parse(text: str) -> Element:
    """Return the report's body as one ``<main>`` element, whichever engine wrote it."""
    if "<html" in text:
        page = html.document_fromstring(text)
        found = page.xpath("//main") or page.xpath("//body")
        body = found[0]
        for junk in body.xpath(".//header[@id='title-block-header'] | .//script | .//style | .//nav"):
            junk.drop_tree()
    else:
        body = html.fragment_fromstring(text, create_parent="main")
    main = tag.E.main()
    main.extend(list(body))
    return main


def normalise(main: Element) -> None:
    """Rebuild sections, figures, tables, callouts, formulas and tasks in one form, in place."""
    etree.strip_tags(main, etree.Comment)
    keep_delimiters(main)
    draw_tasks(main)
    normalise_formulas(main)
    for heading in main.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5"):
        _heading(heading)
    normalise_figures(main)
    normalise_tables(main)
    normalise_boxes(main)
    normalise_quotations(main)
    normalise_layouts(main)
    for link in main.xpath(".//a[contains(@class, 'quarto-xref')] | .//strong"):
        _cross_reference(link)
    for element in main.iter():
        _clean_attributes(element)
        _join_signs(element)


def _heading(heading: Element) -> None:
    """Move headings down one level, below the title's h1, and put ids and classes on the section."""
    section = heading.getparent()
    level = int(heading.tag[1]) + 1
    heading.tag = f"h{level}"
    for number in heading.xpath(".//span[contains(@class, 'header-section-number')]"):
        number.drop_tree()
    classes = set(section.get("class", "").split()) | set(heading.get("class", "").split())
    kept = sorted(
        name
        for name in classes
        if name in ("unnumbered", "appendix", "annex", "back-page", "technical", "opening", "run-on")
    )
    if section.tag == "section":
        section.set("data-level", str(level))
        if kept:
            section.set("data-kind", " ".join(kept))
    for name in ("class", "data-anchor-id", "data-number", "id"):
        if name == "id" and section.tag != "section":
            continue
        heading.attrib.pop(name, None)


def _cross_reference(element: Element) -> None:
    """Say of a link which word its author wants before the number; make a link of one that Quarto could not
    resolve.

    Quarto has no number for a section without one; the finishing step has its title.
    """
    if element.tag == "strong":
        unresolved = _UNRESOLVED.fullmatch(element.text_content())
        if unresolved:
            link = tag.E.a({"href": f"#{unresolved[1]}", "class": "quarto-xref"})
            replace(element, link)
        return
    printed = _PRINTED.match(element.text_content())
    if printed and printed["word"] not in engine_words() and "data-word" not in element.attrib:
        element.set("data-word", printed["word"])


def _join_signs(element: Element) -> None:
    """Let no line end within a statistic such as "p = 0.02", in place."""
    for place in ("text", "tail"):
        text = getattr(element, place)
        if text and (joined := _SIGN.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", text)) != text:
            setattr(element, place, joined)


def _clean_attributes(element: Element) -> None:
    if not isinstance(element.tag, str):
        return
    classes = [
        name
        for name in element.get("class", "").split()
        if not _ENGINE_CLASSES.match(name) or name == "quarto-xref"
    ]
    if classes:
        element.set("class", " ".join(classes))
    else:
        element.attrib.pop("class", None)
    for name in _ATTRIBUTES:
        element.attrib.pop(name, None)
