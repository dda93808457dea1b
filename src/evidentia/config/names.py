"""``report.names``: names that hold digits, such as ``Key Stage #``, where # stands for any number."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

NUMBER = r"\d+(?:\.\d+)*[A-Za-z]?(?:\(\w{1,4}\))*"
"""A number in a name: 3, 2.1, 17ZA, 47(1)."""
BEHIND = r"(?![\w%]|[.,:]\d|\s?%|\s(?:per\s?cent|percent|percentage)\b)"
"""What may not follow, for it would be a quantity."""

_SPACE = r"\s+"
_DASH = r"[-\N{NON-BREAKING HYPHEN}\N{EN DASH}]"
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUANTITIES = frozenset(
    [
        "about",
        "above",
        "around",
        "below",
        "cent",
        "fewer",
        "from",
        "less",
        "more",
        "nearly",
        "of",
        "over",
        "per",
        "percent",
        "percentage",
        "point",
        "points",
        "the",
        "pounds",
        "people",
        "children",
        "families",
        "pupils",
        "cases",
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "times",
        "to",
        "and",
        "or",
        "in",
        "out",
    ]
)
MOST_SIGNS = 100


def _is_name(value: str) -> str:
    words = {word.casefold() for word in _WORD.findall(value)}
    if not re.search(r"[#\d]", value) or not words - _QUANTITIES or len(value) > MOST_SIGNS:
        raise PydanticCustomError(
            "contradiction",
            "{what}",
            {
                "what": f"'{value[:60]}' is no name with a number in it",
                "remedy": 'write the words of the name and # for the number: "Key Stage #", "ward #"; a'
                " quantity is bound with n(...)",
            },
        )
    return value


Name = Annotated[str, AfterValidator(_is_name)]


def pattern_of(name: str) -> re.Pattern[str]:
    """Return the pattern of a name: # stands for a number, a capital may be small, and spaces and dashes are
    any.
    """
    parts = []
    for sign in re.findall(r"\s+|.", name.strip()):
        if sign == "#":
            parts.append(NUMBER)
        elif sign.isspace():
            parts.append(_SPACE)
        elif sign in "-\N{EN DASH}\N{NON-BREAKING HYPHEN}":
            parts.append(_DASH)
        else:
            parts.append(re.escape(sign))
    return re.compile(rf"(?<![\w.,%])(?i:{''.join(parts)}){BEHIND}")
