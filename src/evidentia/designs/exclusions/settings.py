"""Settings of the design ``exclusions``, of its figure and of its table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table


class ExclusionsSettings(Section):
    """Settings of an analysis with ``design: exclusions``: records of a prepared data set, rule by rule."""

    design: Literal["exclusions"]
    data: Identifier = Field(description="Data set that a program prepares (from, run)")
    unit_name: str = Field("records", min_length=1, description="What a row is, as in 120 families")
    labels: dict[str, str] = Field(
        default_factory=dict, description="Rule, or start or kept, to the words for it; else the program's"
    )

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


class ExclusionsFigure(Figure):
    """How many there were, who was left out by each rule, and how many remain, from the top down."""

    kind: Literal["exclusions"]


class ExclusionsTable(Table):
    """The same as rows."""

    kind: Literal["exclusions"]
