"""The version that was sent, as it travels in the document, and the way from a paragraph to its chapter."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from evidentia.compare.comments.align import carried
from evidentia.compare.comments.model import Place
from evidentia.compare.comments.paragraphs import Paragraph
from evidentia.compare.documents.package import Package, sent_version
from evidentia.compare.documents.word_runs import Run, sent_text
from evidentia.compare.foreign.context import sentences
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import json_of, sha256
from evidentia.core.ledger import Entry, parse
from evidentia.core.text import read_words
from evidentia.core.word_format import SentChapter, SentParagraph, tag_of

_WORD = re.compile(r"\w+")
_ALIKE, _FEWEST = 0.6, 3
"""How far words have to agree to be the same paragraph, and how many words it needs."""
_LONGEST, _MOST_LINES, _NEAR = 5_000, 200_000, 12


class SentVersion:
    """What is known of the version that was sent, and of the chapters as they are now.

    Parameters
    ----------
    package : Package
        The returned document.
    folder : Path or None
        The evaluation folder, if there is one.
    chapters : list of str
        The folder's chapters.
    """

    def __init__(self, package: Package, folder: Path | None, chapters: list[str]) -> None:
        self.sent = sent_version(package)
        self.folder = folder
        self.chapters = chapters
        self.by_bookmark: dict[str, tuple[SentChapter, SentParagraph]] = {}
        for chapter in self.sent.chapters if self.sent else ():
            for paragraph in chapter.paragraphs:
                self.by_bookmark[paragraph.bookmark] = (chapter, paragraph)
        self._texts: dict[str, list[str]] = {}
        self._homes: dict[int, str] = {}
        self.kept: set[str] = set()
        """The bookmarks that the document has still: only the other paragraphs are looked for by words."""

    @cached_property
    def ledger(self) -> Mapping[str, Entry]:
        """The ledger that was sent; empty if the document has none."""
        if self.sent is None or not self.sent.ledger:
            return {}
        where = "the ledger in the document"
        return parse(json_of(self.sent.ledger, where), where)

    @cached_property
    def _tags(self) -> dict[str, str]:
        return {tag_of(id): id for id in self.ledger}

    @cached_property
    def _controls(self) -> dict[str, str]:
        return {
            number.control: number.id
            for _, paragraph in self.by_bookmark.values()
            for number in paragraph.numbers
        }

    def id_of(self, run: Run) -> str:
        """Return the number of which a run is a part: by its control's tag, or else by the bookmark in it."""
        return self.id_of_tag(run.tag) or self._controls.get(run.number, "")

    def id_of_tag(self, tag: str) -> str:
        """Return the number that a control's tag stands for.

        Where no ledger was sent, a tag that has the form of an id is one.
        """
        if self.ledger:
            return self._tags.get(tag, "")
        return tag if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", tag) else ""

    def paragraph(self, paragraph: Paragraph) -> SentParagraph | None:
        """Return the paragraph as it was sent: by its bookmark, or else by its words."""
        if paragraph.number not in self._homes:
            named = next((name for name in paragraph.bookmarks if name in self.by_bookmark), "")
            if not named and paragraph.role != "contents":  # the contents say headings again
                named = self._by_words(sent_text(paragraph.runs))
            self._homes[paragraph.number] = named
        name = self._homes[paragraph.number]
        return self.by_bookmark[name][1] if name else None

    def _by_words(self, text: str) -> str:
        words = _WORD.findall(text.casefold())
        if not _FEWEST <= len(words) <= _LONGEST:
            return ""
        votes: Counter[str] = Counter()
        for word in set(words):
            votes.update(self._index.get(word, ()))
        best, share = "", 0.0
        for name, _ in votes.most_common(4):
            other = _WORD.findall(self.by_bookmark[name][1].words.casefold())
            alike = difflib.SequenceMatcher(None, words, other, autojunk=False).ratio()
            if alike > share:
                best, share = name, alike
        return best if share >= _ALIKE else ""

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, (_, paragraph) in self.by_bookmark.items():
            if name in self.kept:
                continue
            for word in set(_WORD.findall(paragraph.words.casefold())):
                found.setdefault(word, []).append(name)
        return {word: names for word, names in found.items() if len(names) <= 500}

    def place(self, paragraph: Paragraph, start: int, end: int) -> Place:
        """Return the place of a stretch of a paragraph's words as they were before the changes."""
        sent = self.paragraph(paragraph)
        text = sent_text(paragraph.runs)
        if sent is None:
            return self._without(paragraph, text, start, end)
        start, end = carried(text, sent.words, start), carried(text, sent.words, end)
        return self.place_of(sent, paragraph, start, end)

    def place_of(self, sent: SentParagraph, paragraph: Paragraph, start: int, end: int) -> Place:
        """Return the place of a stretch of a paragraph's words as they were sent."""
        chapter = self.by_bookmark[sent.bookmark][0]
        words = sent.words
        how = "bookmark" if sent.bookmark in paragraph.bookmarks else "words"
        place = Place(
            chapter.path,
            sent.line,
            sentence=_sentence(words, start)[1],
            heading=paragraph.heading,
            how=how,
            bookmark=sent.bookmark,
            start=start,
            end=end,
            sentence_start=_sentence(words, start)[0],
        )
        return self._now(place, chapter, words)

    def _without(self, paragraph: Paragraph, text: str, start: int, end: int) -> Place:
        """Return the place of words of which the document says nothing: by the chapters as they are now."""
        place = Place(sentence=_sentence(text, start)[1], heading=paragraph.heading, start=start, end=end)
        best, share = place, 0.0
        for path in self.chapters:
            line, alike = self._find(path, text)
            if alike > share:
                best, share = replace(place, file=path, line=line, how="words"), alike
        return best

    def _now(self, place: Place, chapter: SentChapter, words: str) -> Place:
        """Return a place with its line now, if the chapter has changed since it was sent."""
        if not chapter.path or self.folder is None or not chapter.source:
            return place
        content = self._lines(chapter.path)
        if content is None:
            return replace(place, moved=True)
        if self._hash(chapter.path) == chapter.source:
            near = words[max(0, place.start - _NEAR) : place.end + _NEAR]
            return replace(place, line=self._within(content, place.line, near))
        line, _ = self._find(chapter.path, words)
        return replace(place, moved=True, now=line)

    def _within(self, lines: list[str], first: int, words: str) -> int:
        """Return which line of a paragraph that takes several in its chapter has most of some words."""
        wanted = set(_WORD.findall(words.casefold()))
        best, most = first, -1
        for number in range(first, len(lines) + 1):
            if first < 1 or not lines[number - 1].strip():
                break
            alike = len(wanted & set(_WORD.findall(lines[number - 1].casefold())))
            if alike > most:
                best, most = number, alike
        return best

    def _lines(self, path: str) -> list[str] | None:
        if path not in self._texts:
            try:
                self._texts[path] = self._read(path).split("\n")[:_MOST_LINES]
            except EvidentiaError:
                return None
        return self._texts[path]

    def _file(self, path: str) -> Path:
        """Return a chapter's file, which has to lie in the folder."""
        assert self.folder is not None
        file = (self.folder / path).resolve()
        if not file.is_relative_to(self.folder.resolve()):
            raise EvidentiaError(
                "the document names a chapter outside the folder",
                where=path,
                remedy="ask where it comes from; its words are not looked for there",
            )
        return file

    def _read(self, path: str) -> str:
        return read_words(self._file(path), path)

    def _hash(self, path: str) -> str:
        return sha256(self._file(path))

    def _find(self, path: str, words: str) -> tuple[int, float]:
        """Return the line of a chapter that has most of some words, and their share; 0 if few are there."""
        wanted = set(_WORD.findall(words.casefold()))
        if len(wanted) < _FEWEST or self.folder is None:
            return 0, 0.0
        best, share = 0, 0.0
        for number, line in enumerate(self._lines(path) or (), start=1):
            if line.strip():
                alike = len(wanted & set(_WORD.findall(line.casefold()))) / len(wanted)
                if alike > share:
                    best, share = number, alike
        return (best, share) if share >= _ALIKE else (0, 0.0)


def _sentence(text: str, position: int) -> tuple[int, str]:
    """Return where the sentence of a position begins, and its words."""
    spans = sentences(text)
    start, end = next((span for span in spans if position < span[1]), spans[-1])
    return start, text[start:end].rstrip()
