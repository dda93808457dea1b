"""Settings of the design ``listing`` and of its figures and tables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table


class ListingSettings(Section):
    """Settings of an analysis with ``design: listing``."""

    design: Literal["listing"]
    data: Identifier = Field(
        description=(
            "Data set with the columns item, measure, value, unit, label and, if stated, document, place"
        )
    )
    documents: dict[str, str] = Field(
        default_factory=dict, description="Short name in the column 'document' to the document's name"
    )

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


class ListingTable(Table):
    """Values of a listing: one row each, or one row an item with a column for each measure."""

    kind: Literal["listing"]
    items: dict[Identifier, str] = Field(
        default_factory=dict, description="Items to show, each with the name of its row; all if missing"
    )
    measures: dict[Identifier, str] = Field(
        default_factory=dict,
        description="Measures as columns, each with its heading; those with the same heading share a column",
    )
    heading: str = Field("Item", description="Heading of the first column")
    formats: dict[Identifier, str] = Field(
        default_factory=dict, description="Measure to the format of its numbers"
    )
    stated: str = Field(
        "", description="Heading of a second column that says where the values are stated; none if missing"
    )


class Lane(Section):
    """One line of a timeline."""

    label: str = Field(min_length=1)
    items: list[Identifier] = Field(
        min_length=1, description="Items with the measures start and, unless they are moments, end"
    )


class TimelineFigure(Figure):
    """Periods and moments of a listing on a calendar."""

    kind: Literal["timeline"]
    lanes: list[Lane] = Field(min_length=1)
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the lanes need")
