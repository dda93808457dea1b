"""The annex "Where the numbers come from": each number of the body leads to its row, and the row leads back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import builder as tag

from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry, exact

Element = Any

LABEL = "sec-where-the-numbers-come-from"
TITLE = "Where the numbers come from"
INTRODUCTION = (
    "Each number in this report is listed under the chapter that first prints it, with its value before rounding, the places where it is"
    " printed, and its source. The numbers are also attached to the PDF as a table and as JSON."
)
SHORT_HASH = 12  # digits of a file's hash that are printed; the ledger has all


@dataclass(frozen=True)
class Place:
    """Where a number is printed: the element, its chapter, the section nearest to it, and the printed text."""

    anchor: str
    chapter: str
    section: str
    printed: str


def add_numbers_annex(main: Element, ledger: Mapping[str, Entry]) -> None:
    """Make each number of the body a link to its row, and put the annex before the references; in place.

    Parameters
    ----------
    main : lxml element
        The body, normalised, its headings not yet numbered.
    ledger : mapping of str to entry
        With the uses.
    """
    places = places_in(main, ledger)
    _link_numbers(main)
    chapters: dict[str, list[str]] = {}
    for number, found in places.items():
        chapters.setdefault(found[0].chapter, []).append(number)
    section = tag.E.section(
        tag.E.h2(TITLE), tag.E.p(INTRODUCTION), _sources(ledger, places), {"id": LABEL, "data-level": "2", "data-kind": "appendix"}
    )
    for chapter, numbers in chapters.items():
        rows = [_row(ledger[number], places[number], places) for number in numbers]
        section.append(table(chapter, ["What it is", "Before rounding", "Where it is printed", "Source"], rows))
    notes = [entry for entry in ledger.values() if entry.get("about")]
    if notes:
        section.append(table("Notes on estimates", ["Estimates", "Note"], [_note(entry) for entry in notes]))
    insert_before_references(main, section)


def _note(entry: Entry) -> Element:
    """Return the row of a note: the estimates that it is about, and what it says."""
    cells = [tag.E.th(", ".join(entry["about"]), {"scope": "row"}), tag.E.td(exact(entry))]
    return tag.E.tr(*cells, {"id": f"row-{entry['id']}", "data-id": entry["id"]})


def places_in(main: Element, ledger: Mapping[str, Entry]) -> dict[str, list[Place]]:
    """Return the places of each number that is printed, in the order of the document.

    Raises
    ------
    EvidentiaError
        If the page lacks a place that the ledger names.
    """
    elements = {element.get("id"): element for element in main.iter() if isinstance(element.tag, str) and element.get("id")}
    order = {anchor: index for index, anchor in enumerate(elements)}
    found = []
    for number, entry in ledger.items():
        for use in entry["uses"]:
            if use["anchor"] not in elements:
                raise EvidentiaError(
                    f"the number '{number}' is printed at {use['anchor']}, which the page does not have",
                    where=f"chapter {use['chapter']}",
                    remedy="rebuild; if it stays, the engine drops what the chapter says there",
                )
            chapter, section = _headings_of(elements[use["anchor"]])
            place = Place(use["anchor"], chapter, section, use["printed"])
            found.append((order[use["anchor"]], number, place))
    places: dict[str, list[Place]] = {}
    for _, number, place in sorted(found, key=lambda item: item[0]):
        if place not in places.setdefault(number, []):
            places[number].append(place)
    return places


def _headings_of(element: Element) -> tuple[str, str]:
    """Return the texts of the chapter's heading and of the nearest heading above an element."""
    sections = [ancestor for ancestor in element.iterancestors("section") if len(ancestor)]
    if element.tag in ("h2", "h3", "h4", "h5"):
        sections = sections or [element.getparent()]
    titles = [_text(section[0]) for section in sections if section[0].tag in ("h2", "h3", "h4", "h5", "h6")]
    return (titles[-1], titles[0]) if titles else ("Front matter", "Front matter")


def _text(element: Element) -> str:
    texts = element.xpath(".//text()[not(ancestor::a[contains(@class, 'footnote-ref')])]")
    return re.sub(r"\s+", " ", "".join(texts)).strip()


