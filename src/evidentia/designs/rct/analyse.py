"""Analysis of the design ``rct``: who was assigned and who is analysed, what the arms were like, and how
outcomes differ.
"""

from __future__ import annotations

import math

import numpy as np

from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.proportions import newcombe, newcombe_p_value
from evidentia.designs.inference.wald import NOT_AVAILABLE, wald
from evidentia.designs.rct.breakdown import add_breakdown
from evidentia.designs.rct.disclose import declare
from evidentia.designs.rct.judge import add_notes
from evidentia.designs.rct.models import (
    Components,
    Matrix,
    ancova,
    by_cluster,
    components,
    constant_arm,
    matrix,
    mixed,
)
from evidentia.designs.rct.people import Arm, Trial, read_trial
from evidentia.designs.rct.settings import RctSettings
from evidentia.designs.rct.sizes import (
    ATTRITION_BANDS,
    POWER_BANDS,
    detectable,
    detectable_at_design,
    freedom,
    hedges_g,
    padlocks,
)

Estimate = dict[str, float]
WAYS = {
    "ancova": "least squares, HC2 standard error, t with n - k degrees of freedom",
    "classical": "least squares, one variance for all arms, t with n - k degrees of freedom",
    "cr2": "least squares, CR2 standard error by cluster, Satterthwaite's degrees of freedom",
    "mixed": "linear model with a random intercept by cluster, restricted maximum likelihood",
    "newcombe": "difference of shares with Newcombe's score interval",
}


def analyse(settings: RctSettings, tables: dict[str, DataTable]) -> Result:
    """Compare each arm with the control arm.

    Parameters
    ----------
    settings : RctSettings
    tables : dict of DataTable
    """
    trial = read_trial(settings, tables[settings.data])
    result = Result()
    _people(result, settings, trial)
    _baseline(result, trial)
    _outcomes(result, settings, trial)
    spread = components(trial)
    error = _effects(result, settings, trial, spread)
    _sizes(result, settings, trial, spread, error)
    _flow(result, settings, trial)
    add_notes(result, settings, trial)
    add_breakdown(result, settings, trial, stems(trial))
    declare(result, settings, trial)
    return result


def stems(trial: Trial) -> dict[str, str]:
    """Return the ending of the estimates' ids of each arm but the control: none for the first."""
    return {arm.key: "" if place == 0 else f"_{arm.key}" for place, arm in enumerate(trial.arms[1:])}


