"""Fonts of a PDF: from the codes that it shows to text, and where a word ends."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import Any

_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>|\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_BFCHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Font:
    """What a font's codes mean, and how wide each is in thousandths of the font's size."""

    characters: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)


def read_font(font: Any) -> Font:
    """Return the tables of a font of a PDF."""
    stream = font.get("/ToUnicode")
    return Font(_to_unicode(stream.get_object().get_data()) if stream is not None else {}, _widths(font))


class Line:
    """Text as it is shown, run by run: a run that begins where the last one ended continues its word."""

    def __init__(self) -> None:
        self.font, self.size = Font(), 1.0
        self.place: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
        self.end: float | None = None
        self.height = 0.0

    def show(self, operand: bytes) -> str:
        """Return the text of a string operand or of an array of strings, with a space before it where there
        is a gap.
        """
        codes = [
            code for digits, literal in _STRING.findall(operand) for code in self._codes(digits, literal)
        ]
        _, _, _, _, x, y = self.place
        near = (
            self.end is not None
            and abs(y - self.height) < 0.1 * self.size
            and abs(x - self.end) < 0.15 * self.size
        )
        self.end, self.height = (
            x + self.size * sum(self.font.widths.get(code, 500) for code in codes) / 1000,
            y,
        )
        table = self.font.characters
        text = "".join(table.get(code, "\ufffd") if table else chr(code) for code in codes)
        return text if near else " " + text

    def _codes(self, digits: bytes, literal: bytes) -> list[int]:
        """Return the codes of a string; a font with a table has two bytes a code."""
        data = bytes.fromhex(digits.decode("ascii")) if digits else re.sub(rb"\\(.)", rb"\1", literal)
        return (
            [code for (code,) in struct.iter_unpack(">H", data[: len(data) // 2 * 2])]
            if self.font.characters
            else list(data)
        )


def _widths(font: Any) -> dict[int, float]:
    """Return the widths of a font's codes, in thousandths of its size."""
    widths: dict[int, float] = {}
    for inner in listed(font.get("/DescendantFonts")):
        items = listed(inner.get("/W"))
        while items:
            first, second = items[0], items[1]
            if isinstance(second, list):
                widths |= {int(first) + offset: float(width) for offset, width in enumerate(second)}
                items = items[2:]
            else:
                widths |= dict.fromkeys(range(int(first), int(second) + 1), float(items[2]))
                items = items[3:]
    return widths


def _to_unicode(data: bytes) -> dict[int, str]:
    """Return the table of a ToUnicode map."""
    table: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in _BFCHAR.findall(block):
            table[int(code, 16)] = bytes.fromhex(text.decode("ascii")).decode("utf-16-be", errors="replace")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in _BFRANGE.findall(block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + offset] = chr(int(text, 16) + offset)
    return table


def listed(value: Any) -> list[Any]:
    """Return a PDF value as a list of objects: an array's items, or the value alone."""
    if value is None:
        return []
    value = value.get_object()
    return [item.get_object() for item in value] if isinstance(value, list) else [value]
