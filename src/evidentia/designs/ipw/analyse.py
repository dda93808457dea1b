"""Analysis of the design ``ipw``: an effect between a treated and a comparator group
made alike by weights.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.ipw.balance import Balance, compare, pooled_deviation
from evidentia.designs.ipw.breakdown import add_breakdown
from evidentia.designs.ipw.disclose import declare
from evidentia.designs.ipw.effect_numbers import add_effects, group_names
from evidentia.designs.ipw.estimates import estimate
from evidentia.designs.ipw.flow import GROUPS, prepare_people, report_flow
from evidentia.designs.ipw.impute import impute
from evidentia.designs.ipw.logit import expit
from evidentia.designs.ipw.model import Model, propensity_model
from evidentia.designs.ipw.notes import add_notes
from evidentia.designs.ipw.pooled import Run, pool_results
from evidentia.designs.ipw.sample import Sample, read_sample
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.weights import effective_size

WEIGHTED = later("unweighted"), later("weighted")
LEAST_IN_BAR = 10  # people in each bar of the picture of overlap, whatever the data set's policy
BARS = 20


def analyse(settings: IpwSettings, tables: dict[str, DataTable]) -> Result:
    """Weight the groups, compare them before and after, and estimate the effect.

    Parameters
    ----------
    settings : IpwSettings
    tables : dict of str to DataTable
        One row a person; or, with ``prepare``, the files that records are made of.

    Raises
    ------
    EvidentiaError
        Or `Problems`; see `prepare`, `read_sample` and `propensity_model`.
    """
    result = Result()
    table = prepare_people(settings, tables, result) if settings.prepare else tables[str(settings.data)]
    if settings.imputation is None:
        return _analysed(result, settings, table)[0]
    imputed = impute(settings, table)
    if not imputed.counts:
        result.messages.append("no value is missing, so nothing is imputed")
        return _analysed(result, settings, table)[0]
    prepared = [result, *(copy.deepcopy(result) for _ in imputed.tables[1:])]
    return pool_results(
        settings,
        [_analysed(one, settings, filled) for one, filled in zip(prepared, imputed.tables, strict=True)],
        imputed,
    )


def _analysed(result: Result, settings: IpwSettings, table: DataTable) -> Run:
    """Add the numbers of a table to a result, and return it with the sample and its model."""
    sample = read_sample(settings, table)
    model = propensity_model(sample)
    if model.spare:
        result.messages.append(
            f"{', '.join(model.spare)}: a combination of other terms, so the propensity model does without"
        )
    _sizes(result, settings, sample, model)
    _balance(result, settings, sample, model)
    estimates = estimate(settings, sample, model)
    result.messages += estimates.messages
    add_effects(result, settings, sample, estimates)
    add_notes(result, settings, sample, model, estimates)
    report_flow(result, sample)
    least = max(LEAST_IN_BAR, table.minimum_cell)
    result.add(
        "overlap.least_in_bar",
        least,
        "count",
        translate("Least number of people in a bar of the picture of overlap"),
        basis="configured",
    )
    result.frames["propensity"] = _bars(model, sample, least)
    declare(result, settings, sample, model)
    add_breakdown(result, settings, sample, "percentage_points" if sample.binary else "mean")
    return result, sample, model


def _sizes(result: Result, settings: IpwSettings, sample: Sample, model: Model) -> None:
    """Report sample sizes before and after weighting, and the largest weight."""
    values = model.weights[settings.estimand].values
    masks = {"treated": sample.treated, "comparator": ~sample.treated}
    propensity = expit(model.fit.linear)
    for group, who in group_names(settings).items():
        result.add(f"n.{group}", int(masks[group].sum()), "count", translate("People, {who}", who=who))
    for group, who in group_names(settings).items():
        size = effective_size(values[masks[group]])
        result.add(
            f"ess.{group}",
            size,
            "count",
            translate("Effective sample size after weighting, {who}", who=who),
            translate("(sum of weights)² / sum of squared weights"),
        )
        result.add(
            f"weight_propensity.{group}",
            _correlation(values[masks[group]], propensity[masks[group]]),
            "coefficient",
            translate("Correlation of weight and propensity, {who}", who=who),
            translate("Pearson's correlation; 0 where all weights are equal"),
        )
    scale = (
        translate("of 1/p, p the probability of the group that the person is in")
        if settings.estimand == "ATE"
        else translate("for the {estimand}", estimand=settings.estimand)
    )
    result.add(
        "max_weight",
        float(values.max()),
        "ratio",
        translate("Largest weight"),
        translate("on the scale {scale}", scale=scale),
    )
    result.add(
        "confidence.level",
        settings.confidence,
        "proportion",
        translate("Confidence level of the intervals"),
        basis="configured",
    )


def _correlation(first: Any, second: Any) -> float:
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def _balance(result: Result, settings: IpwSettings, sample: Sample, model: Model) -> None:
    """Report each variable's means and differences, before and after weighting."""
    ones = np.ones(len(sample.treated))
    rows = []
    compared: list[tuple[Any, dict[str, Balance]]] = []
    for variable in sample.variables:
        deviation = pooled_deviation(variable.values, sample.treated)
        values = model.weights[settings.estimand].values
        found = {
            "unweighted": compare(variable.values, sample.treated, ones, deviation),
            "weighted": compare(variable.values, sample.treated, values, deviation),
        }
        compared.append((variable, found))
        rows.append(
            [variable.id, variable.label, variable.unit, found["unweighted"].smd, found["weighted"].smd]
        )
    for when in WEIGHTED:
        for variable, found in compared:
            for group, who in group_names(settings).items():
                mean = getattr(found[when], group)
                result.add(
                    f"mean_{when}.{variable.id}.{group}",
                    mean,
                    variable.unit,
                    translate(
                        "{label}, mean, {who}, {when}", label=variable.label, who=who, when=translate(when)
                    ),
                )
    pooled = translate("difference of means / pooled standard deviation of the unweighted sample")
    for when in WEIGHTED:
        for variable, found in compared:
            item, stem = found[when], f"{variable.label}, {translate(when)}"
            result.add(
                f"smd_{when}.{variable.id}",
                item.smd,
                "coefficient",
                translate("Standardised mean difference: {stem}", stem=stem),
                pooled,
            )
            if item.variance_ratio == item.variance_ratio:
                result.add(
                    f"variance_ratio_{when}.{variable.id}",
                    item.variance_ratio,
                    "ratio",
                    translate("Variance ratio: {stem}", stem=stem),
                )
            result.add(
                f"ks_{when}.{variable.id}",
                item.ks,
                "coefficient",
                translate("Kolmogorov-Smirnov distance: {stem}", stem=stem),
            )
        sizes = [abs(found[when].smd) for _, found in compared if found[when].smd == found[when].smd]
        result.add(
            f"largest_smd.{when}",
            max(sizes, default=0.0),
            "coefficient",
            translate("Largest standardised mean difference, {when}", when=translate(when)),
        )
    result.frames["balance"] = Frame(["id", "label", "unit", "unweighted", "weighted"], rows)


def _bars(model: Model, sample: Sample, least: int) -> Frame:
    """Return how many people of each group have a propensity within bounds; bars are joined until each holds
    enough.
    """
    edges = np.arange(BARS + 1) / BARS
    rows: list[list[Any]] = []
    for group, mask in zip(GROUPS, (sample.treated, ~sample.treated), strict=True):
        counts = np.histogram(model.propensity[mask], edges)[0]
        held = np.flatnonzero(counts)
        bars: list[list[Any]] = []
        for index in range(held[0], held[-1] + 1):
            if bars and bars[-1][2] < least:
                bars[-1] = [bars[-1][0], float(edges[index + 1]), bars[-1][2] + int(counts[index])]
            else:
                bars.append([float(edges[index]), float(edges[index + 1]), int(counts[index])])
        if len(bars) > 1 and bars[-1][2] < least:
            last = bars.pop()
            bars[-1] = [bars[-1][0], last[1], bars[-1][2] + last[2]]
        rows += [[group, *bar] for bar in bars]
    return Frame(["group", "from", "to", "people"], rows, ["", "proportion", "proportion", "count"])
