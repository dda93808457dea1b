"""The whole of config.yaml as one model."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Annotated, Any, ClassVar, Union

from pydantic import Field, create_model, field_validator

from evidentia.config.assurance import Assurance
from evidentia.config.base import FolderPath, Identifier, Section
from evidentia.config.data import Dataset
from evidentia.config.derived import Derived
from evidentia.config.evaluation import Evaluation
from evidentia.config.families import Family
from evidentia.config.plan import Plan
from evidentia.config.prepared import completed
from evidentia.config.presentation import Exhibit
from evidentia.config.publish import Publish
from evidentia.config.registry import Registry, installed
from evidentia.config.report import Regression, Report, Total
from evidentia.core.expression_parser import ids_in


class Config(Section):
    """config.yaml."""

    registry: ClassVar[Registry]
    """The designs that it can name."""

    evaluation: Evaluation
    designs: list[FolderPath] = Field(
        default_factory=list, description="Designs of this folder, each a Python file with one object DESIGN"
    )
    engine: str = Field("", description='Versions of Evidentia that may build this, such as ">=1.0,<2"')
    data: dict[Identifier, Dataset] = Field(default_factory=dict)
    analyses: dict[Identifier, Any] = Field(default_factory=dict)
    figures: dict[Identifier, Exhibit] = Field(default_factory=dict)
    tables: dict[Identifier, Exhibit] = Field(default_factory=dict)
    derived: dict[str, Derived] = Field(
        default_factory=dict, description="Number id to how it is computed from others"
    )
    families: dict[Identifier, Family] = Field(
        default_factory=dict, description="Effects on several outcomes, whose p-values are adjusted"
    )
    totals: dict[Identifier, Total] = Field(
        default_factory=dict, description="Totals that are checked against the sum of their parts"
    )
    plan: Plan | None = None
    assurance: Assurance | None = None
    publish: Publish | None = None
    report: Report | None = None
    regression: Regression = Field(default_factory=lambda: Regression(absolute=1e-9, relative=1e-6))

    @field_validator("data")
    @classmethod
    def _complete(cls, value: dict[str, Dataset]) -> dict[str, Dataset]:
        return completed(value)

    def reads_synthetic(self, condition: str) -> bool:
        """Whether a condition or formula names a number of an analysis of synthetic records, directly or
        through a derived one.
        """
        for id in ids_in(condition):
            analysis = self.analyses.get(id.partition(".")[0])
            if analysis and any(
                self.data[name].synthetic for name in analysis.datasets() if name in self.data
            ):
                return True
            if id in self.derived and self.reads_synthetic(self.derived[id].formula):
                return True
        return False

    @property
    def wholly_synthetic(self) -> bool:
        """Whether every data set is invented, so that nothing in the report is said of a real place or
        person.
        """
        marked = bool(self.data) and all(dataset.synthetic for dataset in self.data.values())
        return marked or self.evaluation.synthetic_records == "all"


@cache
def config_model(registry: Registry | None = None) -> type[Config]:
    """Return the model of a config.yaml that can name the designs of a registry: those installed, if none is
    given.
    """
    designs = registry or installed()
    fields: dict[str, Any] = {
        "analyses": _by_id([design.settings for design in designs.designs.values()], "design"),
        "figures": _by_id([kind.settings for kind in designs.figures.values()], "kind"),
        "tables": _by_id([kind.settings for kind in designs.tables.values()], "kind"),
    }
    model = create_model("Config", __base__=Config, __doc__=Config.__doc__, **fields)
    model.registry = designs
    return model


def _by_id(models: Collection[type[Section]], tag: str) -> Any:
    """Return a field that maps ids to one of several models, which the key `tag` tells apart."""
    members = tuple(models)
    one_of: Any = members[0] if len(members) == 1 else Annotated[Union[members], Field(discriminator=tag)]  # noqa: UP007
    return dict[Identifier, one_of], Field(default_factory=dict)
