"""The finished page brought to the few elements that pandoc's writer of Word documents knows, each with the
name of its style.

The words, their order and their numbering are the page's own, so they cannot differ from it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from lxml import html
from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.docx.floats import set_float
from evidentia.render.docx.lists import with_delimiters
from evidentia.render.docx.styles import BRIEF, NEW_PAGE, STYLES, TURN, TURN_BACK, WORDS, styled
from evidentia.render.pdf.paper import as_printed

PICTURE = "\ue010{}\ue011"
"""Stands for a picture until the document is finished."""


BRIEF |= {"Cover Marks": "Brief Line", "Date": "Cover Notes", "Organisation": "Cover Notes"}
"""Styles of the same lines above a short version."""


BLOCKS = frozenset(["p", "div", "ul", "ol", "table", "blockquote", "figure", "aside", "section", "dl", "pre"])
_DATA = re.compile(r"data:([\w/+.-]+)(;base64)?,(.*)", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A picture of the page: its bytes, its kind (``svg``, ``png``, ``jpeg``), its alternative text, and how
    many stand side by side on the page; 0 for one within a line.
    """

    content: bytes
    kind: str
    alt: str
    columns: int = 1


@dataclass
class Sheet:
    """What is given to pandoc, and what the finishing step needs to know.

    Attributes
    ----------
    words : str
        HTML.
    pictures : list of Picture
        By the numbers in their marks.
    numbers : dict of str to str
        Anchor of each bound number to its id in the ledger.
    run_on : set of str
        Labels of chapters that begin no page.
    """

    words: str = ""
    pictures: list[Picture] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    run_on: set[str] = field(default_factory=set)


def for_word(page: str) -> Sheet:
    """Return a finished page as pandoc is to be given it.

    Parameters
    ----------
    page : str
        HTML, as `evidentia.render.html.page` wrote it.
    """
    root = as_printed(page)
    sheet, body = Sheet(), root.find("body")
    _take_pictures(root, sheet)
    _bind(root, sheet)
    _words(root)
    parts = [*_cover(body), *_contents(body)]
    main = body.find(".//main")
    _sections(main, sheet)
    for name in ("for-screen", "on-screen"):
        for element in main.find_class(name):
            element.drop_tree()
    for figure in reversed(main.xpath(".//figure | .//div[contains(@class, 'tabular')]")):
        set_float(figure)
    _turns(main)
    with_delimiters(main)
    for box in main.xpath(".//aside"):
        _box(box)
    for headline in main.find_class("headline"):
        _headline(headline)
    for entry in main.xpath(".//div[@id='refs']/div"):
        entry.set("data-custom-style", "Bibliography")
    pieces = [*parts, *main]
    sheet.words = "".join(html.tostring(piece, encoding="unicode") for piece in pieces)
    return sheet


def _take_pictures(root: Element, sheet: Sheet) -> None:
    """Put a mark where each picture stands."""
    for image in root.xpath("//img"):
        found = _DATA.fullmatch(image.get("src", ""))
        if not found:
            continue
        content = base64.b64decode(found[3]) if found[2] else unquote_to_bytes(found[3])
        kind = found[1].rpartition("/")[2].partition("+")[0]
        holder = image.getparent()
        alone = holder.tag not in ("p", "span", "a", "li", "td", "th", "label")
        columns = _columns(image) if alone else 0
        sheet.pictures.append(Picture(content, kind, image.get("alt", ""), columns))
        mark = tag.E.span(PICTURE.format(len(sheet.pictures) - 1), {"data-custom-style": "Picture"})
        mark.tail = image.tail
        holder.replace(image, mark)


def _columns(image: Element) -> int:
    """Return how many pictures of a figure stand side by side; a logo takes the room of one in four."""
    if image.xpath("ancestor::div[@class='logo']"):
        return 4
    for box in image.iterancestors("div"):
        for name in box.get("class", "").split():
            if name.startswith("columns-") and name[8:].isdigit():
                return int(name[8:])
    return 1


def _bind(root: Element, sheet: Sheet) -> None:
    """Keep the ids of bound numbers by their anchors; their links to the annex are left to the controls."""
    for number in root.xpath("//*[@data-id and contains(concat(' ', @class, ' '), ' n ')]"):
        anchor = number.get("id")
        if anchor:
            sheet.numbers[anchor] = number.get("data-id")
            number.tag = "span"
            number.attrib.clear()
            number.set("id", anchor)


