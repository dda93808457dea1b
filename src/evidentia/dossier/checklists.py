"""Checklists of reporting guidelines, filled from ledger, plan and headings, with page numbers."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.config.publish import Publish
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import csv_text
from evidentia.dossier.guidelines import GUIDELINES, Asked, Guideline
from evidentia.plan.frozen import Frozen

PLAN_LABEL = "sec-plan-and-changes"


@dataclass(frozen=True)
class Answer:
    """An item with the place that answers it.

    Attributes
    ----------
    asked : Asked
    place : str
        In words; empty if nothing fills the item.
    page : int
        Of the PDF; 0 if it has none.
    guessed : bool
        A heading's words alone fill it, so that a person has to look.
    """

    asked: Asked
    place: str
    page: int = 0
    guessed: bool = False

    @property
    def where(self) -> str:
        """Place and page in words."""
        where = f"{self.place}, page {self.page}" if self.page else self.place
        return f"{where} (by its heading; check)" if self.guessed else where


@dataclass
class Places:
    """Where a finished report says what guidelines ask for.

    Attributes
    ----------
    config : Config
    present : Present
    headings : mapping of str to str
        Label of a section to its heading.
    frozen : Frozen or None
    """

    config: Config
    present: Present
    headings: Mapping[str, str]
    frozen: Frozen | None

    @cached_property
    def publish(self) -> Publish:
        """What config.yaml says for the dossier."""
        return self.config.publish or Publish.model_validate({})

    def find(self, finder: str) -> tuple[str, int] | None:
        """Return a place and its page for what an item asks, or nothing."""
        if finder.startswith("h:"):
            return self._heading(finder[2:])
        found: Callable[[Places], tuple[str, int] | None] = FINDERS[finder]
        return found(self)

    def _heading(self, word: str) -> tuple[str, int] | None:
        for label, heading in self.headings.items():
            if re.search(rf"\b{word}", heading, re.IGNORECASE):
                return self.section(label)
        return None

    def section(self, label: str) -> tuple[str, int]:
        """Return a section's heading and page."""
        return f"section '{self.headings[label]}'", self.present.pages.get(label, 0)

    def chapter(self, *words: str) -> tuple[str, int] | None:
        """Return the first section whose label or heading has one of some words."""
        for word in words:
            for label, heading in self.headings.items():
                if word in label or word in heading.casefold():
                    return self.section(label)
        return None

    def numbers(self, *patterns: str) -> tuple[str, int] | None:
        """Return where the first number that is printed and fits a pattern stands."""
        for pattern in patterns:
            for id in fnmatch.filter(self.present.ledger, pattern):
                for use in self.present.ledger[id]["uses"]:
                    return f"{id} in {use['chapter']}", self.present.page_of(use)
        return None

    def exhibit(self, *kinds: str) -> tuple[str, int] | None:
        """Return the first figure or table of some kinds that the report shows."""
        for what, prefix, shown in (
            ("figure", "fig", self.config.figures),
            ("table", "tbl", self.config.tables),
        ):
            for id, settings in shown.items():
                page = self.present.pages.get(f"{prefix}-{id}", 0)
                if getattr(settings, "kind", "") in kinds and page:
                    return f"{what} {id}", page
        return None


def _words(text: str, key: str) -> tuple[str, int] | None:
    return (f"{text} (publish.{key})", 0) if text else None


def _registered(places: Places) -> tuple[str, int] | None:
    frozen = places.frozen
    if frozen is None or not frozen.registered:
        return None
    return f"{frozen.registered['link']} ({frozen.registered['date']})", places.present.pages.get(
        PLAN_LABEL, 0
    )


def _plan(places: Places) -> tuple[str, int] | None:
    if places.frozen is None:
        return None
    return "plan.yaml in the archive, and the appendix on the plan", places.present.pages.get(PLAN_LABEL, 0)


def _strata(places: Places) -> tuple[str, int] | None:
    for name, analysis in places.config.analyses.items():
        if getattr(analysis, "strata", []):
            return f"strata of the analysis {name}: {', '.join(analysis.strata)} (syntax in the archive)", 0
    return None


