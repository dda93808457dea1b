"""Settings of the design ``scales`` and of its figures and tables."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.designs.breakdown.columns import ABOUT, check_columns
from evidentia.designs.scales.keys import MEASURES, Bands, Measure, Scale


class BeforeAndAfter(Section):
    """A data set for each time."""

    before: Identifier
    after: Identifier


class Own(Section):
    """A measure of one's own."""

    label: str = Field(min_length=1, description="What it measures, in words")
    lowest: int = Field(description="Code of the lowest answer")
    highest: int = Field(description="Code of the highest answer")
    reversed: list[str] = Field(
        default_factory=list, description="Items whose high answers mean little of what is measured"
    )
    at_least: int | None = Field(
        None,
        ge=1,
        description="Items that must be answered; the mean of these stands for the rest (default: all)",
    )
    score: Literal["sum", "mean"] = "sum"
    better: Literal["high", "low"] = "high"
    source: str = Field("", description="Where the measure is published")

    @model_validator(mode="after")
    def _range(self) -> Own:
        if self.highest <= self.lowest:
            raise _contradiction(
                f"the range of answers {self.lowest} to {self.highest} is empty",
                "give 'lowest' below 'highest'",
            )
        return self


class ScalesSettings(Section):
    """Settings of an analysis with ``design: scales``."""

    design: Literal["scales"]
    data: Identifier | BeforeAndAfter = Field(
        description="One data set, or one for each time: {before: ..., after: ...}"
    )
    person: str = Field(description="Column of people's ids, the same at both times")
    wave: str = Field(
        "",
        description=(
            "Column that tells the times apart, where one data set has a row for each person and time"
        ),
    )
    before: str = Field("", description="Value of 'wave', or a pattern of columns such as pre_{item}")
    after: str = Field("", description="Value of 'wave', or a pattern of columns such as post_{item}")
    measure: Literal["sdq_parent", "sdq_teacher", "sdq_self", "wemwbs", "swemwbs", "own"]
    items: list[str] = Field(
        default_factory=list, description="Items in the questionnaire's order (default: sdq_1, sdq_2, ...)"
    )
    answers: list[str] = Field(
        default_factory=list, description="Words of the answers, the lowest first, where the data hold words"
    )
    coded_from: int | None = Field(
        None, description="Code of the lowest answer, where it is not the measure's own"
    )
    own: Own | None = None
    bands: dict[str, tuple[float, float]] = Field(
        default_factory=dict,
        description="Bands of the main score, the best first: {low: [0, 9], high: [10, 20]}",
    )
    most_missing: float = Field(
        0.3, gt=0, le=1, description="Share of people from which on a missing item stops the build"
    )
    reliability: float | None = Field(
        None, gt=0, lt=1, description="Published reliability of the main score (default: alpha before)"
    )
    cluster: str = Field("", description="Column of schools, teams or areas that people are in")
    breakdown: list[str] = Field(
        default_factory=list, description=f"{ABOUT}, as the time before says them; of the main score"
    )
    confidence: float = Field(0.95, gt=0.5, lt=1)

    @model_validator(mode="after")
    def _complete(self) -> ScalesSettings:
        if (self.measure == "own") != (self.own is not None):
            raise _contradiction(
                "a measure of one's own is described under 'own'",
                "give both 'measure: own' and 'own', or neither",
            )
        if self.measure == "own" and len(self.items) < 2:
            raise _contradiction("a measure needs 2 items or more", "list their columns under 'items'")
        if self.items and self.measure != "own" and len(self.items) != MEASURES[self.measure].items:
            what = (
                f"{self.measure} has {MEASURES[self.measure].items} items, and {len(self.items)} are listed"
            )
            raise _contradiction(what, "list every item in the order of the questionnaire")
        if len(set(self.items)) < len(self.items):
            raise _contradiction("an item is listed twice", "list each once")
        unknown = [name for name in (self.own.reversed if self.own else ()) if name not in self.items]
        if unknown:
            raise _contradiction(
                f"'{unknown[0]}' is reversed and no item", f"name one of: {', '.join(self.items)}"
            )
        if self.own and self.own.at_least and self.own.at_least > len(self.items):
            raise _contradiction(
                "more items must be answered than there are", f"give 'at_least' up to {len(self.items)}"
            )
        check_columns(self.breakdown, [self.person, self.wave, self.cluster])
        measure = self.measured()
        if self.answers and len(self.answers) != measure.highest - measure.lowest + 1:
            what = (
                f"{len(self.answers)} answers are named, and codes go from {measure.lowest} to"
                f" {measure.highest}"
            )
            raise _contradiction(what, "name one answer for each code")
        return self

    @model_validator(mode="after")
    def _times(self) -> ScalesSettings:
        if isinstance(self.data, BeforeAndAfter):
            if self.wave:
                raise _contradiction("two data sets need no 'wave'", "take it out, or name one data set")
        elif not (self.before and self.after and self.before != self.after):
            raise _contradiction(
                "'before' and 'after' do not say which is which",
                "give two values of 'wave', or patterns such as pre_{item}",
            )
        elif not self.wave and not ("{item}" in self.before and "{item}" in self.after):
            raise _contradiction(
                "'before' and 'after' name no columns",
                "write {item} where the item stands, or name the column 'wave'",
            )
        spans = sorted(self.bands.values())
        if any(low > high for low, high in spans) or any(
            later[0] <= earlier[1] for earlier, later in pairwise(spans)
        ):
            raise _contradiction(
                "bands overlap, or end before they begin",
                "give each a lowest and a highest score: {low: [0, 9], high: [10, 20]}",
            )
        return self

    def measured(self) -> Measure:
        """Return the measure with its scales; bands of config.yaml stand for those of the key."""
        if self.own is None:
            known = MEASURES[self.measure]
            if not self.bands:
                return known
            main = known.scales[""]
            changed = Scale(main.label, main.items, main.at_least, main.parts, dict(self.bands), main.better)
            return Measure(
                known.label,
                known.items,
                known.lowest,
                known.highest,
                {**known.scales, "": changed},
                known.reversed,
                known.whole,
                known.mean,
                known.convert,
            )
        count = len(self.items)
        bands: Bands = dict(self.bands)
        main = Scale(
            self.own.label, tuple(range(1, count + 1)), self.own.at_least or count, (), bands, self.own.better
        )
        turned = frozenset(self.items.index(name) + 1 for name in self.own.reversed)
        return Measure(
            self.own.label,
            count,
            self.own.lowest,
            self.own.highest,
            {"": main},
            turned,
            mean=self.own.score == "mean",
        )

    def columns(self, side: str) -> list[str]:
        """Return the columns of the items at a time."""
        stem = "sdq" if self.measure.startswith("sdq") else self.measure
        items = self.items or [f"{stem}_{number}" for number in range(1, self.measured().items + 1)]
        pattern = "{item}" if self.wave else (getattr(self, side) or "{item}")
        return [pattern.replace("{item}", item) for item in items]

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return (
            [self.data]
            if isinstance(self.data, str)
            else list(dict.fromkeys([self.data.before, self.data.after]))
        )


def _contradiction(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("contradiction", "{what}; {remedy}", {"what": what, "remedy": remedy})


class BandsFigure(Figure):
    """How people moved between bands from before to after."""

    kind: Literal["scales_bands"]
    scale: str = Field("", description="A scale of the measure, such as conduct; the main score if empty")


class ChangeTable(Table):
    """Each scale before and after, its change and the size of the change."""

    kind: Literal["scales_change"]


class BreakdownTable(Table):
    """The change in each group of people, and whether groups changed differently."""

    kind: Literal["scales_breakdown"]


class BandsTable(Table):
    """Shares of people in each band before and after."""

    kind: Literal["scales_bands"]
