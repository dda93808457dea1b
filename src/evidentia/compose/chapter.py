"""One chapter: its words with the numbers in them, read by the engine on its own, with its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from evidentia.compose.abbreviations import with_abbreviations
from evidentia.compose.claims import Claim, failed
from evidentia.compose.comparatives import Unclaimed, unclaimed
from evidentia.compose.delimiters import with_delimiters
from evidentia.compose.digits import typed_digits
from evidentia.compose.directives import refused_directives
from evidentia.compose.exhibits import Exhibits
from evidentia.compose.faults import markup_faults, unclosed
from evidentia.compose.formulas import bound_in_formulas
from evidentia.compose.headlines import Headlines
from evidentia.compose.items import Item, item_faults, items_of, known_items, with_items
from evidentia.compose.lines import at_source
from evidentia.compose.lists import list_faults
from evidentia.compose.nesting import nesting_faults
from evidentia.compose.notice import notice, of_evaluation
from evidentia.compose.pictures import picture_faults, with_pictures
from evidentia.compose.plan_annex import PlanAnnex
from evidentia.compose.private import with_sentences, without_private
from evidentia.compose.references import citation_keys, labels, reference_faults
from evidentia.compose.suppressed import instead
from evidentia.compose.synthetic import marked, without_marks
from evidentia.compose.template import environment, render, render_lines
from evidentia.compose.template_source import prepared, shortcode_faults
from evidentia.compose.tree import Tree, read_chapter
from evidentia.compose.unknown_markup import unknown_markup
from evidentia.compose.writer import Writer
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry
from evidentia.core.results import Result
from evidentia.core.text import read_words
from evidentia.core.units import NBSP

_LESS = re.compile(r" = (?=\[\\?<\d)")
"""A sign that a number too small to print, such as <0.001, brings itself."""

READERS = 3  # chapters at a time: on 2 cores the engine reads two while a third is looked at


@dataclass
class Chapter:
    """A composed chapter.

    Attributes
    ----------
    id : str
        The file's name, with its folders where another chapter has that name.
    path : str
        The file, in the evaluation folder.
    text : str
        Quarto Markdown, as the report has it.
    plain : str
        The same without the marks of synthetic records.
    draft : str
        The same with the private marks round claims and beside what rests on synthetic records.
    lines : list of int
        The line of the file from which each line of the text comes.
    tree : Tree
        As pandoc reads the text on its own; empty if code or a comment is not closed.
    open : list of EvidentiaError
        Code and comments that are not closed.
    pictures : dict of str to str
        Address in the text to the path of each picture that it shows.
    claims : list of Claim
        Those that hold and those that do not.
    unclaimed : list of Unclaimed
        Comparisons beside numbers, under no claim.
    faults : list of EvidentiaError
        All that is wrong, with file and line.
    """

    id: str
    path: str
    text: str = ""
    plain: str = ""
    draft: str = ""
    lines: list[int] = field(default_factory=list)
    tree: Tree = field(default_factory=lambda: Tree([], []))
    open: list[EvidentiaError] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    unclaimed: list[Unclaimed] = field(default_factory=list)
    faults: list[EvidentiaError] = field(default_factory=list)

    def line(self, line: int) -> int:
        """Return the line of the file from which a line of the text comes."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else line


