"""Settings of the design ``ipw`` and of its figures and tables."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.designs.breakdown.columns import ABOUT, check_columns

Estimand = Literal["ATE", "ATT", "ATC", "ATO"]
ESTIMANDS: tuple[Estimand, ...] = ("ATE", "ATT", "ATC", "ATO")


class Bootstrap(Section):
    """How often people are drawn again, and from which seed."""

    replicates: int = Field(1000, ge=0, description="0 leaves the bootstrap out, and its numbers")
    seed: int = Field(1, ge=0)


class Imputation(Section):
    """How often missing values are imputed, and from which seed."""

    m: int = Field(
        20, ge=2, le=1000, description="Imputed data sets; 2 or more, so that their spread can be seen"
    )
    seed: int = Field(1, ge=0, lt=2**32)


class Groups(Section):
    """What the two groups are called in labels, tables and figures."""

    treated: str = "Treatment"
    comparator: str = "Comparators"


class People(Section):
    """The file with a row for each person."""

    data: Identifier
    id: str = Field("id", description="Column that names the person, once each")
    group: str = Field("group", description="Column that tells the groups apart")
    treated: str = Field(description="Its value for those treated")
    comparator: str = Field(description="Its value for comparators")
    start: str = Field(
        "start_date", description="Column with the day on which treatment started; empty for comparators"
    )
    birth_month: str = Field(
        "", description="Column with the month of birth; age is counted from the middle of it"
    )
    birth_date: str = Field("", description="Column with the day of birth, where that is known")

    @model_validator(mode="after")
    def _one_birth(self) -> People:
        if self.birth_month and self.birth_date:
            raise PydanticCustomError("birth", "both birth_month and birth_date are given; name one")
        return self


class Events(Section):
    """The file with a row for each event."""

    data: Identifier
    person: str = Field("person", description="Column with the id of the person")
    date: str = "date"
    kind: str = Field("kind", description="Column with the kind of event")
    noun: str = Field("event", description="What an event is called in messages and labels, such as offence")


class FollowUp(Section):
    """How long after the start an event counts as the outcome."""

    months: int = Field(12, ge=1)


class EventHistory(Section):
    """Makes one record a person from dated events, in memory.

    Comparators have no start: theirs is the first event plus the mean lag of the treated, in whole days.
    """

    kind: Literal["event_history"]
    people: People
    events: Events
    age: Identifier | None = Field(None, description="Name of the variable 'age in years at the start'")
    counts: dict[Identifier, Literal["all"] | list[str]] = Field(
        default_factory=dict,
        description="Name of a variable to the kinds of event that it counts, up to the day of the start",
    )
    follow_up: FollowUp = Field(default_factory=lambda: FollowUp(months=12))
    end_of_data: datetime.date = Field(description="Last day for which events are recorded")
    on_impossible: Literal["exclude", "stop"] = Field(
        "exclude", description="What to do with people whose records cannot be used"
    )

    @model_validator(mode="after")
    def _age_needs_birth(self) -> EventHistory:
        if self.age and not (self.people.birth_month or self.people.birth_date):
            raise PydanticCustomError("age", "age needs people.birth_month or people.birth_date")
        return self


class IpwSettings(Section):
    """Settings of an analysis with ``design: ipw``."""

    design: Literal["ipw"]
    data: Identifier | None = Field(None, description="Data set with one row a person; or give 'prepare'")
    prepare: EventHistory | None = Field(
        None, description="How one record a person is made from several files"
    )
    treatment: str = Field("treated", description="Column: 1 treated, 0 comparator")
    outcome: str
    outcome_type: Literal["binary", "continuous"] | None = Field(
        None, description="Binary if it holds only 0 and 1, unless given"
    )
    covariates: list[str] = Field(
        default_factory=list, description="Columns of the propensity model; text columns enter as categories"
    )
    propensity: str = Field(
        "", description="Right-hand side of the propensity model as a formula; without it, the covariates"
    )
    balance: list[str] = Field(
        default_factory=list, description="Columns to compare; the covariates unless given"
    )
    estimand: Estimand = "ATE"
    standard_errors: Literal["m_estimation", "robust", "bootstrap"] | None = Field(
        None,
        description=(
            "Of the effect; m_estimation unless given, and with 'cluster' robust, which takes the weights as"
            " known"
        ),
    )
    imputation: Imputation | None = Field(
        None,
        description=(
            "Fills in missing outcomes and covariates, and pools over the filled-in data sets; without it a"
            " missing value stops"
        ),
    )
    cluster: str = Field(
        "",
        description=(
            "Column that says which people belong together, such as school: errors then go by cluster"
        ),
    )
    id: str = Field("", description="Column that names the person; one who stands twice stops the analysis")
    bootstrap: Bootstrap = Field(default_factory=lambda: Bootstrap(replicates=1000, seed=1))
    breakdown: list[str] = Field(default_factory=list, description=ABOUT)
    confidence: float = Field(0.95, gt=0, lt=1)
    groups: Groups = Field(default_factory=lambda: Groups(treated="Treatment", comparator="Comparators"))
    labels: dict[str, str] = Field(
        default_factory=dict, description="Column to what it is called in labels, tables and figures"
    )

    @model_validator(mode="after")
    def _consistent(self) -> IpwSettings:
        if bool(self.data) == bool(self.prepare):
            raise PydanticCustomError("source", "give either 'data' or 'prepare'")
        if not self.covariates and not self.propensity.strip():
            raise PydanticCustomError(
                "model", "the propensity model is missing; give 'covariates' or 'propensity'"
            )
        if self.standard_errors == "bootstrap" and self.bootstrap.replicates < 2:
            raise PydanticCustomError(
                "bootstrap", "standard_errors: bootstrap needs bootstrap.replicates of 2 or more"
            )
        check_columns(self.breakdown, [self.treatment, self.outcome, self.cluster, self.id])
        if self.breakdown and self.imputation:
            raise PydanticCustomError(
                "contradiction",
                "a breakdown is not computed with imputation; leave out 'breakdown' or 'imputation'",
            )
        if self.breakdown and not self.propensity and not set(self.covariates) - set(self.breakdown):
            raise PydanticCustomError(
                "contradiction",
                "a group has no propensity model without covariates; name others than those of 'breakdown'",
            )
        for name in (*self.covariates, *self.balance, *filter(None, (self.cluster, self.id))):
            if name in (self.treatment, self.outcome):
                raise PydanticCustomError(
                    "role",
                    "'{name}' is the treatment or the outcome, so it cannot be a covariate, cluster or id",
                    {"name": name},
                )
        return self

    @property
    def errors(self) -> str:
        """Kind of standard error of the effect."""
        return self.standard_errors or ("robust" if self.cluster else "m_estimation")

    @property
    def weights_known(self) -> bool:
        """Whether every estimand's standard error takes the weights as known, so that all are of one kind."""
        return bool(self.cluster) and self.errors == "robust"

    def quick(self) -> IpwSettings:
        """Return the settings of an analysis with the same number ids and counts of people, and hardly any
        bootstrap.
        """
        few = min(self.bootstrap.replicates, 2)
        return self.model_copy(update={"bootstrap": self.bootstrap.model_copy(update={"replicates": few})})

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        if self.prepare:
            return [self.prepare.people.data, self.prepare.events.data]
        return [str(self.data)]

    def label(self, column: str) -> str:
        """Return what a column is called."""
        return self.labels.get(column, column)


class FlowFigure(Figure):
    """How many people the data hold, how many are left out and why, and how many are analysed."""

    kind: Literal["flow"]


class LoveFigure(Figure):
    """Balance: the size of each standardised mean difference, before and after weighting."""

    kind: Literal["love"]


class OverlapFigure(Figure):
    """How the propensity is spread in each group."""

    kind: Literal["overlap"]


class EffectsFigure(Figure):
    """The effect under each estimand and estimator, with confidence intervals."""

    kind: Literal["effects"]


class BalanceTable(Table):
    """Sample, means and outcome of both groups, before and after weighting."""

    kind: Literal["ipw_balance"]


class BreakdownTable(Table):
    """The effect in each group of people, and whether groups differ."""

    kind: Literal["ipw_breakdown"]


class EffectsTable(Table):
    """The effect under each estimand and estimator."""

    kind: Literal["ipw_effects"]
