"""What a Word document of a report carries beside its words: controls, bookmarks, the version that was sent.

Each bound number is a content control whose tag is the number's id; each paragraph has an invisible bookmark
that names chapter and line; a custom XML part holds the ledger and the words by chapter. The document is
written in `evidentia.render.docx`, and read by whatever takes it back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

NAMESPACE = "urn:evidentia:sent:1"
"""Of the part's root, by which it is found."""

BOOKMARK = re.compile(r"_ev_(\d+)_(\d+)_(\d+)")
"""Of a paragraph: index of the chapter (0: of none), line, and which of the paragraphs of that line."""

NUMBER_BOOKMARK = re.compile(r"_en_(\d+)")
"""Of a bound number: the number of its control."""

LONGEST_TAG = 64
"""Characters that Word allows in a tag or a title of a content control."""

VERSION, EVALUATION = "evidentia.version", "evidentia.evaluation"
"""Names of the document's own properties, which outlive programs that drop the part."""

_KEPT = 51


def tag_of(id: str) -> str:
    """Return the tag of a number's control: its id, or what is left of one that is too long, with a hash."""
    if len(id) <= LONGEST_TAG:
        return id
    return f"{id[:_KEPT]}~{hashlib.sha256(id.encode('utf-8')).hexdigest()[:12]}"


def id_of(tag: str, ids: Iterable[str]) -> str | None:
    """Return the number's id that a tag stands for, or None if it stands for none of them."""
    return next((id for id in ids if tag_of(id) == tag), None)


def bookmark_of(chapter: int, line: int, count: int) -> str:
    """Return the name of a paragraph's bookmark."""
    return f"_ev_{chapter}_{line}_{count}"


def number_bookmark(control: str) -> str:
    """Return the name of the bookmark round a number's words, by the number of its control."""
    return f"_en_{control}"


@dataclass(frozen=True)
class SentNumber:
    """A bound number in a paragraph as it was sent: where it begins and ends in the paragraph's words."""

    id: str
    anchor: str
    control: str
    start: int
    end: int


@dataclass(frozen=True)
class SentParagraph:
    """A paragraph as it was sent."""

    bookmark: str
    line: int
    kind: str
    words: str
    numbers: tuple[SentNumber, ...] = ()


@dataclass
class SentChapter:
    """A chapter as it was sent; the one without a path holds the words that are from no chapter."""

    index: int
    name: str
    path: str
    source: str
    paragraphs: list[SentParagraph] = field(default_factory=list)


@dataclass
class Sent:
    """The version that was sent.

    Attributes
    ----------
    evaluation, engine, language, status : str
    ledger : str
        The text of numbers.json.
    chapters : list of SentChapter
    """

    evaluation: str
    engine: str
    language: str
    status: str
    ledger: str
    chapters: list[SentChapter]

    @property
    def version(self) -> str:
        """A hash of the ledger and of all words."""
        words = [[c.path, [[p.line, p.kind, p.words] for p in c.paragraphs]] for c in self.chapters]
        text = json.dumps([self.ledger, words], ensure_ascii=False)
        return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"

    def numbers(self) -> list[dict[str, Any]]:
        """Return the entries of the ledger."""
        found: list[dict[str, Any]] = json.loads(self.ledger)["numbers"]
        return found


def write_sent(sent: Sent) -> bytes:
    """Return the custom XML part."""
    root = etree.Element(f"{{{NAMESPACE}}}sent", nsmap={None: NAMESPACE})
    for name in ("evaluation", "engine", "language", "status", "version"):
        root.set(name, getattr(sent, name))
    etree.SubElement(root, f"{{{NAMESPACE}}}ledger").text = sent.ledger
    for chapter in sent.chapters:
        element = etree.SubElement(root, f"{{{NAMESPACE}}}chapter", index=str(chapter.index))
        for name in ("name", "path", "source"):
            element.set(name, getattr(chapter, name))
        for paragraph in chapter.paragraphs:
            _write_paragraph(element, paragraph)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write_paragraph(parent: Any, paragraph: SentParagraph) -> None:
    attributes = {"bookmark": paragraph.bookmark, "line": str(paragraph.line), "kind": paragraph.kind}
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}paragraph", attributes)
    place, last = 0, None
    for number in paragraph.numbers:
        between = paragraph.words[place : number.start]
        if last is None:
            element.text = between
        else:
            last.tail = between
        named = {"id": number.id, "anchor": number.anchor, "control": number.control}
        last = etree.SubElement(element, f"{{{NAMESPACE}}}number", named)
        last.text = paragraph.words[number.start : number.end]
        place = number.end
    if last is None:
        element.text = paragraph.words
    else:
        last.tail = paragraph.words[place:]


def parse_sent(content: bytes) -> Sent | None:
    """Return the version that a custom XML part holds, or None if it is another kind of part.

    Entities are not expanded and nothing is fetched, because the document may be anybody's.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{NAMESPACE}}}sent":
        return None
    chapters = [_read_chapter(element) for element in root.findall(f"{{{NAMESPACE}}}chapter")]
    said = {name: root.get(name, "") for name in ("evaluation", "engine", "language", "status")}
    return Sent(**said, ledger=root.findtext(f"{{{NAMESPACE}}}ledger") or "", chapters=chapters)


def _read_chapter(element: Any) -> SentChapter:
    said = {name: element.get(name, "") for name in ("name", "path", "source")}
    paragraphs = [_read_paragraph(child) for child in element.findall(f"{{{NAMESPACE}}}paragraph")]
    return SentChapter(_int(element.get("index")), **said, paragraphs=paragraphs)


def _read_paragraph(element: Any) -> SentParagraph:
    words, numbers = element.text or "", []
    for child in element.findall(f"{{{NAMESPACE}}}number"):
        start, printed = len(words), child.text or ""
        words += printed
        named = {name: child.get(name, "") for name in ("id", "anchor", "control")}
        numbers.append(SentNumber(**named, start=start, end=len(words)))
        words += child.tail or ""
    line, kind = _int(element.get("line")), element.get("kind", "")
    return SentParagraph(element.get("bookmark", ""), line, kind, words, tuple(numbers))


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
