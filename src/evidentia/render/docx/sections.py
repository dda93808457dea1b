"""Parts of a Word document with pages of their own: cover, contents, body; their heads and feet."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from evidentia.render.docx.fields import field, paragraph, text_run
from evidentia.render.docx.package import DOCUMENT, NAMES, Element, Package, R, piece, properties, style_of, w

PAGE = {"w": 11906, "h": 16838}  # A4, in twentieths of a point
MARGIN = {"top": 1531, "right": 1361, "bottom": 1361, "left": 1361, "header": 680, "footer": 567, "gutter": 0}
TEXT_WIDTH = PAGE["w"] - MARGIN["left"] - MARGIN["right"]
_WHOLE = ("CoverPublisher", "CoverMarks", "Title", "Subtitle", "Date", "Organisation", "CoverNotes")
COVER = (*_WHOLE, "CoverLogo", "BriefLine", "BriefTitle", "BriefSubtitle")
FRONT = ("Contents", "ListsHeading", "TableofFigures")
ONE_PAGE = 42
"""Lines of contents and lists that fit on one page."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


@dataclass(frozen=True)
class Margins:
    """What stands at the head and foot of every page: title, status, notice; `own` if the reference document
    brings its own.
    """

    title: str
    status: str
    notice: str
    own: bool = False


def set_sections(package: Package, margins: Margins, brief: bool = False) -> None:
    """Divide the document into cover, contents and body, in place; a brief has one section."""
    body = package.tree(DOCUMENT).find(w("body"))
    last = body.find(w("sectPr"))
    heads = {"front": "", "body": ""} if margins.own else _heads(package, margins)
    _fit_page(last, margins.own)
    plain = _copy(last)
    children = [child for child in body if child is not last]
    count = _leading(children, COVER)
    front = _leading(children[count:], FRONT)
    if count and not brief:
        cover = _copy(plain)
        for reference in cover.findall(w("headerReference")) + cover.findall(w("footerReference")):
            cover.remove(reference)
        _end_with(children[count - 1].getnext(), cover)
    if front:
        _end_with(children[count + front - 1].getnext(), _headed(_copy(plain), heads["front"]))
    if not margins.own:
        _headed(last, heads["body"])
    _free_breaks(children[count : count + front + 1])
    part_lists(children[count : count + front])
    _turn_pages(body, last)