class Composer:
    """Composes the chapters of a report, one by one.

    Parameters
    ----------
    config : Config
        With a report.
    folder : Path
        The evaluation folder.
    ledger : dict of str to entry
        All numbers by id.
    results : dict
        Result and source by analysis.
    reconciled : list of dict
        Rows of build/reconciliation.csv.
    writer : Writer, optional
        Another than the engine's own, which marks faults in the text.
    """

    def __init__(
        self,
        config: Config,
        folder: Path,
        ledger: dict[str, Entry],
        results: dict[str, tuple[Result, dict[str, Any]]],
        reconciled: list[dict[str, str]] | None = None,
        writer: Writer | None = None,
    ) -> None:
        if config.report is None:
            raise EvidentiaError(
                "there is no report to compose",
                where="config.yaml",
                remedy="add the section 'report' with its chapters",
            )
        self.config, self.folder, self.report = config, folder, config.report
        self.writer = writer = writer or Writer(ledger)
        writer.known = config.report.name_patterns
        writer.instead = lambda entry, words: instead(config, entry, words)
        self.exhibits = Exhibits(config, results, writer, reconciled or [])
        self.plan = PlanAnnex(config, folder, writer)
        self.faults, writer.faults = writer.faults, []
        names = {**writer.names(), **self.plan.names(), **self.exhibits.names(), **Headlines(writer).names()}
        said = {"evaluation": of_evaluation(config), "data_notice": lambda: notice(config)}
        self.env = env = environment({**names, **said})
        self.exhibits.render = lambda text, path: render(env, text, path)

    @cached_property
    def keys(self) -> set[str]:
        """The keys of the bibliography."""
        name = self.report.bibliography
        return citation_keys(self.folder / name) if name else set()

    @cached_property
    def items(self) -> dict[str, list[Item]]:
        """The numbered items with a label of each chapter, as its file has them."""
        texts = {id: (path, self.folder / path) for id, path in self.report.chapter_ids.items()}
        return {
            id: list(items_of(read_words(file, path), id, path))
            for id, (path, file) in texts.items()
            if file.is_file()
        }

    def chapter(self, id: str) -> Chapter:
        """Return a chapter of `Report.chapter_ids`; what is wrong with it is among its faults, not raised."""
        chapter, text = self._rendered(id)
        own = list(items_of(text, id, chapter.path))
        self._finish(chapter, text, {**self.items, id: own})
        self._read(chapter)
        return chapter

    def chapters(self) -> list[Chapter]:
        """Return all chapters, with the one about the plan if a plan is frozen and no chapter shows it."""
        rendered = {id: self._rendered(id) for id in self.report.chapter_ids}
        items = {id: list(items_of(text, id, chapter.path)) for id, (chapter, text) in rendered.items()}
        composed = {id: chapter for id, (chapter, _) in rendered.items()}
        for chapter, text in rendered.values():
            self._finish(chapter, text, items)
        placed = self.plan.place({id: chapter.plain for id, chapter in composed.items()})
        for id in placed.keys() - composed.keys():
            composed[id] = Chapter(id, "plan.yaml", faults=self._own_faults())
            self._finish(composed[id], placed[id], {})
        with ThreadPoolExecutor(READERS) as pool:
            list(pool.map(self._read, composed.values()))
        return [composed[id] for id in placed]

    def _own_faults(self) -> list[EvidentiaError]:
        """Return what the functions found since they were asked last."""
        found, self.writer.faults = self.writer.faults, []
        return found

    def _rendered(self, id: str) -> tuple[Chapter, str]:
        """Return a chapter whose template is filled, and its text with the private marks."""
        chapter = Chapter(id, self.report.chapter_ids[id])
        writer, path = self.writer, chapter.path
        writer.chapter, writer.path, writer.paths[id] = id, path, path
        first, text = len(writer.claims), ""
        try:
            source = read_words(self.folder / path, path)
            chapter.open = list(unclosed(source, path))
            chapter.faults += [*chapter.open, *shortcode_faults(source, path)]
            chapter.faults += bound_in_formulas(source, path)
            chapter.faults += typed_digits(source, path, self.writer.known)
            rows = enumerate(source.split("\n"), start=1)
            writer.rows = {line for line, words in rows if words.lstrip().startswith("|")}
            text, chapter.lines = render_lines(self.env, prepared(source), path)
            text = _LESS.sub(NBSP, text)
        except EvidentiaError as fault:
            chapter.faults.append(fault)
        chapter.claims = writer.claims[first:]
        chapter.faults += self._own_faults()
        return chapter, text

    def _finish(self, chapter: Chapter, text: str, items: dict[str, list[Item]]) -> None:
        """Number a chapter's items and take the private marks out."""
        writer, own = self.writer, {chapter.id: items.get(chapter.id, [])}
        chapter.faults += [at_source(fault, chapter.lines) for fault in item_faults(own)]
        text, chapter.pictures, wrong = with_pictures(text, chapter.path, self.folder)
        chapter.faults += [at_source(fault, chapter.lines) for fault in wrong]
        text, wrong = with_abbreviations(text, chapter.path)
        chapter.faults += [at_source(fault, chapter.lines) for fault in wrong]
        text = with_items(with_delimiters(text), known_items(items, chapter.id, self.keys))
        chapter.draft = text
        chapter.text = marked(without_private(text))
        text = without_marks(text)
        chapter.unclaimed = list(unclaimed(text, chapter.id))
        chapter.plain = with_sentences(text, writer.claims)
        chapter.faults += [*failed(chapter.claims), *self._own_faults()]

    def _read(self, chapter: Chapter) -> None:
        """Let the engine read a chapter by itself, if that can end and no code is open; add its faults."""
        found = list(refused_directives(chapter.plain, chapter.path))
        deep = [] if chapter.open else list(nesting_faults(chapter.plain, chapter.path))
        if not deep and not chapter.open:
            chapter.tree = read_chapter(chapter.text, chapter.path)
            found += markup_faults(chapter.text, chapter.tree, chapter.path)
            found += unknown_markup(chapter.text, chapter.tree, chapter.path)
            found += list_faults(chapter.text, chapter.tree, chapter.path)
            shown = chapter.tree.elements("Figure", "Para", "Plain", "Image")
            found += picture_faults(shown, chapter.text, chapter.path)
        chapter.faults += [at_source(fault, chapter.lines) for fault in [*found, *deep]]

    def references(self, chapter: Chapter, known: set[str]) -> Iterator[EvidentiaError]:
        """Yield a fault for each cross-reference to a label that is not known, and each citation without an
        entry.
        """
        for fault in reference_faults(chapter.plain, chapter.path, known, self.keys):
            yield at_source(fault, chapter.lines)

    def labels(self) -> set[str]:
        """Return the labels that any chapter can have, without composing them: those in the files, and those
        of all figures and tables.
        """
        known = {f"fig-{id}" for id in self.config.figures} | {f"tbl-{id}" for id in self.config.tables}
        for path in self.report.chapters:
            if (self.folder / path).is_file():
                known |= set(labels(read_words(self.folder / path, path)))
        return known
