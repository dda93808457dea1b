"""The annex "Where the numbers come from": each number of the body leads to its row."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from lxml.html import builder as tag

from evidentia.core.errors import EvidentiaError
from evidentia.core.keyed_hashes import short
from evidentia.core.language import later, translate
from evidentia.core.ledger import Entry, display
from evidentia.core.markup import Element

LABEL = "sec-where-the-numbers-come-from"
TITLE = later("Where the numbers come from")
INTRODUCTION = later(
    "Each number in this report is listed once, under the chapter that first prints it, rounded. The ledger,"
    " beside this report and attached to the PDF, has each value before rounding and every place where it is"
    " printed."
)
SHORT_HASH = 12  # digits of a file's hash that are printed; the ledger has all


def add_numbers_annex(main: Element, ledger: Mapping[str, Entry]) -> None:
    """Make each number of the body a link to its row, and put the annex before the references; in place.

    Parameters
    ----------
    main : lxml element
        The body, normalised, its headings not yet numbered.
    ledger : mapping of str to entry
        With the uses.
    """
    chapters = by_chapter(main, ledger)
    listed = {number for numbers in chapters.values() for number in numbers}
    _link_numbers(main)
    section = tag.E.section(
        tag.E.h2(translate(TITLE)),
        tag.E.p(translate(INTRODUCTION)),
        _sources(ledger, listed),
        {"id": LABEL, "data-level": "2", "data-kind": "appendix"},
    )
    for count, ((chapter, title), numbers) in enumerate(chapters.items(), start=1):
        rows = [_row(ledger[number], listed) for number in numbers]
        heading = tag.E.h3(tag.E.a(title, href=f"#{chapter}") if chapter else title)
        listing = table(title, [translate("What it is"), translate("Number"), translate("Source")], rows)
        section.append(tag.E.section(heading, listing, {"id": f"{LABEL}-{count}", "data-level": "3"}))
    insert_before_references(main, section)


def by_chapter(main: Element, ledger: Mapping[str, Entry]) -> dict[tuple[str, str], list[str]]:
    """Return the ids of the numbers that are printed, by id and heading of the chapter that first prints
    each, in order.

    Raises
    ------
    EvidentiaError
        If the page lacks a place that the ledger names.
    """
    elements = {
        element.get("id"): element
        for element in main.iter()
        if isinstance(element.tag, str) and element.get("id")
    }
    order = {anchor: index for index, anchor in enumerate(elements)}
    first = {}
    for number, entry in ledger.items():
        for use in entry["uses"]:
            if use["anchor"] not in elements:
                raise EvidentiaError(
                    f"the number '{number}' is printed at {use['anchor']}, which the page does not have",
                    where=f"chapter {use['chapter']}",
                    remedy="rebuild; if it stays, the engine drops what the chapter says there",
                )
        if entry["uses"]:
            first[number] = min((use["anchor"] for use in entry["uses"]), key=order.__getitem__)
    chapters: dict[tuple[str, str], list[str]] = {}
    for number in sorted(first, key=lambda number: order[first[number]]):
        chapters.setdefault(_chapter_of(elements[first[number]]), []).append(number)
    return chapters


def _chapter_of(element: Element) -> tuple[str, str]:
    """Return the id and the heading of an element's chapter."""
    chapters = [
        section for section in element.iterancestors("section") if len(section) and section[0].tag == "h2"
    ]
    return (
        (chapters[-1].get("id", ""), _text(chapters[-1][0])) if chapters else ("", translate("Front matter"))
    )


def _text(element: Element) -> str:
    texts = element.xpath(".//text()[not(ancestor::a[contains(@class, 'footnote-ref')])]")
    return re.sub(r"\s+", " ", "".join(texts)).strip()


def _link_numbers(main: Element) -> None:
    """Turn each number's span into a link to its row, unless it stands in a link already."""
    for span in main.xpath(".//span[@data-id and contains(concat(' ', @class, ' '), ' n ')]"):
        if next(span.iterancestors("a"), None) is None:
            span.tag = "a"
            span.set("href", f"#row-{span.get('data-id')}")


def _row(entry: Entry, listed: Container[str]) -> Element:
    cells = [
        tag.E.th(entry["label"], {"scope": "row"}),
        tag.E.td(display(entry), {"class": "numeric"}),
        _source(entry, listed),
    ]
    return tag.E.tr(*cells, {"id": f"row-{entry['id']}", "data-id": entry["id"]})


def _source(entry: Entry, listed: Container[str]) -> Element:
    """Return the cell that says where a number is from."""
    source = entry["source"]
    cell = tag.E.td()
    if source["basis"] == "stated":
        cell.text = f"{source['document']}, {source['place']}"
    elif source["basis"] == "configured":
        cell.text = "config.yaml"
    elif source.get("from"):
        cell.text = translate("Computed from ")
        for index, id in enumerate(source["from"]):
            if index:
                _append_text(cell, translate(" and ") if index == len(source["from"]) - 1 else ", ")
            if id in listed:
                cell.append(tag.E.a(id, {"href": f"#row-{id}"}))
            else:
                _append_text(cell, id)
    else:
        name = source.get("analysis", source["rule"])
        cell.append(tag.E.a(name, {"href": f"#source-{name}"}))
    return cell


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _sources(ledger: Mapping[str, Entry], listed: Iterable[str]) -> Element:
    """Return the table of the analyses: rule, script, and data with their hashes."""
    sources: dict[str, dict[str, Any]] = {}
    for number in sorted(listed):
        source = ledger[number]["source"]
        if source["basis"] == "computed" and not source.get("from"):
            sources.setdefault(source.get("analysis", source["rule"]), source)
    rows = []
    for name, source in sorted(sources.items()):
        data = "; ".join(
            f"{path} ({short(value, SHORT_HASH)})" for path, value in source.get("inputs", {}).items()
        )
        synthetic = translate(" Synthetic records.") if source.get("synthetic") else ""
        cells = [
            tag.E.th(name, {"scope": "row"}),
            tag.E.td(f"{source['rule']}, {source['script']}"),
            tag.E.td(data + synthetic),
        ]
        rows.append(tag.E.tr(*cells, {"id": f"source-{name}"}))
    return table(
        translate("Analyses and their data"),
        [
            translate("Analysis"),
            translate("Rule and script"),
            translate("Data (first digits of each file's hash)"),
        ],
        rows,
    )


def table(caption: str, header: list[str], rows: list[Element]) -> Element:
    """Return a table of an annex."""
    heads = [tag.E.th(name, {"scope": "col"}) for name in header]
    if translate("Number") in header:
        heads[header.index(translate("Number"))].set("class", "numeric")
    return tag.E.div(
        tag.E.table(tag.E.caption(caption), tag.E.thead(tag.E.tr(*heads)), tag.E.tbody(*rows)),
        {"class": f"scroll annex columns-{len(header)}"},
    )


def insert_before_references(main: Element, section: Element) -> None:
    """Put an annex before the chapter that holds the references; without one, before the back page, or at the
    end.
    """
    chapters = [child for child in main if child.tag == "section"]
    ends = [chapter for chapter in chapters if chapter.xpath(".//div[@id='refs']")]
    ends = ends or [chapter for chapter in chapters if "back-page" in chapter.get("data-kind", "")]
    ends = ends or [chapter for chapter in chapters if "footnotes" in chapter.get("class", "")]
    if ends:
        ends[0].addprevious(section)
    else:
        main.append(section)
