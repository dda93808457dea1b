"""What every section of config.yaml has in common: no unknown key, and errors that help."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType

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

MOST_UNKNOWN = 20
"""Unknown keys of one section that are named."""
_KNOWN = frozenset(get_args(ErrorType))


class Section(BaseModel):
    """A section of the configuration; immutable, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Name unknown keys together with all else that is wrong."""
        if values is None and not any(field.is_required() for field in cls.model_fields.values()):
            values = {}
        if not isinstance(values, dict):
            return handler(values)
        try:
            return handler(values)
        except ValidationError as error:
            known = {field.alias or name for name, field in cls.model_fields.items()}
            found = error.errors(include_url=False)
            unknown = [fault for fault in found if _is_unknown(fault)][:MOST_UNKNOWN]
            faults = [_unknown_key(str(fault["loc"][0]), values, known) for fault in unknown]
            faults += [_again(fault) for fault in found if not _is_unknown(fault)]
        raise ValidationError.from_exception_data(cls.__name__, faults)


def _is_unknown(fault: Any) -> bool:
    """Tell whether an error is about a key of the section itself that it does not have."""
    return fault["type"] == "extra_forbidden" and len(fault["loc"]) == 1


def _unknown_key(key: str, values: dict[Any, Any], known: set[str]) -> InitErrorDetails:
    context = {"key": key, "remedy": did_you_mean(key, known)}
    error = PydanticCustomError("unknown_key", "unknown key '{key}'", context)
    return InitErrorDetails(type=error, loc=(), input=values)


def _again(fault: Any) -> InitErrorDetails:
    """Return an error that Pydantic found in the form in which it is raised again."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _KNOWN:
        return InitErrorDetails(type=kind, loc=fault["loc"], input=fault["input"], ctx=context)
    error = PydanticCustomError(kind, fault["msg"].replace("{", "(").replace("}", ")"), context)
    return InitErrorDetails(type=error, loc=fault["loc"], input=fault["input"])
