"""The difference of each arm from the control arm, in every way that the trial allows."""

from __future__ import annotations

import math

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.proportions import (
    newcombe,
    newcombe_p_value,
    score_p_value,
    score_ratio,
)
from evidentia.designs.inference.wald import NOT_AVAILABLE, wald
from evidentia.designs.rct.models import (
    Components,
    Matrix,
    ancova,
    by_cluster,
    constant_arm,
    matrix,
    mixed,
)
from evidentia.designs.rct.people import Arm, Trial
from evidentia.designs.rct.settings import RctSettings
from evidentia.designs.rct.sizes import (
    freedom,
    hedges_g,
)

Estimate = dict[str, float]
WAYS = {
    "ancova": later("least squares, HC2 standard error, t with n - k degrees of freedom"),
    "classical": later("least squares, one variance for all arms, t with n - k degrees of freedom"),
    "cr2": later("least squares, CR2 standard error by cluster, Satterthwaite's degrees of freedom"),
    "mixed": later("linear model with a random intercept by cluster, restricted maximum likelihood"),
    "newcombe": later("difference of shares with Newcombe's score interval"),
}

NAMES = {
    "ancova": later("least squares"),
    "classical": later("one variance for all arms"),
    "cr2": later("CR2 error by cluster"),
    "mixed": later("mixed model"),
    "newcombe": later("Newcombe's interval"),
}


def stems(trial: Trial) -> dict[str, str]:
    """Return the ending of the estimates' ids of each arm but the control: none for the first."""
    return {arm.key: "" if place == 0 else f"_{arm.key}" for place, arm in enumerate(trial.arms[1:])}


def clusters_with_people(clusters: Clusters, arm: Arm, trial: Trial) -> int:
    """Return how many clusters have people of an arm who are analysed."""
    return int(clusters.holding(arm.assigned & trial.analysed).sum())


def add_effects(
    result: Result, settings: RctSettings, trial: Trial, spread: Components
) -> tuple[float, float]:
    """Report each arm's difference in every way; return standard error and degrees of freedom of the first
    one that counts.
    """
    unit = "percentage_points" if settings.outcome_type == "binary" else settings.unit
    adjusted, plain = matrix(trial), matrix(trial, adjusted=False)
    rows, first = [], (math.nan, math.nan)
    for place, (arm, ending) in enumerate(zip(trial.arms[1:], stems(trial).values(), strict=True)):
        label = translate(
            "{label}, {of} minus {label2}", label=settings.label, of=arm.label, label2=trial.arms[0].label
        )
        found = _ways(settings, trial, adjusted, place)
        way = settings.estimator if settings.cluster else next(iter(found))
        df = found[way].get("df", math.nan)
        if place == 0:
            first = (found[way]["se"], df)
        size = hedges_g(
            found[way], spread.total, freedom(len(adjusted.y), len(trial.arms), adjusted.clusters, spread.icc)
        )
        _add(result, f"effect{ending}", found[way], unit, label, translate(WAYS[way]))
        _add(
            result,
            f"hedges_g{ending}",
            size,
            "coefficient",
            translate("{label}, Hedges' g", label=label),
            translate("difference over the root of the total variance"),
        )
        if len(found) > 1:
            for name, one in found.items():
                words = f"{label}, {translate(NAMES[name])}"
                _add(result, f"effect_{name}{ending}", one, unit, words, translate(WAYS[name]))
        crude = _ways(settings, trial, plain, place)
        name = next(iter(crude))
        _add(
            result,
            f"effect_unadjusted{ending}",
            crude[name],
            unit,
            translate("{label}, not adjusted", label=label),
            translate(WAYS[name]),
        )
        if settings.outcome_type == "binary":
            ratio = _risk_ratio(settings, trial, arm)
            how = translate("score interval") if math.isnan(ratio["se"]) else translate("delta method")
            _add(
                result,
                f"risk_ratio{ending}",
                ratio,
                "ratio",
                translate("{label}: ratio, not adjusted", label=label),
                how,
            )
        rows.append([arm.key, arm.label, ending])
    result.frames["effects"] = Frame(["arm", "label", "ending"], rows)
    return first


