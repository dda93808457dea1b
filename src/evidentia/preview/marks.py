"""Marks in the finished text: failing claims and suppressed numbers where they stand, with their message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.html import builder as tag

from evidentia.core.ledger import Entry
from evidentia.core.markup import Element
from evidentia.preview.edition import Fault
from evidentia.preview.words import SIGN

_BLOCKS = frozenset(
    ["p", "li", "dd", "dt", *(f"h{level}" for level in range(1, 7)), "figure", "blockquote", "aside"]
)
_FRAGMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[#.][^{}]*\}|@[\w:.-]+|[\\`*_{}\[\]<>#|^~]")
_KEYBOARD = str.maketrans("‘’“”–\u00a0", "''\"\"- ")
LEAST = 12
"""Characters of a line's words by which its place in the text is found again."""


def mark_faults(main: Element, faults: list[Fault], prefix: str, lines: Mapping[int, str]) -> list[Fault]:
    """Make elements of the marks of a chapter, and put each fault's message below the block where it is.

    Parameters
    ----------
    main : lxml element
        The chapter, as an engine wrote it; changed in place.
    faults : list of Fault
        Those of the chapter; a mark's number is the place in this list.
    prefix : str
        Begins the ids of the messages, so that no two chapters share one.
    lines : mapping of int to str
        The chapter's source by line, for faults that no mark places.

    Returns
    -------
    list of Fault
        The faults with the ids of what shows them.
    """
    placed: dict[int, Element] = {}
    for element, number in _elements(main):
        if number < len(faults):
            placed.setdefault(number, element)
    for number, fault in enumerate(faults):
        if number not in placed:
            found = _by_line(main, fault, lines)
            if found is not None:
                placed[number] = found
    done = []
    for number, fault in enumerate(faults):
        if number in placed:
            anchor = f"{prefix}{number}"
            _say(placed[number], fault, anchor)
            fault = Fault(fault.what, fault.where, fault.remedy, anchor)
        done.append(fault)
    return done


def mark_suppressed(
    main: Element, ledger: Mapping[str, Entry], reasons: Mapping[str, str], places: Mapping[str, str]
) -> None:
    """Mark each suppressed number of the text, and say below its block why it is suppressed, in place."""
    said: set[tuple[int, str]] = set()
    for span in main.xpath(".//span[@data-id and contains(concat(' ', @class, ' '), ' n ')]"):
        id = span.get("data-id")
        entry = ledger.get(id, {})
        if not entry.get("suppressed"):
            continue
        span.classes.add("preview-mark")
        span.classes.add("preview-hidden")
        block = _block(span)
        if (id_of := (id_of_block(block), id)) not in said:
            said.add(id_of)
            why = reasons.get(id, "it is suppressed, so that nobody can be identified")
            fault = Fault(f"{id} is not printed: {why}", places.get(span.get("id", ""), ""))
            _say(span, fault, "", "preview-message preview-hidden")


def id_of_block(block: Element) -> int:
    """Return what tells a block from the others while they stand."""
    return id(block)


def _elements(main: Element) -> Iterator[tuple[Element, int]]:
    """Turn the marks in the text into elements; yield each with its fault's number."""
    current: list[int] = []
    for element in [main, *main.iterdescendants()]:
        if isinstance(element.tag, str):
            for name, value in element.attrib.items():
                if SIGN.search(value):
                    element.set(name, SIGN.sub("", value))
    for owner, tail in list(_texts(main)):
        text = (owner.tail if tail else owner.text) or ""
        pieces, last = [], 0
        for sign in SIGN.finditer(text):
            pieces.append((text[last : sign.start()], current[-1] if current else None))
            last = sign.end()
            if sign[1]:
                current.append(int(sign[1]))
            elif current:
                current.pop()
        pieces.append((text[last:], current[-1] if current else None))
        yield from _put(owner, tail, pieces)


def _texts(main: Element) -> Iterator[tuple[Element, bool]]:
    """Yield each text of a tree in its order: its element, and whether it is the tail."""
    yield main, False
    for child in main:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child, True


def _put(owner: Element, tail: bool, pieces: list[tuple[str, int | None]]) -> Iterator[tuple[Element, int]]:
    """Write a text anew, its marked pieces as elements."""
    if len(pieces) == 1 and pieces[0][1] is None:
        return
    parent = owner.getparent() if tail else owner
    place = parent.index(owner) + 1 if tail else 0
    if tail:
        owner.tail = ""
    else:
        owner.text = ""
    last: Element | None = None
    for text, number in pieces:
        if number is not None and text.strip():
            last = tag.E.mark(text, {"class": "preview-mark"})
            parent.insert(place, last)
            place += 1
            yield last, number
        elif last is not None:
            last.tail = (last.tail or "") + text
        elif tail:
            owner.tail += text
        else:
            owner.text += text


def _block(element: Element) -> Element:
    """Return the block of text in which an element stands; of a cell, what holds its table."""
    block = element
    for ancestor in element.iterancestors():
        if ancestor.tag == "main":
            break
        if ancestor.tag in _BLOCKS and block.tag not in _BLOCKS:
            block = ancestor
        if ancestor.tag in ("table", "figure", "dl") or ancestor.get("id", "").startswith(("fig-", "tbl-")):
            block = ancestor
    return block


def _say(element: Element, fault: Fault, anchor: str, classes: str = "preview-message") -> None:
    """Put a fault's message below the block in which an element stands."""
    words = "\n".join(filter(None, [fault.what, fault.where, fault.remedy and f"To do: {fault.remedy}"]))
    message = tag.E.div(words, {"class": classes, "role": "note"})
    if anchor:
        message.set("id", anchor)
    block = _block(element)
    if block.tag in ("li", "dd", "blockquote", "aside"):
        block.append(message)
        return
    while block.getnext() is not None and "preview-message" in block.getnext().get("class", ""):
        block = block.getnext()
    message.tail, block.tail = block.tail, None
    block.addnext(message)


def _by_line(main: Element, fault: Fault, lines: Mapping[int, str]) -> Element | None:
    """Return the block that holds the words of the line that a fault names."""
    named = re.search(r"line (\d+)", fault.where)
    source = lines.get(int(named[1]), "") if named else ""
    words = [" ".join(part.split()).strip(" .,:;-+") for part in _FRAGMENT.split(source)]
    for part in sorted((part for part in words if len(part) >= LEAST), key=len, reverse=True):
        for element in main.iter(*_BLOCKS, "td", "th"):
            if part in _straight(element.text_content()):
                within = element.iterdescendants(*_BLOCKS)
                return next((one for one in within if part in _straight(one.text_content())), element)
    return None


def _straight(text: str) -> str:
    """Return text with the typographic marks that an engine sets as a keyboard has them."""
    return " ".join(SIGN.sub("", text).translate(_KEYBOARD).split())
