"""The PDF's structure made to say more: links named by their text, header cells with a scope, notes and contents as such.

WeasyPrint writes a valid structure tree; this passes over it once more before the file is written. What a
checker does not ask for and a reader with a screen reader hears: the words of a link instead of the id of its
target, which cells a header belongs to, a footnote where it is called, contents as contents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from evidentia.render.pdf.continued import join_pages
from evidentia.render.pdf.tree import Object, Tree

Box = Any
POINTS = 0.75  # of one CSS pixel


def complete(document: Any, pdf: Any) -> None:
    """Complete the structure of a PDF that WeasyPrint is about to write; its ``finisher``.

    Parameters
    ----------
    document : weasyprint.Document
    pdf : pydyf.PDF
    """
    tree = Tree(pdf)
    _name_links(document, tree)
    heights = [page.height * POINTS for page in document.pages]
    numbers = {reference: index for index, reference in enumerate(pdf.page_references)}
    for element in tree.elements:
        kind = element["S"]
        if kind == "/TH":
            parent = tree.parent(tree.parent(element) or element)
            element["A"]["Scope"] = "/Column" if parent is not None and parent["S"] == "/THead" else "/Row"
        elif kind == "/Figure":
            _place(element, heights[numbers[element["Pg"]]])
        elif kind == "/Link" and "/Link" in tree.above(element):
            element["S"] = "/Span"
        elif kind in ("/L", "/LI") and "/NonStruct" in (above := tree.above(element)) and "/Part" not in above:
            element["S"] = "/TOC" if kind == "/L" else "/TOCI"
    for element in tree.elements:
        parent = tree.parent(element)
        if element["S"] == "/LBody" and parent is not None and parent["S"] == "/TOCI":
            element["S"] = "/Reference"
    for element in list(tree.elements):
        if element["S"] == "/LI":
            _give_body(element, tree)
    _name_notes(document, tree)
    join_pages(document, tree)


def _name_links(document: Any, tree: Tree) -> None:
    """Give each link its words, and take out the second annotation that an element inside a link got."""
    from pydyf import String

    doubled = set()
    for page in document.pages:
        for box, inside in _links(page._page_box, None):
            text = " ".join("".join(box.element.itertext()).split())
            if inside is not None:
                doubled.add(box.link_annotation.reference)
            elif "footnote-ref" in box.element.get("class", "").split():
                box.link_annotation["Contents"] = String(f"Footnote: {text}")
            elif text:
                box.link_annotation["Contents"] = String(text)
    if doubled:
        dictionaries = [item for item in tree.pdf.objects if hasattr(item, "get")]
        held = {item.reference for item in dictionaries if item.get("Obj") in doubled}
        for item in dictionaries:
            if "Annots" in item:
                item["Annots"][:] = [reference for reference in item["Annots"] if reference not in doubled]
        for element in tree.elements:
            element["K"][:] = [kid for kid in element["K"] if kid not in held]


def _links(box: Box, inside: Box | None) -> Iterator[tuple[Box, Box | None]]:
    """Yield each box with a link's annotation, and the box of the same link round it."""
    if getattr(box, "link_annotation", None) is not None:
        yield box, inside
        inside = inside or box
    for child in getattr(box, "children", ()):
        yield from _links(getattr(child, "_box", child), inside)


def _place(figure: Object, height: float) -> None:
    """Say where a figure is in points from the foot of the page; WeasyPrint says it in pixels from the top."""
    left, top, right, bottom = figure["A"]["BBox"]
    figure["A"]["BBox"][:] = [round(value, 3) for value in (left * POINTS, height - bottom * POINTS, right * POINTS, height - top * POINTS)]


def _give_body(item: Object, tree: Tree) -> None:
    """Put what an item of a list holds, its label aside, into a body, as the structure of lists wants it."""
    inner = [child for child in tree.children(item) if child["S"] not in ("/Lbl", "/LBody")]
    if not inner or len(tree.children(item)) != len(item["K"]):
        return
    bodies = [child for child in tree.children(item) if child["S"] == "/LBody"]
    body = bodies[0] if bodies else tree.add("/LBody", item)
    for child in inner:
        item["K"].remove(child.reference)
        body["K"].append(child.reference)
        child["P"] = body.reference


def _name_notes(document: Any, tree: Tree) -> None:
    """Make each footnote a note, and put it right behind its call, if that is on the same page."""
    from pydyf import String

    calls = [_calls(page, tree) for page in document.pages]
    notes: dict[bytes, list[Object]] = defaultdict(list)
    for element in tree.elements:
        if element["S"] == "/Art":
            notes[element["Pg"]].append(element)
    count = 0
    for called, page in zip(calls, tree.pdf.page_references, strict=True):
        for note in notes[page]:
            count += 1
            note["S"] = "/Note"
            note["ID"] = String(f"note-{count}")
            for marker in tree.children(note)[:1]:
                marker["S"] = "/Lbl"
        if len(called) == len(notes[page]):
            for call, note in zip(called, notes[page], strict=True):
                _move(tree, note, call)


def _calls(page: Any, tree: Tree) -> list[Object]:
    """Return the tags of the footnotes' calls of a page, in order."""
    boxes = [box for box, _ in _links(page._page_box, None) if "footnote-ref" in box.element.get("class", "").split()]
    return [tree.objects[tree.parents[box.link_annotation["StructParent"]]] for box in boxes]


def _move(tree: Tree, note: Object, call: Object) -> None:
    old, new = tree.parent(note), tree.parent(call)
    if old is None or new is None:
        return
    old["K"].remove(note.reference)
    new["K"].insert(new["K"].index(call.reference) + 1, note.reference)
    note["P"] = new.reference
