"""What every section of config.yaml has in common: no unknown key, and errors that help."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from evidentia.core.errors import did_you_mean

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=100)]
"""A name that can be part of a number id or a file name: letters, digits, ``_`` and ``-``."""


def inside(value: str) -> str:
    """Return a path, or raise if it is not one inside the evaluation folder."""
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or "://" in value or not value.strip():
        raise PydanticCustomError(
            "outside", "'{path}' is not a path inside the evaluation folder", {"path": value}
        )
    if any(sign in value for sign in "{}*?[]") or not value.isprintable():
        raise PydanticCustomError(
            "unusual", "'{path}' holds a sign that stands for others in a path", {"path": value}
        )
    return value


FolderPath = Annotated[str, AfterValidator(inside)]
"""A relative path that stays inside the evaluation folder."""


class Section(BaseModel):
    """A section of the configuration; immutable, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    @model_validator(mode="before")
    @classmethod
    def _name_unknown_keys(cls, values: Any) -> Any:
        if values is None and not any(field.is_required() for field in cls.model_fields.values()):
            return {}
        if isinstance(values, dict):
            known = {field.alias or name for name, field in cls.model_fields.items()}
            for key in values:
                if key not in known:
                    raise PydanticCustomError(
                        "unknown_key",
                        "unknown key '{key}'",
                        {"key": str(key), "remedy": did_you_mean(str(key), known)},
                    )
        return values
