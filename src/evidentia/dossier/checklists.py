"""Checklists of reporting guidelines, filled from ledger, plan and headings, with page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import csv_text
from evidentia.dossier.checklist_places import Places
from evidentia.dossier.guidelines import GUIDELINES, Asked, Guideline


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
