"""Numbered lists of the page: where each begins, and the mark of each item, which is no text of the page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from evidentia.compose.delimiters import AFTER, ROUND
from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.html.places import Places

DONE, OPEN = "Ticked", "Not ticked"
"""What a screen reader says of the box before a task or an answer."""
_BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="tick" role="img" aria-label="{words}"'
    ' width="16" height="16" viewBox="0 0 16 16"><path fill="none" stroke="currentColor" stroke-width="1.6"'
    ' d="M1.5 1.5h13v13h-13z{tick}"></path></svg>'
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
KINDS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""Class of a list by its type."""

LONGEST = 10_000
"""The highest number at which a list may begin."""


def first_of(listed: Element) -> int:
    """Return the number at which a list begins."""
    start = listed.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and int(start) <= LONGEST else 1


def list_starts(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for each list that neither begins at 1 nor goes on from an earlier one of its chapter.

    Parameters
    ----------
    main : lxml element
        The body as an engine wrote it.
    sources : Places
        Where the words are from.
    """
    chapter: Element | None = None
    ends: set[tuple[str, str]] = set()
    for listed in main.iter("ol"):
        top = next((up for up in reversed(list(listed.iterancestors("section")))), main)
        if top is not chapter:
            chapter, ends = top, set()
        start, kind = listed.get("start", "1"), listed.get("type", "1")
        if start != "1" and (kind, start) not in ends:
            yield EvidentiaError(
                f"a list cannot begin at '{start[:20]}', for a number would be typed",
                where=sources.find(f'start="{start}"', f"{start}. ", f"{start}) ") or "build/report.qmd",
                remedy="begin at 1, or go on from an earlier list of the chapter",
            )
        ends.add((kind, str(first_of(listed) + len(listed.findall("li")))))


def draw_tasks(main: Element) -> None:
    """Draw the box of each task beside its words, with or without a tick, in place.

    A box of a form would ask to be ticked, and paper shows it empty.
    """
    for box in main.xpath(".//li//input[@type='checkbox']"):
        words, tick = (DONE, "M4 8.5l3 3 5.5-7") if box.get("checked") is not None else (OPEN, "")
        drawn = html.fragment_fromstring(_BOX.format(words=words, tick=tick))
        drawn.tail = f" {(box.tail or '').lstrip()}"
        label = box.getparent()
        label.replace(box, drawn)
        item = next(label.iterancestors("li")) if label.tag != "li" else label
        item.classes.add("task")
        if label.tag == "label":
            label.drop_tag()


def keep_delimiters(main: Element) -> None:
    """Let each list say what its numbers are and what stands round them, as its first words say; in place.

    The kind is a class too, since a browser does not tell the types a and A apart in a style sheet.
    """
    for listed in main.iter("ol"):
        if listed.get("type") in KINDS:
            listed.classes.add(KINDS[listed.get("type")])
    for span in main.xpath(f".//span[@class='{AFTER}' or @class='{ROUND}']"):
        holder = span.getparent()
        item = holder.getparent() if holder.tag == "p" else holder
        first = span.getprevious() is None and not (holder.text or "").strip()
        if first and item.tag == "li" and item.getparent().tag == "ol":
            item.getparent().classes.add(span.get("class"))
        span.drop_tag()


def marks(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the items of all numbered lists in order, each with its mark: 3, c, iv."""
    for listed in root.iter("ol"):
        for number, item in enumerate(listed.findall("li"), start=first_of(listed)):
            yield item, mark(number, listed.get("type", "1"))


def with_delimiter(mark: str, listed: Element) -> str:
    """Return a mark as its list prints it: 3., 3) or (3)."""
    if ROUND in listed.classes:
        return f"({mark})"
    return f"{mark})" if AFTER in listed.classes else f"{mark}."


def mark(number: int, kind: str) -> str:
    """Return the mark of an item in a list of a type: 1, a, A, i or I."""
    if kind in ("i", "I"):
        text = _roman(number)
    elif kind in ("a", "A"):
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    else:
        text = str(number)
    return text.upper() if kind in ("A", "I") else text


def _roman(number: int) -> str:
    """Return a number up to 39 in Roman digits; beyond, lists are numbered otherwise."""
    if number > 39:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            number, text = number - value, text + sign
    return text
