"""Settings of the design ``benchmark`` and of its figures and tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import FolderPath, Identifier, Section
from evidentia.config.data import Texts
from evidentia.config.presentation import Figure, Table
from evidentia.core.errors import did_you_mean
from evidentia.core.units import UNITS
from evidentia.core.years import as_ending, spelt


def _code(given: Any) -> Any:
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


Year = Annotated[int, BeforeValidator(as_ending, json_schema_input_type=int | str)]
"""A year; a financial one is that in which it ends."""
Name = Annotated[str, BeforeValidator(_code, json_schema_input_type=str | int)]
"""The name of an area, or its code, which may stand without quotation marks."""
UNIT_OF = {
    **{name: name for name, unit in UNITS.items() if unit.numeric},
    **{name.removeprefix("rate_"): name for name in UNITS if name.startswith("rate_")},
    "percent": "proportion",
}
"""Unit in the data to the ledger's unit; percentages become proportions."""


class Indicator(Section):
    """One indicator: of a long file by its name in the column 'indicator', of an
    official file by its column.
    """

    label: str = Field("", description="In words; the name in the data if it is missing")
    data: Identifier | None = Field(None, description="Its data set, if that is another than the analysis's")
    column: str = Field("", description="Its column, in a data set of format ees")
    unit: str = Field("", description="Unit of that column, which an official file does not say")
    where: dict[str, Texts] = Field(
        default_factory=dict, description="A column to the value of the rows that are meant"
    )
    weight: str = Field(
        "", description="Column of counts by which the rates of an area's successors are weighed together"
    )
    series: str = Field("", description="Its name in the column 'indicator' of the data, if that is another")
    target: float | dict[Year, float] | None = Field(
        None, description="The area's own target, in the data's unit, or one by year"
    )
    scale_to: str = Field(
        "", description="Population indicator; the others' counts are scaled to the area's population"
    )
    months: dict[Year, int] = Field(
        default_factory=dict,
        description="Year to the months that its value covers; counts and rates are scaled to 12",
    )
    financial_year: bool = Field(False, description="The year ends in March: 2018 is printed as 2017/18")
    without: list[Name] = Field(
        default_factory=list, description="Neighbours left out of a second mean, shown beside the first"
    )

    def year_label(self, year: int) -> str:
        """Return a year as the report prints it."""
        return spelt(year - 1) if self.financial_year else str(year)

    @model_validator(mode="after")
    def _unit_is_known(self) -> Indicator:
        if self.unit and self.unit not in UNIT_OF:
            raise PydanticCustomError(
                "unit",
                "'{unit}' is not a unit; {hint}",
                {"unit": self.unit, "hint": did_you_mean(self.unit, UNIT_OF)},
            )
        return self

    @model_validator(mode="after")
    def _months_make_sense(self) -> Indicator:
        for year, months in self.months.items():
            if not 1 <= months <= 12:
                raise PydanticCustomError(
                    "months",
                    "months of {year} is {months}; it must be from 1 to 12",
                    {"year": year, "months": months},
                )
        return self


class Neighbours(Section):
    """A published list of statistical neighbours: one row an area, one column a place in the order of
    likeness.
    """

    file: FolderPath = Field(description="Such as the DfE's file of neighbours, as it was published")
    model: str = Field("SN", description="What the columns of neighbours begin with: SN_1, SN_2, ...")
    first: int = Field(10, ge=1, description="How many of them, from the likest")


class BenchmarkSettings(Section):
    """Settings of an analysis with ``design: benchmark``."""

    design: Literal["benchmark"]
    data: Identifier | None = Field(
        None,
        description=(
            "Data set with the columns indicator, year, period, area, value, unit, source; or one of"
            " format ees"
        ),
    )
    area: Name = Field(description="Its name in the data, or its code")
    neighbours: Neighbours | Annotated[list[Name], Field(min_length=1)] = Field(
        description="Names or codes, or the file that lists them"
    )
    successors: dict[Name, Texts] = Field(
        default_factory=dict,
        description="An area that is no more to those that came after it, which together stand for it",
    )
    nation: Name
    indicators: dict[Identifier, Indicator] = Field(min_length=1)

    @model_validator(mode="after")
    def _every_indicator_has_data(self) -> BenchmarkSettings:
        for name, indicator in self.indicators.items():
            if not (indicator.data or self.data):
                raise PydanticCustomError(
                    "data", "the indicator '{name}' has no data set; give 'data'", {"name": name}
                )
        return self

    @model_validator(mode="after")
    def _left_out_are_neighbours(self) -> BenchmarkSettings:
        known = self.neighbours
        if isinstance(known, Neighbours):
            return self
        for name, indicator in self.indicators.items():
            for area in indicator.without:
                if area not in known:
                    raise PydanticCustomError(
                        "without",
                        "'{area}', which {name} leaves out, is not among the neighbours; {hint}",
                        {"area": area, "name": name, "hint": did_you_mean(area, known)},
                    )
        return self

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        named = [self.data, *(indicator.data for indicator in self.indicators.values())]
        return list(dict.fromkeys(name for name in named if name))

    def files(self) -> dict[str, str]:
        """Return the other files that the analysis reads, by the key that names them."""
        return {"neighbours": self.neighbours.file} if isinstance(self.neighbours, Neighbours) else {}


class TrendFigure(Figure):
    """Lines over the years: the area, the mean of its neighbours, the nation, and
    the target if there is one.
    """

    kind: Literal["trend"]
    indicator: Identifier
    axis: str = Field("", description="What the vertical axis counts; the unit in words if it is missing")
    height: float = Field(
        3.0,
        gt=1,
        le=9,
        description="Inches, at the full text width of 6.5 inches; at 3, two figures share a page",
    )
    first_year: Year | None = None
    last_year: Year | None = None


class BenchmarkTable(Table):
    """An indicator by year: the area, the mean of its neighbours and how many they are, and the nation."""

    kind: Literal["benchmark"]
    indicators: list[Identifier] = Field(min_length=1)
    years: list[Year] = Field(min_length=1)
