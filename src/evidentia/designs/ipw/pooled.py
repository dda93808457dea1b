"""One result from those of several imputed data sets, and how far imputed outcomes would have to be off to
change it.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from evidentia.core.results import Number, Result
from evidentia.designs.inference.rubin import rubin
from evidentia.designs.ipw.effects import e_values, weighted_means
from evidentia.designs.ipw.estimates import degrees_of_freedom
from evidentia.designs.ipw.impute import Imputed
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import IpwSettings

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")
FARTHEST = 5.0  # standard deviations that imputed outcomes are moved by
STEPS = 30
AT_EDGE = "the outcomes of a group are all alike in an imputed data set, so that no interval can be pooled"
Run = tuple[Result, Sample, Model]


def pool_results(settings: IpwSettings, runs: Sequence[Run], imputed: Imputed) -> Result:
    """Return the first result with every effect pooled by Rubin's rules, and every other number averaged.

    Frames other than that of the balance stay those of the first data set.
    """
    base, sample, _ = runs[0]
    values: dict[str, list[Any]] = {}
    for result, _, _ in runs:
        for number in result.numbers:
            values.setdefault(number.id, []).append(number.value)
    pooled = _effects(settings, values, degrees_of_freedom(sample))
    at_edge = sample.binary and any("note.no_variation" in _ids(result) for result, _, _ in runs)
    if at_edge:
        gone = (*STATISTICS[1:], "se_log", "percentile_low", "percentile_high")
        pooled |= {id: None for id in values if id == "evalue.ci" or id.rpartition(".")[2] in gone}
    base.numbers = [_number(number, values[number.id], pooled, at_edge=at_edge) for number in base.numbers]
    held = {number.id for number in base.numbers}
    base.numbers += [
        number
        for result, _, _ in runs[1:]
        for number in result.numbers
        if number.about and number.id not in held
    ]
    base.numbers = list({number.id: number for number in base.numbers}.values())
    if at_edge:
        base.numbers = [
            dataclasses.replace(number, value=AT_EDGE) if number.id == "note.no_variation" else number
            for number in base.numbers
        ]
    balances = [result.frames["balance"].rows for result, _, _ in runs]
    for place, row in enumerate(base.frames["balance"].rows):
        row[3:5] = [_mean([rows[place][column] for rows in balances]) for column in (3, 4)]
    plan = settings.imputation
    assert plan is not None
    base.add("imputation.m", plan.m, "count", "Imputed data sets", basis="configured")
    base.links.count_nobody("imputation.m")
    for column, count in imputed.counts.items():
        base.add(f"imputation.values.{column}", count, "count", f"Imputed values of {settings.label(column)}")
    stems = [id.removesuffix(".estimate") for id in values if id.endswith(".estimate")]
    words = f"missing values of {', '.join(map(settings.label, imputed.counts))} were imputed {plan.m} times"
    base.note("imputed", words, [*stems, "outcome"])
    if settings.outcome in imputed.counts:
        _tipping(base, settings, runs, imputed.outcome)
    return base


def _mean(values: Sequence[Any]) -> Any:
    return None if any(value is None for value in values) else float(np.mean(values))


def _effects(settings: IpwSettings, values: dict[str, list[Any]], df: float) -> dict[str, Any]:
    """Return the pooled statistics of every effect by number id."""
    found: dict[str, Any] = {}
    for id in [id for id in values if id.endswith(".se")]:
        stem = id.removesuffix(".se")
        estimates, errors = values[f"{stem}.estimate"], values[f"{stem}.se"]
        logs = values.get(f"{stem}.se_log")
        if any(value is None for value in (*estimates, *errors)):
            found |= {f"{stem}.{name}": None for name in (*STATISTICS[1:], *(["se_log"] if logs else []))}
        elif logs:
            log = rubin([math.log(value) for value in estimates], logs, settings.confidence, df)
            ratio = {name: math.exp(log[name]) for name in ("estimate", "ci_low", "ci_high")}
            more = {"se": ratio["estimate"] * log["se"], "se_log": log["se"], "p_value": log["p_value"]}
            found |= {f"{stem}.{name}": value for name, value in (ratio | more).items()}
            found |= dict(zip(("evalue.estimate", "evalue.ci"), e_values(ratio), strict=True))
        else:
            statistics = rubin(estimates, errors, settings.confidence, df)
            found |= {f"{stem}.{name}": value for name, value in statistics.items()}
            found |= {
                f"{stem}.{end}": None
                for end in ("percentile_low", "percentile_high")
                if f"{stem}.{end}" in values
            }
    return found


def _ids(result: Result) -> set[str]:
    return {number.id for number in result.numbers}


def _number(number: Number, values: Sequence[Any], pooled: dict[str, Any], *, at_edge: bool) -> Number:
    if number.id in pooled and pooled[number.id] is None and at_edge:
        return dataclasses.replace(number, value=None, formula=AT_EDGE)
    if number.id in pooled:
        value = pooled[number.id]
        formula = (
            f"{number.formula}; pooled by Rubin's rules" if number.formula else "pooled by Rubin's rules"
        )
        return dataclasses.replace(
            number, value=None if value is None or value != value else value, formula=formula
        )
    if number.unit == "count" or number.basis == "configured" or not isinstance(number.value, float):
        return number
    return dataclasses.replace(number, value=_mean(values))


def _tipping(result: Result, settings: IpwSettings, runs: Sequence[Run], missing: Any) -> None:
    """Add how far the imputed outcomes of the treated would have to be off for the effect to lose its
    significance.
    """
    binary = runs[0][1].binary
    deviation = float(np.std(np.concatenate([sample.outcome for _, sample, _ in runs])))
    order = np.random.default_rng(settings.imputation.seed if settings.imputation else 0).permutation(
        len(missing)
    )
    effect = _shifted(settings, runs, missing, order, 0.0)
    direction = -math.copysign(1.0, effect["estimate"])

    def holds(size: float) -> bool:
        found = _shifted(settings, runs, missing, order, direction * size)
        return bool(found["p_value"] < 1 - settings.confidence and found["estimate"] * direction < 0)

    value, low, high = None, 0.0, 1.0 if binary else FARTHEST * deviation
    if holds(low) and not holds(high):
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        value = high if binary else direction * high
    unit = "proportion" if binary else "mean"
    what = (
        "share of the treated's imputed outcomes that would have to be the other way"
        if binary
        else "shift of the treated's imputed outcomes"
    )
    how = "no value: the effect is not significant, or no shift that was tried takes its significance away"
    result.add(
        "tipping_point", value, unit, f"Tipping point: {what}, for the effect to lose its significance", how
    )


def _shifted(
    settings: IpwSettings, runs: Sequence[Run], missing: Any, order: Any, shift: float
) -> dict[str, float]:
    """Return the effect with the treated's imputed outcomes moved: by a shift, or, if binary, a share of them
    set to the other value.
    """
    estimates, errors = [], []
    for _, sample, model in runs:
        outcome, who = sample.outcome.copy(), missing & sample.treated
        if sample.binary:
            wanted = float(shift > 0)
            turned = [place for place in order if who[place] and outcome[place] != wanted]
            outcome[turned[: round(abs(shift) * len(turned))]] = wanted
        else:
            outcome[who] += shift
        influence = None if settings.errors == "robust" else model.influence
        means = weighted_means(
            model.weights[settings.estimand],
            sample.treated,
            outcome,
            influence,
            model.matrix,
            sample.clusters,
        )
        estimates.append(means.difference)
        errors.append(means.standard_error)
    return rubin(estimates, errors, settings.confidence, degrees_of_freedom(runs[0][1]))
