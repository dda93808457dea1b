"""Walking through the finished page: its blocks of text, each stretch marked with what it is."""

from __future__ import annotations

import re
from typing import Any

from evidentia.core.language import translate
from evidentia.core.markup import Element
from evidentia.prove.blocks import Block, Mark

_INLINE = {
    "a", "span", "strong", "em", "b", "i", "sup", "sub", "code", "abbr", "img",
    "small", "cite", "q", "u", "s", "mark", "time", "tspan",
}  # fmt: skip
_SKIPPED = {"script", "style", "defs", "metadata", "template"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PLACE = "annex place"  # the kind of the link from a row to a place; on paper it is a page number
_TICK = re.compile(r"(?:^|-)[xy]tick_\d+$")


def heading_number() -> re.Pattern[str]:
    """Return the pattern of the number that the finishing step puts before a heading."""
    before, _, after = translate("Appendix {number}: ").partition("{number}")
    number = r"\d+(?:\.\d+)*"
    return re.compile(rf"^\s*(?:{re.escape(before)}{number}{re.escape(after.rstrip())}|{number}[.:]?)\s")


def id_of(heading: Element) -> str:
    """Return what a heading is known by."""
    return heading.get("id") or heading.getparent().get("id") or f"heading-{heading.sourceline}"


def folded(element: Element) -> str:
    """Return an element's text without footnote marks and what a caption measures, formulas as they are said,
    white space folded.
    """
    texts = element.xpath(
        ".//text()[not(ancestor::a[contains(@class, 'footnote-ref')] or ancestor::span[@class='measure']"
        " or ancestor::math)] | .//math/@alttext"
    )
    return re.sub(r"\s+", " ", "".join(texts)).strip()


class Reader:
    """Walks the page and collects its blocks."""

    def __init__(self, names: dict[str, str], headings: dict[str, str], captions: dict[str, str]) -> None:
        self.names = names
        self.titles = {**headings, **captions}
        self.headings = {heading_number().sub("", text) for text in headings.values()}
        self.captions = set(captions.values()) | {
            translate("Data behind {caption}", caption=text) for text in captions.values()
        }
        self.labels = {*self.captions, *self.headings, *self.titles.values()}
        self.blocks: list[Block] = []
        self.where = "the cover"
        self.open: Block | None = None
        self.in_notes: dict[Element, str] = {}

    def read(self, root: Element) -> None:
        """Collect the blocks of a whole page."""
        for item in root.iter("title", "meta"):
            said = item.get("content") if item.get("name") not in ("viewport", "generator", None) else ""
            text = item.text if item.tag == "title" else said
            self._alone(text or "", "attribute", "")
        self._walk(root.find("body"), {})

    def _alone(self, text: str, role: str, id: str, *, screen_only: bool = True, kind: str = "") -> None:
        if re.search(r"\d", text):
            marks = [Mark(0, len(text), kind, id)] if kind else []
            self.blocks.append(Block(text, self.where, role, id, marks, screen_only))

    def _say(self, text: str | None, state: dict[str, Any]) -> None:
        if not text or (self.open is None and not text.strip()):
            return
        screen_only = bool(state.get("screen_only"))
        if self.open is not None and self.open.screen_only != screen_only:  # words for one format in a line
            if screen_only:
                marks = [Mark(0, len(text), *state["mark"])] if state.get("mark") else []
                self.blocks.append(Block(text, self.where, self.open.role, self.open.id, marks, True))
                return
            self.open = None
        if self.open is None:
            role, id = state.get("role", "text"), state.get("id", "")
            self.open = Block("", self.where, role, id, [], screen_only)
            self.blocks.append(self.open)
        start = len(self.open.text)
        self.open.text += text
        mark = state.get("mark")
        if mark:
            self.open.marks.append(Mark(start, len(self.open.text), *mark))

    def _walk(self, element: Element, state: dict[str, Any]) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if element.tag == "math":  # on paper it is a picture with these words
            self._say(
                f"{translate('Formula')}: {element.get('alttext', '')} ", {**state, "mark": ("formula", "")}
            )
            return
        inline = _is_inline(element, state)
        if element.tag == "svg" and element.getparent().tag == "span":  # a small picture in a line
            self._attributes(element, state)
            return
        state = self._state(element, state)
        if not inline:
            self.open = None
            if element.tag in HEADINGS:
                self.where = folded(element) or self.where
        self._attributes(element, state)
        if inline and self.open is not None:
            self.open.text += " "
        if element in self.in_notes:
            self._say(f"{self.in_notes[element]} ", {**state, "mark": ("list number", "")})
        self._say(element.text, state)
        for child in element:
            self._walk(child, state)
            if isinstance(child.tag, str) and _is_inline(child, state):
                if self.open is not None:
                    self.open.text += " "
            elif isinstance(child.tag, str):
                self.open = None
            self._say(child.tail, state)
        if element.tag in HEADINGS and self.open is not None:
            number = heading_number().match(self.open.text)
            if number:
                self.open.marks.append(Mark(0, number.end(), "heading number", id_of(element)))
        if not inline:
            self.open = None

    def _attributes(self, element: Element, state: dict[str, Any]) -> None:
        """Collect text that only assistive technology or a pointer reaches."""
        label = element.get("aria-label") or ""
        if "tick" in element.get("class", "").split():
            self.blocks.append(Block(label, self.where, "alt"))
        elif element.tag == "svg":
            figure = next((item.get("id") for item in element.iterancestors("figure")), "")
            self._alone(label, "alt", figure or "", screen_only=bool(state.get("screen_only")))
        elif label:
            known = re.sub(r"\s+", " ", label).strip() in self.labels
            self._alone(label, "attribute", "", kind="contents" if known else "")
        for name in ("title", "alt", "placeholder"):
            self._alone(element.get(name) or "", "attribute", "")

    def _state(self, element: Element, state: dict[str, Any]) -> dict[str, Any]:
        """Return what is known inside an element: its role, and the mark of its text."""
        new = dict(state)
        tag, classes = element.tag, element.get("class", "").split()
        if tag == "figure":
            new["id"] = element.get("id", "")
        elif tag == "div" and "tabular" in classes:
            new.update(id=element.get("id", ""), role="cell")
        elif tag == "tr" and element.get("data-id"):
            new.update(id=element.get("data-id"), role="row")
        elif tag == "tr" and element.get("id", "").startswith("source-"):
            new.update(id=element.get("id"), role="row")
        elif element.get("data-changes"):
            new.update(id=f"changes:{element.get('data-changes')}", role="row")
        elif tag == "svg":
            new["role"] = "chart"
        elif tag == "g" and _TICK.search(element.get("id", "")):
            new["mark"] = ("axis tick", new.get("id", ""))
        elif tag in ("td", "th") and new.get("screen_only") and new.get("id"):
            new["role"] = "cell"
        if (
            "on-screen" in classes
            or (tag == "details" and "data" in classes)
            or _is_for_screen(element, classes)
        ):
            new["screen_only"] = True
        if tag == "li" and element.get("id", "").startswith("fn"):
            new["note"] = True
        if "own-picture" in classes:
            new["mark"] = ("picture", "")
        if "footnotes" in classes:
            new["mark"] = None
        mark = self._mark(element, tag, classes, new)
        if mark:
            new["mark"] = mark
        return new

    def _mark(
        self, element: Element, tag: str, classes: list[str], state: dict[str, Any]
    ) -> tuple[str, str, str] | tuple[str, str] | None:
        text = folded(element) if tag in ("a", "span") else ""
        target = element.get("href", "")[1:] if element.get("href", "").startswith("#") else ""
        if tag == "caption" and folded(element) in self.headings:
            return ("heading", "")
        if tag == "caption" and state.get("screen_only") and folded(element) in self.captions:
            return ("caption number", state.get("id", ""))
        if "place" in classes and (
            re.sub(r" \(\d+\)$", "", text) in self.headings or not re.search(r"\d", text)
        ):
            return (PLACE, state.get("id", ""))
        if "n" in classes and element.get("data-id"):
            return ("ledger", element.get("data-id"), element.get("id", ""))
        if tag == "span" and "label" in classes:
            return ("caption number", state.get("id", ""))
        if "footnote-ref" in classes or "footnote-back" in classes:
            return ("footnote mark", target)
        if "citation" in classes or element.get("role") == "doc-biblioref" or element.get("id") == "refs":
            return ("citation", "")
        if (
            tag == "a"
            and target in self.titles
            and text
            and _same(text, self.titles[target], heading_number().sub("", self.titles[target]))
        ):
            return ("contents", target)
        if tag == "a" and target in self.names and _refers(text, self.names[target]):
            return ("cross-reference", target)
        if tag == "a" and text and text in element.get("href", ""):
            return ("address", "")
        if tag == "code":
            return ("code", "")
        if tag == "blockquote":
            return ("quotation", "")
        if "instrument" in classes or (tag == "li" and "task" in classes):
            return ("instrument", "")
        if tag in ("sub", "sup") and _behind_a_letter(element):
            return ("name", "")
        return None


def _is_inline(element: Element, state: dict[str, Any]) -> bool:
    """Tell whether an element stands in a line: words, formulas and small pictures; and what a note holds,
    which is one paragraph on paper.
    """
    if state.get("note") and element.tag in ("p", "ul", "ol", "li"):
        return True
    small = element.tag == "svg" and element.getparent().tag == "span"
    return element.tag in _INLINE or element.tag == "math" or small


def _is_for_screen(element: Element, classes: list[str]) -> bool:
    """Tell whether paper has no place for an element: the link past the bar, the deepest lines of the
    contents, the heading over notes, which stand at the foot of their pages there.
    """
    if element.tag == "h2" and "footnotes" in element.getparent().get("class", "").split():
        return True
    return bool({"skip", "for-screen"} & set(classes)) or (element.tag == "li" and "level-4" in classes)


def _behind_a_letter(element: Element) -> bool:
    """Tell whether an element belongs to the letter before it, as in m² and CO₂."""
    previous = element.getprevious()
    before = (element.getparent().text if previous is None else previous.tail) or ""
    return before[-1:].isalpha()


def _same(text: str, *others: str) -> bool:
    return re.sub(r"\s+", "", text) in {re.sub(r"\s+", "", other) for other in others}


def _refers(text: str, name: str) -> bool:
    """Tell whether a link says a name such as Table 2, or its number, alone or behind another word."""
    word, _, number = text.replace("\N{NO-BREAK SPACE}", " ").rpartition(" ")
    said = number == name.replace("\N{NO-BREAK SPACE}", " ").rpartition(" ")[2]
    return _same(text, name) or (said and not re.search(r"\d", word))
