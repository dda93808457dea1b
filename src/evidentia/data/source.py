"""How a data file is to be read, as config.yaml and the dialect of its resource say."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

TWO_ROWS = ("smart_survey", "survey_monkey")
"""Exports whose second row of headings names the options of a question."""
FORMATS = ("ees", "qualtrics", "ms_forms", *TWO_ROWS)
"""Layouts of files that are known by name: official statistics, and exports of survey programs."""


@dataclass(frozen=True)
class Source:
    """What is said of a file beside its path; an empty value says nothing.

    Attributes
    ----------
    format : str
        One of `FORMATS`.
    member : str
        The file inside a zip.
    sheet : str
        Of a workbook.
    header_row : int
        Row with the names of the columns, as a spreadsheet counts.
    encoding, delimiter, decimal : str
        Of a text file; `decimal` is the sign between whole numbers and decimals.
    quote, escape, comment : str
        Signs of a text file: round a cell, before a sign that is meant as it is, at the start of a line that
        is no record.
    timezone : str
        Whose days count where the file holds times with a zone, such as ``Europe/London``.
    id : str
        Column that names a record; each may stand once.
    select : tuple of str
        Columns that are kept, by the file's names; all if it is empty.
    rename : tuple of (str, str)
        The file's name of a column, and ours.
    where : tuple of (str, tuple of str)
        A column, and the values that a row must have there.
    """

    format: str = ""
    member: str = ""
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    quote: str = ""
    escape: str = ""
    comment: str = ""
    timezone: str = ""
    id: str = ""
    select: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def over(self, other: Source) -> Source:
        """Return this with what only the other says."""
        given = {item.name: getattr(self, item.name) or getattr(other, item.name) for item in fields(self)}
        return replace(self, **given)


PLAIN = Source()
"""Nothing is said."""
