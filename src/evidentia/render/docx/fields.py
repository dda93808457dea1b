"""Fields that Word fills: contents, lists of figures and tables, page numbers, running heads."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from evidentia.render.docx.package import Element, piece, style_of, w

CONTENTS = 'TOC \\o "1-2" \\h \\z'
LISTED = 'TOC \\h \\z \\t "{},1"'


def begin(instruction: str, dirty: bool = False) -> list[Element]:
    """Return the runs that begin a field."""
    flag = ' w:dirty="true"' if dirty else ""
    return [
        piece(f'<w:r><w:fldChar w:fldCharType="begin"{flag}/></w:r>'),
        piece(f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'),
        piece('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
    ]


def end() -> Element:
    """Return the run that ends a field."""
    return piece('<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def field(instruction: str, shown: str = "") -> list[Element]:
    """Return the runs of a field, with what it shows until it is filled."""
    words = [] if not shown else [_words(shown)]
    return [*begin(instruction), *words, end()]


def _words(text: str) -> Element:
    run = piece('<w:r><w:t xml:space="preserve"></w:t></w:r>')
    run[0].text = text
    return run


def fill_contents(body: Element) -> None:
    """Make fields of the contents and the lists of figures and tables, which Word makes anew, in place."""
    children = [child for child in body if child.tag == w("p")]
    for kind, lines in [(kind, list(lines)) for kind, lines in groupby(children, _kind)]:
        if kind:
            _as_field(lines, kind == "TOC")


def _kind(line: Element) -> str:
    style = style_of(line)
    return "TOC" if style.startswith("TOC") else style if style == "TableofFigures" else ""


def _as_field(lines: list[Element], contents: bool) -> None:
    first = lines[0].find(w("hyperlink"))
    tables = first is not None and first.get(w("anchor"), "").startswith("tbl")
    listed = LISTED.format("Table Caption" if tables else "Figure Caption")
    for line in lines:
        _with_page(line)
    lines[0][1:1] = begin(CONTENTS if contents else listed, dirty=True)
    lines[-1].append(end())
    if contents:
        _as_contents(lines)


def _with_page(line: Element) -> None:
    """Let a line lead to its page, and say which one it is once the fields are filled."""
    link = line.find(w("hyperlink"))
    if link is None:
        return
    for named in link.findall(f"{w('r')}/{w('rPr')}/{w('rStyle')}"):
        named.getparent().remove(named)
    link.set(w("history"), "1")
    link.append(piece("<w:r><w:tab/></w:r>"))
    link.extend(field(f"PAGEREF {link.get(w('anchor'))} \\h"))


def _as_contents(lines: list[Element]) -> None:
    """Put the contents into the control by which Word knows them, with their heading."""
    heading = lines[0].getprevious()
    holder: Any = piece(
        '<w:sdt><w:sdtPr><w:id w:val="1001"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    first = heading if heading is not None and style_of(heading) == "Contents" else lines[0]
    first.addprevious(holder)
    content = holder.find(w("sdtContent"))
    content.extend([first, *lines] if first is heading else lines)


def text_run(text: str, properties: str = "") -> Element:
    """Return a run of words."""
    run = _words(text)
    if properties:
        run.insert(0, piece(f"<w:rPr>{properties}</w:rPr>"))
    return run


def paragraph(style: str, *runs: Element) -> Element:
    """Return a paragraph in a style."""
    made = etree.Element(w("p"))
    made.append(piece(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'))
    made.extend(runs)
    return made
