"""A drawn part: the objects of its PDF, in a form that can be kept in a file and bound with others into one PDF.

What one PDF has once (catalogue, root of the structure, names, the report's fonts) is left out, or kept as a few
values that the binding puts together.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from evidentia.render.pdf.glyphs import FontList, Glyphs
from evidentia.render.pdf.parts import ELSEWHERE
from evidentia.render.pdf.tree import Object, Tree

LEVEL = 6  # of compression; the highest takes twice the time for a hundredth less


@dataclass
class Drawn:
    """The PDF of a part, taken to pieces; numbers are those of its objects.

    Attributes
    ----------
    pages : list of int
    document : int
        The root of the structure elements.
    tops : list of (int, str, int, list of int)
        The structure elements below the document: number, type, page and what it holds. Those of the type ``/Part``
        are not among the objects.
    parents : list of (int, str)
        The parent tree: key, and the structure element or elements as PDF.
    bookmarks : list of int
        Those of the highest level.
    bookmarks_shown : int
        How many bookmarks a reader shows at first.
    destinations : list of (str, str)
        Id, and where it is, as PDF.
    links : list of str
        The ids in other parts that it leads to.
    font_list : int
        The dictionary of the fonts.
    own_fonts : dict of str to int
        Fonts that are not the report's own: characters that those lack.
    glyphs : dict
        What is used of the report's own fonts.
    numbers : list of int
        Of the objects below, in their order.
    dictionaries : list of bytes
        The objects, those of streams without the stream.
    streams : dict of int to bytes
        Place in `numbers` to the stream, compressed.
    """

    pages: list[int]
    document: int
    tops: list[tuple[int, str, int, list[int]]]
    parents: list[tuple[int, str]]
    bookmarks: list[int]
    bookmarks_shown: int
    destinations: list[tuple[str, str]]
    links: list[str]
    font_list: int
    own_fonts: dict[str, int]
    glyphs: Glyphs
    numbers: list[int] = field(default_factory=list)
    dictionaries: list[bytes] = field(default_factory=list)
    streams: dict[int, bytes] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return it as one line of JSON and what the line gives the lengths of."""
        values = {name: value for name, value in vars(self).items() if name not in ("dictionaries", "streams")}
        lengths = [len(item) for item in self.dictionaries]
        head = json.dumps({**values, "lengths": lengths, "streams": {place: len(item) for place, item in self.streams.items()}})
        return b"".join([head.encode("ascii"), b"\n", *self.dictionaries, *self.streams.values()])

    @classmethod
    def from_bytes(cls, content: bytes) -> Drawn:
        """Read what `to_bytes` wrote.

        Raises
        ------
        ValueError, KeyError, TypeError
            If the content is not whole.
        """
        end = content.index(b"\n")
        values = json.loads(content[:end])
        pieces = _cut(content, end + 1, [*values.pop("lengths"), *values["streams"].values()])
        dictionaries = [next(pieces) for _ in values["numbers"]]
        streams = {int(place): next(pieces) for place in values.pop("streams")}
        glyphs = {name: {int(glyph): tuple(use) for glyph, use in used.items()} for name, used in values.pop("glyphs").items()}
        return cls(**values, glyphs=glyphs, dictionaries=dictionaries, streams=streams)


def _cut(content: bytes, start: int, lengths: list[int]) -> Iterator[bytes]:
    if start + sum(lengths) != len(content):
        raise ValueError("not whole")
    for length in lengths:
        yield content[start : start + length]
        start += length


