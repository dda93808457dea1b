"""The section ``plan``: what was decided before the outcomes were read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.core.errors import EvidentiaError
from evidentia.core.expression_parser import parse


def _condition(value: str) -> str:
    try:
        if not parse(value).ids:
            raise EvidentiaError(f"it names no number: {value}", remedy="")
    except EvidentiaError as fault:
        raise PydanticCustomError(
            "condition",
            "{what}; write for example pupils.effect.ci_low > 0",
            {"what": fault.what},
        ) from None
    return value


def _address(value: str) -> str:
    if not value.startswith("https://") or any(sign.isspace() or sign in "<>\"'" for sign in value):
        raise PydanticCustomError("address", "write an address such as https://osf.io/abcde")
    return value


Condition = Annotated[str, AfterValidator(_condition)]
Effect = Annotated[str, Field(pattern=r"^[A-Za-z][\w-]*(\.[\w*-]+)+$")]
"""An effect: a number id without its last part, such as ``pupils.effect``; ``*`` stands for any part."""


class Registration(Section):
    """Where the plan is registered outside this folder."""

    link: Annotated[str, AfterValidator(_address)] = Field(
        description="Address, such as https://osf.io/abcde"
    )
    date: datetime.date


class Outcomes(Section):
    """Effects that the plan names; a claim on any other effect is exploratory."""

    primary: list[Effect] = Field(
        min_length=1, description="Effects whose claims are confirmatory, such as pupils.effect"
    )
    secondary: list[Effect] = Field(default_factory=list)


class Expected(Section):
    """A claim that the plan expects to hold."""

    claim: Condition = Field(description="A condition as in a chapter, such as pupils.effect.ci_low > 0")
    words: str = Field(min_length=1, description="The same for readers, in a sentence")
    despite: list[str] = Field(
        default_factory=list, description="Notes on the numbers that do not make the result inconclusive"
    )


class Plan(Section):
    """What was decided before the outcomes were read; `evidentia plan freeze` keeps it in plan.yaml."""

    data: Literal["not_yet_read", "blinded", "read"] = Field(
        description="State of the data: nobody has read the outcomes, only without who had what, or read"
    )
    registered: Registration | None = None
    outcomes: Outcomes
    estimands: dict[str, str] = Field(
        default_factory=dict, description="Effect to what it is the effect of, on whom"
    )
    subgroups: list[str] = Field(default_factory=list, description="Groups that are looked at by themselves")
    exclusions: list[str] = Field(
        default_factory=list,
        description="Who or what is left out, in words; the data sets' where and the designs' own rules are"
        " frozen as they are",
    )
    expected: dict[Identifier, Expected] = Field(default_factory=dict)
    sample: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict, description="Number id to its planned size, such as pupils.n.treated: 200"
    )
    minimum_detectable: dict[Effect, float] = Field(
        default_factory=dict,
        description="Effect to the smallest that the study was planned to detect, in the effect's unit",
    )

    def names(self) -> Iterator[tuple[list[str], str]]:
        """Yield each id that the plan names, with the keys where it stands."""
        for key in ("primary", "secondary"):
            yield from (
                (["outcomes", key, str(place)], id) for place, id in enumerate(getattr(self.outcomes, key))
            )
        for key in ("estimands", "sample", "minimum_detectable"):
            yield from (([key, id], id) for id in getattr(self, key))
        for name, expected in self.expected.items():
            yield from ((["expected", name, "claim"], id) for id in parse(expected.claim).ids.values())
