"""Either engine's HTML brought to one form: the same elements, ids and order from Quarto and from pandoc."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html
from lxml.html import builder as tag

from evidentia.render.html.lists import draw_tasks

Element = Any

_ENGINE_CLASSES = re.compile(
    r"^(quarto|callout|level\d|anchored|img-|figure|table$|blockquote$|caption|odd|even|header|unnumbered$|csl|page-|column-)(?!-data)"
)
_UNRESOLVED = re.compile(r"\?@((?:fig|tbl|sec)-[\w-]+)")
_PRINTED = re.compile(r"^(?P<word>.*?)[\s\N{NO-BREAK SPACE}]*(?P<number>[A-Z]?\d[\d.]*)$", re.DOTALL)
_QUARTO_WORDS = ("Figure", "Table", "Section")
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
    """Rebuild sections, figures, tables, callouts and tasks in one form, in place."""
    etree.strip_tags(main, etree.Comment)
    draw_tasks(main)
    for heading in main.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5"):
        _heading(heading)
    for element in main.xpath(".//*[starts-with(@id, 'fig-')]"):
        if element.tag in ("figure", "div") and element.xpath(".//img"):
            _figure(element)
    for element in main.xpath(".//*[starts-with(@id, 'tbl-')]"):
        if element.tag in ("figure", "div") and element.xpath(".//table"):
            _table_float(element)
    for table in main.xpath(".//table"):
        _table(table)
    for element in main.xpath(".//div"):
        if "callout" in element.get("class", "").split():
            _callout(element)
        elif _is_plain_callout(element):
            _plain_callout(element)
    for link in main.xpath(".//a[contains(@class, 'quarto-xref')] | .//strong"):
        _cross_reference(link)
    for element in main.iter():
        _clean_attributes(element)


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


def _figure(element: Element) -> None:
    label = element.get("id")
    image = element.xpath(".//img")[0]
    figure = tag.E.figure(tag.E.figcaption(id=f"{label}-caption"), id=label)
    _move_content(element.xpath(".//figcaption")[0], figure[0])
    figure.append(tag.E.img(src=image.get("src"), alt=image.get("alt", "")))
    _move_source(element, figure)
    _replace(element, figure)


def _table_float(element: Element) -> None:
    label = element.get("id")
    table = element.xpath(".//table")[0]
    caption = tag.E.caption(id=f"{label}-caption")
    _move_content((element.xpath(".//figcaption") or element.xpath(".//caption"))[0], caption)
    for old in table.xpath("./caption"):
        table.remove(old)
    table.insert(0, caption)
    block = tag.E.div(tag.E.div(table, {"class": "scroll"}), {"id": label, "class": "tabular"})
    _move_source(element, block)
    _replace(element, block)


def _table(table: Element) -> None:
    """One header row with scope, a row header in each row, numbers to the right."""
    for group in table.xpath("./colgroup"):
        table.remove(group)
    table.attrib.clear()
    for cell in table.xpath("./thead//th"):
        cell.set("scope", "col")
    for row in table.xpath("./tbody/tr"):
        first = row[0]
        if first.tag == "td":
            first.tag = "th"
        first.set("scope", "row")
    for cell in table.iter("th", "td"):
        style = cell.attrib.pop("style", "").replace(" ", "")
        aligned = cell.attrib.pop("align", "") or re.sub(r".*text-align:(\w+).*", r"\1", style)
        cell.attrib.pop("class", None)
        if aligned == "right":
            cell.set("class", "numeric")
    for part in table.iter("thead", "tbody", "tr"):
        part.attrib.clear()
        for child in part:
            child.tail = None
        part.text = None


def _callout(element: Element) -> None:
    """Make a callout, in the structure that both engines give it, a box with a title."""
    titles = element.xpath(".//*[contains(@class, 'callout-title')]")
    bodies = element.xpath(".//*[contains(@class, 'callout-body-container')]") or element.xpath(
        ".//*[contains(@class, 'callout-body')]"
    )
    _replace(
        element, _box(titles[-1] if titles else None, list(bodies[0]) if bodies else [], element.get("id"))
    )


def _is_plain_callout(element: Element) -> bool:
    """Whether this is what Quarto makes of a callout without its theme: a quotation that opens with a bold
    title.
    """
    if (
        len(element) != 1
        or element[0].tag != "blockquote"
        or not len(element[0])
        or set(element.attrib) - {"id"}
    ):
        return False
    first = element[0][0]
    return (
        first.tag == "p"
        and [child.tag for child in first] == ["strong"]
        and not (first.text or first[0].tail or "").strip()
    )


def _plain_callout(element: Element) -> None:
    quotation = element[0]
    _replace(element, _box(quotation[0], list(quotation)[1:], element.get("id")))


def _box(title: Element | None, content: list[Element], id: str | None) -> Element:
    words = ""
    if title is not None:
        for hidden in title.xpath(
            ".//*[contains(@class, 'screen-reader-only')]"
        ):  # the callout's kind, from Quarto 1.8 on
            hidden.drop_tree()
        words = re.sub(r"\s+", " ", title.text_content()).strip()
    aside = tag.E.aside({"class": "box"})
    if words:
        aside.set("aria-label", words)
        aside.append(tag.E.p(words, {"class": "box-title"}))
    aside.extend(content)
    if id:
        aside.set("id", id)
    return aside


def _cross_reference(element: Element) -> None:
    """Say of a link which word its author wants before the number; make a link of one that Quarto could not
    resolve.

    Quarto has no number for a section without one; the finishing step has its title.
    """
    if element.tag == "strong":
        unresolved = _UNRESOLVED.fullmatch(element.text_content())
        if unresolved:
            link = tag.E.a({"href": f"#{unresolved[1]}", "class": "quarto-xref"})
            _replace(element, link)
        return
    printed = _PRINTED.match(element.text_content())
    if printed and printed["word"] not in _QUARTO_WORDS and "data-word" not in element.attrib:
        element.set("data-word", printed["word"])


def _move_source(element: Element, target: Element) -> None:
    """Move the source line, a paragraph with a span of class source, behind the picture or table."""
    for span in element.xpath(".//span[@class='source']")[:1]:
        line = tag.E.p({"class": "source"})
        _move_content(span, line)
        target.append(line)


def _move_content(source: Element, target: Element) -> None:
    """Move text and children, unwrapping a single paragraph, and drop the engine's own numbering."""
    inner = (
        source[0] if len(source) == 1 and source[0].tag == "p" and not (source.text or "").strip() else source
    )
    target.text = re.sub(r"^\s*(?:Figure|Table)\s*\w*\d+\s*:\s*", "", (inner.text or "").lstrip())
    target.extend(list(inner))
    if len(target):
        target[-1].tail = (target[-1].tail or "").rstrip() or None
    else:
        target.text = target.text.rstrip()


def _replace(old: Element, new: Element) -> None:
    new.tail = old.tail
    old.getparent().replace(old, new)


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
