"""Figures of either engine in one form: a caption, a picture or several side by side, a source line."""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.elements import move_content, move_source, replace


def normalise_figures(main: Element) -> None:
    """Bring the figures of a body to one form, those in others first; in place."""
    for element in reversed(main.xpath(".//figure | .//div[starts-with(@id, 'fig-')]")):
        pictures = element.xpath(".//img")
        if _is_labelled(element) and len(pictures) > 1:
            _group(element)
        elif len(pictures) == 1 and not _is_wrapped(element):
            _single(element, pictures[0])


def _is_labelled(element: Element) -> bool:
    return element.get("id", "").startswith("fig-")


def _is_wrapped(element: Element) -> bool:
    """Whether this is the figure that Quarto sets inside what has the label."""
    return not _is_labelled(element) and any(
        _is_labelled(up) and len(up.xpath(".//img")) == 1 for up in element.iterancestors()
    )


def _single(element: Element, image: Element) -> None:
    """Make a figure of one picture."""
    figure = _with_caption(element, [])
    figure.append(_image(image))
    move_source(element, figure)
    replace(element, figure)


def _group(element: Element) -> None:
    """Make a figure of several pictures, each with what is said of it."""
    found = [
        part for part in element.iter("figure", "img") if len(part.xpath("descendant-or-self::img")) == 1
    ]
    parts = [part for part in found if not any(up in found for up in part.iterancestors())]
    figure = _with_caption(element, parts)
    columns = element.get("data-layout-ncol", str(min(len(parts), 2)))
    box = tag.E.div({"data-layout-ncol": columns})
    move_source(element, figure)
    for part in parts:
        held = part if part.tag == "figure" else tag.E.figure(_image(part))
        held.tail = None
        held.classes.add("part")
        box.append(held)
    figure.insert(len(figure.xpath("./figcaption")), box)
    replace(element, figure)


def _with_caption(element: Element, parts: list[Element]) -> Element:
    """Return an empty figure with the label and the caption of another element, which no part of it has."""
    figure = tag.E.figure()
    label = element.get("id")
    if label:
        figure.set("id", label)
    written = [
        item for item in element.iter("figcaption") if not any(up in parts for up in item.iterancestors())
    ]
    if written or label:
        caption = tag.E.figcaption({"id": f"{label}-caption"} if label else {})
        for item in written[:1]:
            move_content(item, caption)
            item.getparent().remove(item)
        figure.append(caption)
    return figure


def _image(image: Element) -> Element:
    """Return an image with what the page keeps of it."""
    kept = {name: image.get(name) for name in ("style", "width", "height") if image.get(name)}
    return tag.E.img({"src": image.get("src", ""), "alt": image.get("alt", ""), **kept})