def take_apart(pdf: Any, fonts: FontList, mark: str) -> Drawn:
    """Take the PDF of a part to pieces, before it is written.

    Parameters
    ----------
    pdf : pydyf.PDF
        Its structure is complete.
    fonts : FontList
    mark : str
        Goes before each id of a structure element, so that no two parts share one.
    """
    tree = Tree(pdf)
    root = tree.objects[pdf.catalog["StructTreeRoot"]]
    document = tree.objects[root["K"][0]]
    parents = tree.objects[root["ParentTree"]]
    for element in tree.elements:
        if "ID" in element:  # cells name their headers by the same objects
            element["ID"].string = mark + element["ID"].string
    links = lead_within(pdf)
    bookmarks, shown = _bookmarks(pdf, tree)
    tops = tree.children(document)
    left_out = {0, pdf.pages.number, pdf.catalog.number, root.number, document.number, parents.number, fonts.dictionary.number}
    left_out |= {number_of(pdf.catalog[name]) for name in ("Metadata", "Outlines") if name in pdf.catalog}
    left_out |= {top.number for top in tops if top["S"] == "/Part"} | _not_needed(pdf, tree, document)
    entries = list(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))
    names = pdf.catalog.get("Names", {}).get("Dests", {"Names": []})["Names"]
    drawn = Drawn(
        pages=list(pdf.pages["Kids"][::3]),
        document=document.number,
        tops=[(top.number, top["S"], number_of(top["Pg"]), [number_of(kid) for kid in top["K"] if isinstance(kid, bytes)]) for top in tops],
        parents=[(key, text_of(value)) for key, value in entries if isinstance(value, list) or number_of(value) not in left_out],
        bookmarks=[item.number for item in bookmarks],
        bookmarks_shown=shown,
        destinations=[(name.string, text_of(place)) for name, place in zip(names[::2], names[1::2], strict=True)],
        links=links,
        font_list=fonts.dictionary.number,
        own_fonts={name: number_of(reference) for name, reference in fonts.dictionary.items()},
        glyphs=fonts.glyphs,
    )
    with compressing():
        for item in pdf.objects:
            if item.number not in left_out:
                head, _, stream = item.data.partition(b"\nstream\n")
                if stream:
                    drawn.streams[len(drawn.numbers)] = stream.removesuffix(b"\nendstream")
                drawn.numbers.append(item.number)
                drawn.dictionaries.append(head)
    return drawn


def _not_needed(pdf: Any, tree: Tree, document: Object) -> set[int]:
    """Return the numbers of what the structure does not hold any more: elements, and the annotations that only those held."""
    gone = tree.dissolve(document)
    keys = {key for key, reference in tree.parents.items() if not isinstance(reference, list) and number_of(reference) in gone}
    dictionaries: list[Object] = [item for item in pdf.objects if isinstance(item, dict)]
    gone |= {item.number for item in dictionaries if item.get("StructParent") in keys}
    return gone | {item.number for item in dictionaries if item.get("Type") == "/OBJR" and number_of(item["Obj"]) in gone}


@contextmanager
def compressing() -> Iterator[None]:
    """Let pydyf compress as much as is worth the time."""
    import pydyf

    original, pydyf.zlib = pydyf.zlib, SimpleNamespace(compressobj=lambda level: zlib.compressobj(LEVEL))
    try:
        yield
    finally:
        pydyf.zlib = original


def number_of(reference: bytes) -> int:
    """Return the number of the object that a reference names."""
    return int(reference.split()[0])


def text_of(value: Any) -> str:
    """Return a reference, or an array with references, as PDF."""
    data: bytes = value if isinstance(value, bytes) else value.data
    return data.decode("ascii")


def lead_within(pdf: Any) -> list[str]:
    """Make links to other parts links within the document; return the ids that they lead to."""
    from pydyf import String

    ids = []
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link" and "A" in item:
            place = unquote(item["A"]["URI"].string)
            if place.startswith(ELSEWHERE):
                del item["A"]
                item["Dest"] = String(place.removeprefix(ELSEWHERE))
                ids.append(place.removeprefix(ELSEWHERE))
    return ids


def _bookmarks(pdf: Any, tree: Tree) -> tuple[list[Object], int]:
    """Take the bookmarks of the highest level out of their chain; return them, and how many of all are shown."""
    if "Outlines" not in pdf.catalog:
        return [], 0
    root = tree.objects[pdf.catalog["Outlines"]]
    found = [tree.objects[root["First"]]]
    while "Next" in found[-1]:
        found.append(tree.objects[found[-1]["Next"]])
    for item in found:
        for name in ("Parent", "Prev", "Next"):
            item.pop(name, None)
    return found, root["Count"]
