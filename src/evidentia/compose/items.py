"""Numbered items that can be referred to: ``(@label) words`` in one place, ``@label`` in any other.

Pandoc numbers them through the whole document and knows nothing of where they stand. Here they count in their
chapter, and a reference is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidentia.compose.code import blanked_code
from evidentia.core.errors import EvidentiaError

_ITEM = re.compile(r"^(?P<before>[ \t>]*)\(@(?P<label>[\w-]*)\)(?P<space>[ \t]+)(?=\S)", re.MULTILINE)
_REFERENCE = re.compile(r"(?P<brackets>\[-?@(?P<alone>[\w-]+)\])|(?<![\w.\\@-])@(?P<label>\w(?:[\w-]*\w)?)")
ANCHOR = "item-"


@dataclass(frozen=True)
class Item:
    """A numbered item with a label."""

    label: str
    number: int
    anchor: str
    place: str


def items_of(text: str, chapter: str, path: str) -> Iterator[Item]:
    """Yield the numbered items of a chapter that have a label, in their order.

    Parameters
    ----------
    text : str
        The chapter, as written or as rendered.
    chapter : str
        Its id.
    path : str
        Its file.
    """
    blank = blanked_code(text)
    for number, match in enumerate(_ITEM.finditer(blank), start=1):
        if match["label"]:
            place = f"{path}, line {blank.count(chr(10), 0, match.start()) + 1}"
            slug = re.sub(r"[^A-Za-z0-9]+", "-", chapter).strip("-")
            yield Item(match["label"], number, f"{ANCHOR}{slug}-{match['label']}", place)


def known_items(items: Mapping[str, list[Item]], chapter: str, keys: set[str]) -> dict[str, Item]:
    """Return the items that a chapter can refer to: its own, and those of others whose label is theirs alone
    and no key of the bibliography.

    Parameters
    ----------
    items : mapping of str to list of Item
        By chapter.
    chapter : str
    keys : set of str
    """
    others: dict[str, list[Item]] = {}
    for name, found in items.items():
        for item in found if name != chapter else ():
            others.setdefault(item.label, []).append(item)
    known = {label: found[0] for label, found in others.items() if len(found) == 1 and label not in keys}
    return known | {item.label: item for item in reversed(items.get(chapter, []))}


def item_faults(items: Mapping[str, list[Item]]) -> Iterator[EvidentiaError]:
    """Yield a fault for each label that stands twice in a chapter."""
    for found in items.values():
        seen: dict[str, Item] = {}
        for item in found:
            if item.label in seen:
                yield EvidentiaError(
                    f"the label (@{item.label}) stands twice",
                    where=f"{item.place}, and {seen[item.label].place}",
                    remedy="give one of the items another label; a line that begins with (@...) is an item",
                )
            seen.setdefault(item.label, item)


def with_items(text: str, known: Mapping[str, Item]) -> str:
    """Return a chapter with its items numbered and linked to.

    Parameters
    ----------
    text : str
        As rendered.
    known : mapping of str to Item
        Those that it can refer to, by label.
    """
    lines = _numbered(text, known).split("\n")
    blank = blanked_code("\n".join(lines)).split("\n")
    return "\n".join(
        _referring(line, plain, known) if "@" in plain else line
        for line, plain in zip(lines, blank, strict=True)
    )


def _numbered(text: str, known: Mapping[str, Item]) -> str:
    """Write the number of each item, and an anchor where it has a label; what belongs to it moves with it."""
    lines, blank = text.split("\n"), blanked_code(text).split("\n")
    count, moved, column = 0, 0, 0
    for index, plain in enumerate(blank):
        match = _ITEM.match(plain)
        if match:
            count += 1
            anchor = f"[]{{#{known[match['label']].anchor}}}" if match["label"] in known else ""
            marker = f"{match['before']}{count}. "
            moved, column = match.end() - len(marker), match.end()
            lines[index] = f"{marker}{anchor}{lines[index][match.end() :]}"
        elif moved and (len(plain) - len(plain.lstrip(" ")) >= column or not plain.strip()):
            lines[index] = lines[index][moved:] if lines[index].strip() else lines[index]
        else:
            moved = 0
    return "\n".join(lines)


def _referring(line: str, plain: str, known: Mapping[str, Item]) -> str:
    parts, last = [], 0
    for match in _REFERENCE.finditer(plain):
        item = known.get(match["alone"] or match["label"])
        if item:
            parts += [line[last : match.start()], f"[{item.number}](#{item.anchor})"]
            last = match.end()
    return "".join([*parts, line[last:]])
