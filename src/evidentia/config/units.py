"""A unit of the ledger as a value of config.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from evidentia.core.errors import did_you_mean
from evidentia.core.units import UNITS


def _known_unit(value: str) -> str:
    if value not in UNITS:
        raise PydanticCustomError("unit", "unknown unit; {hint}", {"hint": did_you_mean(value, UNITS)})
    return value


Unit = Annotated[str, AfterValidator(_known_unit)]
