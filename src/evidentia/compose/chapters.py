"""Composing: chapters through Jinja2 into one plain Quarto Markdown document."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evidentia.compose.claims import Claim
from evidentia.compose.comparatives import Unclaimed, unclaimed
from evidentia.compose.digits import typed_digits
from evidentia.compose.directives import refused_directives
from evidentia.compose.exhibits import Exhibits
from evidentia.compose.headlines import Headlines
from evidentia.compose.nesting import nesting_faults
from evidentia.compose.plan_annex import NAME as PLAN_ANNEX
from evidentia.compose.plan_annex import PlanAnnex
from evidentia.compose.readability import readability
from evidentia.compose.references import citation_keys, labels, reference_faults
from evidentia.compose.sentences import Sentences
from evidentia.compose.synthetic import marked, without_marks
from evidentia.compose.template import environment, render
from evidentia.compose.writer import CLOSE, ENDS, FOLLOWS, OPEN, Writer
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.formats import printed
from evidentia.core.ledger import Entry, condition_faults
from evidentia.core.results import Result
from evidentia.core.text import read_words

_MARK = re.compile(f"{OPEN}(\\d+){OPEN}|{CLOSE}|{FOLLOWS}|{ENDS}")
NOTICE = """::: {.callout-note}
## About the data in this edition

Some records behind this edition are synthetic: they were made for it, and results from them say nothing about
any person. The mark [\\[synthetic\\]]{.synthetic} stands at each sentence, figure, table row and cell that
rests on them. All other data are real and cite their source.

:::"""
NOTICE_OF_ALL = """::: {.callout-note}
## About the data in this edition

All data behind this edition are synthetic: they were invented, and results from them say nothing about any
person or place. Each result that rests on them is marked [\\[synthetic\\]]{.synthetic}.

:::"""
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
    """

    text: str
    claims: list[Claim]
    uses: dict[str, list[dict[str, Any]]]
    tables: dict[str, str]
    unclaimed: list[Unclaimed]
    readability: dict[str, dict[str, Any]]
    plan: dict[str, Any]
    exploratory: list[str]


def compose(
    config: Config,
    folder: Path,
    ledger: dict[str, Entry],
    results: dict[str, tuple[Result, dict[str, Any]]],
    reconciled: list[dict[str, str]] | None = None,
) -> Composed:
    """Render all chapters and check them; every mistake of every chapter is said in one go.

    Raises
    ------
    EvidentiaError
        Or `Problems`: typed digits, unknown ids and formats, claims and conditions of the evidence
        that do not hold, broken cross-references, citations without an entry, templates that cannot be read.
    """
    if config.report is None:
        raise EvidentiaError(
            "there is no report to compose",
            where="config.yaml",
            remedy="add the section 'report' with its chapters",
        )
    writer = Writer(ledger)
    exhibits = Exhibits(config, results, writer, reconciled or [])
    notice = (
        (NOTICE_OF_ALL if config.wholly_synthetic else NOTICE) if config.evaluation.synthetic_records else ""
    )
    plan = PlanAnnex(config, folder, writer)
    names = {**writer.names(), **plan.names(), **exhibits.names(), **Headlines(writer).names()}
    env = environment({**names, "evaluation": _evaluation(config), "data_notice": lambda: notice})
    exhibits.render = lambda text, path: render(env, text, path)
    chapters: dict[str, str] = {}
    sources: dict[str, str] = {}
    for path in config.report.chapters:
        name = Path(path).stem
        source = read_words(folder / path, path)
        writer.chapter, writer.path = name, path
        writer.paths[name] = path
        writer.faults += typed_digits(source, path)
        try:
            chapters[name] = render(env, source, path)
        except EvidentiaError as fault:
            writer.faults.append(fault)
            chapters[name] = ""
        sources[name] = source
    chapters = plan.place(chapters)
    sources.setdefault(PLAN_ANNEX, chapters.get(PLAN_ANNEX, ""))
    printed = {name: marked(_MARK.sub("", text)) for name, text in chapters.items()}
    chapters = {name: without_marks(text) for name, text in chapters.items()}
    loose = [finding for name, text in chapters.items() for finding in unclaimed(text, name)]
    chapters = {name: _read_marks(text, writer.claims) for name, text in chapters.items()}
    writer.report_failed_claims()
    keys = citation_keys(folder / config.report.bibliography) if config.report.bibliography else set()
    known = {label for text in chapters.values() for label in labels(text)}
    for name, text in chapters.items():
        writer.faults += _placed(reference_faults(text, writer.paths[name], known, keys), sources[name])
        writer.faults += refused_directives(text, writer.paths[name], sources[name])
        writer.faults += nesting_faults(text, writer.paths[name])
    conditions = [condition for result, _ in results.values() for condition in result.conditions]
    raise_all([*writer.faults, *condition_faults(conditions, writer.values, writer.ledger)])
    text = _header(config) + "\n" + "\n\n".join(text.strip() for text in printed.values()) + "\n"
    tables = {name: exhibits.csv(name) for name in config.tables}
    ease = {name: readability(chapter) for name, chapter in chapters.items()}
    uses = _uses(writer, chapters)
    return Composed(text, writer.claims, uses, tables, loose, ease, plan.summary(), plan.exploratory())


def _evaluation(config: Config) -> dict[str, Any]:
    """Return the section evaluation for chapters, with the month of its date in words."""
    return {
        **config.evaluation.model_dump(),
        "month": printed(config.evaluation.date.isoformat(), "date", "month"),
    }


def _read_marks(text: str, claims: list[Claim]) -> str:
    """Note the sentence of each claim and take the marks out."""
    sentences = Sentences(text)
    for match in _MARK.finditer(text):
        if match[1]:
            claims[int(match[1])].sentence = _MARK.sub("", sentences.at(match.end()))
    return _MARK.sub("", text)


def _placed(faults: Any, source: str) -> list[EvidentiaError]:
    """Give a fault found in the rendered text the line that it has in the source, where that can be told."""
    placed = []
    for fault in faults:
        name = re.search(r"@[\w:.-]+", fault.what)
        line = next(
            (number for number, text in enumerate(source.split("\n"), 1) if name and name[0] in text), None
        )
        where = re.sub(r"line \d+", f"line {line}", fault.where, count=1) if line else fault.where
        placed.append(EvidentiaError(fault.what, where=where, remedy=fault.remedy))
    return placed


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
        "author": evaluation.organisation,
        "date": evaluation.date.isoformat(),
        "lang": evaluation.language,
        "bibliography": f"../{report.bibliography}" if report.bibliography else "",
        "csl": f"../{report.csl}" if report.csl else "citations.csl",
        "link-citations": True,
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value != ""
    ]
    return "\n".join(["---", *lines, "---", ""])


def claims_json(claims: list[Claim]) -> list[dict[str, Any]]:
    """Return the claims as rows for build/claims.json."""
    return [{"id": f"c-{index}", **asdict(claim)} for index, claim in enumerate(claims, start=1)]
