"""Files from outside, read once: what is hashed is what is used, and what cannot be trusted is refused by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from evidentia.errors import EvidentiaError

LONGEST = 32_767  # characters in a cell, as in a spreadsheet
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ue000-\ue00f]")
_NAMES = {
    **dict.fromkeys([*range(8234, 8239), *range(8294, 8298)], "a mark that turns the direction of text"),
    **dict.fromkeys(range(57344, 57360), "a character reserved for the program"),
}
_LONG = re.compile(rf"[^,\n]{{{LONGEST + 1}}}")


def read_bytes(file: Path, path: str) -> tuple[bytes, str]:
    """Return a file's bytes and their hash; `path` names it in messages."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise EvidentiaError("the file does not exist", where=path, remedy="put it there, or correct the path in config.yaml") from None
    except OSError as error:
        raise EvidentiaError(f"the file cannot be read: {error.strerror}", where=path, remedy="check its permissions") from None
    return data, "sha256:" + hashlib.sha256(data).hexdigest()


def read_text(file: Path, path: str) -> tuple[str, str]:
    """Return a file's text, with Unix line ends and without a byte order mark, and the hash of its bytes.

    Parameters
    ----------
    file : Path
    path : str
        As named in the evaluation folder, for messages.

    Raises
    ------
    EvidentiaError
        If it cannot be read, is not UTF-8, or holds control characters, marks that turn the direction of
        text, or a cell longer than a spreadsheet holds; with the line.
    """
    data, hashed = read_bytes(file, path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EvidentiaError("the file is UTF-16", where=path, remedy="save it as CSV UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EvidentiaError("not UTF-8 text", where=f"{path}, line {line}", remedy="save it as CSV UTF-8") from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse(text, path)
    return text, hashed


def refuse_cells(cells: Mapping[str, Iterable[tuple[object, str]]], path: str) -> None:
    """Raise for what no honest cell holds, in files that are not text: column to its rows and cells."""
    for column, rows in cells.items():
        for row, cell in rows:
            where = f"{path}, row {row}, column {column}"
            _refuse_characters(cell, where)
            if len(cell) > LONGEST:
                raise EvidentiaError(f"a cell has more than {LONGEST:,} characters", where=where, remedy="shorten it")


def _refuse_characters(text: str, where: str = "", path: str = "") -> None:
    match = _FORBIDDEN.search(text)
    if match:
        code = ord(match[0])
        raise EvidentiaError(
            f"the file holds {_NAMES.get(code, 'a control character')} (U+{code:04X})",
            where=where or f"{path}, line {_line(text, match.start())}",
            remedy="take it out",
        )


def _refuse(text: str, path: str) -> None:
    """Raise for what no honest cell holds."""
    _refuse_characters(text, path=path)
    match = _LONG.search(text)
    if match:
        raise EvidentiaError(
            f"a cell has more than {LONGEST:,} characters",
            where=f"{path}, line {_line(text, match.start())}",
            remedy="shorten it, or check the quotation marks",
        )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