def _turn_pages(body: Element, last: Element) -> None:
    """End a section before a turned page and after it, and break the page where that is wanted, in place."""
    for line in [child for child in body if child.tag == w("p")]:
        style = style_of(line)
        if style in ("Turn", "TurnBack", "NewPage"):
            following = line.getnext()
            if style != "NewPage":
                section = _copy(last)
                _end_with(line, _turned(section) if style == "TurnBack" else section)
            elif following is not None and following.tag == w("p"):
                _set_break(following, "1")
            else:
                line.addprevious(piece('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
            body.remove(line)


def _turned(section: Element) -> Element:
    size = section.find(w("pgSz"))
    wide, high = size.get(w("w")), size.get(w("h"))
    size.set(w("w"), high)
    size.set(w("h"), wide)
    size.set(w("orient"), "landscape")
    return section


def _leading(children: list[Element], styles: tuple[str, ...]) -> int:
    """Return how many elements at the beginning have one of some styles."""
    count = 0
    for child in children:
        lines = child.iter(w("p")) if child.tag == w("sdt") else [child]
        if child.tag in (w("p"), w("sdt")) and any(style_of(line) in styles for line in lines):
            count += 1
        elif child.tag not in (w("bookmarkStart"), w("bookmarkEnd")):
            break
    return count


def _free_breaks(children: list[Element]) -> None:
    """Take the page break from what begins a section, which begins a page already."""
    for child in children:
        for line in child.iter(w("p")):
            if style_of(line) in ("Contents", "Heading1"):
                _no_break(line)


def part_lists(front: list[Element]) -> None:
    """Let the lists of figures and tables begin a page, unless they fit on that of the contents."""
    lines = [line for child in front for line in child.iter(w("p"))]
    heading = next((line for line in lines if style_of(line) == "ListsHeading"), None)
    if heading is not None and len(lines) > ONE_PAGE:
        _set_break(heading, "1")


def _no_break(line: Element) -> None:
    _set_break(line, "0")


def _set_break(line: Element, value: str) -> None:
    """Let a paragraph begin a page, or not."""
    told = properties(line, "pPr")
    kept = told.find(w("pageBreakBefore"))
    if kept is None:
        kept = etree.Element(w("pageBreakBefore"))
        place = [child for child in told if child.tag in (w("pStyle"), w("keepNext"), w("keepLines"))]
        told.insert(len(place), kept)
    kept.set(w("val"), value)


def run_on(body: Element, labels: set[str]) -> None:
    """Let some chapters begin where the one before ends, in place."""
    for mark in body.iter(w("bookmarkStart")):
        if mark.get(w("name")) in labels:
            line = mark.getnext() if mark.getparent() is body else mark.getparent()
            if line is not None and line.tag == w("p"):
                _no_break(line)


def _copy(section: Element) -> Element:
    copied = etree.fromstring(etree.tostring(section))
    copied.tail = None
    return copied


def _end_with(place: Element, section: Element) -> None:
    """Let a section end before a place: with the paragraph there, or with one of its own."""
    before = place.getprevious()
    while before is not None and before.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        before = before.getprevious()
    bare = before is None or before.tag != w("p") or before.find(f"{w('pPr')}/{w('sectPr')}") is not None
    if bare:
        before = piece('<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>')
        place.addprevious(before)
    told = properties(before, "pPr")
    told.append(section)


def _fit_page(section: Element, own: bool) -> None:
    """Set the page's size and margins, if the reference document has none."""
    if section.find(w("pgSz")) is None:
        size, margin = etree.SubElement(section, w("pgSz")), etree.SubElement(section, w("pgMar"))
        for name, value in PAGE.items():
            size.set(w(name), str(value))
        for name, value in MARGIN.items():
            margin.set(w(name), str(value))
    for numbering in section.findall(w("footnotePr")):
        section.remove(numbering)  # else notes would begin anew in each section


def _headed(section: Element, ids: str) -> Element:
    for reference in reversed(ids.split()):
        kind, id = reference.split("=")
        element = etree.Element(w(f"{kind}Reference"))
        element.set(w("type"), "default")
        element.set(f"{{{R}}}id", id)
        section.insert(0, element)
    return section


def _heads(package: Package, margins: Margins) -> dict[str, str]:
    """Add the heads and the foot, and return their relations by section."""
    running = field("STYLEREF 1", margins.title)
    front = _part(package, "header1", "header", _head(margins, [text_run(margins.title)]))
    body = _part(package, "header2", "header", _head(margins, running))
    number = [piece("<w:r><w:tab/></w:r>"), *field("PAGE", "1")]
    foot = paragraph("Footer", text_run(margins.notice), *number)
    footer = _part(package, "footer1", "footer", foot)
    return {"front": f"header={front} footer={footer}", "body": f"header={body} footer={footer}"}


def _head(margins: Margins, runs: list[Element]) -> Element:
    if not margins.status:
        return paragraph("Header", piece("<w:r><w:tab/></w:r>"), *runs)
    return paragraph("Header", text_run(margins.status, "<w:b/>"), piece("<w:r><w:tab/></w:r>"), *runs)


def _part(package: Package, name: str, kind: str, line: Element) -> str:
    root = etree.Element(w("hdr" if kind == "header" else "ftr"), nsmap={"w": NAMES["w"], "r": R})
    root.append(line)
    package.add(f"word/{name}.xml", etree.tostring(root), _TYPE.format(kind))
    return package.relate(DOCUMENT, f"{R}/{kind}", f"{name}.xml")
