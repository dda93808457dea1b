"""The setting `breakdown` (no pandas, no numpy, since settings are read at every start)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic_core import PydanticCustomError

ABOUT = "Columns by whose values results are broken down, such as sex or ethnicity"


def key_of(text: str) -> str:
    """Return the part of number ids that stands for a column or one of its values."""
    return re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_").lower()


def check_columns(columns: Iterable[str], taken: Iterable[str]) -> None:
    """Raise if a column of a breakdown stands twice, or is what is broken down.

    Raises
    ------
    PydanticCustomError
    """
    keys = [key_of(column) for column in columns]
    twice = next((key for key in keys if keys.count(key) > 1), "")
    wrong = twice or next((column for column in columns if column in set(taken)), "")
    if wrong:
        raise PydanticCustomError(
            "contradiction",
            "{what}; {remedy}",
            {
                "what": f"the column '{wrong}' of the breakdown"
                f" {'stands twice' if twice else 'is itself what is compared'}",
                "remedy": "name each column of groups once, such as breakdown: [sex, ethnicity]",
            },
        )
