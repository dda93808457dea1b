"""The section ``assurance``: who may sign as what, and which signatures a final report needs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Section

Role = Literal["analyst", "assurer", "commissioner", "approver"]
ROLES: tuple[Role, ...] = ("analyst", "assurer", "commissioner", "approver")
"""The roles of the AQuA Book: who analyses, who checks, who asked for it, who lets it go out."""

Kind = Literal["figure", "table", "claim", "assumption", "chapter", "report"]
Pattern = Annotated[
    str,
    StringConstraints(pattern=r"^(report|(figure|table|claim|assumption|chapter):[\w./*-]+)$"),
]
"""Items that are signed: ``report``, or a kind and an id, with ``*`` for any part, such as ``figure:*``."""


class MaySign(Section):
    """Who may sign in a role, and what."""

    names: list[Annotated[str, Field(min_length=1)]] = Field(
        min_length=1, description="People who may sign in this role, as they write their name"
    )
    kinds: list[Kind] = Field(default_factory=list, description="Kinds of items; all if it is missing")


class Needed(Section):
    """Signatures that a final report needs."""

    role: Role
    items: list[Pattern] = Field(min_length=1, description="Such as report, figure:*, chapter:summary")


class Assurance(Section):
    """Roles, and what ``status: final`` asks for."""

    roles: dict[Role, MaySign] = Field(default_factory=dict)
    final: list[Needed] = Field(
        default_factory=list, description="Signatures without which status: final stops the build"
    )

    @model_validator(mode="after")
    def _assurer_is_another(self) -> Assurance:
        named = {role: {same(name) for name in self.roles[role].names} for role in self.roles}
        both = named.get("analyst", set()) & named.get("assurer", set())
        if both:
            name = next(name for name in self.roles["assurer"].names if same(name) in both)
            raise PydanticCustomError(
                "contradiction",
                "{what}; {remedy}",
                {
                    "what": f"{name} is named as analyst and as assurer",
                    "remedy": "let somebody else assure what the analyst has done",
                },
            )
        return self


def same(name: str) -> str:
    """Return a name so that two spellings of it are equal."""
    return " ".join(name.split()).casefold()
