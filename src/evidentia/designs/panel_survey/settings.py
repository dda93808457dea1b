"""Settings of the design ``panel_survey`` and of its figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section
from evidentia.config.presentation import Figure, Table
from evidentia.core.errors import did_you_mean
from evidentia.designs.breakdown.columns import ABOUT, check_columns

WAVES = ("wave_1", "wave_2")
_YAML_WORDS = {True: ("true", "yes", "on"), False: ("false", "no", "off")}


def answer_text(value: Any) -> str:
    """Return an answer as text, so that 4, 4.0 and "4" are one answer."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()


def _answers(value: Any) -> Any:
    """Let one answer stand for a list of one, and an unquoted Yes, which YAML reads as true, for any spelling
    of it.
    """
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, bool):
            found += [
                spelt for word in _YAML_WORDS[item] for spelt in (word, word.capitalize(), word.upper())
            ]
        elif isinstance(item, str | int | float):
            found.append(answer_text(item))
        else:
            return value
    return found


Answers = Annotated[list[str], BeforeValidator(_answers)]


class WaveData(Section):
    """The data set of each wave, one row a respondent."""

    wave_1: Identifier
    wave_2: Identifier | None = None


class Invited(Section):
    """How many people each wave invited."""

    wave_1: int | None = Field(None, gt=0)
    wave_2: int | None = Field(None, gt=0)


class WaveLabels(Section):
    """What the report calls each wave."""

    wave_1: str = "Wave 1"
    wave_2: str = "Wave 2"


class Item(Section):
    """One question of the survey, and which answers to it count as positive."""

    column: str = Field("", description="Column of the data; the item's own name if it is missing")
    positive: Answers = Field(min_length=1, description="The answers that are counted")
    label: str = Field("", description="In words; the item's name if it is missing")
    base: Literal["wave", "panel"] = Field(
        "wave", description="Shares of all who answered in a wave, or of those who answered in both"
    )
    scale: Answers = Field(
        default_factory=list,
        description="All answers, from the least favourable to the most; any other is an error",
    )
    no_answer: Answers = Field(
        default_factory=list, description="Answers that count as none, such as Not applicable"
    )
    multiple: str = Field(
        "",
        max_length=3,
        description="Sign between the choices where several may be ticked; any positive one counts",
    )

    cluster: str | None = Field(
        None,
        description=(
            "Column of clusters for this item; the survey's own if it is missing, none if it is empty"
        ),
    )

    @model_validator(mode="after")
    def _counts_known_answers(self) -> Item:
        if self.multiple and self.scale:
            raise PydanticCustomError(
                "multiple", "a question with several choices ('multiple') has no 'scale'"
            )
        for answer in self.positive if self.scale else ():
            if answer not in self.scale:
                raise PydanticCustomError(
                    "positive",
                    "the answer '{answer}' is not on the item's scale; {hint}",
                    {"answer": answer, "hint": did_you_mean(answer, self.scale)},
                )
        return self


class PanelSurveySettings(Section):
    """Settings of an analysis with ``design: panel_survey``."""

    design: Literal["panel_survey"]
    data: WaveData
    respondent: str = Field(
        "",
        description=(
            "Column that holds the same id for the same person in both waves; with one wave it may be missing"
        ),
    )
    invited: Invited = Field(default_factory=lambda: Invited(wave_1=None, wave_2=None))
    items: dict[Identifier, Item] = Field(min_length=1)
    stable: list[str] = Field(
        default_factory=list, description="Columns that must not change between a person's two answers"
    )
    wave_labels: WaveLabels = Field(default_factory=WaveLabels)
    cluster: str = Field(
        "",
        description=(
            "Column that says which respondents belong together, such as team: errors then go by cluster"
        ),
    )
    breakdown: list[str] = Field(
        default_factory=list, description=f"{ABOUT}; a person's group is that of the first wave which says it"
    )
    confidence: float = Field(0.95, gt=0.5, lt=1)

    @model_validator(mode="after")
    def _columns_of_groups(self) -> PanelSurveySettings:
        check_columns(self.breakdown, [self.respondent, self.cluster])
        return self

    @model_validator(mode="after")
    def _second_wave_is_given(self) -> PanelSurveySettings:
        if self.data.wave_2 is None:
            wanting = [name for name, item in self.items.items() if item.base == "panel"]
            if wanting:
                raise PydanticCustomError(
                    "panel",
                    "the item '{name}' has the base panel, but there is one wave only",
                    {"name": wanting[0]},
                )
            if self.invited.wave_2 is not None:
                raise PydanticCustomError("panel", "'invited' names wave_2, but 'data' does not")
        elif not self.respondent:
            raise PydanticCustomError(
                "panel", "two waves need 'respondent', the column that tells who answered both"
            )
        return self

    def cluster_of(self, item: Item) -> str:
        """Return the column of clusters of an item; empty if its respondents count as independent."""
        return self.cluster if item.cluster is None else item.cluster

    def waves(self) -> Iterator[tuple[str, str]]:
        """Yield each wave's name and its data set."""
        yield "wave_1", self.data.wave_1
        if self.data.wave_2 is not None:
            yield "wave_2", self.data.wave_2

    def datasets(self) -> list[str]:
        """Return the ids of the data sets that the analysis reads."""
        return [dataset for _, dataset in self.waves()]


class DivergingFigure(Figure):
    """Answers to items at each wave as bars that part at the middle of the scale."""

    kind: Literal["diverging"]
    items: list[Identifier] = Field(
        min_length=1, description="Items with a scale; those with the same scale stand together"
    )
    height: float = Field(0, ge=0, le=9, description="Inches; 0 takes what the bars need")


class SurveyItemsTable(Table):
    """The share of positive answers to each item at each wave with the number of answers, or the change
    between the waves.
    """

    kind: Literal["survey_items"]
    items: list[Identifier] = Field(default_factory=list, description="In this order; all if it is missing")
    part: Literal["shares", "change"] = Field(
        "shares", description="The shares at each wave, or their change and its tests"
    )


class BreakdownTable(Table):
    """The share of positive answers in each group of people at each wave, and whether groups differ."""

    kind: Literal["survey_breakdown"]
    items: list[Identifier] = Field(default_factory=list, description="In this order; all if it is missing")


class ResponseTable(Table):
    """People invited, people who answered and the response rate of each wave."""

    kind: Literal["survey_response"]