def _cover(body: Element) -> list[Element]:
    """Return the lines of the cover."""
    lines = []
    brief = bool(body.xpath("./header[contains(@class, 'brief')]"))
    for version in body.xpath("./header//span[@class='version']"):
        version.addprevious(tag.E.br())
    for line in body.xpath("./header//h1 | ./header//p | ./header//li | ./header//div[@class='logo']"):
        name = next((STYLES[name] for name in line.get("class", "").split() if name in STYLES), "")
        style = "Title" if line.tag == "h1" else name or "Cover Notes"
        style = BRIEF.get(style, style) if brief else style
        lines.append(styled(style, line.text or "", *line))
    return lines


def _contents(body: Element) -> list[Element]:
    """Return the contents and the lists of figures and tables, as lines that a field makes anew."""
    lines = []
    for listed in body.xpath("./nav"):
        contents = "contents" in listed.get("class", "").split()
        for heading in listed.iter("h2"):
            words = heading.text_content()
            lines.append(styled("Contents" if contents else "Lists Heading", words))
        for item in listed.xpath(".//li[not(contains(@class, 'level-4'))]"):  # nor has the PDF the deepest
            level = re.search(r"level-(\d)", item.get("class", ""))
            style = f"TOC {int(level[1]) - 1}" if level else "Table of Figures"
            lines.append(styled(style, *item))
    return lines


def _sections(main: Element, sheet: Sheet) -> None:
    """Give each heading its section's label and level, and let the sections go."""
    before, brief = "", not main.getroottree().xpath("//nav[contains(@class, 'contents')]")
    for section in list(main.iter("section")):
        kind = section.get("data-kind", "").split()
        chapter = section.getparent() is main
        again = any(name in kind and name in before.split() for name in ("appendix", "back-page"))
        if chapter and (again or brief or "run-on" in kind):
            sheet.run_on.add(section.get("id", ""))
        before = " ".join(kind) if chapter else before
        if "back-page" in kind:
            for paragraph in section.xpath("./p"):
                paragraph.addprevious(holder := tag.E.div({"data-custom-style": "Back Page"}))
                holder.append(paragraph)
        for heading in section.xpath("./h2 | ./h3 | ./h4 | ./h5 | ./h6"):
            heading.tag = f"h{int(heading.tag[1]) - 1}"
            heading.set("id", section.attrib.pop("id", heading.get("id", "")))
        section.drop_tag()


def _turns(main: Element) -> None:
    """Put a mark where the page turns, turns back or breaks."""
    for turned in main.find_class("landscape"):
        turned.insert(0, styled(TURN, "\ue012"))
        turned.append(styled(TURN_BACK, "\ue012"))
    for broken in main.find_class("new-page"):
        broken.append(styled(NEW_PAGE, "\ue012")[0])
        broken.set("data-custom-style", NEW_PAGE)
        broken.attrib.pop("class")


def _box(box: Element) -> None:
    """Give the paragraphs of a box their style."""
    for paragraph in box.xpath("./p"):
        title = "box-title" in paragraph.get("class", "")
        paragraph.attrib.pop("class", None)
        holder = tag.E.div({"data-custom-style": "Box Title" if title else "Box Text"})
        paragraph.addprevious(holder)
        holder.append(paragraph)
    for item in box.xpath("./ul//li | ./ol//li"):
        inner = [child for child in item if child.tag in BLOCKS]
        holder = tag.E.div({"data-custom-style": "Box Item"}, tag.E.p(item.text or ""))
        item.text = None
        for child in [child for child in item if child not in inner]:
            holder[0].append(child)
        item[:] = [holder, *inner]
    box.tag = "div"
    box.attrib.clear()


def _headline(headline: Element) -> None:
    """Set a headline number above its words."""
    for index, paragraph in enumerate(list(headline.iter("p"))):
        holder = tag.E.div({"data-custom-style": "Headline Text" if index == 0 else "Headline Note"})
        paragraph.addprevious(holder)
        holder.append(paragraph)
    for number in headline.find_class("headline-number"):
        number.set("data-custom-style", "Headline Value")
        number.attrib.pop("class")


def _words(root: Element) -> None:
    """Name the styles of words, and say what pandoc is to know of cells and notes."""
    for name, style in WORDS.items():
        for span in root.find_class(name):
            span.attrib.pop("class")
            span.set("data-custom-style", style)
            if name == "measure":
                span.addprevious(tag.E.br())
    for note in root.find_class("footnote"):
        for back in note.find_class("footnote-back"):
            back.drop_tree()
        note.attrib.pop("id", None)
    for call in root.find_class("footnote-ref"):
        call.drop_tree()
    for cell in root.iter("td", "th"):
        if "numeric" in cell.get("class", "").split():
            cell.set("style", "text-align: right")
        cell.attrib.pop("class", None)
