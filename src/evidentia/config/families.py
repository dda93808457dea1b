"""The section ``families``: outcomes whose p-values are judged together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from evidentia.config.base import Section


def _each_once(value: list[str]) -> list[str]:
    twice = [effect for place, effect in enumerate(value) if effect in value[:place]]
    if twice:
        raise PydanticCustomError("twice", "the effect {effect} stands twice", {"effect": twice[0]})
    return value


class Family(Section):
    """Effects on several outcomes, one of which may be significant by chance."""

    effects: Annotated[list[str], AfterValidator(_each_once)] = Field(
        min_length=2,
        description="Number ids without the last part, such as support.effect or calls.level_change",
    )
    method: Literal["holm", "benjamini_hochberg"] = Field(
        "holm",
        description=(
            "holm: the chance of any false finding; benjamini_hochberg: the share of findings that are false"
        ),
    )