def _link_numbers(main: Element) -> None:
    """Turn each number's span into a link to its row, unless it stands in a link already."""
    for span in main.xpath(".//span[@data-id and contains(concat(' ', @class, ' '), ' n ')]"):
        if next(span.iterancestors("a"), None) is None:
            span.tag = "a"
            span.set("href", f"#row-{span.get('data-id')}")


def _row(entry: Entry, places: list[Place], rows: Mapping[str, Any]) -> Element:
    printed: dict[str, list[Place]] = {}
    for place in places:
        printed.setdefault(place.printed, []).append(place)
    where = tag.E.td()
    for index, (text, group) in enumerate(printed.items()):
        _append_text(where, f"{'; ' if index else ''}{text}: ")
        times: dict[str, int] = {}
        for position, place in enumerate(group):
            times[place.section] = times.get(place.section, 0) + 1
            again = f" ({times[place.section]})" if times[place.section] > 1 else ""
            if position:
                _append_text(where, ", ")
            where.append(tag.E.a(place.section + again, {"class": "place", "href": f"#{place.anchor}"}))
    cells = [tag.E.th(entry["label"], {"scope": "row"}), tag.E.td(exact(entry), {"class": "numeric"}), where, _source(entry, rows)]
    return tag.E.tr(*cells, {"id": f"row-{entry['id']}", "data-id": entry["id"]})


def _source(entry: Entry, rows: Mapping[str, Any]) -> Element:
    """Return the cell that says where a number is from."""
    source = entry["source"]
    cell = tag.E.td()
    if source["basis"] == "stated":
        cell.text = f"{source['document']}, {source['place']}"
    elif source["basis"] == "configured":
        cell.text = "config.yaml"
    elif source.get("from"):
        cell.text = "Computed from "
        for index, id in enumerate(source["from"]):
            if index:
                _append_text(cell, " and " if index == len(source["from"]) - 1 else ", ")
            if id in rows:
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


def _sources(ledger: Mapping[str, Entry], places: Mapping[str, Any]) -> Element:
    """Return the table of the analyses: rule, script, and data with their hashes."""
    sources: dict[str, dict[str, Any]] = {}
    for number in places:
        source = ledger[number]["source"]
        if source["basis"] == "computed" and not source.get("from"):
            sources.setdefault(source.get("analysis", source["rule"]), source)
    rows = []
    for name, source in sorted(sources.items()):
        data = "; ".join(f"{path} ({value.removeprefix('sha256:')[:SHORT_HASH]})" for path, value in source.get("inputs", {}).items())
        synthetic = " Synthetic records." if source.get("synthetic") else ""
        cells = [tag.E.th(name, {"scope": "row"}), tag.E.td(f"{source['rule']}, {source['script']}"), tag.E.td(data + synthetic)]
        rows.append(tag.E.tr(*cells, {"id": f"source-{name}"}))
    return table("Analyses and their data", ["Analysis", "Rule and script", "Data (first digits of each file's SHA-256)"], rows)


def table(caption: str, header: list[str], rows: list[Element]) -> Element:
    """Return a table of an annex."""
    heads = [tag.E.th(name, {"scope": "col"}) for name in header]
    if "Before rounding" in header:
        heads[header.index("Before rounding")].set("class", "numeric")
    return tag.E.div(
        tag.E.table(tag.E.caption(caption), tag.E.thead(tag.E.tr(*heads)), tag.E.tbody(*rows)),
        {"class": f"scroll annex columns-{len(header)}"},
    )


def insert_before_references(main: Element, section: Element) -> None:
    """Put an annex before the chapter that holds the references; without one, before the back page, or at the end."""
    chapters = [child for child in main if child.tag == "section"]
    ends = [chapter for chapter in chapters if chapter.xpath(".//div[@id='refs']")]
    ends = ends or [chapter for chapter in chapters if "back-page" in chapter.get("data-kind", "")]
    ends = ends or [chapter for chapter in chapters if "footnotes" in chapter.get("class", "")]
    if ends:
        ends[0].addprevious(section)
    else:
        main.append(section)
