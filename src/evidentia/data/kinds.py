"""What a file is, by its first bytes and its name; files of other kinds are named."""

from __future__ import annotations

import re

from evidentia.core.errors import EvidentiaError

TEXT, PARQUET, EXCEL, SHEETS, SPSS, STATA, ZIP = "text", "parquet", "excel", "sheets", "spss", "stata", "zip"
_ENDINGS = {
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".xlsx": EXCEL,
    ".xlsm": EXCEL,
    ".xls": SHEETS,
    ".ods": SHEETS,
    ".sav": SPSS,
    ".zsav": SPSS,
    ".dta": STATA,
    ".zip": ZIP,
}
_NAMES = {
    PARQUET: "a Parquet file (.parquet)",
    EXCEL: "an Excel workbook (.xlsx)",
    SHEETS: "a workbook (.xls or .ods)",
    SPSS: "an SPSS file (.sav)",
    STATA: "a Stata file (.dta)",
    ZIP: "a zip file",
}
_CSV = "save or export it as CSV UTF-8, .xlsx or .parquet"
_OTHERS = (
    (b"SQLite format 3\0", "an SQLite database", "export the table that you need as CSV"),
    (b"%PDF-", "a PDF", "ask for the table behind it, or copy it into a spreadsheet"),
    (b"ARROW1", "a Feather file", "save it as .parquet"),
    (b"\x1f\x8b", "a gzip file", "unpack it, or pack it as a zip"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it, or pack it as a zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as a zip"),
    (b"\x89HDF", "an HDF5 file", _CSV),
    (b"RDX", "an R data file", "save it with write.csv"),
    (b"\x00\x01\x00\x00Standard", "an Access database", "export the table that you need as CSV"),
)
_READ = (
    (b"PAR1", PARQUET),
    (b"$FL2", SPSS),
    (b"$FL3", SPSS),
    (b"<stata_dta>", STATA),
    (b"\xd0\xcf\x11\xe0", SHEETS),
)
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body|<table|<\?xml)", re.IGNORECASE)
_OFFICE = {EXCEL: b"xl/workbook.xml", SHEETS: b"opendocument.spreadsheet"}


def kind_of(data: bytes, path: str) -> str:
    """Return which reader takes a file.

    Raises
    ------
    EvidentiaError
        If it is of a kind that is not read, or of another than its name says.
    """
    ending = "." + path.lower().rsplit(".", 1)[-1]
    named = _ENDINGS.get(ending, TEXT)
    for sign, what, remedy in _OTHERS:
        if data.startswith(sign):
            raise EvidentiaError(f"the file is {what}", where=path, remedy=remedy)
    if ending == ".xlsb" or (data.startswith(b"PK") and b"xl/workbook.bin" in data):
        raise EvidentiaError(
            "binary workbooks (.xlsb) are not read", where=path, remedy="save it as .xlsx or CSV UTF-8"
        )
    if ending == ".numbers":
        raise EvidentiaError("Numbers sheets are not read", where=path, remedy=_CSV)
    if _PAGE.match(data[:2000].removeprefix(b"\xef\xbb\xbf")):
        raise EvidentiaError(
            f"the file is a web page or other markup, not {_NAMES.get(named, 'a table of values')}",
            where=path,
            remedy=(
                "download the data themselves; a page saved by a browser (a log-in, an error) looks like this"
                " inside"
                if named == TEXT
                else "open it in Excel or LibreOffice, which read such pages, and save it as .xlsx"
            ),
        )
    if named == TEXT and (ending == ".json" or data[:200].lstrip()[:2] in (b'{"', b"[{", b"{\n")):
        raise EvidentiaError("JSON is not read as a table", where=path, remedy=_CSV)
    found = _found(data)
    if found and found != named:
        said = "" if named == TEXT else f", not {_NAMES[named]}"
        raise EvidentiaError(
            f"the file is {_NAMES[found]}{said}",
            where=path,
            remedy="give it the ending that it is, and correct 'path'",
        )
    if named != TEXT and not found and _is_text(data[:4000]):
        raise EvidentiaError(
            f"the file is text, not {_NAMES[named]}",
            where=path,
            remedy="give it the ending .csv, and correct 'path'",
        )
    return named


def _is_text(start: bytes) -> bool:
    """Tell whether bytes are those of a text of several lines, whatever its encoding."""
    return b"\n" in start and not re.search(rb"[\x00-\x08\x0e-\x1f]", start)


def _found(data: bytes) -> str:
    """Return the kind that the first bytes show, empty if they show none."""
    for sign, kind in _READ:
        if data.startswith(sign):
            return kind
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    if _OFFICE[SHEETS] in data[:400]:
        return SHEETS
    return EXCEL if _OFFICE[EXCEL] in data else ZIP
