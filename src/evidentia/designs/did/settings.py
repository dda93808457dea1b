"""Settings of the design ``did`` and of its figures and table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table


class Bootstrap(Section):
    """How the bands that hold for all times at once are simulated."""

    replicates: int = Field(
        0, ge=0, le=100_000, description="Draws of the multiplier bootstrap; 0: none, else 199 or more"
    )
    seed: int = Field(1, ge=0)

    @model_validator(mode="after")
    def _enough(self) -> Bootstrap:
        if 0 < self.replicates < 199:
            raise PydanticCustomError(
                "contradiction",
                "{what}; {remedy}",
                {
                    "what": f"{self.replicates} replicates say little of the ends of an interval",
                    "remedy": "replicates: 999, or 0 for none",
                },
            )
        return self


class DidSettings(Section):
    """Settings of an analysis with ``design: did``."""

    design: Literal["did"]
    data: Identifier = Field(description="Data set, one row for each unit and period")
    unit: str = Field(description="Column that names the unit: an area, a school, a person")
    time: str = Field(description="Column of the period: 2019, 2019-Q2, 2019-05, 2018/19, or 1, 2, 3")
    outcome: str = Field(description="Column of numbers")
    first_treated: str | None = Field(
        None, description="Column of the unit's first treated period; empty: never treated"
    )
    treated: str | None = Field(
        None,
        description="Instead of first_treated: column of 1 and 0, whether the unit is treated in the period",
    )
    comparison: Literal["never_treated", "not_yet_treated"] = "never_treated"
    covariates: list[str] = Field(
        default_factory=list, description="Columns as they are before the start; doubly robust"
    )
    cluster: str | None = Field(
        None, description="Column of clusters in which whole units lie; default: the unit itself"
    )
    estimator: Literal["callaway_santanna", "two_way"] = Field(
        "callaway_santanna", description="What `effect` is; the other stands beside it"
    )
    unbalanced: Literal["leave_out", "keep"] = Field(
        "leave_out", description="Units without an outcome in some period"
    )
    bootstrap: Bootstrap = Field(default_factory=lambda: Bootstrap.model_validate({}))
    confidence: float = Field(0.95, gt=0.5, lt=1)
    label: str = Field("", description="What the outcome is, in words")
    units: str = Field("units", description="What the units are called, such as councils")
    outcome_unit: Literal["mean", "proportion"] | None = Field(
        None, description="Default: proportion if all outcomes are 0 or 1"
    )

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> DidSettings:
        if (self.first_treated is None) == (self.treated is None):
            what = (
                "both first_treated and treated are given"
                if self.treated
                else "nothing says when a unit was first treated"
            )
            raise PydanticCustomError(
                "contradiction",
                "{what}; {remedy}",
                {
                    "what": what,
                    "remedy": (
                        "name one column: first_treated (a period, empty if never) or treated (1 and 0 by"
                        " period)"
                    ),
                },
            )
        return self

    @property
    def named(self) -> str:
        """The outcome, in words."""
        return self.label or self.outcome

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


class EventStudyFigure(Figure):
    """The effect by periods since the start, and before it, where there should be none."""

    kind: Literal["did_event_study"]


class CohortsFigure(Figure):
    """The mean outcome of each group of units that started together, beside those never treated."""

    kind: Literal["did_cohorts"]


class EffectsTable(Table):
    """The effect overall, by group and by periods since the start, and the two-way estimate."""

    kind: Literal["did_effects"]
    parts: list[Literal["overall", "groups", "events"]] = Field(
        default=["overall", "groups", "events"], min_length=1
    )
