"""Settings of the design ``its`` and of its figures and tables."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.core.language import later
from evidentia.designs.its.periods import FORMS, parse_period

LOG_LINK = ("poisson", "quasipoisson", "negative_binomial")
COUNTS = ("poisson", "negative_binomial")
"""Families whose likelihood is one of whole counts."""

TERMS = {
    "intercept": later("level just before the first period"),
    "pre_slope": later("slope before the intervention"),
    "level_change": later("change of level at the intervention"),
    "slope_change": later("change of slope after the intervention"),
    "post_slope": later("slope after the intervention"),
    "effect_last": later("effect in the last period"),
    "effect_cumulative": later("effect over all periods after the intervention"),
}
"""The terms that every analysis reports, in words."""

MODELS = {"ols": "OLS", "newey_west": "Newey–West", "ar1": "AR(1)"}
"""Setting ``errors`` to its name in print."""

Term = Literal[
    "intercept", "pre_slope", "level_change", "slope_change", "post_slope", "effect_last", "effect_cumulative"
]


def _as_text(value: Any) -> Any:
    """YAML reads 2018-04-01 as a date and 2018 as a number."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _is_period(value: str) -> str:
    if parse_period(value) is None:
        raise PydanticCustomError("period", "not a period; write {forms}", {"forms": FORMS})
    return value.strip()


def _is_range(value: str) -> str:
    for part in value.split(".."):
        _is_period(part)
    if value.count("..") > 1:
        raise PydanticCustomError(
            "period", "not a range of periods; write the first and the last, as in 2020-04..2020-06"
        )
    return value.replace(" ", "")


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _as_control(value: Any) -> Any:
    return {"outcome": value} if isinstance(value, str) else value


PeriodText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_is_period)]
"""A period in the form of the data's column of time."""


PeriodRange = Annotated[str, BeforeValidator(_as_text), AfterValidator(_is_range)]
"""A period, or the first and the last of several, joined by two points."""

CALENDAR_DAYS = "calendar_days"
"""As an offset: the days of each month, quarter or year."""


class Control(Section):
    """A series of the same periods that had no intervention."""

    outcome: str = Field(description="Column of its outcome")
    denominator: str | None = Field(None, description="Column of its denominator, where the outcome has one")
    offset: str | None = Field(None, description="Column of its offset, where the outcome has one")


class ITSSettings(Section):
    """Settings of an analysis with ``design: its``."""

    design: Literal["its"]
    data: Identifier = Field(description="Data set with one row a period")
    time: str = Field(description=f"Column of the periods, evenly spaced: {FORMS}")
    outcome: str = Field(description="Column of the outcome")
    label: str = Field(
        "", description="What the outcome is called in the ledger; the columns if it is missing"
    )
    denominator: str | None = Field(
        None,
        description=(
            "Column: analyse outcome/denominator (gaussian), outcomes out of denominator (quasibinomial), or"
            " a rate (log link)"
        ),
    )
    intervention: Annotated[
        list[PeriodText],
        BeforeValidator(_as_list, json_schema_input_type=PeriodText | list[PeriodText]),
        Field(min_length=1),
    ] = Field(
        description=(
            "First period of the post segment; or a list, in the order of time, each with terms of its own"
            " (level_change_2, ...)"
        )
    )
    exclude: list[PeriodRange] = Field(
        default_factory=list,
        description="Periods, or ranges such as 2020-04..2020-06, that are left out while time goes on",
    )
    control: Annotated[
        Control | None, BeforeValidator(_as_control, json_schema_input_type=str | Control | None)
    ] = Field(
        None,
        description=(
            "Column of a series that had no intervention: the differences of both series' changes are then"
            " given too"
        ),
    )
    family: Literal["gaussian", "poisson", "quasipoisson", "negative_binomial", "quasibinomial"] = "gaussian"
    offset: str | None = Field(
        None,
        description=(
            "Column that enters a log-link model as its log, with coefficient 1; or calendar_days, the days"
            " of each period"
        ),
    )
    errors: Literal["ols", "newey_west", "ar1"] = Field(
        "ols",
        description=(
            "Where standard errors come from: the model, Newey-West, or AR(1) by REML (gaussian only)"
        ),
    )
    newey_west_lags: int | None = Field(
        None, ge=0, description="Lags of the Bartlett kernel; 4(n/100)^(2/9), rounded down, if it is missing"
    )
    fourier: int = Field(0, ge=0, description="Pairs of harmonics of a 12-month season")
    confidence: float = Field(0.95, gt=0, lt=1)
    placebo: PeriodText | None = Field(
        None,
        description=(
            "A period before the intervention, tested as if it were one; the middle of the pre segment if it"
            " is missing"
        ),
    )
    allow_negative: bool = Field(
        False, description="Let whole-numbered outcomes of the gaussian family fall below 0"
    )

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]

    @property
    def link(self) -> str:
        """Link of the family: identity, log or logit."""
        return "log" if self.family in LOG_LINK else {"gaussian": "identity"}.get(self.family, "logit")

    @model_validator(mode="after")
    def _settings_go_together(self) -> ITSSettings:
        if self.errors == "ar1" and self.family != "gaussian":
            raise _contradiction(
                f"errors: ar1 is for family: gaussian, not {self.family}",
                "set errors: newey_west, or family: gaussian",
            )
        if self.offset and self.family not in LOG_LINK:
            raise _contradiction(
                f"an offset needs a log link, which {self.family} has not",
                f"name the column as the denominator: {self.offset}",
            )
        if self.offset and self.denominator:
            raise _contradiction("offset and denominator both divide the outcome", "give one of the two")
        if self.control and bool(self.control.denominator) != bool(self.denominator):
            raise _contradiction(
                "the outcome and its control differ in whether they have a denominator",
                "give both one, or neither",
            )
        if self.control and self.offset not in (None, CALENDAR_DAYS) and not self.control.offset:
            raise _contradiction(
                "the control has no offset", "name its column: control: {outcome: ..., offset: ...}"
            )
        return self


def _contradiction(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("contradiction", "{what}; {remedy}", {"what": what, "remedy": remedy})


class SeriesFigure(Figure):
    """The observed series with its fitted lines, the counterfactual, and intervals; a control series below
    it.
    """

    kind: Literal["its"]
    axis: str = Field("", description="What the vertical axis counts; the outcome's column if it is missing")
    event: str | list[str] = Field(
        "Intervention",
        description="Label of the dashed vertical line; a list where there are several interventions",
    )
    control: str = Field(
        "Control series",
        description="What the vertical axis of the control series counts, where there is one",
    )


class DiagnosticsFigure(Figure):
    """Residuals in time, and their autocorrelation and partial autocorrelation."""

    kind: Literal["its_diagnostics"]
    height: float = Field(3.8, gt=1, le=9, description="Inches, at the full text width of 6.5 inches")


class ModelsTable(Table):
    """Terms under OLS, Newey-West and AR(1), side by side."""

    kind: Literal["its_models"]
    terms: list[Term] = Field(default=["level_change", "slope_change", "effect_last"], min_length=1)
    period: str = Field("period", description="What a period is called, such as month")