def _people(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Report who was assigned, who has no outcome, who lacks what is adjusted for, and who is analysed, by
    arm.
    """
    for arm in trial.arms:
        assigned, lost = int(arm.assigned.sum()), int((arm.assigned & ~trial.known).sum())
        result.add(
            f"n.{arm.key}",
            int((arm.assigned & trial.analysed).sum()),
            "count",
            f"{arm.label}: people analysed",
        )
        result.add(f"assigned.{arm.key}", assigned, "count", f"{arm.label}: people assigned")
        result.add(f"lost.{arm.key}", lost, "count", f"{arm.label}: people whose outcome is not known")
        without = int((arm.assigned & trial.known & ~trial.analysed).sum())
        result.add(
            f"without_baseline.{arm.key}",
            without,
            "count",
            f"{arm.label}: people with an outcome who lack what is adjusted for",
        )
        result.add(
            f"attrition.{arm.key}",
            lost / assigned,
            "proportion",
            f"{arm.label}: share whose outcome is not known",
            "lost / assigned",
        )
        if trial.clusters is not None:
            number = _number(trial.clusters, arm, trial)
            result.add(
                f"clusters.{arm.key}", number, "count", f"{arm.label}: clusters analysed ({settings.cluster})"
            )
    result.add(
        "confidence", settings.confidence, "proportion", "Confidence level of intervals", basis="configured"
    )
    every = len(trial.known)
    result.add("assigned_overall", every, "count", "People assigned")
    result.add("lost_overall", int((~trial.known).sum()), "count", "People whose outcome is not known")
    result.add(
        "attrition_overall",
        float((~trial.known).mean()),
        "proportion",
        "Share whose outcome is not known",
        "lost / assigned",
    )


def _number(clusters: Clusters, arm: Arm, trial: Trial) -> int:
    return int(clusters.holding(arm.assigned & trial.analysed).sum())


def _baseline(result: Result, trial: Trial) -> None:
    """Report means of baseline and covariates by arm, and their standardised
    difference from the control arm.
    """
    rows = []
    for one in trial.variables:
        found = [one.values[arm.assigned & trial.analysed] for arm in trial.arms]
        for arm, values in zip(trial.arms, found, strict=True):
            result.add(
                f"mean.{one.id}.{arm.key}",
                float(values.mean()),
                one.unit,
                f"{one.label}, {arm.label}, people analysed",
            )
        for arm, values in zip(trial.arms[1:], found[1:], strict=True):
            size = _standardised(values, found[0])
            what = f"{one.label}, {arm.label}: standardised difference from {trial.arms[0].label}"
            result.add(
                f"smd.{one.id}.{arm.key}",
                size,
                "coefficient",
                what,
                "difference of means over the pooled standard deviation",
            )
        rows.append([one.id, one.label])
    result.frames["baseline"] = Frame(["id", "label"], rows)


def _standardised(values: np.ndarray, others: np.ndarray) -> float:
    freedom_of = len(values) + len(others) - 2
    if freedom_of < 1:
        return math.nan
    pooled = math.sqrt(
        (np.sum((values - values.mean()) ** 2) + np.sum((others - others.mean()) ** 2)) / freedom_of
    )
    return float((values.mean() - others.mean()) / pooled) if pooled > 0 else math.nan


def _outcomes(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Report the plain outcome of each arm."""
    unit = "proportion" if settings.outcome_type == "binary" else settings.unit
    for arm in trial.arms:
        values = trial.outcome[arm.assigned & trial.analysed]
        result.add(
            f"outcome.{arm.key}",
            float(values.mean()),
            unit,
            f"{settings.label}, {arm.label}, people analysed, not adjusted",
        )
        if settings.outcome_type == "continuous":
            spread = float(values.std(ddof=1)) if len(values) > 1 else math.nan
            result.add(
                f"outcome_sd.{arm.key}", spread, unit, f"{settings.label}, {arm.label}, standard deviation"
            )


def _effects(result: Result, settings: RctSettings, trial: Trial, spread: Components) -> tuple[float, float]:
    """Report each arm's difference in every way; return standard error and degrees of freedom of the first
    one that counts.
    """
    unit = "percentage_points" if settings.outcome_type == "binary" else settings.unit
    adjusted, plain = matrix(trial), matrix(trial, adjusted=False)
    rows, first = [], (math.nan, math.nan)
    for place, (arm, ending) in enumerate(zip(trial.arms[1:], stems(trial).values(), strict=True)):
        label = f"{settings.label}, {arm.label} minus {trial.arms[0].label}"
        found = _ways(settings, trial, adjusted, place)
        way = settings.estimator if settings.cluster else next(iter(found))
        df = found[way].get("df", math.nan)
        if place == 0:
            first = (found[way]["se"], df)
        size = hedges_g(
            found[way], spread.total, freedom(len(adjusted.y), len(trial.arms), adjusted.clusters, spread.icc)
        )
        _add(result, f"effect{ending}", found[way], unit, label, WAYS[way])
        _add(
            result,
            f"hedges_g{ending}",
            size,
            "coefficient",
            f"{label}, Hedges' g",
            "difference over the root of the total variance",
        )
        if len(found) > 1:
            for name, one in found.items():
                _add(result, f"effect_{name}{ending}", one, unit, f"{label}, {name}", WAYS[name])
        crude = _ways(settings, trial, plain, place)
        name = next(iter(crude))
        _add(result, f"effect_unadjusted{ending}", crude[name], unit, f"{label}, not adjusted", WAYS[name])
        if settings.outcome_type == "binary":
            _add(
                result,
                f"risk_ratio{ending}",
                _risk_ratio(settings, trial, arm),
                "ratio",
                f"{label}: ratio, not adjusted",
                "delta method",
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
    few = min(_number(trial.clusters, one, trial) for one in trial.arms) < 2
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
    """Return a ratio of shares with an interval on the log scale; errors by cluster, if there are any."""
    (one, n_1), (other, n_2) = _share(trial, arm), _share(trial, trial.arms[0])
    if not other:
        return dict(NOT_AVAILABLE)
    if not one or 1.0 in (one, other):
        return NOT_AVAILABLE | {"estimate": one / other}
    who = trial.analysed & (arm.assigned | trial.arms[0].assigned)
    y, mine = trial.outcome[who], arm.assigned[who]
    influence = np.where(mine, (y - one) / (n_1 * one), -(y - other) / (n_2 * other))
    clusters = trial.clusters_of(who)
    df = clusters.number - 2 if clusters else math.inf
    if clusters is not None and df < 1:
        return NOT_AVAILABLE | {"estimate": one / other}
    log = wald(math.log(one / other), root(influence, clusters), settings.confidence, df, scale=1.0)
    limits = {name: math.exp(log[name]) for name in ("estimate", "ci_low", "ci_high")}
    return {
        "estimate": limits["estimate"],
        "se": log["se"] * limits["estimate"],
        **limits,
        "p_value": log["p_value"],
    }


def _sizes(
    result: Result, settings: RctSettings, trial: Trial, spread: Components, error: tuple[float, float]
) -> None:
    """Report the share of variance between clusters, what could be found, and the EEF's bands."""
    if trial.clusters is not None:
        result.add(
            "icc",
            spread.icc,
            "proportion",
            "Share of the outcome's variance within arms that lies between clusters",
        )
    deviation = math.sqrt(spread.total) if spread.total > 0 else math.nan
    found = detectable(*error, settings.confidence) / deviation
    how = "(t of the confidence + t of 80% power) x standard error / total standard deviation"
    result.add(
        "minimum_detectable",
        found,
        "coefficient",
        "Smallest standardised effect that the analysis would find",
        how,
    )
    planned = math.nan
    if settings.planned is not None:
        planned = detectable_at_design(settings.planned, settings.confidence)
        result.add(
            "minimum_detectable_design",
            planned,
            "coefficient",
            "Smallest standardised effect that the design would find",
        )
    lost = float((~trial.known).mean())
    bands = "of 5, by the EEF's bands of 2019"
    result.add(
        "padlock.attrition", padlocks(lost, ATTRITION_BANDS), "score", f"Padlocks for attrition, {bands}"
    )
    result.add("padlock.most", len(ATTRITION_BANDS), "count", "Most padlocks", basis="configured")
    if settings.planned is not None:
        result.add(
            "padlock.power",
            padlocks(planned, POWER_BANDS),
            "score",
            f"Padlocks for the smallest effect at design, {bands}",
        )


def _flow(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Hand on the flow of people (CONSORT), and report those assessed and excluded before."""
    rows: list[list[object]] = []
    for arm in trial.arms:
        numbers = {number.id: number.value for number in result.numbers}
        rows.append(
            [
                arm.key,
                arm.label,
                *(numbers[f"{step}.{arm.key}"] for step in ("assigned", "lost", "without_baseline", "n")),
            ]
        )
    result.frames["flow"] = Frame(["arm", "label", "assigned", "lost", "without_baseline", "analysed"], rows)
    given = settings.flow
    if given.assessed is None:
        return
    result.add("assessed", given.assessed, "count", "People assessed for eligibility", basis="configured")
    result.add(
        "excluded",
        sum(given.excluded.values()),
        "count",
        "People excluded before they were assigned",
        basis="configured",
    )
    result.frames["before"] = Frame(
        ["reason", "people"], [[reason, count] for reason, count in given.excluded.items()]
    )
