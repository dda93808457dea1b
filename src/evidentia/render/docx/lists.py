"""Numbered lists for pandoc, which keeps what stands round their numbers only if a filter says it."""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.compose.delimiters import AFTER, ROUND
from evidentia.core.markup import Element


def with_delimiters(main: Element) -> None:
    """Put each list with brackets into a box of their class, which the filter takes away again; in place."""
    for name in (AFTER, ROUND):
        for listed in main.xpath(f".//ol[contains(concat(' ', @class, ' '), ' {name} ')]"):
            box = tag.E.div({"class": name})
            box.tail, listed.tail = listed.tail, None
            listed.getparent().replace(listed, box)
            box.append(listed)
