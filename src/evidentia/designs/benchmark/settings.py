"""Settings of the design ``benchmark`` and of its figures and tables."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.core.errors import did_you_mean


class Indicator(Section):
    """One indicator of the data file."""

    label: str = Field("", description="In words; the name in the data if it is missing")
    series: str = Field("", description="Its name in the column 'indicator' of the data, if that is another")
    target: float | dict[int, float] | None = Field(None, description="The area's own target, in the data's unit, or one by year")
    scale_to: str = Field("", description="Population indicator; the others' counts are scaled to the area's population")
    months: dict[int, int] = Field(
        default_factory=dict, description="Year to the months that its value covers; counts and rates are scaled to 12"
    )
    financial_year: bool = Field(False, description="The year ends in March: 2018 is printed as 2017/18")
    without: list[str] = Field(default_factory=list, description="Neighbours left out of a second mean, shown beside the first")

    def year_label(self, year: int) -> str:
        """Return a year as the report prints it."""
        return f"{year - 1}/{year % 100:02d}" if self.financial_year else str(year)

    @model_validator(mode="after")
    def _months_make_sense(self) -> Indicator:
        for year, months in self.months.items():
            if not 1 <= months <= 12:
                raise PydanticCustomError(
                    "months", "months of {year} is {months}; it must be from 1 to 12", {"year": year, "months": months}
                )
        return self


class BenchmarkSettings(Section):
    """Settings of an analysis with ``design: benchmark``."""

    design: Literal["benchmark"]
    data: Identifier = Field(description="Data set with the columns indicator, year, period, area, value, unit, source")
    area: str
    neighbours: list[str] = Field(min_length=1)
    nation: str
    indicators: dict[Identifier, Indicator] = Field(min_length=1)

    @model_validator(mode="after")
    def _left_out_are_neighbours(self) -> BenchmarkSettings:
        for name, indicator in self.indicators.items():
            for area in indicator.without:
                if area not in self.neighbours:
                    raise PydanticCustomError(
                        "without",
                        "'{area}', which {name} leaves out, is not among the neighbours; {hint}",
                        {"area": area, "name": name, "hint": did_you_mean(area, self.neighbours)},
                    )
        return self

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


class TrendFigure(Figure):
    """Lines over the years: the area, the mean of its neighbours, the nation, and the target if there is one."""

    kind: Literal["trend"]
    indicator: Identifier
    axis: str = Field("", description="What the vertical axis counts; the unit in words if it is missing")
    height: float = Field(3.0, gt=1, le=9, description="Inches, at the full text width of 6.5 inches; at 3, two figures share a page")
    first_year: int | None = None
    last_year: int | None = None


class BenchmarkTable(Table):
    """An indicator by year: the area, the mean of its neighbours and how many they are, and the nation."""

    kind: Literal["benchmark"]
    indicators: list[Identifier] = Field(min_length=1)
    years: list[int] = Field(min_length=1)
