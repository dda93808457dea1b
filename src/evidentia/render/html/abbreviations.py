"""Abbreviations on the page: marked where a chapter uses them first, and in full where the report does."""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.compose.abbreviations import DEFINED, whole_word
from evidentia.core.markup import Element

_NOT_IN = frozenset(
    [
        "a",
        "abbr",
        "code",
        "pre",
        "math",
        "svg",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "caption",
        "dt",
    ]
)
_BLOCKS = frozenset(["p", "li", "dd", "td", "th", "blockquote", "div"])
_ONE_FORMAT = ("content-visible", "content-hidden", "when-visible", "when-hidden")


def normalise_abbreviations(main: Element, glossary: dict[str, str]) -> None:
    """Mark the abbreviations that lines of their own explain, and say each meaning once; in place.

    A meaning that the text or the glossary has is not said again, for paper shows what the page does.

    Parameters
    ----------
    main : lxml element
        The body.
    glossary : dict of str to str
        The meaning of each term.
    """
    explained = _taken_out(main)
    for name, meaning in explained.items():
        for chapter in main.findall("section") or [main]:
            _mark(chapter, name, meaning)
    said: set[str] = set(glossary)
    for element in main.iter("abbr"):
        name = " ".join(element.text_content().split())
        meaning = element.get("title") or glossary.get(name, "") or explained.get(name, "")
        element.set("title", meaning)
        if name in said or not meaning or _in_one_format(element):
            continue
        said.add(name)
        if meaning.casefold() not in _text_until(element).casefold():
            element.tail = f" ({meaning}){element.tail or ''}"


def _taken_out(main: Element) -> dict[str, str]:
    """Return the meanings that lines explain, whose pieces are taken out of the text."""
    found = {}
    for piece in main.find_class(DEFINED):
        found["".join(piece.itertext())] = piece.get("title", "")
        holder = piece.getparent()
        piece.drop_tree()
        if holder.tag == "p" and not len(holder) and not (holder.text or "").strip():
            holder.drop_tree()
    return found


def _mark(chapter: Element, name: str, meaning: str) -> None:
    """Mark an abbreviation where a chapter uses it first, unless the author marked one."""
    if any(" ".join(one.text_content().split()) == name for one in chapter.iter("abbr")):
        return
    word = whole_word(name)
    for text in chapter.xpath(".//text()"):
        found = word.search(text)
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        if not found or any(up.tag in _NOT_IN for up in (holder, *holder.iterancestors())):
            continue
        abbreviation = tag.E.abbr(name, {"title": meaning})
        abbreviation.tail = text[found.end() :]
        if text.is_tail:
            before = text.getparent()
            before.tail = text[: found.start()]
            before.addnext(abbreviation)
        else:
            text.getparent().text = text[: found.start()]
            text.getparent().insert(0, abbreviation)
        return


def _in_one_format(element: Element) -> bool:
    return any(name in up.classes for up in element.iterancestors() for name in _ONE_FORMAT)


def _text_until(element: Element) -> str:
    """Return the text before an element, and that of its paragraph."""
    block = next((up for up in element.iterancestors() if up.tag in _BLOCKS), element)
    return " ".join("".join([*element.xpath("preceding::text()"), block.text_content()]).split())