FINDERS: dict[str, Callable[[Places], tuple[str, int] | None]] = {
    "title": lambda places: (f"title: {places.config.evaluation.title}", 1),
    "random_title": lambda places: (
        (f"title: {places.config.evaluation.title}", 1)
        if "random" in f"{places.config.evaluation.title} {places.config.evaluation.subtitle}".casefold()
        else None
    ),
    "summary": lambda places: places.chapter("summary", "key-messages"),
    "registered": _registered,
    "plan": _plan,
    "archive": lambda places: ("archive.zip, README.md", 0),
    "funding": lambda places: _words(places.publish.funding, "funding"),
    "conflicts": lambda places: _words(places.publish.conflicts, "conflicts"),
    "changes": _plan,
    "outcomes": _plan,
    "sizes": lambda places: places.numbers("planned.*", "*.minimum_detectable*", "*.planned.*"),
    "strata": _strata,
    "analysed": lambda places: places.numbers("*.n.*", "*.completed.*"),
    "missing": lambda places: places.numbers("*.note.imputed", "*.without_baseline.*", "*.missing*"),
    "others": lambda places: places.numbers(
        "*.effect_unadjusted.estimate", "*.effect_*.estimate", "*.sensitivity.*", "*.placebo.*"
    ),
    "flow": lambda places: places.exhibit("rct_flow", "sample_flow", "flow"),
    "losses": lambda places: places.numbers("*.attrition*", "*.lost.*", "*.response_rate.*"),
    "baseline": lambda places: places.exhibit("rct_baseline", "ipw_balance"),
    "balance": lambda places: (
        places.exhibit("love") or places.numbers("*.smd_weighted.*", "*.pre_trend.p_value")
    ),
    "effects": lambda places: places.numbers(
        "*.effect.estimate", "*.level_change.estimate", "*.change.estimate"
    ),
    "ratios": lambda places: places.numbers("*.risk_ratio.estimate", "*.ratio"),
    "counts": lambda places: places.numbers("*.share.*", "*.count.*"),
}
"""Name to what finds the place in a report that an item asks for."""


def guidelines_for(config: Config) -> dict[str, Guideline]:
    """Return the guidelines that the designs ask for, and those that config.yaml adds.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a guideline that no design asks for, or an item that it does not have.
    """
    designs = {analysis.design for analysis in config.analyses.values()}
    found = {name: one for name, one in GUIDELINES.items() if designs & set(one.designs)}
    given = config.publish.checklists if config.publish else {}
    faults = []
    for name, answers in given.items():
        where = f"config.yaml, key publish.checklists.{name}"
        guideline = GUIDELINES[name]
        if name not in found:
            asks = ", ".join(guideline.designs)
            faults.append(
                EvidentiaError(
                    f"the checklist {guideline.name} is for the designs {asks}, and no analysis is of these",
                    where=where,
                    remedy=f"take it out; the designs here ask for: {', '.join(found) or 'none'}",
                )
            )
        known = [item.number for item in guideline.items]
        faults += [
            EvidentiaError(
                f"{guideline.name} has no item '{number}'",
                where=where,
                remedy=did_you_mean(number, known, most=50),
            )
            for number in answers
            if number not in known
        ]
    raise_all(faults)
    return found


def answers(guideline: Guideline, given: Mapping[str, str], places: Places) -> list[Answer]:
    """Return a guideline's items with their places; what config.yaml says goes before what is found.

    Raises
    ------
    EvidentiaError
        If config.yaml names a section that the report does not have.
    """
    found = []
    for asked in guideline.items:
        told = given.get(asked.number, "")
        if told.startswith("sec-") and " " not in told:
            if told not in places.headings:
                raise EvidentiaError(
                    f"the report has no section '{told}'",
                    where=f"config.yaml, key publish.checklists, item {asked.number}",
                    remedy=did_you_mean(told, places.headings),
                )
            found.append(Answer(asked, *places.section(told)))
        elif told:
            found.append(Answer(asked, told))
        else:
            found.append(_found(asked, places))
    return found


def _found(asked: Asked, places: Places) -> Answer:
    """Return an item with the first place that a finder gives."""
    for finder in asked.finders:
        place = places.find(finder)
        if place:
            return Answer(asked, *place, guessed=finder.startswith("h:"))
    return Answer(asked, "")


def as_csv(filled: list[Answer]) -> str:
    """Return a checklist as CSV."""
    rows = [
        [one.asked.number, one.asked.words, one.place, one.page or "", "yes" if one.guessed else ""]
        for one in filled
    ]
    return csv_text(["item", "asked", "place", "page", "check"], rows)


def as_markdown(guideline: Guideline, filled: list[Answer], title: str) -> str:
    """Return a checklist as a page of Markdown, the items that nothing fills listed at its end."""
    lines = [f"# {guideline.name}: {title}", "", "| Item | What it asks | Where |", "| --- | --- | --- |"]
    lines += [f"| {one.asked.number} | {one.asked.words} | {_cell(one.where)} |" for one in filled]
    empty = unfilled(filled)
    lines += ["", "## Not answered", ""]
    lines += [f"* {one.asked.number}: {one.asked.words}" for one in empty] or ["Every item is answered."]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "not answered"


def unfilled(filled: list[Answer]) -> list[Answer]:
    """Return the items that nothing answers."""
    return [one for one in filled if not one.place]


def headings_of(page: str) -> dict[str, str]:
    """Return the label of each section of the finished page with its heading."""
    from lxml import html

    main = html.document_fromstring(page).xpath("//main")[0]
    found: dict[str, str] = {}
    for section in main.xpath(".//section[@id]"):
        heading = _heading(section)
        if heading:
            found[section.get("id")] = heading
    return found


def _heading(section: Any) -> str:
    heads: Iterator[Any] = iter(section.xpath("./h2 | ./h3 | ./h4 | ./h5"))
    return " ".join(next(heads).text_content().split()) if section.xpath("./h2 | ./h3 | ./h4 | ./h5") else ""
