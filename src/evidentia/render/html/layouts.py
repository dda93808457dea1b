"""Where things stand: side by side, on a page of their own, on a screen or on paper alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import builder as tag

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.html.elements import replace
from evidentia.render.html.places import Places

BREAK = "new-page"
SCREEN, PAPER = "for-screen", "for-paper"
"""Classes of what only one of the two formats shows that are made of the page."""

MOST_COLUMNS = 4
_FORMATS = {"html": "screen", "html5": "screen", "pdf": "paper", "latex": "paper", "typst": "paper"}
WORD = "docx"
"""The format that is made of what paper shows."""

_CONDITION = "*[@data-when-format or @data-unless-format]"
_BROKEN = re.compile(r"page-break-(?:after|before):always;?")


def layout_faults(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for each layout that is asked for and cannot be given."""
    for element in main.xpath(f".//{_CONDITION}"):
        for attribute in ("data-when-format", "data-unless-format"):
            named = _formats(element, attribute)
            for name in sorted(named - set(_FORMATS) - {WORD}):
                yield _unknown(f"words for the format '{name[:40]}', which no report has", name, sources)
            if WORD in named and not named & {"pdf", "latex", "typst"}:
                yield _unknown("words for Word alone, which shows what paper shows", WORD, sources)
    for element in main.xpath(".//*[@data-layout-ncol]"):
        columns = element.get("data-layout-ncol")
        if columns not in map(str, range(1, MOST_COLUMNS + 1)):
            yield EvidentiaError(
                f"{columns[:20]} columns side by side",
                where=sources.find(f'layout-ncol="{columns}"', f"layout-ncol={columns}", "layout-ncol"),
                remedy=f"write a number of columns from 2 to {MOST_COLUMNS}: layout-ncol=2",
            )


def _unknown(what: str, name: str, sources: Places) -> EvidentiaError:
    return EvidentiaError(
        what,
        where=sources.find(f'-format="{name}"', f"-format={name}", name) or "build/report.qmd",
        remedy='name html or pdf (for Word too): ::: {.content-visible when-format="pdf"}',
    )


def normalise_layouts(main: Element) -> None:
    """Bring conditions, columns and page breaks to one form, in place."""
    for element in main.xpath(f".//{_CONDITION}"):
        _keep_for_formats(element)
    for element in main.xpath(".//*[@data-layout-ncol]"):
        columns = element.attrib.pop("data-layout-ncol")
        element.classes.update(["side-by-side", f"columns-{columns}"])
    for element in main.xpath(".//div[contains(@style, 'page-break')]"):
        if _BROKEN.fullmatch(re.sub(r"\s", "", element.get("style"))):
            replace(element, tag.E.div({"class": BREAK}))
    for element in main.xpath(".//div[contains(@class, 'tabset')]"):
        element.drop_tag()  # on paper there is nothing to click, so one stands below the other everywhere


def only_for(element: Element) -> str:
    """Return the class of the one format that shows an element, or an empty string."""
    for up in (element, *element.iterancestors()):
        for name in (SCREEN, PAPER):
            if name in up.classes:
                return name
    return ""


def one_sided_links(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for each reference in one format to what only the other one has."""
    ids = {element.get("id"): element for element in main.xpath(".//*[@id]")}
    for link in main.xpath(".//a[starts-with(@href, '#')]"):
        label = link.get("href")[1:]
        there = only_for(ids[label]) if label in ids else ""
        if there and only_for(link) != there:
            only = "HTML" if there == SCREEN else "PDF"
            yield EvidentiaError(
                f"@{label} leads to what only the {only} shows, from words that another format shows",
                where=sources.find(f"@{label}", f"#{label}") or "build/report.qmd",
                remedy="put the reference under the same condition",
            )


def _formats(element: Element, name: str) -> set[str]:
    return {part.partition(":")[0] for part in re.split(r"[\s,]+", element.get(name, "").lower()) if part}


def _keep_for_formats(element: Element) -> None:
    """Keep words for the screen, for paper, for both or for neither, as their condition says."""
    when, unless = _formats(element, "data-when-format"), _formats(element, "data-unless-format")
    shown = {
        medium
        for medium in ("screen", "paper")
        if (not when or medium in {_FORMATS.get(name) for name in when})
        and (not unless or medium not in {_FORMATS.get(name) for name in unless})
    }
    if any(name in element.classes for name in ("content-hidden", "when-hidden")):
        shown = {"screen", "paper"} - shown
    for name in ("data-when-format", "data-unless-format"):
        element.attrib.pop(name, None)
    for name in ("content-visible", "content-hidden", "when-visible", "when-hidden"):
        element.classes.discard(name)
    if not shown:
        element.drop_tree()
    elif len(shown) == 1:
        element.classes.add(SCREEN if "screen" in shown else PAPER)
    elif element.tag in ("div", "span") and not set(element.attrib) - {"class"} and not element.get("class"):
        element.drop_tag()
