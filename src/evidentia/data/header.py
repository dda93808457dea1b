"""Where a table begins and ends in a file: its row of names, lines of title above it, notes below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from evidentia.core.errors import EvidentiaError
from evidentia.data.cleaning import tidy

Row = tuple[int, Sequence[str]]
LOOK = 60  # rows at the top among which the header is sought
ANSWER = ("response", "open-ended response")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_NOTE = re.compile(
    r"(?:source|sources|note|notes|footnote|footnotes|key|data downloaded|downloaded|contact|end"
    r" of)\b|[*†‡(\[©]|\d+[.)]\s",
    re.IGNORECASE,
)


def find_header(rows: Sequence[Row], given: int, path: str) -> Row:
    """Return the row with the names of the columns.

    Parameters
    ----------
    rows : sequence of (row number, cells)
        The first filled rows of the file.
    given : int
        The row that config.yaml names; 0 if it names none.
    path : str

    Raises
    ------
    EvidentiaError
        If the named row is empty, or where rows above the table are not plainly lines of title.
    """
    if given:
        for number, cells in rows:
            if number == given:
                return number, cells
        raise EvidentiaError(
            f"row {given}, which is to hold the names of the columns, is empty",
            where=path,
            remedy="correct 'header_row'",
        )
    widths = [_filled(cells) for _, cells in rows]
    usual = Counter(widths[-(len(widths) * 2 // 3 or 1) :]).most_common(1)[0][0]
    first = next((place for place, width in enumerate(widths) if width > 1), 0)
    if usual < 2:
        first = 0
    number, cells = rows[first]
    if widths[first] * 2 <= usual or (first and not _names(cells)):
        guess = next(
            (
                row
                for (row, found), width in zip(rows, widths, strict=True)
                if width >= usual and _names(found)
            ),
            0,
        )
        seems = f"; the names of the columns seem to be in row {guess}" if guess else ""
        raise EvidentiaError(
            f"the table does not begin in row {rows[0][0]}{seems}",
            where=path,
            remedy=f"say in config.yaml which row holds the names: header_row: {guess or 'N'}",
        )
    return number, cells


def check_header(header: list[str], where: str, below: Row | None = None) -> None:
    """Raise for a column without a name, or two with the same.

    Parameters
    ----------
    header : list of str
    where : str
        File and row.
    below : (row number, cells), optional
        The row below, which may hold the names where headings stand in two rows.
    """
    names = names_of(below[1]) if below else []
    second = len(names) >= len(header) and _names(names)
    two = f"; or, if the names stand in the row below, say header_row: {below[0]}" if below and second else ""
    for place, name in enumerate(header, start=1):
        if name in ("", "nan"):
            raise EvidentiaError(
                "a column has no name", where=f"{where}, column {place}", remedy=f"name it{two}"
            )
    for name, count in Counter(header).items():
        if count > 1:
            raise EvidentiaError(
                f"{'two' if count == 2 else count} columns are named '{name}'",
                where=where,
                remedy=f"rename one{two}",
            )


def with_options(header: Sequence[str], below: Row | None) -> list[str]:
    """Return names of columns of which a question's further options have none: the question and the option.

    Parameters
    ----------
    header : sequence of str
        The cells of the row of names.
    below : (row number, cells), optional
        The row with the names of options.
    """
    if below is None or (below[1] and str(below[1][0]).strip()):
        return names_of(header)
    options = names_of(below[1])
    if len(names_of(header)) >= len(options) and all(names_of(header)):
        return names_of(header)
    names, question = [], ""
    for place in range(max(len(names_of(header)), len(options))):
        own = tidy(str(header[place])) if place < len(header) else ""
        option = options[place] if place < len(options) else ""
        option = "" if own and option.casefold() in ANSWER else option  # the one answer of a question
        question = own or question
        names.append(own if own and not option else f"{question}: {option}")
    return names


def row_below(rows: Sequence[Row], top: int) -> Row | None:
    """Return the filled row below the header, if there is one."""
    return next((row for row in rows if row[0] > top), None)


def refuse_two_rows(top: int, number: int, cells: Sequence[object], path: str) -> None:
    """Raise for a row right below the header that has more cells than it and holds words alone: headings in
    two rows.
    """
    filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    if number == top + 1 and not any(_NUMBER.fullmatch(text) for text in filled):
        raise EvidentiaError(
            "the names of the columns seem to stand in two rows",
            where=f"{path}, rows {top}, {number}",
            remedy="write each column's name in one row; for an export of a survey, name its 'format'",
        )


def names_of(cells: Sequence[str]) -> list[str]:
    """Return names of columns without what cannot be seen, and without empty cells behind the last."""
    names = [tidy(str(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def notes_below(rows: Sequence[Row], columns: int) -> int:
    """Return how many rows at the end are notes: one cell at the left, in words, where a record would fill
    more.

    Parameters
    ----------
    rows : sequence of (row number, cells)
        The last filled rows of the file.
    columns : int
        Of the table.
    """
    count = 0
    for place in range(len(rows) - 1, -1, -1):
        number, cells = rows[place]
        note = len(cells) < columns and _NOTE.match(str(cells[0]).strip())  # its commas make cells of it
        if columns < 2 or not str(cells[0]).strip() or (_filled(cells) != 1 and not note):
            break
        apart = place > 0 and rows[place - 1][0] < number - 1
        ragged = len(cells) == 1 or bool(note)
        text = str(cells[0]).strip()
        if not _NUMBER.fullmatch(text) and (ragged or apart or _NOTE.match(text) or count and len(text) > 30):
            count = len(rows) - place
    return count


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(str(cell).strip()) for cell in cells)


def _names(cells: Sequence[str]) -> bool:
    """Tell whether cells can be the names of columns: all different, in words."""
    names = names_of(cells)
    return len(set(names)) == len(names) and not any(not name or _NUMBER.fullmatch(name) for name in names)
