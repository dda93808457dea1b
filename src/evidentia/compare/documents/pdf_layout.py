"""Any PDF as passages, by where its words stand on the page: paragraphs, and lines with gaps as tables."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evidentia.compare.documents.passage import Headings, Passage, table_passages
from evidentia.compare.documents.pdf_rows import rows_of
from evidentia.core.errors import EvidentiaError
from evidentia.core.pdf_text import LARGEST, MOST_PAGES
from evidentia.core.text import read_bytes

_GAP = re.compile(r"\s{3,}")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-Z]\S*(?:\s\S+){0,14}$")
_HEADING = re.compile(r"^[A-Z][^.!?;:]{2,90}$")
_CAPTION = re.compile(r"^(?:Table|Figure|Box|Chart)\s+[A-Z]?\d", re.IGNORECASE)
_PAGE = re.compile(r"^(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s+of\s+\d{1,4})?$", re.IGNORECASE)
_LABEL, _CELL = 60, 30
"""Characters of a line of a table's label, and of a cell beside it."""
_DOTS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")


def layout_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages of a PDF by its layout."""
    pages = [[line.rstrip() for line in text.split("\n")] for text in _pages(path)]
    reader = _Reader(_repeated(pages))
    for number, lines in enumerate(pages, start=1):
        for block in _blocks(lines):
            yield from reader.block(block, number)


class _Reader:
    """Turns blocks of lines into passages, with the headings and captions above them."""

    def __init__(self, repeated: set[str]) -> None:
        self.repeated = repeated
        self.headings = Headings()
        self.tables = self.group = 0
        self.caption = ""

    def block(self, block: list[str], page: int) -> Iterator[Passage]:
        self.group += 1
        if any(map(_is_row, block)):
            yield from self._table(block, page)
            return
        text = _joined(block)
        role = _role(text, block, self.repeated)
        if role == "heading":
            found = _NUMBERED.match(text)
            self.headings.put(found[1].count(".") + 1 if found else 3, text)
        if role == "caption":
            self.caption = text
        yield Passage(text, f"page {page}", role, self.headings.above(), page=page, group=self.group)

    def _table(self, block: list[str], page: int) -> Iterator[Passage]:
        """Yield a table's cells."""
        self.tables += 1
        rows, left = rows_of(block)
        heads = sum(1 for _ in _until_numbers(rows))
        place = f"page {page}, table {self.tables}"
        above = self.headings.above()
        if left is not None:  # labels over several lines: their words once, so that numbers in them are read
            words = " ".join([*left, *(row[0] for row in rows[heads:])])
            yield Passage(words, place, "text", above, page=page, group=self.group)
        for passage in table_passages(
            rows, heads, place, above, caption=self.caption, page=page, group=self.group
        ):
            if not (left is not None and passage.role == "cell" and passage.place.endswith("column 1")):
                yield passage


def _pages(path: Path) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    data, _ = read_bytes(path, str(path), "correct the path", most=LARGEST)
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > MOST_PAGES:
            raise EvidentiaError(
                f"it has more than {MOST_PAGES:,} pages", where=str(path), remedy="give a part of it"
            )
        for page in reader.pages:
            yield page.extract_text(extraction_mode="layout")
    except FileNotDecryptedError:
        raise EvidentiaError(
            "the PDF is encrypted, with a password", where=str(path), remedy="save a copy without a password"
        ) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise EvidentiaError(
            f"the PDF cannot be read: {error}", where=str(path), remedy="print it to a PDF anew"
        ) from None


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return the lines at the top and the foot of pages that stand on several of them, numbers left out."""
    found: Counter[str] = Counter()
    for lines in pages:
        filled = [line.strip() for line in lines if line.strip()]
        found.update({_bare(line) for line in (*filled[:2], *filled[-2:])})
    return {line for line, times in found.items() if times > 2 and line}


def _bare(line: str) -> str:
    return re.sub(r"\d+", "", line).strip()


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Yield lines that stand together: up to a blank line, and tables apart from words."""
    block: list[str] = []
    for line in lines:
        in_table = any(map(_is_row, block))
        other = _is_words(line) if in_table else _is_row(line) and any(map(_is_words, block))
        if block and (not line.strip() or other):
            yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _is_row(line: str) -> bool:
    """Tell whether a line is a table's: with gaps, and short words behind them; a sentence with a wide gap
    goes on behind it.
    """
    parts = _GAP.split(line.strip())
    if any(len(part) > _CELL for part in parts[1:]):
        return False
    return len(parts) > 2 or (len(parts) == 2 and bool(re.fullmatch(r"[−-]?[£$€]?[\d,.]+%?", parts[1])))


def _is_words(line: str) -> bool:
    """Tell whether a line is too long, or too much of a sentence, to be a part of a table's label."""
    text = line.strip()
    return not _is_row(line) and (len(text) > _LABEL or text.endswith((".", ":")))


def _until_numbers(rows: list[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        if any(re.search(r"\d", cell) and not re.search(r"[a-z]{3}", cell) for cell in row[1:]):
            return
        yield row


def _joined(block: list[str]) -> str:
    """Return lines as one text; a word that a line's end parts is put together."""
    text = re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "-", "\n".join(block))
    return re.sub(r"\s+", " ", text).strip()


def _role(text: str, block: list[str], repeated: set[str]) -> str:
    if _bare(text) in repeated or _PAGE.match(text):
        return "margin"
    if _DOTS.search(text):
        return "contents"
    if _CAPTION.match(text):
        return "caption"
    short = len(block) == 1 and len(text) < 100
    return "heading" if short and (_NUMBERED.match(text) or _HEADING.match(text)) else "text"
