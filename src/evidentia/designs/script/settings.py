"""Settings of the design ``script`` and of its figures and tables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidentia.config.data import Texts
from evidentia.config.presentation import Figure, Table
from evidentia.config.programs import Program


class ScriptSettings(Program):
    """Settings of an analysis with ``design: script``: a program of the evaluation folder."""

    design: Literal["script"]
    data: Texts = Field(
        default_factory=list, description="Data sets that it reads, in the order in which it gets them"
    )
    confidence: float = Field(0.95, gt=0.5, lt=1, description="Level of the intervals of its estimates")

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return list(self.data)

    def quick(self) -> ScriptSettings:
        """Return the settings with which it runs beside others of the same data: once is enough then."""
        return self.model_copy(update={"check_twice": False})


class ScriptFigure(Figure):
    """A figure that the program of an analysis draws."""

    kind: Literal["script"]
    name: str = Field("", description="What the program calls it; may be missing if it gives only one")
    header: dict[str, str] = Field(
        default_factory=dict, description="Column of its data to the words above it"
    )
    units: dict[str, str] = Field(
        default_factory=dict, description="Column to its unit and, if need be, decimal places: proportion 1dp"
    )


class ScriptTable(Table):
    """A table that the program of an analysis gives."""

    kind: Literal["script"]
    name: str = Field("", description="What the program calls it; may be missing if it gives only one")
    columns: list[str] = Field(
        default_factory=list, description="Columns that are shown, in order; all by default"
    )
    header: dict[str, str] = Field(default_factory=dict, description="Column to the words above it")
    units: dict[str, str] = Field(
        default_factory=dict, description="Column to its unit and, if need be, decimal places: proportion 1dp"
    )
    text_columns: int = Field(1, ge=1, description="Columns from the left that name the row")
