"""portfolio.yaml: the members of a portfolio, as they are named there and as they are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from evidentia.config.base import Identifier, Section
from evidentia.workflow.evaluation import EvaluationFolder

NAME = "portfolio.yaml"


def _folder_alone(value: Any) -> Any:
    """Let ``members/north`` stand for ``{folder: members/north}``."""
    return {"folder": value} if isinstance(value, str) else value


class Member(Section):
    """A member of the portfolio: an evaluation folder, or several by a pattern such as ``members/*``."""

    folder: str = Field(
        min_length=1, description="Evaluation folder, relative to the portfolio's; * stands for any name"
    )
    label: str = Field(
        "", description="Short name in charts and tables; the evaluation's title if it is missing"
    )
    before: dict[Identifier, str] = Field(
        default_factory=dict,
        description="Analysis id to the covariate that measures its outcome before the start",
    )


class PortfolioSettings(Section):
    """portfolio.yaml."""

    members: list[Annotated[Member, BeforeValidator(_folder_alone)]] = Field(min_length=1)


@dataclass(frozen=True)
class FoundMember:
    """A member whose configuration can be read."""

    id: str
    folder: str
    label: str
    before: Mapping[str, str]
    evaluation: EvaluationFolder
