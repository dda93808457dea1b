"""Settings of the design ``evidence`` and of its figures and tables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table

Part = Literal["all", "features", "outcomes"]


class EvidenceSettings(Section):
    """Settings of an analysis with ``design: evidence``."""

    design: Literal["evidence"]
    data: Identifier = Field(
        description=(
            "Data set with the columns kind, item, source, direction, strength, reason, and if wanted"
            " condition, sections, despite"
        )
    )
    features: dict[Identifier, str] = Field(
        default_factory=dict, description="Practice features in order, each with its name"
    )
    outcomes: dict[Identifier, str] = Field(
        default_factory=dict, description="Outcomes in order, each with its name"
    )
    sources: dict[Identifier, str] = Field(
        min_length=1, description="Sources of evidence in order, each with its name"
    )

    @model_validator(mode="after")
    def _items_differ(self) -> EvidenceSettings:
        if not self.features and not self.outcomes:
            raise PydanticCustomError("evidence", "there is neither a practice feature nor an outcome")
        for name in self.features:
            if name in self.outcomes:
                raise PydanticCustomError(
                    "evidence", "'{name}' is a practice feature and an outcome", {"name": name}
                )
        return self

    def items(self, part: Part = "all") -> dict[str, tuple[str, str]]:
        """Return each item's kind and name, in order: practice features, then outcomes."""
        features = {
            name: ("practice feature", label) for name, label in self.features.items() if part != "outcomes"
        }
        return features | {
            name: ("outcome", label) for name, label in self.outcomes.items() if part != "features"
        }

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


class EvidenceGridFigure(Figure):
    """The grid: a row an item, a column a source, each cell with direction and strength."""

    kind: Literal["evidence_grid"]
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the rows need")


class EvidenceGridTable(Table):
    """The grid as a table, in words."""

    kind: Literal["evidence_grid"]
    part: Part = "all"
    heading: str = Field("Item", description="Heading of the first column")


class EvidenceReasonsTable(Table):
    """The reason for each judgement, and where the report gives the evidence."""

    kind: Literal["evidence_reasons"]
    part: Part = "all"
    heading: str = Field("Item", description="Heading of the first column")
    without_evidence: bool = Field(False, description="Also list the cells without evidence")
