"""A finished Word document read back: its words are the page's, each bound number in it is under control.

It is read as any other program would read it, without what wrote it.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.core.number_words import TOKEN, around, fold, formula_signs, tokens
from evidentia.core.word_format import tag_of
from evidentia.prove.blocks import Block, Found, PageText

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PAPER_LESS = ("footnote mark", "formula")
"""Marks of the page that Word makes by itself, and formulas, which are compared by themselves."""

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")
"""A number without the letters beside it, which on the page stand apart where they are raised: 1st, m2."""

_HIDDEN = frozenset([f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr", f"{_MATH}oMath"])


@dataclass
class WordParagraph:
    """A paragraph of a Word document: its words, its style, and the numbers under control in it."""

    words: str
    style: str
    part: str
    controls: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class WordText:
    """A Word document's paragraphs, and the signs of its formulas."""

    paragraphs: list[WordParagraph]
    formulas: list[str] = field(default_factory=list)


def read_word(path: Path) -> WordText:
    """Read a Word document."""
    try:
        with zipfile.ZipFile(path) as file:
            parts = {
                name: etree.fromstring(file.read(f"word/{name}.xml")) for name in ("document", "footnotes")
            }
    except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise EvidentiaError("the Word document cannot be read", where=str(path)) from None
    paragraphs = [
        WordParagraph(_words(line), _style(line), name, _controls(line))
        for name, root in parts.items()
        for line in root.iter(f"{_W}p")
    ]
    formulas = [
        formula_signs("".join(sign.text or "" for sign in formula.iter(f"{_MATH}t")))
        for root in parts.values()
        for formula in root.iter(f"{_MATH}oMath")
    ]
    return WordText([line for line in paragraphs if fold(line.words)], formulas)


def _style(line: Element) -> str:
    named = line.find(f"{_W}pPr/{_W}pStyle")
    return named.get(f"{_W}val", "") if named is not None else ""


def _words(element: Element) -> str:
    if element.tag in _HIDDEN or not isinstance(element.tag, str):
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in (f"{_W}tab", f"{_W}br"):
        return " "
    return "".join(_words(child) for child in element)


def _controls(line: Element) -> list[tuple[str, str]]:
    found = []
    for control in line.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        locked = control.find(f"{_W}sdtPr/{_W}lock")
        if tag is not None and locked is not None and locked.get(f"{_W}val") == "sdtLocked":
            found.append((tag.get(f"{_W}val", ""), _words(control).strip()))
    return found


def match_word(page: PageText, found: list[Found], word: WordText) -> tuple[list[Found], list[str]]:
    """Match the words and numbers of a Word document with those of the page.

    Parameters
    ----------
    page : PageText
    found : list of Found
        The page's numbers, in the order of its blocks.
    word : WordText

    Returns
    -------
    printed : list of Found
        The document's numbers, each with the kind and id of the page's.
    faults : list of str
    """
    told = _by_block(page, found)
    left: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(page.blocks):
        if is_printed(block):
            left[fold(printed_of(block))].append(index)
    printed: list[Found] = []
    faults: list[str] = []
    rest: list[WordParagraph] = []
    for line in word.paragraphs:
        own = left.get(fold(line.words))
        if not own:
            rest.append(line)
            continue
        index = own.pop(0)
        if _NUMBER.findall(line.words) != _NUMBER.findall(printed_of(page.blocks[index])):
            faults.append(f"a number differs from the page's in the Word document: {_quoted(line.words)}")
        printed += _numbers(line, told[index])
    over = sorted(index for indexes in left.values() for index in indexes)
    faults += _otherwise_divided([page.blocks[index] for index in over], rest)
    numbers = [item for index in over for item in told[index]]
    printed += [item for line in rest for item in _numbers(line, _of(line, numbers))]
    if Counter(word.formulas) != Counter(page.formulas):
        faults.append("the formulas of the Word document are not the page's\n  where: build/report.docx")
    return printed, [*faults, *_unbound(page, word)]


def _otherwise_divided(blocks: list[Block], lines: list[WordParagraph]) -> Iterator[str]:
    """Yield a fault for words that only one of both has; where one paragraph is several blocks of the page,
    they have to follow each other.
    """
    texts = [fold(printed_of(block)) for block in blocks]
    stream = "".join(texts)
    for line in sorted(lines, key=lambda line: -len(line.words)):
        letters = fold(line.words)
        place = stream.find(letters)
        if place < 0:
            yield f"words of the Word document are not the page's: {_quoted(line.words)}"
        else:
            stream = f"{stream[:place]}{' ' * len(letters)}{stream[place + len(letters) :]}"
    start = 0
    for block, text in zip(blocks, texts, strict=True):
        if stream[start : start + len(text)].strip():
            yield f"words of the page are missing from the Word document: {_quoted(printed_of(block))}"
        start += len(text)


def _of(line: WordParagraph, numbers: list[Found]) -> list[Found]:
    """Return the page's numbers that a paragraph prints, and take them out of those that are left."""
    found = []
    for text in tokens(line.words):
        same = next((item for item in numbers if item.text == text), None)
        if same is None:
            return []
        numbers.remove(same)
        found.append(same)
    return found


def is_printed(block: Block) -> bool:
    """Tell whether a block goes on paper as words."""
    return (
        not block.screen_only
        and block.role not in ("chart", "attribute", "alt")
        and bool(fold(printed_of(block)))
    )


def printed_of(block: Block) -> str:
    """Return a block's words without the marks that Word makes by itself."""
    text = block.text
    for mark in block.marks:
        if mark.kind in _PAPER_LESS:
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text


def _by_block(page: PageText, found: list[Found]) -> list[list[Found]]:
    """Return the page's numbers by block, without the marks that Word makes by itself."""
    numbers = iter(found)
    blocks = [[next(numbers, None) for _ in TOKEN.finditer(block.text)] for block in page.blocks]
    return [[one for one in block if one is not None and one.kind not in _PAPER_LESS] for block in blocks]


def _numbers(line: WordParagraph, told: list[Found]) -> Iterator[Found]:
    """Yield the numbers of a paragraph, each explained as the page's own in its place is."""
    same = iter(told)
    for match in TOKEN.finditer(line.words):
        words = around(line.words, match.start(), match.end())
        item = next(same, None)
        kind, id = (item.kind, item.id) if item else ("", "")
        yield Found(match[0], kind, id, words, "build/report.docx")


def _unbound(page: PageText, word: WordText) -> Iterator[str]:
    """Yield a fault for each bound number of the page that no control in Word holds, or holds otherwise."""
    bound = Counter(
        (tag_of(mark.id), fold(block.text[mark.start : mark.end]))
        for block in page.blocks
        for mark in block.marks
        if mark.kind == "ledger" and not block.screen_only
    )
    there = Counter((tag, fold(printed)) for line in word.paragraphs for tag, printed in line.controls)
    for tag, printed in bound - there:
        yield f"the number {tag}, printed as '{printed}', is under no control in the Word document"
    for tag, printed in there - bound:
        yield f"the Word document prints {tag} as '{printed}', which the page does not"


def _quoted(words: str) -> str:
    text = re.sub(r"\s+", " ", words).strip()
    return f'"{text[:90]}{"..." if len(text) > 90 else ""}"\n  where: build/report.docx'
