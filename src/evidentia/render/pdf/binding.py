"""The parts of the report bound into one PDF: one tree of pages, one structure, one set of bookmarks, names and fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydyf import Array, Dictionary, Stream, String
from pydyf import Object as PdfObject

from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.drawn import Drawn, number_of

_MOVES = re.compile(rb"\((?:[^\\()]|\\.)*\)|(/StructParents? )(\d+)|\b(\d+)(?= 0 R\b)", re.DOTALL)
"""In a PDF object: a text, which stays; a key of the parent tree; the number of an object that is referred to."""

_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
_RESOURCES = re.compile(rb"/Resources (\d+ 0 R)")


def bind(pdf: Any, parts: Sequence[Drawn], font_list: Any) -> None:
    """Put parts on the pages of a PDF that has their margins, in place.

    Parameters
    ----------
    pdf : pydyf.PDF
        From `evidentia.render.pdf.margins.margins`, with as many pages as the parts together.
    parts : sequence of Drawn
        In the order of the report.
    font_list : pydyf.Dictionary
        The report's fonts, with the glyphs of all parts; an object of the PDF.

    Raises
    ------
    EvidentiaError
        If a link leads nowhere.
    """
    book = _Book(pdf, font_list)
    for part in parts:
        book.add(part)
    lost = sorted({place for part in parts for place in part.links if place not in book.destinations})
    if lost:
        raise EvidentiaError(f"links lead to what is on no page: {', '.join(f'#{place}' for place in lost)}", where="build/report.html")
    book.close()


class _Raw(PdfObject):
    """An object that is PDF already."""

    def __init__(self, content: bytes, stream: bytes | None = None) -> None:
        super().__init__()
        self.content = content
        self.stream = stream

    @property
    def data(self) -> bytes:
        return self.content if self.stream is None else b"\n".join((self.content, b"stream", self.stream, b"endstream"))

    @property
    def compressible(self) -> bool:
        return self.stream is None


class _Book:
    """A PDF that parts are added to."""

    def __init__(self, pdf: Any, font_list: Any) -> None:
        self.pdf = pdf
        self.font_list = font_list
        self.sheets = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]  # the pages with margins
        self.parents = self._new({"Nums": Array()})
        self.root = self._new({"Type": "/StructTreeRoot", "ParentTree": self.parents.reference})
        self.document = self._new({"Type": "/StructElem", "S": "/Document", "P": self.root.reference, "K": Array()})
        self.root["K"] = Array([self.document.reference])
        self.main: Any = None
        self.save, self.restore = Stream([b"q"]), Stream([b"Q"])
        pdf.add_object(self.save)
        pdf.add_object(self.restore)
        self.pages = self.places = self.shown = 0  # pages, keys of the parent tree and bookmarks that are shown so far
        self.destinations: dict[str, bytes] = {}
        self.bookmarks: list[Any] = []

    def _new(self, entries: Mapping[str, Any]) -> Any:
        item = Dictionary(entries)
        self.pdf.add_object(item)
        return item

    def add(self, part: Drawn) -> None:
        """Add the pages of a part, and what leads to them."""
        added = [_Raw(content, part.streams.get(place)) for place, content in enumerate(part.dictionaries)]
        sheets = dict(zip(part.pages, self.sheets[self.pages :], strict=False))
        moved = {self.pdf.pages.number: self.pdf.pages.number, part.document: self.document.number}
        for old, item in zip(part.numbers, added, strict=True):
            if old in sheets:
                item.number = sheets[old].number
                self.pdf.objects[item.number] = item
            else:
                self.pdf.add_object(item)
            moved[old] = item.number
        moved[part.font_list] = self._fonts_of(part, moved)
        self._add_tops(part, moved)
        move = _mover(moved, self.places)
        for item, content in zip(added, move(b"\0".join(part.dictionaries)).split(b"\0"), strict=True):
            item.content = content
        for sheet in sheets.values():
            self._set_margins(sheet)
        for place, value in part.parents:
            self.parents["Nums"].extend([self.places + place, move(value.encode("ascii"))])
        self.destinations |= {name: move(place.encode("ascii")) for name, place in part.destinations}
        self.bookmarks += [self.pdf.objects[moved[item]] for item in part.bookmarks]
        self.pages += len(part.pages)
        self.places += 1 + max(place for place, _ in part.parents)
        self.shown += part.bookmarks_shown

    def _set_margins(self, sheet: Any) -> None:
        """Let the margins follow what a part has drawn on their page."""
        page = self.pdf.objects[sheet.number]
        parts = [self.save.reference, rb"\1", self.restore.reference, sheet["Contents"]]
        page.content = _CONTENTS.sub(b"/Contents [" + b" ".join(parts) + b"]", page.content, count=1)
        theirs = self.pdf.objects[number_of(_RESOURCES.search(page.content)[1])]  # type: ignore[index]
        for name, state in self.pdf.objects[number_of(sheet["Resources"])]["ExtGState"].items():
            states, rest, others = theirs.content.partition(b"/XObject ")
            if f"/{name} ".encode() not in states:
                states = states.replace(b"/ExtGState <<", f"/ExtGState <</{name} ".encode() + state.data, 1)
                theirs.content = states + rest + others

    def _fonts_of(self, part: Drawn, moved: Mapping[int, int]) -> int:
        """Return the number of the dictionary of fonts for a part: the report's, with the part's own if it has any."""
        own = {name: f"{moved[old]} 0 R".encode() for name, old in part.own_fonts.items()}
        number: int = (self._new({**self.font_list, **own}) if own else self.font_list).number
        return number

    def _add_tops(self, part: Drawn, moved: dict[int, int]) -> None:
        """Add what stands right below the document; ``main`` goes on from part to part, as one element."""
        for old, kind, page, kids in part.tops:
            if kind != "/Part":
                self.main = None
                self.document["K"].append(f"{moved[old]} 0 R".encode())
                continue
            if self.main is None:
                self.main = self._new({"Type": "/StructElem", "S": kind, "P": self.document.reference, "K": Array()})
                self.main["Pg"] = f"{moved[page]} 0 R".encode()
                self.document["K"].append(self.main.reference)
            moved[old] = self.main.number
            self.main["K"].extend(f"{moved[kid]} 0 R".encode() for kid in kids)

    def close(self) -> None:
        """Write what all parts share: the structure's root, the names of places, sorted, and the chain of bookmarks."""
        catalog = self.pdf.catalog
        catalog["StructTreeRoot"] = self.root.reference
        catalog["MarkInfo"] = Dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = Dictionary({"DisplayDocTitle": "true"})
        names = Array()
        for name in sorted(self.destinations):
            names.extend([String(name), self.destinations[name]])
        catalog.setdefault("Names", Dictionary())["Dests"] = Dictionary({"Names": names})
        if not self.bookmarks:
            return
        references = [item.reference for item in self.bookmarks]
        outlines = self._new({"First": references[0], "Last": references[-1], "Count": self.shown})
        catalog["Outlines"] = outlines.reference
        for item, before, after in zip(self.bookmarks, [b"", *references], [*references[1:], b""], strict=False):
            chain = {"Parent": outlines.reference, "Prev": before, "Next": after}
            entries = b"".join(f"/{name} ".encode() + reference for name, reference in chain.items() if reference)
            item.content = item.content.removesuffix(b">>") + entries + b">>"


def _mover(moved: Mapping[int, int], places: int) -> Callable[[bytes], bytes]:
    """Return a function that gives the objects in PDF, and the keys of the parent tree, their new numbers."""

    def new(match: re.Match[bytes]) -> bytes:
        if match[3]:
            return b"%d" % moved[int(match[3])]
        return b"%s%d" % (match[1], places + int(match[2])) if match[1] else match[0]

    return lambda content: _MOVES.sub(new, content)
