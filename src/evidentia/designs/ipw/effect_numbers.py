"""The effects as numbers of the ledger, with words that say how each is estimated."""

from __future__ import annotations

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.designs.ipw.balance import pooled_deviation
from evidentia.designs.ipw.estimates import Estimates
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import IpwSettings

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
M_ESTIMATION = later("difference of weighted means; M-estimation, which counts the propensity as estimated")


def group_names(settings: IpwSettings) -> dict[str, str]:
    """Return what the two groups are called."""
    return {"treated": settings.groups.treated, "comparator": settings.groups.comparator}


def add_effects(result: Result, settings: IpwSettings, sample: Sample, found: Estimates) -> None:
    """Report the outcome's means and every effect."""
    name = settings.label(settings.outcome)
    share = "proportion" if sample.binary else "mean"
    for id, means, when in (
        ("outcome_unweighted", found.crude, "unweighted"),
        ("outcome", found.means, "weighted"),
    ):
        for group, who in group_names(settings).items():
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
    _add_estimates(result, settings, sample, found)
    if "effect_bootstrap" in found.effects:
        _add_bootstrap(result, settings, found.failed)
    _add_ratio(result, name, found)


def _add_estimates(result: Result, settings: IpwSettings, sample: Sample, found: Estimates) -> None:
    """Report every difference with its statistics."""
    unit = "percentage_points" if sample.binary else "mean"
    name = settings.label(settings.outcome)
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


def _add_bootstrap(result: Result, settings: IpwSettings, failed: float) -> None:
    """Report how often the bootstrap was drawn, and how often without a fit."""
    result.add(
        "bootstrap.replicates",
        settings.bootstrap.replicates,
        "count",
        translate("Bootstrap replicates"),
        basis="configured",
    )
    result.add(
        "bootstrap.failed",
        failed,
        "proportion",
        translate("Bootstrap replicates in which the propensity has no fit"),
    )


def _add_ratio(result: Result, name: str, found: Estimates) -> None:
    """Report the risk ratio, if there is one, and how strong a confounder would have to be to explain it."""
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
