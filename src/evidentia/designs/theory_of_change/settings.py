"""Settings of the design ``theory_of_change`` and of its figure and table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidentia.config.base import FolderPath, Identifier, Section
from evidentia.config.presentation import Figure, Table


class TheoryOfChangeSettings(Section):
    """Settings of an analysis with ``design: theory_of_change``."""

    design: Literal["theory_of_change"]
    file: FolderPath = Field(description="YAML file with the stages in order, each with its elements")

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads: none."""
        return []

    def files(self) -> dict[str, str]:
        """Return the other files that the analysis reads, by the key that names them."""
        return {"file": self.file}


class TheoryOfChangeFigure(Figure):
    """The stages as bands from top to bottom, each with its elements as boxes."""

    kind: Literal["theory_of_change"]
    stages: list[Identifier] = Field(
        default_factory=list, description="The stages to draw; all if it is missing"
    )
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the boxes need")


class TheoryOfChangeTable(Table):
    """The stages and their elements as text, each with where it comes from."""

    kind: Literal["theory_of_change"]
    stages: list[Identifier] = Field(
        default_factory=list, description="The stages to list; all if it is missing"
    )
