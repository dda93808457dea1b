"""The structure tree of a PDF that WeasyPrint is about to write."""

from __future__ import annotations

from typing import Any

Object = Any  # a pydyf dictionary


class Tree:
    """The structure elements of a PDF, with ways up and down.

    Parameters
    ----------
    pdf : pydyf.PDF
    """

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.objects = {item.reference: item for item in pdf.objects}
        self.elements: list[Object] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"]
        numbers = self.objects[self.objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
        self.parents = dict(zip(numbers[::2], numbers[1::2], strict=True))  # of annotations, to the tag that holds each
        self.held = [item for item in numbers[1::2] if isinstance(item, list)]  # of pages, the tags that hold their text

    def parent(self, element: Object) -> Object | None:
        """Return the structure element above."""
        found = self.objects.get(element["P"])
        return found if found is not None and "S" in found else None

    def children(self, element: Object) -> list[Object]:
        """Return the structure elements right below."""
        kids = [self.objects[kid] for kid in element["K"] if isinstance(kid, bytes)]
        return [kid for kid in kids if "S" in kid]

    def above(self, element: Object) -> set[str]:
        """Return the types of all elements above."""
        types = set()
        while (element := self.parent(element)) is not None:
            types.add(element["S"])
        return types

    def add(self, kind: str, parent: Object) -> Object:
        """Add an element at the end of another one, on the same page."""
        from pydyf import Array, Dictionary

        element = Dictionary({"Type": "/StructElem", "S": kind, "K": Array([]), "Pg": parent["Pg"], "P": parent.reference})
        self.pdf.add_object(element)
        self.objects[element.reference] = element
        self.elements.append(element)
        parent["K"].append(element.reference)
        return element

    def dissolve(self, root: Object) -> set[int]:
        """Let elements hold their text themselves, where WeasyPrint puts a ``Span`` round every piece of it.

        A third of all objects are such spans, and they say nothing. Those of another page stay: they tell which.

        Parameters
        ----------
        root : structure element
            The document.

        Returns
        -------
        set of int
            The numbers of the objects that are not needed any more: these spans, and what is no longer below the root.
        """
        holders: dict[bytes, bytes] = {}
        found: list[Object] = [root]
        for element in found:
            kids = []
            for kid in element["K"]:
                inner = self.objects[kid] if isinstance(kid, bytes) else {}
                if inner.get("S") == "/Span" and inner["Pg"] == element.get("Pg") and all(isinstance(mark, int) for mark in inner["K"]):
                    kids.extend(inner["K"])
                    holders[kid] = element.reference
                else:
                    kids.append(kid)
                    found += [inner] if "S" in inner else []
            element["K"][:] = kids
        for held in self.held:
            for place, reference in enumerate(held):
                while reference in holders:
                    held[place] = reference = holders[reference]
        kept = {id(element) for element in found}
        return {element.number for element in self.elements if id(element) not in kept}
