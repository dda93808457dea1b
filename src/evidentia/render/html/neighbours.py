"""What stands directly beside a number of the ledger: nothing that makes another number of it.

``{{ n("a.b") }}{{ n("c.d") }}`` prints 30% and 12 as "30%12", a hyphen before a number makes it negative, and
a digit, a decimal point or a raised sign beside it another number. Each number is right by itself, so that
nothing else notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_DIGIT = re.compile(r"\d")
_MINUS = re.compile(r"(?:^|[^\w%)\]”’])[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]$|[\u2212]$")
_BEFORE = re.compile(r"[\w.,+^\u00b7\u066b\u066c\uff0b\uff0c\uff0e]$")
_AFTER = re.compile(r"[\w^%\u2030\u2031\u00b0\uff05]|[.,\u00b7\u066b\u066c]\d")
WINDOW = 8


@dataclass(frozen=True)
class Piece:
    """A stretch of a block's text: of a number with its anchor, raised or lowered, or neither."""

    text: str
    anchor: str = ""
    raised: bool = False
    owner: Element | None = None


def joined_numbers(main: Element, uses: Mapping[str, str]) -> Iterator[EvidentiaError]:
    """Yield a fault for each number of the page that reads as another one by what stands beside it.

    Parameters
    ----------
    main : lxml element
        The body as an engine wrote it.
    uses : mapping of str to str
        Anchor of a number to the file and line that print it.
    """
    for block in _blocks(main):
        for index, piece in enumerate(block):
            if piece.anchor and (wrong := _wrong(block, index)):
                yield EvidentiaError(
                    f"the number '{piece.text}' reads as another one: {wrong}",
                    where=uses.get(piece.anchor, "build/report.qmd"),
                    remedy="put words or a space between, or give the number the format that you mean",
                )


def _wrong(block: list[Piece], index: int) -> str:
    """Return what is wrong with the neighbours of a number, or an empty string."""
    piece = block[index]
    if piece.raised and _DIGIT.search(piece.text):
        return "it is raised or lowered"
    before, bound_before = _near(block, index, -1)
    after, bound_after = _near(block, index, 1)
    first, last = piece.text[:1], piece.text[-1:]
    starts, ends = first.isdigit() or first in "−£$€+<", last.isdigit() or last in "%)"
    if bound_after and _DIGIT.search(piece.text) and _DIGIT.search(after) and not after[:1].isspace():
        return f"'{after.strip()}' follows it with nothing between"
    if starts and not bound_before and _MINUS.search(before):
        return f"'{before[-1:]}' before it makes it negative"
    if starts and not bound_before and _BEFORE.search(before):
        return f"'{before[-1:]}' stands directly before it"
    if ends and not bound_after and _AFTER.match(after):
        return f"'{after[:1]}' stands directly after it"
    following = next(iter(block[index + 1 : index + 2]), None)
    if ends and following is not None and following.raised and re.match(r"[\w+\-\u2212]", following.text):
        return f"'{following.text.strip()}' after it is raised or lowered"
    return ""


def _near(block: list[Piece], index: int, step: int) -> tuple[str, bool]:
    """Return the text directly beside a number, and whether it belongs to another number.

    White space alone between 2 numbers does not keep them apart, for it also stands between thousands.
    """
    text, place = "", index + step
    while 0 <= place < len(block) and len(text) < WINDOW:
        piece = block[place]
        if piece.anchor and not text.strip():
            return piece.text, True
        text = piece.text[-WINDOW:] + text if step < 0 else text + piece.text[:WINDOW]
        if piece.anchor:  # another number, with words or a sign between
            break
        place += step
    return text, False


def _blocks(main: Element) -> Iterator[list[Piece]]:
    """Yield the pieces of each paragraph, cell, heading and so on that holds a number."""
    pieces: list[Piece] = []
    found: list[list[Piece]] = []

    def close() -> None:
        if any(piece.anchor for piece in pieces):
            found.append([*pieces])
        pieces.clear()

    def say(text: str | None, anchor: str, raised: bool, owner: Element | None) -> None:
        seen = _UNSEEN.sub("", text or "")
        if not seen:
            return
        if pieces and (pieces[-1].anchor, pieces[-1].owner, pieces[-1].raised) == (anchor, owner, raised):
            pieces[-1] = Piece(pieces[-1].text + seen, anchor, raised, owner)
        else:
            pieces.append(Piece(seen, anchor, raised, owner))

    def walk(element: Element, anchor: str, raised: bool, owner: Element | None) -> None:
        inline = element.tag in _INLINE
        if "n" in element.get("class", "").split() and element.get("data-id"):
            anchor, owner = element.get("id") or "a number", element
        raised = raised or element.tag in ("sup", "sub")
        if not inline:
            close()
        if "footnote-ref" not in element.get("class", ""):
            say(element.text, anchor, raised, owner)
            for child in element:
                if isinstance(child.tag, str):
                    walk(child, anchor, raised, owner)
                say(child.tail, anchor, raised, owner)
        if not inline:
            close()

    walk(main, "", False, None)
    close()
    yield from found
