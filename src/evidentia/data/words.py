"""What is said of words that stand among numbers, and what to do about them."""

from __future__ import annotations

from typing import Any

import pandas as pd


def no_numbers(wrong: pd.Series[Any]) -> str:
    """Return which of some cells are not numbers, in words."""
    words = list(dict.fromkeys(map(str, wrong)))
    shown = ", ".join(f"'{word}'" for word in words[:5]) + (
        f" and {len(words) - 5} more" if len(words) > 5 else ""
    )
    return f"{shown} {'is not a number' if len(words) == 1 else 'are not numbers'}"


def of_words(wrong: pd.Series[Any], column: str) -> str:
    """Say what to do about words in a column of numbers."""
    words = list(dict.fromkeys(map(str, wrong)))
    if all(_is_grouped(word) for word in words):
        name = f'{{"name": "{column}", "type": "number", "groupChar": ","}}'
        return (
            "write numbers without signs between thousands, or describe the field in data/datapackage.json:"
            f" {name}"
        )
    if all(word.replace(",", "", 1).lstrip("+-").isdigit() for word in words):
        return 'write a point before decimals, or say decimal: "," in config.yaml'
    listed_words = ", ".join(f'"{word}"' for word in words[:5])
    return (
        "give numbers, or leave the cell empty; words that mean that a value is missing go into the field's"
        " missingValues in "
        f'data/datapackage.json: ["", {listed_words}]; a column of categories has the type string there'
    )


def _is_grouped(word: str) -> bool:
    parts = word.lstrip("+-").split(".")[0].split(",")
    return (
        len(parts) > 1 and parts[0].isdigit() and all(len(part) == 3 and part.isdigit() for part in parts[1:])
    )
