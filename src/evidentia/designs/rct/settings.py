"""Settings of the design ``rct`` and of its figures and tables."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.designs.breakdown.columns import ABOUT, check_columns

Unit = Literal["mean", "score", "coefficient", "days", "weeks", "months", "years", "hours", "pounds"]


class Flow(Section):
    """People before they were assigned, of whom the data hold no row."""

    assessed: int | None = Field(None, ge=1, description="People assessed for eligibility")
    excluded: dict[str, int] = Field(
        default_factory=dict, description="Reason to number of people who were not assigned"
    )

    @model_validator(mode="after")
    def _add_up(self) -> Flow:
        if self.excluded and (self.assessed is None or sum(self.excluded.values()) >= self.assessed):
            raise _contradiction(
                "those excluded are not fewer than those assessed",
                "give 'assessed', more than all excluded together",
            )
        return self


class Planned(Section):
    """What the sample size rested on when the trial was designed: half of the units in each arm."""

    units: int = Field(ge=4, description="Units that are assigned: people, or clusters")
    size: float = Field(1, ge=1, description="People in a cluster")
    icc: float = Field(
        0, ge=0, lt=1, description="Share of the outcome's variance that lies between clusters"
    )
    r2_unit: float = Field(
        0, ge=0, lt=1, description="Share of the variance between units that the baseline explains"
    )
    r2_within: float = Field(
        0, ge=0, lt=1, description="Share of the variance within clusters that the baseline explains"
    )
    power: float = Field(0.8, gt=0.5, lt=1)

    @model_validator(mode="after")
    def _clusters(self) -> Planned:
        if (self.size == 1) != (self.icc == 0):
            raise _contradiction(
                "people in clusters have an icc, and people alone have none",
                "give both 'size' and 'icc', or neither",
            )
        return self


class RctSettings(Section):
    """Settings of an analysis with ``design: rct``."""

    design: Literal["rct"]
    data: Identifier = Field(description="Data set, one row for each person who was assigned")
    id: str = Field("", description="Column of people's ids; each may stand once")
    arm: str = Field(description="Column that says to which arm a person was assigned")
    control: str = Field(description="Arm with which the others are compared, as the column says it")
    arms: dict[str, str] = Field(
        default_factory=dict, description="Arm to its name for readers, in order; all arms if any"
    )
    outcome: str = Field(description="Column; empty where the outcome is not known")
    outcome_type: Literal["continuous", "binary"] = "continuous"
    unit: Unit = Field("mean", description="Unit of a continuous outcome")
    label: str = Field("Outcome", min_length=1, description="What the outcome is, in words")
    baseline: str = Field("", description="Column: the outcome, or what is near to it, before the trial")
    covariates: list[str] = Field(
        default_factory=list, description="Further columns that the difference is adjusted for"
    )
    labels: dict[str, str] = Field(
        default_factory=dict,
        description="Column of baseline, covariates or breakdown to its name for readers",
    )
    strata: list[str] = Field(
        default_factory=list, description="Columns within whose values people were assigned"
    )
    cluster: str = Field("", description="Column: the school, team or area that a person is in")
    randomised: Literal["clusters", "people"] = Field(
        "clusters",
        description=(
            "What was assigned, where there are clusters; people of one cluster may then be in several arms"
        ),
    )
    estimator: Literal["cr2", "mixed"] = Field(
        "cr2", description="The effect that counts, where there are clusters; both are reported"
    )
    errors: Literal["robust", "classical"] = Field(
        "robust",
        description="Of least squares without clusters; classical: one variance for all arms",
    )
    breakdown: list[str] = Field(default_factory=list, description=ABOUT)
    flow: Flow = Field(default=Flow.model_validate({}))
    planned: Planned | None = None
    confidence: float = Field(0.95, gt=0.5, lt=1)

    @model_validator(mode="after")
    def _columns_apart(self) -> RctSettings:
        check_columns(self.breakdown, [self.arm, self.outcome, self.cluster, self.id])
        if self.cluster and self.errors == "classical":
            raise _contradiction(
                "classical errors take no account of clusters", "leave out 'errors', or 'cluster'"
            )
        used = [self.arm, self.outcome, *filter(None, [self.baseline]), *self.covariates, *self.strata]
        twice = next((name for name in used if used.count(name) > 1), "")
        if twice:
            raise _contradiction(f"the column '{twice}' has two roles", "name a column once")
        if self.arms and self.control not in self.arms:
            raise _contradiction(
                f"the control arm '{self.control}' is not under 'arms'", "list every arm there"
            )
        known = [*filter(None, [self.baseline]), *self.covariates, *self.breakdown]
        unknown = next((name for name in self.labels if name not in known), "")
        if unknown:
            raise _contradiction(
                f"'{unknown}' under 'labels' is neither baseline nor covariate nor a breakdown",
                f"name one of: {', '.join(known) or 'none'}",
            )
        if len(self.arms) == 1:
            raise _contradiction("one arm has nothing to be compared with", "list every arm under 'arms'")
        keys = [key_of(level) for level in self.arms]
        if len(set(keys)) < len(keys):
            raise _contradiction(
                "two arms have the same id", "rename one: ids are made of letters and digits alone"
            )
        return self

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [self.data]


def key_of(level: str) -> str:
    """Return the part of number ids that stands for an arm."""
    return re.sub(r"\W+", "_", level, flags=re.ASCII).strip("_").lower()


def _contradiction(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("contradiction", "{what}; {remedy}", {"what": what, "remedy": remedy})


class TrialFlowFigure(Figure):
    """People from assessment to analysis, by arm (CONSORT)."""

    kind: Literal["rct_flow"]


class TrialEffectsFigure(Figure):
    """Each arm's difference from the control arm with its interval, by estimator."""

    kind: Literal["rct_effects"]


class BaselineTable(Table):
    """What the arms were like before the trial."""

    kind: Literal["rct_baseline"]


class TrialTable(Table):
    """Differences between arms: estimate, interval, p-value and standardised size."""

    kind: Literal["rct_effects"]


class BreakdownTable(Table):
    """The effect in each group of people, and whether groups differ."""

    kind: Literal["rct_breakdown"]


class SecurityTable(Table):
    """What the data show on the EEF's criteria for the security of a finding."""

    kind: Literal["rct_security"]
