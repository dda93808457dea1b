"""Numbered lists: what is written is what is printed, and no number is typed as the mark of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidentia.compose.code import blanked_code
from evidentia.compose.delimiters import AFTER, ROUND
from evidentia.compose.stretches import blanked
from evidentia.compose.tree import Tree, words_of
from evidentia.core.errors import EvidentiaError

_WRITTEN = re.compile(
    r"^[ \t>]*(?:[-*+:][ \t]+)*\(?(?P<mark>\d{1,9}|[A-Za-z]|[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|\#)[.)][ \t]+\S",
    re.MULTILINE,
)
_NOTE = re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE)
_MORE_LINES = r"\. \S[^\n]*\n(?:[^\n]*\S[^\n]*\n)*?(?P=indent)"
_CAPITALS = re.compile(
    rf"(?:\A|(?<=\n\n))(?P<indent>[ \t]*)(?P<mark>A(?={_MORE_LINES}B\. )|I(?={_MORE_LINES}II\. ))\. (?=\S)"
)
_FIRST = re.compile(r"[-*+]|\(?1[.)]|[•·◦▪]")
_MARKS, _PAIRS = ("{}.", "{})", "({})"), (("a", "b"), ("A", "B"), ("i", "ii"), ("I", "II"))
_LETTERS = {"LowerAlpha": ord("a"), "UpperAlpha": ord("A")}
_NUMBERS = ("Decimal", "DefaultStyle", "Example")


@dataclass(frozen=True)
class _Printed:
    """The mark with which an item is printed, empty where that is not told apart, and its list."""

    mark: str
    group: int


def list_faults(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each numbered list that begins at a number of its own, and for an item whose number
    would be printed as another one.

    Parameters
    ----------
    text : str
        The chapter as composed, whose lines are named.
    tree : Tree
    path : str
    """
    plain = blanked_code(text)
    plain = blanked(plain, (match.span() for match in _NOTE.finditer(plain)))  # read where they are called
    written = [
        (match["mark"], text.count("\n", 0, match.start("mark")) + 1) for match in _WRITTEN.finditer(plain)
    ]
    found = [*_beginnings(written, tree, path)]
    yield from found or _otherwise_numbered(written, tree, path)
    yield from _brackets(text, tree, path)
    yield from _no_lists(text, tree, path)
    for match in _CAPITALS.finditer(plain):
        yield EvidentiaError(
            f"the lines from '{match['mark']}.' on would run on in one paragraph, not stand in a list",
            where=f"{path}, line {text.count(chr(10), 0, match.start('mark')) + 1}",
            remedy=f"write 2 spaces behind a capital letter with a point: {match['mark']}.  words",
        )


