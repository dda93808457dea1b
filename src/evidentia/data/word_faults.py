"""What is said of words that stand among numbers, and what to do about them."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

from evidentia.data.number_marks import is_marked
from evidentia.data.symbols import LOW, symbol_of

_DASHED = re.compile(r"[\u2012-\u2015]\s*\d[\d.,]*%?")
_BESIDE = re.compile(r"[-+]?\d[\d.,]*\s*[A-Za-z]{1,3}")
_GROUPED = re.compile(r"\D*\d{1,3}([, '])\d{3}(?:\1\d{3})*(?!\d).*")


def no_numbers(wrong: pd.Series[Any]) -> str:
    """Return which of some cells are not numbers, in words."""
    words = list(dict.fromkeys(map(str, wrong)))
    shown = ", ".join(f"'{word}'" for word in words[:5]) + (
        f" and {len(words) - 5} more" if len(words) > 5 else ""
    )
    return f"{shown} {'is not a number' if len(words) == 1 else 'are not numbers'}"


def of_words(wrong: pd.Series[Any], column: str, *, alone: bool = False) -> str:
    """Say what to do about words in a column of numbers; `alone`, where no number stands beside them."""
    words = list(dict.fromkeys(map(str, wrong)))
    described = "describe the field in data/datapackage.json:"
    if all(word.replace(",", "", 1).lstrip("+-").isdigit() for word in words) and not _grouped(words):
        return 'write a point before decimals, or say decimal: "," in config.yaml'
    if all(symbol_of(word) == LOW for word in words):
        return "low is a value that rounds to 0: write 0"
    field = marked_field(words, column)
    if "bareNumber" in field:
        missing = "; check that its missingValues mean that a value is missing" * ("missingValues" in field)
        return f"numbers carry signs, which are left off if you {described} {_json(field)}{missing}"
    if field:
        return f"write numbers without signs between thousands, or {described} {_json(field)}"
    if all(re.fullmatch(r"\([^A-Za-z]*\d[^A-Za-z]*\)", word) for word in words):
        return f"write -5 for a negative amount such as (5); here: {', '.join(words[:3])}"
    if all(_DASHED.fullmatch(word) for word in words):
        return f"write a minus sign for a dash: -{words[0][1:].strip()}"
    beside = [word for word in words if _BESIDE.fullmatch(word)]
    if beside and len(beside) + sum(bool(symbol_of(word)) for word in words) == len(words):
        return (
            f"write the numbers alone: what stands beside them ({', '.join(beside[:3])}) may go into a column"
            " of its own"
        )
    if alone and not all(symbol_of(word) for word in words):  # no word here is a missing number
        return "name a column of numbers, or code its words, such as 1 for yes and 0 for no"
    gone = [word for word in words if symbol_of(word) != LOW]
    listed_words = ", ".join(f'"{word}"' for word in gone[:5])
    low = "; low is a value that rounds to 0: write 0" if len(gone) < len(words) else ""
    return (
        "give numbers, or leave the cell empty; words that mean that a value is missing go into the field's"
        " missingValues in "
        f'data/datapackage.json: ["", {listed_words}]{low}; a column of categories has the type string there'
    )


def marked_field(words: list[str], column: str) -> dict[str, Any]:
    """Return the field for numbers with signs between thousands or beside them; empty if none has any.

    Parameters
    ----------
    words : list of str
        Those of a column's cells that are not numbers.
    column : str
    """
    group = _grouped(words)
    without = [re.sub(r"(?<=\d)[, '](?=\d{3})", "", word) for word in words]
    marked = [is_marked(word) for word in without]
    lost = [word for word, known in zip(words, marked, strict=True) if not known]
    if not any(marked):
        return {}
    field: dict[str, Any] = {"name": column, "type": "number"}
    if any(known and not _is_number(word) for word, known in zip(without, marked, strict=True)):
        field["bareNumber"] = False
    field |= {"groupChar": group} if group else {}
    return field | ({"missingValues": ["", *lost[:5]]} if lost else {})


def _grouped(words: list[str]) -> str:
    """Return the sign that stands between thousands, empty if none does."""
    found = [match for word in words if (match := _GROUPED.fullmatch(word))]
    return found[0][1] if found else ""


def two_words(column: pd.Series[Any], name: str) -> str:
    """Return the field that says which of two words means yes, for a column with words other than yes and no;
    empty where there are more.
    """
    values = [
        f"{value:g}" if isinstance(value, float) else str(value) for value in column.dropna().unique()[:3]
    ]
    if len(values) != 2:
        return ""
    field = {"name": name, "type": "boolean", "trueValues": [values[0]], "falseValues": [values[1]]}
    return f" or say which value means yes, in data/datapackage.json: {_json(field)}"


def _is_number(word: str) -> bool:
    return bool(pd.notna(pd.to_numeric(word, errors="coerce")))


def _json(field: dict[str, Any]) -> str:
    return json.dumps(field, ensure_ascii=False)
