"""Composing: chapters through Jinja2 into one plain Quarto Markdown document."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from evidentia.compose.abbreviations import abbreviation_faults
from evidentia.compose.chapter import Chapter, Composer
from evidentia.compose.claims import Claim
from evidentia.compose.comparatives import Unclaimed
from evidentia.compose.joined import joined, joining_faults
from evidentia.compose.known_classes import unknown_classes
from evidentia.compose.picture_files import Picture, read_picture
from evidentia.compose.readability import readability
from evidentia.compose.references import labels
from evidentia.compose.sentences import Sentences
from evidentia.compose.writer import Writer
from evidentia.config.evaluation import Author
from evidentia.config.model import Config
from evidentia.core.errors import raise_all
from evidentia.core.language import translate
from evidentia.core.ledger import Entry, condition_faults
from evidentia.core.results import Result

_ANCHOR = re.compile(r"\{#(n-\d+) \.n ")


@dataclass(frozen=True)
class Composed:
    """The composed report.

    Attributes
    ----------
    text : str
        Quarto Markdown with a YAML header.
    claims : list of Claim
    uses : dict of str to list of dict
        Number id to the places where it is printed: chapter, anchor, printed, sentence, line.
    tables : dict of str to str
        Table id to its CSV text.
    unclaimed : list of Unclaimed
        Comparisons beside numbers that no claim holds to account.
    readability : dict of str to dict
        By chapter.
    plan : dict
        What became of the frozen plan; empty without one.
    exploratory : list of str
        Effects that claims are about and no plan names.
    homes : list of dict
        By chapter its name, path, labels of its sections and composed text, and the line of the chapter's
        file that each line of the text is from.
    pictures : dict of str to Picture
        By their addresses in the text.
    unknown_classes : dict of str to str
        Classes that no page obeys, with the chapter in which each stands first.
    """

    text: str
    claims: list[Claim]
    uses: dict[str, list[dict[str, Any]]]
    tables: dict[str, str]
    unclaimed: list[Unclaimed]
    readability: dict[str, dict[str, Any]]
    plan: dict[str, Any]
    exploratory: list[str]
    homes: list[dict[str, Any]]
    pictures: dict[str, Picture]
    unknown_classes: dict[str, str]


def compose(
    config: Config,
    folder: Path,
    ledger: dict[str, Entry],
    results: dict[str, tuple[Result, dict[str, Any]]],
    reconciled: list[dict[str, str]] | None = None,
) -> Composed:
    """Compose all chapters and put them together; every mistake of every chapter is said in one go.

    Raises
    ------
    EvidentiaError
        Or `Problems`: typed digits, unknown ids and formats, claims and conditions of the evidence
        that do not hold, broken cross-references, citations without an entry, templates that cannot be read,
        markup that is not closed.
    """
    composer = Composer(config, folder, ledger, results, reconciled)
    chapters = composer.chapters()
    known = {label for chapter in chapters for label in labels(chapter.plain)}
    faults = [*composer.faults]
    for chapter in chapters:
        faults += [*chapter.faults, *composer.references(chapter, known)]
    faults += abbreviation_faults((chapter.path, chapter.text, chapter.line) for chapter in chapters)
    conditions = [condition for result, _ in results.values() for condition in result.conditions]
    faults += condition_faults(conditions, composer.writer.values, composer.writer.ledger)
    raise_all(faults or joining_faults(chapters))
    tables = {name: composer.exhibits.csv(name) for name in config.tables}
    return Composed(
        _header(config) + "\n" + joined(chapters),
        composer.writer.claims,
        _uses(composer.writer, {chapter.id: chapter.plain for chapter in chapters}),
        tables,
        [finding for chapter in chapters for finding in chapter.unclaimed],
        {chapter.id: readability(chapter.plain) for chapter in chapters},
        composer.plan.summary(),
        composer.plan.exploratory(),
        [_home(chapter) for chapter in chapters],
        {
            unquote(address): read_picture(folder, path)
            for chapter in chapters
            for address, path in chapter.pictures.items()
        },
        {name: chapter.path for chapter in reversed(chapters) for name in unknown_classes(chapter.tree)},
    )


def _home(chapter: Chapter) -> dict[str, Any]:
    """Return where a chapter's composed words are from, for what leads home from a finished document."""
    lines = [chapter.line(line) for line in range(1, chapter.text.count("\n") + 2)]
    heads = [block["c"] for block in chapter.tree.blocks if block["t"] == "Header"]
    sections = [attributes[0] for level, attributes, _ in heads if level == 1]
    home = {"name": chapter.id, "path": chapter.path, "sections": sections}
    return {**home, "text": chapter.text, "lines": lines}


def _uses(writer: Writer, chapters: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the uses by number id, with the sentence round each."""
    around: dict[str, str] = {}
    for text in chapters.values():
        sentences = Sentences(text)
        for match in _ANCHOR.finditer(text):
            around[match[1]] = sentences.at(match.start())
    uses: dict[str, list[dict[str, Any]]] = {}
    for use in writer.uses:
        row = {"chapter": use.chapter, "anchor": use.anchor, "printed": use.printed, "line": use.line}
        if use.anchor in around:
            row["sentence"] = around[use.anchor]
        uses.setdefault(use.id, []).append(row)
    return uses


def _header(config: Config) -> str:
    """Return the YAML header, written as JSON, which is YAML."""
    evaluation, report = config.evaluation, config.report
    assert report is not None
    fields: dict[str, Any] = {
        "title": evaluation.title,
        "subtitle": evaluation.subtitle,
        "author": [_author(author) for author in evaluation.authors] or evaluation.organisation,
        "date": evaluation.date.isoformat(),
        "doi": evaluation.doi,
        "lang": evaluation.language,
        "crossref": _reference_words(),
        "bibliography": f"../{report.bibliography}" if report.bibliography else "",
        "csl": f"../{report.csl}" if report.csl else "citations.csl",
        "link-citations": True,
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value != ""
    ]
    return "\n".join(["---", *lines, "---", ""])


def _author(author: Author) -> dict[str, Any]:
    """Return an author after Quarto's schema."""
    affiliations = [{"name": line} for line in author.named_affiliations]
    given = {"name": author.name, "orcid": author.orcid, "email": author.email, "affiliations": affiliations}
    return {key: value for key, value in given.items() if value}


def _reference_words() -> dict[str, str]:
    """Return what Quarto is to call figures, tables and sections, so that a preview speaks the report's
    language.
    """
    figure, table = translate("Figure"), translate("Table")
    section = translate("Section {number}", number="").strip()
    titles = {"fig-title": figure, "tbl-title": table}
    return {**titles, "fig-prefix": figure, "tbl-prefix": table, "sec-prefix": section}


def claims_json(claims: list[Claim]) -> list[dict[str, Any]]:
    """Return the claims as rows for build/claims.json."""
    return [{"id": f"c-{index}", **asdict(claim)} for index, claim in enumerate(claims, start=1)]
