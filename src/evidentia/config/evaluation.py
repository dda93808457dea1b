"""The section ``evaluation``: what stands on the title page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.check_digits import isbn_holds, orcid_holds


def _month_or_day(value: Any) -> Any:
    """Let ``2020-03`` stand for the first of March 2020."""
    if isinstance(value, str) and len(value) == 7:
        return f"{value}-01"
    return value


_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>\\]+)", re.IGNORECASE)
_ISBN = re.compile(r"(?:ISBN:?\s*)?((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX])", re.IGNORECASE)


def _of_form(
    pattern: re.Pattern[str], kind: str, example: str, holds: Callable[[str], bool] = bool
) -> BeforeValidator:
    """Return a validator that takes an identifier out of the forms in which people write it, and checks its
    last digit, which follows from the others.
    """

    def check(value: Any) -> Any:
        match = pattern.fullmatch(value.strip()) if isinstance(value, str) else None
        if value and match is None:
            raise PydanticCustomError(
                "identifier", "this is no {kind}; write it as {example}", {"kind": kind, "example": example}
            )
        if match and not holds(match[1]):
            what = f"the {kind} '{match[1]}' is mistyped, for its last digit does not follow from the others"
            remedy = "copy it again from where it was given"
            raise PydanticCustomError("contradiction", "mistyped", {"what": what, "remedy": remedy})
        return match[1] if match else ""

    return BeforeValidator(check)


Isbn = Annotated[str, _of_form(_ISBN, "ISBN", "978-1-78655-000-2", isbn_holds)]


class Affiliation(Section):
    """Where an author works."""

    name: str = Field(min_length=1)
    department: str = ""
    city: str = ""
    country: str = ""

    @property
    def line(self) -> str:
        """The affiliation in one line."""
        return ", ".join(filter(None, (self.department, self.name, self.city, self.country)))


class Author(Section):
    """Somebody who wrote the report, as Quarto's schema describes authors."""

    name: str = Field(min_length=1)
    orcid: Annotated[str, _of_form(_ORCID, "ORCID", "0000-0002-1825-0097", orcid_holds)] = Field(
        "", description="As 0000-0002-1825-0097"
    )
    email: str = ""
    corresponding: bool = False
    affiliation: str = Field("", description="Where the author works; or affiliations, if there are several")
    affiliations: list[str | Affiliation] = Field(default_factory=list)

    @property
    def named_affiliations(self) -> list[str]:
        """Each affiliation in one line."""
        lines = [one if isinstance(one, str) else one.line for one in self.affiliations]
        return [*([self.affiliation] if self.affiliation else []), *lines]


def _named(value: Any) -> Any:
    """Let a name stand for an author."""
    return (
        [{"name": one} if isinstance(one, str) else one for one in value]
        if isinstance(value, list)
        else value
    )


class Reproduces(Section):
    """A published report that this evaluation rebuilds."""

    reference: str = Field(description="Its reference, such as a report number")
    isbn: Isbn = ""
    title: str = ""
    authors: list[str] = Field(default_factory=list)
    date: str = Field("", description="As printed, such as March 2020")
    published: Identifier | None = Field(
        None, description="Data set that lists the figures it prints, to be reconciled with the ledger"
    )


class Evaluation(Section):
    """Title page and identity of the evaluation."""

    id: Identifier = Field(description="Short name; stands in numbers.json", examples=["my-evaluation"])
    title: str = Field(min_length=1, examples=["Evaluation of a programme"])
    subtitle: str = ""
    area: str = Field(
        "", description="Place that the evaluation is about; chapters print it with {{ evaluation.area }}"
    )
    date: Annotated[datetime.date, BeforeValidator(_month_or_day)] = Field(
        description="A day or a month; every time stamp in the outputs comes from it", examples=["2026-11"]
    )
    authors: Annotated[list[Author], BeforeValidator(_named)] = Field(
        default_factory=list,
        description="Who wrote the report: names, or name, affiliation and orcid of each",
    )
    organisation: str = Field("", description="Who wrote the report, where it is an organisation")
    publisher: str = Field(
        "", description="Line at the head of the cover: who publishes it, and in which series"
    )
    doi: Annotated[str, _of_form(_DOI, "DOI", "10.1000/182")] = Field("", description="As 10.1000/182")
    isbn: Isbn = Field("", description="With 10 or 13 digits, as 978-1-78655-000-2")
    status: Literal["", "draft", "for_comment", "final"] = Field(
        "", description="Printed on the cover; a draft says on every page that it is one"
    )
    version: str = Field("", description="Of the report, such as 0.3; printed on the cover")
    reproduces: Reproduces | None = None
    contact: str = ""
    language: str = Field(
        "en-GB",
        pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$",
        description="Of the words that the engine writes: en, cy, or one with a catalogue in languages/",
    )
    synthetic_records: Literal[True, False, "all"] = Field(
        False,
        description=(
            "Prints the data notice on the cover and in the limitations; all says it of every number, as in a"
            " portfolio"
        ),
    )
