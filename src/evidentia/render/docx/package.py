"""A Word file's parts: read, changed, and written with the same bytes each time."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from evidentia.core.markup import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"

NAMES = {"w": W, "r": R, "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
NAMES["wp"] = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMES["pic"] = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMES["asvg"] = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

_DAY = (1980, 1, 1, 0, 0, 0)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMES.items())


def w(name: str) -> str:
    """Return the qualified name of one of WordprocessingML."""
    return f"{{{W}}}{name}"


def piece(markup: str) -> Element:
    """Return an element from markup in which the usual prefixes may stand."""
    name, rest = markup[1:].split(None, 1) if " " in markup.split(">")[0] else (markup[1:], "")
    if not rest:
        end = min(position for position in (name.find(">"), name.find("/")) if position >= 0)
        name, rest = name[:end], name[end:]
    element = etree.fromstring(f"<{name} {_DECLARED} {rest}")
    etree.cleanup_namespaces(element)
    return element


class Package:
    """The parts of a Word file.

    Parameters
    ----------
    content : bytes
        A .docx file.
    """

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self.parts: dict[str, bytes] = {
                name: file.read(name) for name in file.namelist() if name[-1] != "/"
            }
        self._trees: dict[str, Element] = {}

    def tree(self, name: str) -> Element:
        """Return the root of an XML part; what is changed in it is written."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
            self._trees[name] = etree.fromstring(self.parts[name], parser)
        return self._trees[name]

    def add(self, name: str, content: bytes, type: str, extension: bool = False) -> None:
        """Add a part with its content type, of itself or of all parts with its extension."""
        self.parts[name] = content
        self._trees.pop(name, None)
        types = self.tree("[Content_Types].xml")
        suffix = name.rpartition(".")[2]
        if extension:
            if not any(known.get("Extension") == suffix for known in types):
                default = etree.Element(f"{{{TYPES}}}Default", Extension=suffix, ContentType=type)
                types.insert(0, default)
            return
        for known in types.findall(f"{{{TYPES}}}Override[@PartName='/{name}']"):
            types.remove(known)
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=type)

    def relate(self, source: str, type: str, target: str) -> str:
        """Relate a part to another one, and return the relation's id."""
        folder, _, name = source.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if path not in self.parts:
            self.parts[path] = f'<Relationships xmlns="{RELATION}"/>'.encode()
        relations = self.tree(path)
        known = {relation.get("Id") for relation in relations}
        id = next(f"rIdE{count}" for count in range(1, len(known) + 2) if f"rIdE{count}" not in known)
        etree.SubElement(relations, f"{{{RELATION}}}Relationship", Id=id, Type=type, Target=target)
        return id

    def write(self) -> bytes:
        """Return the file."""
        for name, root in self._trees.items():
            self.parts[name] = _HEAD + etree.tostring(root, encoding="UTF-8")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name in sorted(self.parts, key=lambda name: (name != "[Content_Types].xml", name)):
                info = zipfile.ZipInfo(name, _DAY)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
                file.writestr(info, self.parts[name])
        return out.getvalue()


def runs_text(element: Element) -> str:
    """Return the words of a paragraph or a part of one; tabs and breaks are blanks, marks are nothing."""
    words = []
    for node in element.iter(w("t"), w("tab"), w("br"), w("noBreakHyphen")):
        if node.getparent().tag == w("tabs"):
            continue
        if node.tag == w("t"):
            words.append(node.text or "")
        else:
            words.append("\N{NON-BREAKING HYPHEN}" if node.tag == w("noBreakHyphen") else " ")
    return "".join(words)


def style_of(paragraph: Element) -> str:
    """Return the id of a paragraph's style, or an empty string."""
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return found.get(w("val"), "") if found is not None else ""


def properties(element: Element, name: str) -> Element:
    """Return the first child that holds an element's properties, which is made if it is not there."""
    found = element.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        element.insert(0, found)
    return found
