"""Bound numbers as content controls: each has its ledger id as tag, and cannot be deleted, but edited.

A control that could not be edited could carry no tracked change either.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from evidentia.core.ledger import Entry
from evidentia.core.word_format import LONGEST_TAG, number_bookmark, tag_of
from evidentia.render.docx.package import DOCUMENT, FOOTNOTES, Element, Package, w

FIRST = 100_001
"""Number of the first control; those of the document's own parts are smaller."""


def bind_numbers(package: Package, numbers: Mapping[str, str], ledger: Mapping[str, Entry]) -> dict[str, str]:
    """Put each bound number into a control.

    Parameters
    ----------
    package : Package
    numbers : mapping of str to str
        Anchor to the number's id.
    ledger : mapping of str to entry

    Returns
    -------
    dict of str to str
        Number of the control to the anchor.
    """
    controls: dict[str, str] = {}
    for part in (DOCUMENT, FOOTNOTES):
        for start in list(package.tree(part).iter(w("bookmarkStart"))):
            anchor = start.get(w("name"), "")
            if anchor in numbers:
                control = str(FIRST + len(controls))
                controls[control] = anchor
                id = numbers[anchor]
                label = ledger[id]["label"] if id in ledger else id
                _wrap(start, _control(control, id, label), number_bookmark(control))
    return controls


def _wrap(start: Element, control: Element, name: str) -> None:
    """Move what a bookmark holds into a control, with the bookmark, which outlives programs without tags."""
    inside, node = [start], start.getnext()
    while node is not None:
        inside.append(node)
        if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
            break
        node = node.getnext()
    start.set(w("name"), name)
    start.addprevious(control)
    control.find(w("sdtContent")).extend(inside)


def _control(number: str, id: str, label: str) -> Element:
    control = etree.Element(w("sdt"))
    told = etree.SubElement(control, w("sdtPr"))
    said = {"alias": label[:LONGEST_TAG], "tag": tag_of(id), "id": number, "lock": "sdtLocked"}
    for name, value in said.items():
        etree.SubElement(told, w(name)).set(w("val"), value)
    etree.SubElement(control, w("sdtContent"))
    return control
