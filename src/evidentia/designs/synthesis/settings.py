"""Settings of the design ``synthesis`` and of its figures and tables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidentia.config.base import FolderPath, Identifier, Section
from evidentia.config.presentation import Figure, Table

Part = Literal["all", "features", "outcomes"]


class SynthesisSettings(Section):
    """Settings of an analysis with ``design: synthesis``."""

    design: Literal["synthesis"]
    effect: str = Field(
        description=(
            "Number id of the effect in the members' ledgers, without its last part, such as support.effect"
        )
    )
    effects: dict[Identifier, str] = Field(
        default_factory=dict, description="Member id to its own number id, where that differs"
    )
    label: str = Field(min_length=1, description="What the effect is, such as Difference in reoffending")
    evidence: Identifier | None = Field(
        None, description="The members' analysis of the design evidence, for the grid side by side"
    )
    method: Literal["paule_mandel", "dersimonian_laird"] = Field(
        "paule_mandel", description="How the variance between evaluations is estimated"
    )
    same_scale: bool = Field(
        False, description="Says that effects on outcomes of different names are on one scale all the same"
    )
    standardise: bool = Field(
        False, description="Divide effects on different scales by the standard deviation of their outcomes"
    )
    confidence: float = Field(0.95, gt=0, lt=1)
    members: FolderPath = Field("build/members.json", description="What portfolio.smk writes of the members")

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads: none."""
        return []

    def files(self) -> dict[str, str]:
        """Return the other files that the analysis reads, by the key that names them."""
        return {"members": self.members}


class ForestFigure(Figure):
    """The effect of each member with its interval and weight, and both pooled effects."""

    kind: Literal["forest"]
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the rows need")
    most: int = Field(40, ge=2, le=40, description="Rows; of more members, those that weigh most are drawn")


class SynthesisGridFigure(Figure):
    """The evidence of the members side by side: a row an item, a column a member."""

    kind: Literal["synthesis_grid"]
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the rows need")
    members: list[Identifier] = Field(
        default_factory=list, description="The members to draw; all if it is missing"
    )


class MembersTable(Table):
    """The members: what they are, and whether they were built."""

    kind: Literal["synthesis_members"]


class PooledTable(Table):
    """The effect of each member, and the pooled ones."""

    kind: Literal["synthesis_effects"]


class ItemsTable(Table):
    """How many members have evidence on each practice feature or outcome, and which way it points."""

    kind: Literal["synthesis_items"]
    part: Part = "all"


class LeagueTable(Table):
    """Every impact analysis of every member by its level on the Maryland Scientific Methods Scale."""

    kind: Literal["synthesis_league"]
