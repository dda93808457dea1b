"""The whole of config.yaml as one model."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field

from evidentia.config.base import Identifier, Section
from evidentia.config.data import Dataset
from evidentia.config.evaluation import Evaluation
from evidentia.config.presentation import Exhibit
from evidentia.config.report import Derived, Regression, Report, Total
from evidentia.designs import DESIGNS, FIGURES, TABLES


def _one_of(models: Collection[type], tag: str) -> Any:
    """Return the union of models that the key `tag` tells apart."""
    members = tuple(models)
    if len(members) == 1:
        return members[0]
    return Annotated[Union[members], Field(discriminator=tag)]  # noqa: UP007


if TYPE_CHECKING:
    AnySettings = Any
    AnyFigure = Exhibit
    AnyTable = Exhibit
else:
    AnySettings = _one_of(DESIGNS.values(), "design")
    AnyFigure = _one_of(FIGURES.values(), "kind")
    AnyTable = _one_of(TABLES.values(), "kind")


class Config(Section):
    """config.yaml."""

    evaluation: Evaluation
    data: dict[Identifier, Dataset] = Field(default_factory=dict)
    analyses: dict[Identifier, AnySettings] = Field(default_factory=dict)
    figures: dict[Identifier, AnyFigure] = Field(default_factory=dict)
    tables: dict[Identifier, AnyTable] = Field(default_factory=dict)
    derived: dict[str, Derived] = Field(default_factory=dict, description="Number id to how it is computed from others")
    totals: dict[Identifier, Total] = Field(default_factory=dict, description="Totals that are checked against the sum of their parts")
    report: Report | None = None
    regression: Regression = Field(default_factory=lambda: Regression(absolute=1e-9, relative=1e-6))

    @property
    def wholly_synthetic(self) -> bool:
        """Whether every data set is invented, so that nothing in the report is said of a real place or person."""
        marked = bool(self.data) and all(dataset.synthetic for dataset in self.data.values())
        return marked or self.evaluation.synthetic_records == "all"
