"""Drawings that go into the page: built anew from what is on a list, whatever file they came from.

A drawing in a page is part of it: a script in it runs, its style sheet holds for every word, and its links
are fetched. So nothing of a file is copied. Elements, attributes and properties that draw are taken over one
by one; what could run, lead elsewhere or be fetched is an error that names it; notes of drawing programs are
left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.html.svg_allowed import (
    ATTRIBUTES,
    EDITORS,
    ELEMENTS,
    PROPERTIES,
    SVG,
    UNSEEN,
    XLINK,
    XML,
)

LARGEST, MOST_DRAWN = 20_000_000, 200_000
"""Bytes of a drawing, and elements with every use written out."""


_OWN = re.compile(r"#[\w.:-]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_ADDRESS = re.compile(r"url\(\s*(['\"]?)(#[\w.:-]+)\1\s*\)")
_ACTIVE = re.compile(r"url|image|expression|import|javascript|behavior|binding|[\\@<>]|/\*", re.IGNORECASE)


class Drawing:
    """One drawing on its way into the page.

    Parameters
    ----------
    text : str
        An SVG file.
    name : str
        Is put before each id, so that ids are unique on the page.
    where : str
        The file, for messages.
    """

    def __init__(self, text: str, name: str, where: str) -> None:
        self.name, self.where = name, where
        self.root = self._parsed(text)
        self.styles = _style_sheet(self.root, self._declarations)

    def safe(self, alt: str) -> str:
        """Return the drawing as an element for HTML, read by assistive technology as one image.

        Raises
        ------
        EvidentiaError
            For whatever is not on the lists.
        """
        self._refuse_endless()
        built = self._built(self.root)
        built.set("role", "img")
        built.set("aria-label", alt)
        for name in ("width", "height"):
            if built.get("viewBox") and name in built.attrib:
                del built.attrib[name]  # its shape alone; the page gives the size
        return etree.tostring(built, encoding="unicode").strip()

    def _fault(self, what: str) -> EvidentiaError:
        return EvidentiaError(
            what,
            where=self.where,
            remedy="take it out; a drawing holds shapes and words, nothing that runs or is fetched",
        )

    def _parsed(self, text: str) -> Element:
        if len(text) > LARGEST:
            raise self._fault(f"the drawing has more than {LARGEST:,} characters")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(text.encode("utf-8"), parser)
        except etree.XMLSyntaxError as error:
            raise self._fault(f"the drawing is not XML: {error.msg}") from None
        if root.tag != f"{{{SVG}}}svg":
            raise self._fault("the file is not an SVG drawing")
        return root

    def _built(self, source: Element) -> Element:
        """Return a new element with what is allowed of another and of those in it."""
        kind = etree.QName(source).localname
        built = etree.Element(f"{{{SVG}}}{kind}", nsmap={None: SVG})
        for name, value in source.attrib.items():
            self._take(built, kind, name, value)
        if said := self.styles.get(source):
            built.set("style", "; ".join(filter(None, [said, built.get("style")])))
        built.text = source.text
        for child in source:
            if not isinstance(child.tag, str):
                raise self._fault(f"'{child}' is an entity")
            if self._is_drawn(child, kind):
                built.append(self._built(child))
                built[-1].tail = child.tail
        return built

    def _is_drawn(self, element: Element, parent: str) -> bool:
        """Tell whether an element is taken over; raise if it may not stand in a drawing."""
        name = etree.QName(element)
        if name.namespace == SVG and name.localname in ("metadata", "style"):
            return False
        if name.namespace and name.namespace.startswith(EDITORS):
            return False
        if name.namespace != SVG or name.localname not in ELEMENTS:
            raise self._fault(f"the drawing holds the element <{name.localname}>")
        if parent in ("title", "desc"):
            raise self._fault(f"the drawing holds <{name.localname}> in a <{parent}>")
        return True

    def _take(self, built: Element, kind: str, name: str, value: str) -> None:
        """Set an attribute if it draws something; raise if it does more."""
        full = etree.QName(name)
        if full.namespace == XML or (full.namespace or "").startswith(EDITORS) or full.localname in UNSEEN:
            return
        if full.localname == "href" and full.namespace in (None, XLINK):
            built.set("href", self._reference(kind, value))
        elif full.namespace == XLINK and full.localname in ("type", "show", "actuate"):
            return
        elif full.namespace or full.localname not in ATTRIBUTES:
            raise self._fault(f"the drawing holds the attribute '{full.localname}'")
        elif full.localname == "id":
            built.set("id", f"{self.name}-{value}")
        elif full.localname == "style":
            built.set("style", self._declarations(value))
        else:
            built.set(full.localname, self._value(full.localname, value))

    def _reference(self, kind: str, value: str) -> str:
        if _OWN.fullmatch(value) and kind != "image":
            return f"#{self.name}-{value[1:]}"
        if kind == "image" and _PICTURE.fullmatch(value):
            return value
        raise self._fault(f"the drawing refers to '{value[:60]}'")

    def _declarations(self, text: str) -> str:
        """Return the declarations of a style, each with a property and a value that are allowed."""
        kept: list[str] = []
        for part in filter(str.strip, text.split(";")):
            name, _, value = part.partition(":")
            name = name.strip().lower()
            if name.startswith(("-inkscape", "-webkit", "-moz", "inkscape")):
                continue
            if name not in PROPERTIES:
                raise self._fault(f"the drawing holds the property '{name[:60]}' in a style")
            kept.append(f"{name}: {self._value(name, value.strip())}")
        return "; ".join(kept)

    def _value(self, name: str, value: str) -> str:
        """Return a value in which ``url(...)`` leads to an id of this drawing and to nothing else."""
        if _ACTIVE.search(_ADDRESS.sub("", value)) or (
            name in ("display", "visibility") and value not in ("inline", "block", "visible")
        ):
            raise self._fault(f"the drawing holds '{value[:60]}' for '{name}'")
        return _ADDRESS.sub(lambda match: f"url(#{self.name}-{match[2][1:]})", value)

    def _refuse_endless(self) -> None:
        """Raise for an element that is used in itself, and for uses that stand for more than any honest
        drawing has.
        """
        targets = {
            element.get("id"): element
            for element in self.root.iter()
            if isinstance(element.tag, str) and element.get("id")
        }
        sizes: dict[Element, int] = {}
        open_elements: set[Element] = set()

        def size(element: Element) -> int:
            if element in open_elements:
                raise self._fault("an element of the drawing is used in itself")
            if element not in sizes:
                open_elements.add(element)
                reference = element.get("href") or element.get(f"{{{XLINK}}}href") or ""
                used = targets.get(reference[1:]) if element.tag == f"{{{SVG}}}use" else None
                sizes[element] = 1 + sum(map(size, element)) + (size(used) if used is not None else 0)
                open_elements.discard(element)
            if sizes[element] > MOST_DRAWN:
                raise self._fault(f"the drawing stands for more than {MOST_DRAWN:,} elements")
            return sizes[element]

        size(self.root)


def _style_sheet(root: Element, declarations: Any) -> dict[Element, str]:
    """Return what a drawing's own style sheets say of each element, so that they hold for no other part of
    the page.

    A rule for all elements (``*``) is said of the drawing itself, from which they inherit it.
    """
    import cssselect2
    import tinycss2

    matcher, found = cssselect2.Matcher(), False
    for sheet in root.iter(f"{{{SVG}}}style"):
        for rule in tinycss2.parse_stylesheet(
            "".join(sheet.itertext()), skip_comments=True, skip_whitespace=True
        ):
            selector = tinycss2.serialize(rule.prelude).strip() if rule.type == "qualified-rule" else ""
            said = declarations(
                tinycss2.serialize(rule.content) if selector else f"{tinycss2.serialize([rule])}:"
            )
            for compiled in cssselect2.compile_selector_list(selector):
                matcher.add_selector(compiled, (selector, said))
                found = True
    styles: dict[Element, str] = {}
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree() if found else ():
        element = wrapper.etree_element
        matches = [match[3] for match in matcher.match(wrapper) if match[2] is None]
        styles[element] = "; ".join(
            said for selector, said in matches if said and (selector != "*" or element is root)
        )
    return styles


@lru_cache(maxsize=256)
def inline_svg(text: str, name: str, alt: str, where: str = "a drawing") -> str:
    """Return an SVG as an element for HTML; see `Drawing`. A preview asks for the same ones at every save."""
    return Drawing(text, name, where).safe(alt)
