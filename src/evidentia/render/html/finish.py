"""The finishing step: numbers, contents, cross-references and data behind figures,
the same for both engines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import builder as tag

from evidentia.core.language import translate
from evidentia.core.markup import Element
from evidentia.render.html.layouts import PAPER, only_for

_NUMBER = re.compile(r"A?\d+[a-z]?$")


@dataclass
class Heading:
    """A line of the contents."""

    level: int
    text: str
    id: str
    number: str = ""
    only: str = ""


@dataclass
class Listed:
    """A line of the list of figures or of tables."""

    id: str
    name: str
    caption: str
    only: str = ""


@dataclass
class Finished:
    """The report's body with what the page template lists before it."""

    main: Element
    headings: list[Heading] = field(default_factory=list)
    figures: list[Listed] = field(default_factory=list)
    tables: list[Listed] = field(default_factory=list)


def finish(main: Element) -> Finished:
    """Number headings, figures and tables, fill cross-references, and fold each figure's data in; in place.

    Parameters
    ----------
    main : lxml element
        As `evidentia.render.html.body.normalise` left it.
    """
    done = Finished(main)
    names: dict[str, str] = {}
    _number_headings(done, names)
    done.figures = _number(main, ".//figure[@id and not(ancestor::figure)]", translate("Figure"), names)
    _letter_parts(main, names)
    done.tables = _number(main, ".//div[@class='tabular' and @id]", translate("Table"), names)
    _number_equations(main, names)
    for link in main.xpath(".//a[contains(@class, 'quarto-xref')]"):
        _fill(link, names)
    holders = {one.get("id"): one for one in main.xpath(".//figure[@id] | .//div[@class='tabular' and @id]")}
    for item in [*done.figures, *done.tables]:  # a caption may refer to others
        caption = holders[item.id].xpath(".//*[self::figcaption or self::caption]")[0]
        item.caption = text_of(caption).partition(": ")[2]
    for data in main.xpath(".//div[@class='figure-data']"):
        _fold_data(main, data)
    for table in main.xpath(".//table"):
        span_headings(table)
        _make_scrollable(table)
    for notes in main.xpath(".//section[contains(@class, 'footnotes')]"):
        notes.insert(0, tag.E.h2(translate("Footnotes")))
        for call in main.find_class("footnote-ref"):
            if only_for(call) == PAPER:
                notes.get_element_by_id(call.get("href", "#")[1:]).classes.add(PAPER)
    return done


def text_of(element: Element) -> str:
    """Return an element's text with white space folded, formulas as they are said, without footnote
    marks and what a caption measures.
    """
    texts = element.xpath(
        ".//text()[not(ancestor::a[contains(@class, 'footnote-ref')] or ancestor::span[@class='measure']"
        " or ancestor::math)] | .//math/@alttext"
    )
    return re.sub(r"[ \t\n]+", " ", "".join(texts)).strip()


def _number_headings(done: Finished, names: dict[str, str]) -> None:
    """Number chapters as the Department for Education prints them, and appendices by themselves."""
    chapters = appendices = 0
    for heading in done.main.xpath(".//h2 | .//h3 | .//h4 | .//h5"):
        section = heading.getparent()
        kind = section.get("data-kind", "").split()
        level, text, number = int(heading.tag[1]), text_of(heading), ""
        if level == 2 and "appendix" in kind:
            appendices += 1
            number = translate("Appendix {number}: ", number=appendices)
        elif level == 2 and "unnumbered" not in kind:
            chapters += 1
            number = f"{chapters}. "
        if number:
            heading.text = number + (heading.text or "").lstrip()
        label = section.get("id", "")
        names[label] = (
            number.rstrip(": ")
            if "appendix" in kind
            else translate("Section {number}", number=number.rstrip(". "))
            if number
            else f"‘{text}’"
        )
        if "back-page" not in kind and level < 5:
            done.headings.append(Heading(level, text, label, number, only_for(heading)))


def _number(main: Element, path: str, name: str, names: dict[str, str]) -> list[Listed]:
    """Number figures or tables through the body, and those of the appendices by themselves: A1, A2."""
    listed, counts = [], {"": 0, "A": 0}
    for element in main.xpath(path):
        series = "A" if _in_appendix(element) else ""
        counts[series] += 1
        number = f"{series}{counts[series]}"
        label = element.get("id")
        caption = element.xpath(".//*[self::figcaption or self::caption]")[0]
        listed.append(Listed(label, f"{name} {number}", text_of(caption), only_for(element)))
        names[label] = f"{name}\N{NO-BREAK SPACE}{number}"
        strong = tag.E.span(f"{name} {number}: ", {"class": "label"})
        strong.tail, caption.text = caption.text, None
        caption.insert(0, strong)
    return listed


