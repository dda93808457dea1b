"""What goes on over a page's end, tagged once: WeasyPrint begins the structure anew on each page.

After this a chapter is one section, a paragraph that breaks over pages one paragraph, and a list one list; the
number of paragraphs that a screen reader counts is the number that was written.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from evidentia.render.pdf.footnotes import boxes
from evidentia.render.pdf.tree import Object, Tree

Element = Any
TAGS = {
    "div": ("/Div",), "main": ("/Part",), "section": ("/Sect",), "p": ("/P",), "blockquote": ("/BlockQuote",), "nav": ("/NonStruct",),
    "aside": ("/NonStruct",), "details": ("/NonStruct",), "ul": ("/L",), "ol": ("/L", "/TOC"), "li": ("/LI", "/TOCI"),
}  # fmt: skip
"""HTML elements that are joined, to the types that their tags may have; at any other element joining ends."""


def join_pages(document: Any, tree: Tree) -> None:
    """Join the tags of elements that go on from one page to the next, in place.

    Parameters
    ----------
    document : weasyprint.Document
    tree : Tree
    """
    root = next(element for element in tree.elements if element["S"] == "/Document")
    tops = [[kid for kid in tree.children(root) if kid["Pg"] == page] for page in tree.pdf.page_references]
    for number, (page, after) in enumerate(zip(document.pages, document.pages[1:], strict=False)):
        going_on = [element.tag for element in _common(_path(page, last=True), _path(after, last=False))]
        kinds = [TAGS[tag] for tag in takewhile(TAGS.__contains__, going_on)]
        if not kinds or not tops[number] or not tops[number + 1]:
            continue
        left = next((kid for kid in reversed(tops[number]) if kid["S"] in kinds[0]), None)
        right = tops[number + 1][0]
        if left is not None and right["S"] in kinds[0] and _plain(tree, left) and _plain(tree, right):
            _join(tree, left, right, kinds[1:])
            root["K"].remove(right.reference)
            tops[number + 1][0] = left
    for element in tree.children(root):
        if not element["K"]:  # the place of notes that stand with their calls now
            root["K"].remove(element.reference)


def _path(page: Any, *, last: bool) -> list[Element]:
    """Return the HTML elements from the body down to the last, or the first, box on a page."""
    body = next(box for box in boxes(page._page_box) if box.element_tag == "body")
    path: list[Element] = []
    children = list(body.children)
    while children:
        box = getattr(children[-1 if last else 0], "_box", children[-1 if last else 0])
        if box.element is not body.element and (not path or path[-1] is not box.element):
            path.append(box.element)
        children = list(getattr(box, "children", ()))
    return path


def _common(one: list[Element], other: list[Element]) -> list[Element]:
    return [first for first, _ in takewhile(lambda pair: pair[0] is pair[1], zip(one, other, strict=False))]


def _plain(tree: Tree, element: Object) -> bool:
    """Whether an element holds other tags only, no marked text of its own page."""
    return len(tree.children(element)) == len(element["K"])


def _empty(tree: Tree, element: Object) -> bool:
    return _plain(tree, element) and all(_empty(tree, child) for child in tree.children(element))


def _join(tree: Tree, left: Object, right: Object, kinds: list[tuple[str, ...]]) -> None:
    """Move what `right` holds to the end of `left`, joining first the parts of them that go on."""
    kids = list(right["K"])
    ends, begins = tree.children(left), tree.children(right)
    if len(kinds) > 1 and kinds[0] == TAGS["li"] and kinds[1] in (TAGS["ul"], TAGS["ol"]) and begins and _empty(tree, begins[0]):
        # In a PDF a list inside a list belongs to the outer list; the rest of the item round it holds nothing else.
        kids.remove(begins[0].reference)
        begins, kinds = begins[1:], kinds[1:]
    if kinds and ends and begins and ends[-1]["S"] == begins[0]["S"] in kinds[0]:
        inner, first = ends[-1], begins[0]
        if _plain(tree, inner) and _plain(tree, first):
            if inner["S"] in ("/LI", "/TOCI"):
                _join_items(tree, inner, first, kinds[1:])
            else:
                _join(tree, inner, first, kinds[1:])
            kids.remove(first.reference)
    for kid in kids:
        tree.objects[kid]["P"] = left.reference
        left["K"].append(kid)


def _join_items(tree: Tree, left: Object, right: Object, kinds: list[tuple[str, ...]]) -> None:
    """Join two halves of a list's item: both have a body, the first a label as well."""
    bodies = [[kid for kid in tree.children(item) if kid["S"] in ("/LBody", "/Reference")] for item in (left, right)]
    if bodies[0] and bodies[1] and _plain(tree, bodies[0][-1]) and _plain(tree, bodies[1][0]):
        _join(tree, bodies[0][-1], bodies[1][0], kinds)
        right["K"].remove(bodies[1][0].reference)
    for kid in right["K"]:
        tree.objects[kid]["P"] = left.reference
        left["K"].append(kid)