def _brackets(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each list whose brackets no page would have, since no item begins with words."""
    for item in tree.elements("OrderedList"):
        (start, style, delimiter), items = item["c"]
        if delimiter["t"] not in ("OneParen", "TwoParens") or any(map(_says_brackets, items)):
            continue
        mark = _mark(start, style["t"]) or str(start)
        written = f"({mark})" if delimiter["t"] == "TwoParens" else f"{mark})"
        said = rf"{re.escape(written)}[ \t][^\n]*{re.escape(words_of(items[0])[:3])}"
        place = re.search(rf"^[ \t>]*(?:[-*+:][ \t]+)*{said}", text, re.MULTILINE)
        line = text.count("\n", 0, place.start()) + 1 if place else 0
        yield EvidentiaError(
            f"the brackets of the list that begins with '{written}' would be lost: {words_of(items[0])[:60]}",
            where=f"{path}, line {line}" if line else path,
            remedy=f"begin its items with words, or write {mark}.",
        )


def _no_lists(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each first line that is to begin a list and runs on in the paragraph before it."""
    for paragraph in tree.elements("Para", "Plain"):
        row = paragraph["c"]
        signs = [
            mark["c"]
            for before, mark, space in zip(row, row[1:], row[2:], strict=False)
            if (before["t"], mark["t"], space["t"]) == ("SoftBreak", "Str", "Space")
        ]
        sign = next((one for one in signs if _FIRST.fullmatch(one) or _goes_on(one, signs)), "")
        if sign:
            place = re.search(rf"(?<=[^\s]\n)[ \t>]*{re.escape(sign)}[ \t]", text)
            line = text.count("\n", 0, place.start()) + 1 if place else 0
            yield EvidentiaError(
                f"the line that begins with '{sign}' runs on in the paragraph before it, and is no list",
                where=f"{path}, line {line}" if line else path,
                remedy="leave an empty line before the list; where it is none, write"
                f" {sign[:-1]}\\{sign[-1]}",
            )


def _goes_on(sign: str, signs: list[str]) -> bool:
    """Tell whether a letter begins a list: the next one follows."""
    following = {mark.format(first): mark.format(second) for mark in _MARKS for first, second in _PAIRS}
    return following.get(sign, "") in signs


def _says_brackets(item: list[Any]) -> bool:
    first = item[0]["c"][0] if item and item[0]["t"] in ("Plain", "Para") and item[0]["c"] else {}
    return first.get("t") == "Span" and bool({AFTER, ROUND} & set(first["c"][0][1]))


def _beginnings(written: list[tuple[str, int]], tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each list that neither begins at 1 nor goes on from an earlier one."""
    ends: dict[str, set[int]] = {}
    for item in tree.elements("OrderedList"):
        (start, style, _), items = item["c"]
        kind = "Decimal" if style["t"] in _NUMBERS else style["t"]
        if start != 1 and start - 1 not in ends.get(kind, set()):
            mark = _mark(start, style["t"]) or _roman(start, style["t"]) or str(start)
            line = next((line for other, line in written if other == mark), 0)
            yield EvidentiaError(
                f"a list cannot begin at '{mark}', for a number would be typed: {words_of(items[0])[:60]}",
                where=f"{path}, line {line}" if line else path,
                remedy="begin at 1, or go on from an earlier list of the chapter; where it is no list, write"
                f" {mark}\\. with a backslash",
            )
        ends.setdefault(kind, set()).add(start + len(items) - 1)


def _otherwise_numbered(written: list[tuple[str, int]], tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for an item that is printed with another number than is written."""
    printed = list(_printed(tree))
    if len(printed) != len(written):
        return
    marks: dict[int, set[str]] = {}
    for item, (mark, _) in zip(printed, written, strict=True):
        marks.setdefault(item.group, set()).add(mark)
    for item, (mark, line) in zip(printed, written, strict=True):
        if item.mark and mark not in (item.mark, "#") and len(marks[item.group] - {"#"}) > 1:
            yield EvidentiaError(
                f"the item '{mark}' of a list would be printed as '{item.mark}'",
                where=f"{path}, line {line}",
                remedy="number the items one after the other, or give all of them the number 1",
            )
            return


def _printed(tree: Tree) -> Iterator[_Printed]:
    """Yield the marks of all numbered items in the order of the text."""
    left: list[Any] = list(reversed(tree.blocks))
    groups = 0
    while left:
        item = left.pop()
        if isinstance(item, _Printed):
            yield item
        elif isinstance(item, list):
            left += reversed(item)
        elif isinstance(item, dict) and item.get("t") == "OrderedList":
            (start, style, _), items = item["c"]
            groups += 1
            parts: list[Any] = []
            for index, child in enumerate(items):
                parts += [_Printed(_mark(start + index, style["t"]), groups), child]
            left += reversed(parts)
        elif isinstance(item, dict) and item.get("t") != "Note":
            left += reversed(list(item.values()))


def _roman(number: int, style: str) -> str:
    """Return the mark of an item with a Roman number, as far as lists go; nothing for other styles."""
    if style not in ("LowerRoman", "UpperRoman") or number >= 40:
        return ""
    said = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
    return said if style == "UpperRoman" else said.lower()


def _mark(number: int, style: str) -> str:
    """Return the mark of an item: a number, a letter, or nothing for a style that is not told apart."""
    if style in _NUMBERS:
        return str(number)
    return chr(_LETTERS[style] + number - 1) if style in _LETTERS and number <= 26 else ""
