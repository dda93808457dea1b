"""Quotations with who said it, and words with their meaning: pull quotations, abbreviations, a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import builder as tag

from evidentia.compose.abbreviations import DEFINED
from evidentia.core.errors import EvidentiaError
from evidentia.render.html.abbreviations import normalise_abbreviations
from evidentia.render.html.elements import replace
from evidentia.render.html.places import Places

Element = Any
_CLASSES = ("pull-quote", "pullquote", "quotation")
_BY = ("data-by", "role", "data-source")
_DASH = re.compile(r"^\s*[\N{EM DASH}\N{EN DASH}]\s*")


def meaning_faults(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for each abbreviation whose meaning neither it nor a glossary gives."""
    known = {*_glossary(main), *(piece.text_content() for piece in main.find_class(DEFINED))}
    for element in main.iter("abbr"):
        name = " ".join(element.text_content().split())
        if not element.get("title") and name not in known:
            yield EvidentiaError(
                f"the abbreviation '{name[:40]}' has no meaning",
                where=sources.find(f"[{name}]{{.abbr", f"<abbr>{name}") or "build/report.qmd",
                remedy=f'write [{name}]{{.abbr title="..."}}, or add it to a glossary, ::: {{.glossary}}',
            )


def normalise_quotations(main: Element) -> None:
    """Give each quotation one form, with the line that says whose it is; in place."""
    for element in main.xpath(".//div"):
        if any(name in element.classes for name in _CLASSES):
            _pull(element)
    for element in main.iter("blockquote"):
        if element.getparent().get("class") not in ("quotation", "quotation pull"):
            _plain(element)
    for listed in main.xpath(".//div[contains(@class, 'glossary')]//dl"):
        _sort(listed)
    normalise_abbreviations(main, _glossary(main))


def _pull(element: Element) -> None:
    """Make a box of a quotation that stands out."""
    said = next((element.get(name) for name in _BY if element.get(name)), "")
    box = tag.E.div({"class": "quotation pull"})
    words = element[0] if len(element) == 1 and element[0].tag == "blockquote" else tag.E.blockquote(*element)
    words.tail = None
    box.append(words)
    _attribute(box, words, said)
    replace(element, box)


def _plain(element: Element) -> None:
    """Set the last line of a quotation apart if it says whose it is."""
    last = element[-1] if len(element) > 1 else None
    if last is not None and last.tag == "p" and _DASH.match(last.text or ""):
        box = tag.E.div({"class": "quotation"})
        replace(element, box)
        element.tail = None
        box.append(element)
        _attribute(box, element, "")


def _attribute(box: Element, words: Element, said: str) -> None:
    """Put whose words these are below them."""
    line = tag.E.p(said, {"class": "attribution"})
    last = words[-1] if len(words) > 1 else None
    if not said and last is not None and last.tag == "p" and _DASH.match(last.text or ""):
        line.text = _DASH.sub("", last.text)
        line.extend(list(last))
        words.remove(last)
    if line.text or len(line):
        box.append(line)


def _glossary(main: Element) -> dict[str, str]:
    """Return the meaning of each term of the glossary."""
    meanings: dict[str, str] = {}
    for term in main.xpath(".//div[contains(@class, 'glossary')]//dt"):
        meaning = term.getnext()
        if meaning is not None and meaning.tag == "dd":
            meanings[" ".join(term.text_content().split())] = " ".join(meaning.text_content().split())
    return meanings


def _sort(listed: Element) -> None:
    """Put the terms of a glossary into the order of the alphabet."""
    entries: list[list[Element]] = []
    for item in listed:
        if item.tag == "dt" and not (entries and entries[-1][-1].tag == "dt"):
            entries.append([])
        entries[-1].append(item)
    entries.sort(key=lambda entry: entry[0].text_content().strip().casefold())
    listed[:] = [item for entry in entries for item in entry]