def _add(result: Result, id: str, found: Estimate, unit: str, label: str, how: str) -> None:
    result.add_estimate(id, {name: value for name, value in found.items() if name != "df"}, unit, label, how)


def _ways(settings: RctSettings, trial: Trial, data: Matrix, arm: int) -> dict[str, Estimate]:
    """Return an arm's difference in every way that the trial allows; the first is the plainest."""
    if trial.clusters is None:
        classical = settings.errors == "classical"
        found = ancova(data, arm, settings.confidence, classical=classical)
        edge = _at_edge(settings, trial, data, arm)
        if edge:
            return {"newcombe": edge}
        way = "classical" if classical else "ancova"
        return {way: NOT_AVAILABLE | {"estimate": found["estimate"]} if constant_arm(trial) else found}
    assert data.clusters is not None
    ways = {
        "cr2": by_cluster(data, arm, settings.confidence),
        "mixed": mixed(data, arm, settings.confidence, _mixed_df(settings, trial, data)),
    }
    few = min(clusters_with_people(trial.clusters, one, trial) for one in trial.arms) < 2
    if few or constant_arm(trial):
        return {name: NOT_AVAILABLE | {"estimate": one["estimate"]} for name, one in ways.items()}
    return ways


def _mixed_df(settings: RctSettings, trial: Trial, data: Matrix) -> float:
    """Return degrees of freedom: clusters less arms where clusters were assigned, else people less
    coefficients and clusters.
    """
    assert data.clusters is not None
    if settings.randomised == "clusters":
        return data.clusters.number - len(trial.arms)
    return len(data.y) - data.X.shape[1] - data.clusters.number + 1


def _at_edge(settings: RctSettings, trial: Trial, data: Matrix, arm: int) -> Estimate | None:
    """Return Newcombe's interval of a plain difference of shares where an arm has nobody or everybody with
    the outcome.
    """
    if settings.outcome_type != "binary" or data.X.shape[1] > len(trial.arms) or not constant_arm(trial):
        return None
    (one, n_1), (other, n_2) = (_share(trial, trial.arms[place]) for place in (arm + 1, 0))
    low, high = newcombe(one, n_1, other, n_2, settings.confidence)
    p_value = newcombe_p_value(one, n_1, other, n_2)
    return {"estimate": one - other, "se": math.nan, "ci_low": low, "ci_high": high, "p_value": p_value}


def _share(trial: Trial, arm: Arm) -> tuple[float, int]:
    values = trial.outcome[arm.assigned & trial.analysed]
    return float(values.mean()), len(values)


def _risk_ratio(settings: RctSettings, trial: Trial, arm: Arm) -> Estimate:
    """Return a ratio of shares with an interval on the log scale; errors by cluster, if there are any. At an
    edge the interval is a score interval, which takes people as independent.
    """
    (one, n_1), (other, n_2) = _share(trial, arm), _share(trial, trial.arms[0])
    if not one or not other or 1.0 in (one, other):
        ratio = one / other if other else math.nan
        if trial.clusters is not None or not (one or other):
            return NOT_AVAILABLE | {"estimate": ratio}
        counts = round(one * n_1), n_1, round(other * n_2), n_2
        low, high = score_ratio(*counts, settings.confidence)
        limits = {"ci_low": low, "ci_high": high if math.isfinite(high) else math.nan}
        return {"estimate": ratio, "se": math.nan, **limits, "p_value": score_p_value(*counts)}
    who = trial.analysed & (arm.assigned | trial.arms[0].assigned)
    y, mine = trial.outcome[who], arm.assigned[who]
    influence = np.where(mine, (y - one) / (n_1 * one), -(y - other) / (n_2 * other))
    clusters = trial.clusters_of(who)
    df = clusters.number - 2 if clusters else math.inf
    if clusters is not None and min(clusters.holding(side).sum() for side in (mine, ~mine)) < 2:
        return NOT_AVAILABLE | {"estimate": one / other}
    log = wald(math.log(one / other), root(influence, clusters), settings.confidence, df, scale=1.0)
    limits = {name: math.exp(log[name]) for name in ("estimate", "ci_low", "ci_high")}
    return {
        "estimate": limits["estimate"],
        "se": log["se"] * limits["estimate"],
        **limits,
        "p_value": log["p_value"],
    }
