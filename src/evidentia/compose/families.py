"""Adjusted p-values of families of outcomes, ``<effect>.p_adjusted``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evidentia.compose.totals import combined_source
from evidentia.config.families import Family
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.ledger import Entry

METHODS = {"holm": ("holm", "Holm"), "benjamini_hochberg": ("fdr_bh", "Benjamini and Hochberg")}
_SIGNIFICANT = re.compile(r"(significant\(\s*)([\w.-]+)\.p_value\b")
_PLAIN = re.compile(r"[\w*.-]+\.p_value\b")


def family_entries(families: Mapping[str, Family], entries: list[Entry]) -> list[Entry]:
    """Return the adjusted p-value of each effect of each family.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an effect that the ledger does not have, one without a p-value, one in two families.
    """
    ledger = {entry["id"]: entry for entry in entries}
    found: list[Entry] = []
    faults: list[EvidentiaError] = []
    for name, family in families.items():
        where = f"config.yaml, families.{name}"
        p_values = {effect: _p_value(effect, ledger, where, faults) for effect in family.effects}
        for effect in set(p_values) & {entry["id"].removesuffix(".p_adjusted") for entry in found}:
            faults.append(
                EvidentiaError(
                    f"the effect {effect} is in two families", where=where, remedy="leave it in one"
                )
            )
        if not faults:
            found += _adjusted(
                name, family, {effect: float(value) for effect, value in p_values.items()}, ledger
            )
    raise_all(faults)
    return found


def _p_value(effect: str, ledger: Mapping[str, Entry], where: str, faults: list[EvidentiaError]) -> Any:
    id = f"{effect}.p_value"
    if id not in ledger:
        known = [other.removesuffix(".p_value") for other in ledger if other.endswith(".p_value")]
        faults.append(
            EvidentiaError(f"there is no effect '{effect}'", where=where, remedy=did_you_mean(effect, known))
        )
        return 0.0
    if ledger[id]["value"] is None:
        why = "is suppressed" if ledger[id].get("suppressed") else "has no value"
        faults.append(
            EvidentiaError(f"the p-value of {effect} {why}", where=where, remedy="take it out of the family")
        )
        return 0.0
    return ledger[id]["value"]


def _adjusted(
    name: str, family: Family, p_values: Mapping[str, float], ledger: Mapping[str, Entry]
) -> list[Entry]:
    from statsmodels.stats.multitest import multipletests

    method, words = METHODS[family.method]
    adjusted = multipletests(list(p_values.values()), method=method)[1]
    sources = {id: entry["source"] for id, entry in ledger.items()}
    source = combined_source({f"{effect}.p_value": None for effect in p_values}, sources)
    rows: list[Entry] = []
    for effect, value in zip(p_values, adjusted, strict=True):
        label = (
            f"{ledger[f'{effect}.p_value']['label']}, adjusted for the {len(p_values)} outcomes of the family"
            f" {name}"
        )
        formula = f"{words}, of " + ", ".join(f"{other}.p_value" for other in p_values)
        rows.append(
            {
                "id": f"{effect}.p_adjusted",
                "value": float(value),
                "unit": "p_value",
                "label": label,
                "formula": formula,
                "source": source,
            }
        )
    return rows


def with_adjusted(condition: str, ledger: Mapping[str, Any]) -> str:
    """Return a claim's condition in which ``significant`` judges adjusted p-values, where a family is
    declared.

    Raises
    ------
    EvidentiaError
        If the condition compares a p-value itself that has an adjusted one.
    """
    text = _SIGNIFICANT.sub(lambda match: f"{match[1]}{match[2]}.{_of(match[2], ledger)}", condition)
    for id in _PLAIN.findall(text):
        if f"{id.removesuffix('.p_value')}.p_adjusted" in ledger:
            raise EvidentiaError(
                f"'{id}' is one of a family of outcomes",
                remedy=(
                    f"judge the adjusted one: {id.removesuffix('.p_value')}.p_adjusted, or significant({id})"
                ),
            )
    return text


def _of(effect: str, ledger: Mapping[str, Any]) -> str:
    return "p_adjusted" if f"{effect}.p_adjusted" in ledger else "p_value"
