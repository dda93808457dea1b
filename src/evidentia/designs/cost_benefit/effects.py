"""The effects that are valued: read from the results of other analyses, or given as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.results import Result
from evidentia.designs.cost_benefit.settings import CostBenefitSettings

UNITS = (
    "proportion",
    "percentage_points",
    "count",
    "mean",
    "coefficient",
    "score",
    "days",
    "weeks",
    "months",
    "years",
)
"""Units of which each one has a worth; a rate has to be turned into a count first."""


@dataclass(frozen=True)
class Effect:
    """An effect with its uncertainty; a number given in config.yaml has none."""

    estimate: float
    se: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p_value: float | None = None
    unit: str = "coefficient"
    label: str = ""


def read_effects(settings: CostBenefitSettings, results: Mapping[str, Result]) -> dict[str, Effect]:
    """Return the effect of each benefit.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an effect that is not there, has no value, or has a unit that cannot be valued.
    """
    found, faults = {}, []
    for name, benefit in settings.benefits.items():
        try:
            found[name] = (
                Effect(benefit.effect)
                if isinstance(benefit.effect, float)
                else _read(benefit.effect, results)
            )
        except EvidentiaError as fault:
            faults.append(
                EvidentiaError(fault.what, where=f"config.yaml, benefits.{name}.effect", remedy=fault.remedy)
            )
    raise_all(faults)
    return found


def without_error(settings: CostBenefitSettings, effects: Mapping[str, Effect]) -> list[str]:
    """Return the ids of estimates whose standard error is not known, so that no draw of them can be made."""
    ids = [
        one.effect
        for name, one in settings.benefits.items()
        if isinstance(one.effect, str) and effects[name].se is None
    ]
    return list(dict.fromkeys(ids))


def _read(stem: str, results: Mapping[str, Result]) -> Effect:
    """Return the estimate of an id such as ``trial.effect``, with its statistics."""
    analysis, _, rest = stem.removesuffix(".estimate").partition(".")
    numbers = {number.id: number for number in results[analysis].numbers} if analysis in results else {}
    number = numbers.get(f"{rest}.estimate")
    if number is None:
        known = [
            f"{name}.{id.removesuffix('.estimate')}"
            for name, one in results.items()
            for id in _estimates(one)
        ]
        raise EvidentiaError(f"there is no estimate '{stem}'", remedy=did_you_mean(stem, known))
    if number.suppressed or not isinstance(number.value, int | float):
        why = "is suppressed" if number.suppressed else "has no value"
        raise EvidentiaError(
            f"the effect '{stem}' {why}, so nothing can be computed from it", remedy="value another effect"
        )
    if number.unit not in UNITS:
        raise EvidentiaError(
            f"the effect '{stem}' is a {number.unit}, which has no worth by the unit",
            remedy=f"name an effect in {', '.join(UNITS)}",
        )
    values = {
        name: numbers[f"{rest}.{name}"].value
        for name in ("se", "ci_low", "ci_high", "p_value")
        if f"{rest}.{name}" in numbers
    }
    return Effect(
        float(number.value),
        **{name: float(value) for name, value in values.items() if value is not None},
        unit=number.unit,
        label=number.label,
    )


def _estimates(result: Result) -> list[str]:
    return [number.id for number in result.numbers if number.id.endswith(".estimate")]
