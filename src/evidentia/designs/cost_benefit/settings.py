"""Settings of the design ``cost_benefit`` and of its figures and tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.core.years import as_beginning

Year = Annotated[int, BeforeValidator(as_beginning, json_schema_input_type=int | str)]
"""A year; a financial one is that in which it begins."""
Share = Annotated[float, Field(ge=0, le=1)]
SHARES = ("deadweight", "attribution", "optimism_bias", "drop_off")
ASSUMPTIONS = ("unit_cost", "population", *SHARES)
"""What may carry a range, in the order in which the table of assumptions lists it."""

LEAST_DRAWS = 199


class Deflators(Section):
    """An index of prices by year, with which amounts are brought to the price year."""

    data: Identifier = Field(description="Data set with a row a year, such as HM Treasury's GDP deflators")
    year: str = Field("year", description="Column of the year, such as 2019 or 2019-20")
    index: str = Field("index", description="Column of the index")


class Cost(Section):
    """What one part of the programme cost."""

    label: str = ""
    amounts: dict[Year, Annotated[float, Field(ge=0)]] = Field(min_length=1, description="Year to pounds")
    price_year: Year | None = Field(
        None,
        description="Year whose prices the amounts are in; needs deflators where it is not the price year",
    )
    source: str = Field(min_length=1, description="Document or account that states the amounts")


class Benefit(Section):
    """What one effect is worth.

    In year k from the price year on, once `lag` years have gone by, it is worth effect × unit cost ×
    population × (1 − deadweight) × attribution × (1 − optimism bias) × (1 − drop-off)^(k − lag), before
    discounting. The effect is counted in the direction that is wanted: one against it is a loss.
    """

    label: str = ""
    effect: str | float = Field(
        description="Number id of an estimate without its last part, such as trial.effect; or a number"
    )
    better: Literal["high", "low"] | None = Field(
        None,
        description="Which direction of the effect is wanted, such as low for reoffending; an effect against"
        " it is a loss. A number given in place of an id counts by its size if this is missing",
    )
    unit_cost: float = Field(
        gt=0, description="Pounds for one unit of the effect, for one person or thing a year"
    )
    unit_cost_year: Year | None = Field(
        None, description="Year whose prices the unit cost is in; needs deflators"
    )
    population: float = Field(1, gt=0, description="People (or things) on whom the effect is")
    deadweight: Share = Field(0, description="Share that would have come about anyway")
    attribution: Share = Field(1, description="Share that is owed to this programme")
    optimism_bias: Share = Field(0, description="Share taken off for weak evidence")
    drop_off: Share = Field(0, description="Share lost each year after the first")
    lag: int = Field(0, ge=0, description="Years from the price year to the first benefit")
    years: int | None = Field(None, ge=1, description="Years that it lasts; to the horizon if it is missing")
    kind: Literal["fiscal", "economic", "social"] = Field(
        description="Public money, output of the economy, or wellbeing"
    )
    gains: str = Field("", description="Who gains, such as police or local authority")
    confidence: Literal["high", "medium", "low"] = Field(
        "medium", description="How far the unit cost and the shares can be trusted"
    )
    ranges: dict[Literal[ASSUMPTIONS], tuple[float, float]] = Field(  # type: ignore[valid-type]
        default_factory=dict,
        description="Least and most of an assumption, for simulation and the tornado figure",
    )
    source: str = Field(min_length=1, description="Document that states the unit cost")

    @property
    def sign(self) -> int:
        """What turns the effect into one whose positive values are wanted."""
        sized = self.better is None and isinstance(self.effect, float) and self.effect < 0
        return -1 if self.better == "low" or sized else 1

    @model_validator(mode="after")
    def _direction_is_said(self) -> Benefit:
        if isinstance(self.effect, str) and self.better is None:
            _contradict(
                f"whether a high or a low '{self.effect}' is wanted is not said, and an effect that did harm"
                " is no benefit",
                "write better: low (such as for reoffending), or better: high (such as for attendance)",
            )
        return self

    @model_validator(mode="after")
    def _ranges_hold_their_value(self) -> Benefit:
        for name, (low, high) in self.ranges.items():
            value = getattr(self, name)
            if not low <= value <= high or low == high or low < 0 or (name in SHARES and high > 1):
                raise PydanticCustomError(
                    "contradiction",
                    "the range of {name} is {low} to {high}, and its value is {value}; {remedy}",
                    {
                        "name": name,
                        "low": low,
                        "high": high,
                        "value": value,
                        "remedy": f"write {name}: [least, most] round the value",
                    },
                )
        return self


class CostBenefitSettings(Section):
    """Settings of an analysis with ``design: cost_benefit``."""

    design: Literal["cost_benefit"]
    price_year: Year = Field(
        ge=1900, le=2200, description="Year 0: all amounts are in its prices, and it is not discounted"
    )
    discount_rate: float = Field(
        0.035, ge=0, lt=1, description="A year; the Green Book has 3.5%, and 1.5% for health"
    )
    horizon: int = Field(
        ge=0, le=100, description="Years counted after the price year; benefits run to its end"
    )
    costs: dict[Identifier, Cost] = Field(min_length=1)
    benefits: dict[Identifier, Benefit] = Field(min_length=1)
    deflators: Deflators | None = None
    draws: int = Field(0, ge=0, le=1_000_000, description="Simulations for intervals, 199 or more; 0: none")
    seed: int = 1
    confidence: float = Field(0.95, gt=0.5, lt=1)
    label: str = "Programme"

    @model_validator(mode="after")
    def _enough_draws(self) -> CostBenefitSettings:
        if 0 < self.draws < LEAST_DRAWS:
            _contradict(
                f"{self.draws} draws say little of the ends of an interval", "draws: 10000, or 0 for none"
            )
        return self

    @model_validator(mode="after")
    def _years_fit(self) -> CostBenefitSettings:
        for name, cost in self.costs.items():
            _check_years(self, f"the cost '{name}'", cost.amounts)
        dated = {name: one.price_year for name, one in self.costs.items()} | {
            name: one.unit_cost_year for name, one in self.benefits.items()
        }
        for name, year in dated.items():
            if year not in (None, self.price_year) and self.deflators is None:
                _contradict(
                    f"'{name}' is in prices of {year}, not of {self.price_year}",
                    "give deflators: {data: ..., year: ..., index: ...}",
                )
        for name, benefit in self.benefits.items():
            if benefit.lag > self.horizon:
                _contradict(
                    f"the benefit '{name}' begins {benefit.lag} years on, past the horizon",
                    f"horizon: {benefit.lag} or more",
                )
        return self

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.deflators.data] if self.deflators else []

    def after(self) -> list[str]:
        """Return the ids of the analyses whose effects are valued."""
        named = [benefit.effect for benefit in self.benefits.values()]
        return list(dict.fromkeys(effect.split(".")[0] for effect in named if isinstance(effect, str)))


def _check_years(settings: CostBenefitSettings, what: str, amounts: dict[int, Any]) -> None:
    early = sorted(year for year in amounts if year < settings.price_year)
    late = sorted(year for year in amounts if year > settings.price_year + settings.horizon)
    if early:
        _contradict(
            f"{what} has an amount in {early[0]}, before the price year {settings.price_year}",
            f"price_year: {early[0]}, or later amounts",
        )
    if late:
        _contradict(
            f"{what} has an amount in {late[-1]}, past the horizon of {settings.horizon} years",
            f"horizon: {late[-1] - settings.price_year}",
        )


def _contradict(what: str, remedy: str) -> None:
    raise PydanticCustomError("contradiction", "{what}; {remedy}", {"what": what, "remedy": remedy})


class WaterfallFigure(Figure):
    """From costs through each benefit to the net present value."""

    kind: Literal["cost_benefit_waterfall"]


class TornadoFigure(Figure):
    """How far the net present value moves with each assumption, the widest first."""

    kind: Literal["cost_benefit_tornado"]
    most: int = Field(12, ge=1, le=30, description="Assumptions that are drawn")


class ValuesTable(Table):
    """Present values: costs, each benefit by kind and by who gains, and what follows from them."""

    kind: Literal["cost_benefit_values"]


class AssumptionsTable(Table):
    """Each benefit's assumptions with their ranges, source and grade of confidence."""

    kind: Literal["cost_benefit_assumptions"]