def _in_appendix(element: Element) -> bool:
    return any(
        "appendix" in section.get("data-kind", "").split() for section in element.iterancestors("section")
    )


def _letter_parts(main: Element, names: dict[str, str]) -> None:
    """Letter the pictures of a figure that has several: (a), (b); a reference says Figure 1a."""
    for figure in main.xpath(".//figure[@id and .//figure]"):
        for place, part in enumerate(figure.xpath(".//figure")):
            letter = chr(ord("a") + place % 26)
            if part.get("id"):
                names[part.get("id")] = f"{names[figure.get('id')]}{letter}"
            for caption in part.xpath("./figcaption"):
                mark = tag.E.span(f"({letter}) ", {"class": "part-letter"})
                mark.tail, caption.text = caption.text, None
                caption.insert(0, mark)


def _number_equations(main: Element, names: dict[str, str]) -> None:
    """Set the number of each formula that has a label beside it."""
    for count, equation in enumerate(main.xpath(".//span[contains(@class, 'equation') and @id]"), start=1):
        names[equation.get("id")] = translate("Equation {number}", number=count).replace(
            " ", "\N{NO-BREAK SPACE}"
        )
        equation.insert(0, tag.E.span(f"({count})", {"class": "label"}))


def _fill(link: Element, names: dict[str, str]) -> None:
    label = link.get("href", "").lstrip("#")
    for child in list(link):
        link.remove(child)
    name, word = names.get(label, label), link.get("data-word")
    number = _NUMBER.search(name)
    link.text = (
        name
        if word is None or number is None
        else f"{word}\N{NO-BREAK SPACE}{number[0]}"
        if word
        else number[0]
    )
    link.attrib.clear()
    link.set("href", f"#{label}")


def _fold_data(main: Element, data: Element) -> None:
    """Move a figure's data table into the figure, behind a summary that opens it."""
    label = data.get("data-for")
    figure = main.xpath(".//figure[@id=$label]", label=label)[0]
    caption = text_of(figure[0])
    table = data.xpath(".//table")[0]
    table.insert(
        0,
        tag.E.caption(
            translate("Data behind {caption}", caption=f"{caption[:1].lower()}{caption[1:]}")
            if not caption.startswith(translate("Figure"))
            else translate("Data behind {caption}", caption=caption)
        ),
    )
    details = tag.E.details(
        tag.E.summary(translate("Data behind this figure")), table, {"class": "data", "id": f"{label}-data"}
    )
    table.tail = None
    figure.append(details)
    data.drop_tree()


def span_headings(table: Element) -> None:
    """Give columns side by side whose headings begin with the same words and a colon one heading above them,
    in place.

    "2018: share", "2018: people" become "2018" over "Share" and "People".
    """
    rows = table.xpath("./thead/tr")
    if len(rows) != 1:
        return
    groups: list[tuple[str, list[Element]]] = []
    for cell in rows[0]:
        above = (cell.text or "").partition(": ")[0] if ": " in (cell.text or "") and not len(cell) else ""
        if above and groups and groups[-1][0] == above:
            groups[-1][1].append(cell)
        else:
            groups.append((above, [cell]))
    if all(len(cells) == 1 for _, cells in groups):
        return
    first = tag.E.tr()
    for above, cells in groups:
        if len(cells) > 1:
            first.append(
                tag.E.th(above, {"scope": "colgroup", "colspan": str(len(cells)), "class": "spanner"})
            )
            for cell in cells:
                below = cell.text.partition(": ")[2]
                cell.text = below[:1].upper() + below[1:]
        else:
            cells[0].set("rowspan", "2")
            first.append(cells[0])
    rows[0].addprevious(first)


def _make_scrollable(table: Element) -> None:
    """Let a wide table scroll by itself, reachable by keyboard."""
    parent = table.getparent()
    if "scroll" not in parent.get("class", "").split():
        box = tag.E.div({"class": "scroll"})
        parent.replace(table, box)
        box.tail, table.tail = table.tail, None
        box.append(table)
        parent = box
    caption = table.xpath("./caption")
    set_scrollable(parent, text_of(caption[0]) if caption else translate("Table"))


def set_scrollable(box: Element, label: str) -> None:
    """Let the keyboard reach a box that may be wider than the screen, so that the arrow keys scroll it."""
    for name, value in (("tabindex", "0"), ("role", "group"), ("aria-label", label)):
        box.set(name, value)
