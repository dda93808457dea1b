"""The section ``evaluation``: what stands on the title page."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from evidentia.config.base import Identifier, Section


def _month_or_day(value: Any) -> Any:
    """Let ``2020-03`` stand for the first of March 2020."""
    if isinstance(value, str) and len(value) == 7:
        return f"{value}-01"
    return value


class Reproduces(Section):
    """A published report that this evaluation rebuilds."""

    reference: str = Field(description="Its reference, such as a report number")
    isbn: str = ""
    title: str = ""
    authors: list[str] = Field(default_factory=list)
    date: str = Field("", description="As printed, such as March 2020")
    published: Identifier | None = Field(
        None, description="Data set that lists the figures it prints, to be reconciled with the ledger"
    )


class Evaluation(Section):
    """Title page and identity of the evaluation."""

    id: Identifier = Field(description="Short name; stands in numbers.json")
    title: str = Field(min_length=1)
    subtitle: str = ""
    area: str = Field(
        "", description="Place that the evaluation is about; chapters print it with {{ evaluation.area }}"
    )
    date: Annotated[datetime.date, BeforeValidator(_month_or_day)] = Field(
        description="A day or a month; every time stamp in the outputs comes from it"
    )
    organisation: str = Field("", description="Who wrote the report")
    publisher: str = Field(
        "", description="Line at the head of the cover: who publishes it, and in which series"
    )
    status: Literal["", "draft", "for_comment", "final"] = Field("", description="Printed on the cover")
    reproduces: Reproduces | None = None
    contact: str = ""
    language: str = Field("en-GB", pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")
    synthetic_records: Literal[True, False, "all"] = Field(
        False,
        description=(
            "Prints the data notice on the cover and in the limitations; all says it of every number, as in a"
            " portfolio"
        ),
    )
