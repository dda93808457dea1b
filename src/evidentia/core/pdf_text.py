"""Reading a finished PDF back: its text in reading order, the page of each anchor, and what is attached.

The text comes from the tags that make the PDF accessible: their tree gives the reading order, and marked
content that the tree does not reach is a page's margin. No program outside Python is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from evidentia.core.errors import EvidentiaError
from evidentia.core.pdf_content import LARGEST, ContentReader
from evidentia.core.pdf_fonts import listed
from evidentia.core.pdf_piece import Piece
from evidentia.core.text import read_bytes

MOST_PAGES, DEEPEST = 5_000, 50
"""Pages of a PDF, and levels of its trees."""
_BROKEN = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    ZeroDivisionError,
)
"""What reading a PDF raises that is not of the form it says it is."""
_INLINE = ("Span", "NonStruct", "", "Link", "Quote", "Reference", "Code", "Em", "Strong", "Lbl")
"""Tags that stand within a block."""


class FinishedPdf:
    """A PDF that Evidentia made.

    Parameters
    ----------
    path : path or stream of bytes

    Raises
    ------
    EvidentiaError
        If there is no such file, or it is no PDF.
    """

    def __init__(self, path: Path | str | BinaryIO) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        self.path = str(path) if isinstance(path, Path | str) else "a PDF"
        try:
            self._reader = PdfReader(_stream(path))
            self._pages = list(islice(self._reader.pages, MOST_PAGES + 1))
        except (PyPdfError, *_BROKEN) as error:
            raise EvidentiaError(
                f"not a PDF: {error}", where=self.path, remedy="give a PDF that Evidentia made"
            ) from None
        if len(self._pages) > MOST_PAGES:
            raise EvidentiaError(
                f"it has more than {MOST_PAGES:,} pages",
                where=self.path,
                remedy="give a PDF that Evidentia made",
            )
        self._content = ContentReader()
        self._blocks = 0
        self._anchors: dict[str, int] = {}
        self._numbers = {
            page.indirect_reference.idnum: number for number, page in enumerate(self._pages, start=1)
        }

    def __len__(self) -> int:
        return len(self._pages)

    def anchors(self) -> dict[str, int]:
        """Return the page of each anchor (the id of an element of the HTML page)."""
        if not self._anchors:
            self._anchors = {
                name: self._page_of(dest.raw_get("/Page"))
                for name, dest in self._reader.named_destinations.items()
            }
        return self._anchors

    def attachment(self, name: str) -> bytes | None:
        """Return the bytes of an attached file, or None if it is not attached."""
        tree = self._reader.trailer["/Root"].get("/Names", {}).get("/EmbeddedFiles")
        for spec in _leaves(tree) if tree else ():
            if name in (spec.get("/UF"), spec.get("/F")):
                return bytes(spec["/EF"]["/F"].get_data())
        return None

    def pieces(self) -> Iterator[Piece]:
        """Yield all text: the body in reading order with what is said for pictures, then margins, then
        bookmarks.
        """
        from pypdf.errors import PyPdfError

        try:
            yield from self._pieces()
        except (PyPdfError, *_BROKEN) as error:
            raise EvidentiaError(
                f"the PDF cannot be read: {error}", where=self.path, remedy="give a PDF that Evidentia made"
            ) from None

    def _pieces(self) -> Iterator[Piece]:
        marked = [self._content.marked(page) for page in self._pages]
        root = self._reader.trailer["/Root"].get("/StructTreeRoot")
        if root is not None:
            yield from self._tagged(root, 1, marked)
        for number, texts in enumerate(marked, start=1):
            for text in texts.values():
                yield Piece(text, number, "margin")
        yield from self._bookmarks(self._reader.trailer["/Root"].get("/Outlines"), set())

    def page_texts(self) -> dict[int, str]:
        """Return the body's text of each page, with what is said for its pictures."""
        texts: dict[int, list[str]] = {}
        for piece in self.pieces():
            if piece.role in ("text", "alt"):
                texts.setdefault(piece.page, []).append(piece.text)
        return {page: " ".join(parts) for page, parts in sorted(texts.items())}

    def _tagged(
        self,
        element: Any,
        page: int,
        marked: list[dict[int, str]],
        tag: str = "",
        target: str = "",
        blocks: tuple[tuple[str, int], ...] = (),
    ) -> Iterator[Piece]:
        """Yield an element's text and take it out of `marked`."""
        page = self._page_of(element.raw_get("/Pg")) if "/Pg" in element else page
        own = str(element.get("/S", ""))[1:]
        tag = tag if own in ("Span", "NonStruct", "") else own
        if own not in _INLINE:
            self._blocks += 1
            blocks = (*blocks, (own, self._blocks))
        kids = listed(element.get("/K"))
        if own == "Link":
            target = next(
                (
                    self._target(kid)
                    for kid in kids
                    if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"
                ),
                "",
            )
        if "/Alt" in element:
            yield Piece(str(element["/Alt"]), page, "alt", tag, blocks=blocks)
        for kid in kids:
            if isinstance(kid, int):
                yield Piece(marked[page - 1].pop(int(kid), ""), page, "text", tag, target, blocks)
            elif kid.get("/Type") == "/MCR":
                where = self._page_of(kid.raw_get("/Pg")) if "/Pg" in kid else page
                yield Piece(marked[where - 1].pop(int(kid["/MCID"]), ""), where, "text", tag, target, blocks)
            elif kid.get("/Type") != "/OBJR":
                yield from self._tagged(kid, page, marked, tag, target, blocks)

    def _target(self, reference: Any) -> str:
        """Return the anchor to which a link's annotation leads."""
        return str(reference["/Obj"].get_object().get("/Dest") or "")

    def _page_of(self, reference: Any) -> int:
        return self._numbers.get(getattr(reference, "idnum", 0), 0)

    def _bookmarks(self, outline: Any, seen: set[int]) -> Iterator[Piece]:
        item = outline.get("/First") if outline else None
        while (
            item and getattr(item, "idnum", 0) not in seen
        ):  # a list that leads back to itself would never end
            seen.add(getattr(item, "idnum", -len(seen)))
            item = item.get_object()
            destination = item.get("/Dest")
            page = self._page_of(destination[0]) if isinstance(destination, list) else 0
            yield Piece(str(item.get("/Title", "")), page, "bookmark")
            yield from self._bookmarks(item, seen)
            item = item.get("/Next")


def _stream(path: Path | str | BinaryIO) -> BinaryIO:
    """Return a file's bytes, if it is a regular file of a size that a report has."""
    if not isinstance(path, Path | str):
        return path
    return BytesIO(read_bytes(Path(path), str(path), "build it first, or correct the path", most=LARGEST)[0])


def _leaves(tree: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the values of a PDF name tree."""
    tree = tree.get_object() if depth < DEEPEST else {}
    for item in tree.get("/Names", [])[1::2]:
        yield item.get_object()
    for kid in tree.get("/Kids", []):
        yield from _leaves(kid.get_object(), depth + 1)
