"""The PDF's structure made to say more: links named by their words, header cells with a scope, notes and
contents as such.

WeasyPrint writes a valid structure tree; this passes over it once more before the file is written. What a
checker does not ask for and a reader with a screen reader hears: the words of a link instead of the id of its
target, which cells a header belongs to, a footnote where it is called, contents as contents.
"""

from __future__ import annotations

from typing import Any

from evidentia.core.language import translate
from evidentia.render.pdf.formulas import before_formula
from evidentia.render.pdf.private import annotation_of, element_of, is_link

Object = Any  # a pydyf dictionary
POINTS = 0.75  # of one CSS pixel


def one_area_a_link(document: Any) -> None:
    """Leave each link one area to click, where WeasyPrint makes another one of each element inside a link; in
    place.

    Parameters
    ----------
    document : weasyprint.Document
        Laid out, and not yet drawn.
    """
    for page in document.pages:
        page.links[:] = [link for link in page.links if is_link(link[-1])]


def complete(document: Any, pdf: Any) -> None:
    """Complete the structure of a PDF that WeasyPrint is about to write; its ``finisher``.

    Parameters
    ----------
    document : weasyprint.Document
    pdf : pydyf.PDF
    """
    tree = Tree(pdf)
    _name_links(document, tree)
    heights = dict(zip(pdf.page_references, (page.height * POINTS for page in document.pages), strict=True))
    for element in tree.elements:
        kind, above = element["S"], tree.parent(element)
        if kind == "/TH":
            row = tree.parent(above) if above else None
            element["A"]["Scope"] = "/Column" if row is not None and row["S"] == "/THead" else "/Row"
        elif kind == "/Figure":
            _place(element, heights[element["Pg"]])
            if getattr(element.get("Alt"), "string", "").startswith(before_formula()):
                element["S"] = "/Formula"
        elif kind == "/Link" and "/Link" in tree.above(element):
            element["S"] = "/Span"  # what the style sheet puts behind a link
        elif (
            kind in ("/L", "/LI") and "/NonStruct" in (kinds := tree.above(element)) and "/Part" not in kinds
        ):
            element["S"] = "/TOC" if kind == "/L" else "/TOCI"
        elif kind == "/LI":
            tree.give_body(element)
        elif kind == "/LBody" and above is not None and above["S"] == "/TOCI":
            element["S"] = "/Reference"
    _name_notes(document, tree)


class Tree:
    """The structure elements of a PDF, with ways up and down.

    Parameters
    ----------
    pdf : pydyf.PDF
    """

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self.objects = {item.reference: item for item in pdf.objects}
        self.elements: list[Object] = [
            item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"
        ]
        numbers = self.objects[self.objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
        self._holders = dict(zip(numbers[::2], numbers[1::2], strict=True))

    def holder(self, annotation: Object) -> Object:
        """Return the structure element that holds an annotation."""
        return self.objects[self._holders[annotation["StructParent"]]]

    def parent(self, element: Object) -> Object | None:
        """Return the structure element above."""
        found = self.objects.get(element["P"])
        return found if found is not None and "S" in found else None

    def above(self, element: Object) -> set[str]:
        """Return the types of all elements above."""
        types, up = set(), self.parent(element)
        while up is not None:
            types.add(up["S"])
            up = self.parent(up)
        return types

    def give_body(self, item: Object) -> None:
        """Put paragraphs, lists and all else of a list's item into its body, as PDF/UA asks; WeasyPrint does
        so with bare words alone.
        """
        from pydyf import Array, Dictionary

        parts = [self.objects.get(one) if isinstance(one, bytes) else None for one in item["K"]]
        if all(part is not None and part["S"] in ("/Lbl", "/LBody") for part in parts):
            return
        inner = [
            reference
            for reference, part in zip(item["K"], parts, strict=True)
            if part is None or part["S"] != "/Lbl"
        ]
        body = Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": Array(inner), "Pg": item["Pg"], "P": item.reference}
        )
        self._pdf.add_object(body)
        self.objects[body.reference] = body
        for part in parts:
            if part is not None and part["S"] != "/Lbl":
                part["P"] = body.reference
                part["S"] = "/NonStruct" if part["S"] == "/LBody" else part["S"]
        item["K"][:] = [*(reference for reference in item["K"] if reference not in inner), body.reference]

    def move_behind(self, element: Object, before: Object) -> None:
        """Let an element follow another one in the order of reading."""
        old, new = self.objects[element["P"]], self.objects[before["P"]]
        old["K"].remove(element.reference)
        new["K"].insert(new["K"].index(before.reference) + 1, element.reference)
        element["P"] = new.reference


def _name_links(document: Any, tree: Tree) -> None:
    """Give each link its words; WeasyPrint gives it the id of its target."""
    from pydyf import String

    for page in document.pages:
        for *_, box in page.links:
            words = " ".join("".join(element_of(box).itertext()).split())
            kind = element_of(box).get("class", "")
            if kind in ("footnote-ref", "footnote-back"):
                words = (
                    translate("Footnote {number}", number=words)
                    if kind == "footnote-ref"
                    else translate("Back from footnote {number}", number=words)
                )
            if words and annotation_of(box) is not None:
                annotation_of(box)["Contents"] = String(words)


def _place(figure: Object, height: float) -> None:
    """Say where a figure is in points from the foot of the page; WeasyPrint says it
    in pixels from the top.
    """
    left, top, right, bottom = figure["A"]["BBox"]
    figure["A"]["BBox"][:] = [
        round(value, 3)
        for value in (left * POINTS, height - bottom * POINTS, right * POINTS, height - top * POINTS)
    ]


def _name_notes(document: Any, tree: Tree) -> None:
    """Make each footnote a note, and put it right behind its call."""
    from pydyf import String

    for page in document.pages:
        links = [
            (element_of(box), annotation_of(box)) for *_, box in page.links if annotation_of(box) is not None
        ]
        calls = {
            link.get("id"): tree.holder(annotation)
            for link, annotation in links
            if link.get("class") == "footnote-ref"
        }
        for link, annotation in links:
            if link.get("class") != "footnote-back":
                continue
            name = link.get("href", "")[1:]
            note = tree.parent(tree.holder(annotation))
            if note is not None and name in calls:
                note["S"], note["ID"] = "/Note", String(name)
                tree.move_behind(note, calls[name])
