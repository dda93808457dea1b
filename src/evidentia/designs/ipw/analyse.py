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
from evidentia.designs.ipw.estimates import Estimates, estimate
from evidentia.designs.ipw.flow import GROUPS, prepare_people, report_flow
from evidentia.designs.ipw.impute import impute
from evidentia.designs.ipw.logit import expit
from evidentia.designs.ipw.model import Model, propensity_model
from evidentia.designs.ipw.notes import add_notes
from evidentia.designs.ipw.pooled import Run, pool_results
from evidentia.designs.ipw.sample import Sample, read_sample
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.weights import effective_size

POPULATIONS = {
    "ATE": later("everyone in both groups"),
    "ATT": later("people like the treated"),
    "ATC": later("people like the comparators"),
    "ATO": later("people who could be in either group"),
}
HOW = {
    "effect_robust": later(
        "difference of weighted means; robust standard error (HC0) that takes the weights as known"
    ),
    "effect_bootstrap": later(
        "difference of weighted means; standard deviation over bootstrap replicates, propensity fitted again"
        " in each"
    ),
    "effect_cr2": later(
        "difference of weighted means; CR2 by cluster, weights taken as known; t with Satterthwaite's degrees"
        " of freedom"
    ),
    "effect_aipw": later(
        "augmented inverse probability weighting: propensity and outcome models; M-estimation"
    ),
    "effect_crude": later("difference of unweighted means; robust standard error (HC0)"),
}
BY_CLUSTER = later("; influences summed by cluster, t with {df} degrees of freedom")
AT_THE_EDGE = later(
    "; interval by Newcombe from effective numbers of people, p-value where that interval ends at 0"
)
SCORE = later("score interval and test from unweighted counts, because the outcomes of a group are all alike")
WEIGHTED = later("unweighted"), later("weighted")
M_ESTIMATION = later("difference of weighted means; M-estimation, which counts the propensity as estimated")
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
    _effects(result, settings, sample, estimates)
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


def _names(settings: IpwSettings) -> dict[str, str]:
    return {"treated": settings.groups.treated, "comparator": settings.groups.comparator}


def _sizes(result: Result, settings: IpwSettings, sample: Sample, model: Model) -> None:
    """Report sample sizes before and after weighting, and the largest weight."""
    values = model.weights[settings.estimand].values
    masks = {"treated": sample.treated, "comparator": ~sample.treated}
    propensity = expit(model.fit.linear)
    for group, who in _names(settings).items():
        result.add(f"n.{group}", int(masks[group].sum()), "count", translate("People, {who}", who=who))
    for group, who in _names(settings).items():
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
            for group, who in _names(settings).items():
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


def _effects(result: Result, settings: IpwSettings, sample: Sample, found: Estimates) -> None:
    """Report the outcome's means and every effect."""
    name = settings.label(settings.outcome)
    share, unit = ("proportion", "percentage_points") if sample.binary else ("mean", "mean")
    for id, means, when in (
        ("outcome_unweighted", found.crude, "unweighted"),
        ("outcome", found.means, "weighted"),
    ):
        for group, who in _names(settings).items():
            result.add(f"{id}.{group}", getattr(means, group), share, f"{name}, {who}, {translate(when)}")
    few_values = (
        sample.table.minimum_cell > 1 and len(np.unique(sample.outcome)) < len(sample.outcome) / 2
    )  # which would tell of people
    if not sample.binary and not few_values:
        deviation = pooled_deviation(sample.outcome, sample.treated)
        result.add(
            "outcome_sd",
            deviation,
            share,
            translate("{name}, standard deviation", name=name),
            translate("root of the mean of both groups' variances, unweighted"),
        )
    for id, values in found.effects.items():
        estimand = settings.estimand
        if id.removeprefix("effect_").upper() in POPULATIONS:
            estimand = id.removeprefix("effect_").upper()  # type: ignore[assignment]
        who = (
            translate("without weights")
            if id == "effect_crude"
            else translate("for {population}", population=translate(POPULATIONS[estimand]))
        )
        label, values = (
            translate("Effect on {what}, {who}", what=name[:1].lower() + name[1:], who=who),
            dict(values),
        )
        df = values.pop("df", None)
        result.add_estimate(id, values, unit, label, _how(id, settings, sample, found))
        if df is not None:
            result.add(
                f"{id}.df",
                df,
                "coefficient",
                translate("{label}, degrees of freedom", label=label),
                "Satterthwaite's",
            )
    if "effect_bootstrap" in found.effects:
        result.add(
            "bootstrap.replicates",
            settings.bootstrap.replicates,
            "count",
            translate("Bootstrap replicates"),
            basis="configured",
        )
        result.add(
            "bootstrap.failed",
            found.failed,
            "proportion",
            translate("Bootstrap replicates in which the propensity has no fit"),
        )
    if found.ratio and found.e_value:
        log = translate("ratio of weighted shares; ") + (
            translate(SCORE)
            if found.alike
            else translate("interval and p-value on the log scale, M-estimation")
        )
        result.add_estimate(
            "risk_ratio", found.ratio, "ratio", translate("Risk ratio: {name}", name=name), log
        )
        strength = translate(
            "strength of association that an unmeasured confounder would need with treatment and outcome, as"
            " a risk ratio"
        )
        result.add(
            "evalue.estimate",
            found.e_value[0],
            "ratio",
            translate("E-value of the risk ratio: {name}", name=name),
            strength,
        )
        result.add(
            "evalue.ci",
            found.e_value[1],
            "ratio",
            translate("E-value of the confidence limit nearer to 1: {name}", name=name),
            strength,
        )


def _how(id: str, settings: IpwSettings, sample: Sample, found: Estimates) -> str:
    """Return in words how an effect is estimated."""
    default = HOW["effect_robust"] if settings.weights_known else M_ESTIMATION
    words = HOW.get(f"effect_{settings.errors}" if id == "effect" else id, default)
    by_cluster = ""
    if sample.clusters is not None and id != "effect_cr2":
        by_cluster = translate(BY_CLUSTER, df=sample.clusters.number - 1)
    return translate(words) + by_cluster + (translate(AT_THE_EDGE) if found.alike and sample.binary else "")


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
