"""Callaway and Sant'Anna's estimates, by the library diff-diff, with what they may be trusted for."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.designs.did.panel import Panel
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.pre_trend import UNTESTED, Test, pre_trend_test, wald_test
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.inference.wald import NOT_AVAILABLE, STATISTICS, scale_of, wald
from evidentia.designs.ipw.logit import separates

CLIP = 1e-6  # of the propensity, as DRDID does
TOO_FEW = 2  # clusters, below which those treated (or those compared with) show no spread of their own

Statistics = dict[str, float]


@dataclass
class Estimates:
    """Estimates with their statistics.

    Attributes
    ----------
    overall : dict
        The average over all treated unit-periods.
    by_event : dict
        The average over times since the start, each counted alike.
    bootstrapped : dict or None
        The overall effect with bootstrapped standard error and interval.
    events, groups : dict
        By periods since the start, and by first treated period.
    bands : dict of int to (low, high)
        Limits that hold for all times at once.
    pre_trend : (statistic, df, p-value)
        Wald's test that the effects before the start are all 0; NaN where there are none.
    alone : set of str
        Ids of estimates without a standard error, because too few clusters are behind them.
    still : set of str
        And of those where nothing varies.
    """

    overall: Statistics
    by_event: Statistics
    events: dict[int, Statistics]
    groups: dict[int, Statistics]
    pre_trend: Test
    bands: dict[int, tuple[float, float]] = field(default_factory=dict)
    bootstrapped: Statistics | None = None
    alone: set[str] = field(default_factory=set)
    still: set[str] = field(default_factory=set)


def estimate(settings: DidSettings, panel: Panel) -> Estimates:
    """Estimate the effect overall, by time since the start and by group, as ``att_gt`` and ``aggte`` of the R
    package did.
    """
    _told_apart(settings, panel)
    fitted = _fit(settings, panel)
    events, groups = fitted.aggregate("event_study"), fitted.aggregate("group")
    clusters = _clusters(panel)
    judge = _Judge(settings, panel, clusters)
    post = {int(k) for k in events.event_time if k >= 0}
    found = Estimates(
        overall=judge.statistics("effect", fitted.att, fitted.se, set(panel.groups)),
        by_event=judge.statistics("effect_event", *_mean_of_events(events), set(panel.groups)),
        events={
            int(k): judge.statistics(event_id(int(k)), float(att), float(se), _behind(panel, int(k)))
            for k, att, se in zip(events.event_time, events.att, events.se, strict=True)
        },
        groups={
            int(g): judge.statistics(f"group.{int(g)}", float(att), float(se), {int(g)})
            for g, att, se in zip(groups.label, groups.att, groups.se, strict=True)
        },
        pre_trend=_before(settings, panel, fitted, events),
    )
    found.alone, found.still = judge.alone, judge.still
    if not post or not np.isfinite(fitted.att):
        raise EvidentiaError(
            "no effect can be estimated: no treated group has, in one period, both itself and units to"
            " compare it with",
            where=panel.table.path,
            remedy="add periods or units, or fewer covariates",
        )
    if found.alone & {"effect"}:
        found.pre_trend = UNTESTED
    elif settings.bootstrap.replicates:
        _add_bootstrap(settings, panel, found)
    return found


def _told_apart(settings: DidSettings, panel: Panel) -> None:
    """Raise if the covariates tell the units of a group from those that they are compared with: no weights
    can make these alike.
    """
    if not panel.covariates:
        return
    units = panel.units
    for group in panel.groups:
        others = (units["first"] == NEVER) | (
            (settings.comparison == "not_yet_treated") & (units["first"] > group)
        )
        used = units[others | (units["first"] == group)]
        matrix = np.column_stack([np.ones(len(used)), used[panel.covariates].to_numpy(dtype=float)])
        if others.any() and separates(matrix, (used["first"] == group).to_numpy(dtype=float)) is not None:
            raise EvidentiaError(
                f"the covariates tell all units first treated in {panel.periods.label(group)} from those they"
                " are compared with",
                where=panel.table.where(column=", ".join(settings.covariates)),
                remedy="use fewer covariates, or merge levels",
            )


def _fit(settings: DidSettings, panel: Panel, replicates: int = 0) -> Any:
    """Fit the library's estimator; what it warns of is checked here before, or noted."""
    from diff_diff import CallawaySantAnna

    model = CallawaySantAnna(
        control_group=settings.comparison,
        estimation_method="dr",
        alpha=1 - settings.confidence,
        pscore_trim=CLIP,
        cluster="cluster" if settings.cluster else None,
        allow_unbalanced_panel=settings.unbalanced == "keep",
        n_bootstrap=replicates,
        seed=settings.bootstrap.seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitted = model.fit(panel.frame, "y", "unit", "time", "first", covariates=panel.covariates or None)
        except (ValueError, np.linalg.LinAlgError) as fault:
            what, remedy = "no effect can be estimated", "check the panel's periods and starts"
            if panel.covariates:
                what, remedy = "the covariates cannot be used", "use fewer covariates, or merge levels"
            said = " ".join(str(fault).split())[:160]
            raise EvidentiaError(f"{what}: {said}", where=panel.table.path, remedy=remedy) from None
    return fitted


def event_id(k: int) -> str:
    """Return the id of an effect k periods from the start: m1 for -1."""
    return f"event.{k}" if k >= 0 else f"event.m{-k}"


def _clusters(panel: Panel) -> dict[int, int]:
    """Return how many clusters each group has, those never treated under 0."""
    return {
        int(first): int(count) for first, count in panel.units.groupby("first")["cluster"].nunique().items()
    }


def _behind(panel: Panel, k: int) -> set[int]:
    """Return the groups that are observed k periods from their start."""
    return {group for group in panel.groups if group + k in panel.times}


class _Judge:
    """Makes statistics from estimates and standard errors, and keeps those that cannot be had."""

    def __init__(self, settings: DidSettings, panel: Panel, clusters: dict[int, int]) -> None:
        self.settings, self.clusters = settings, clusters
        self.scale = scale_of(panel.frame["y"].to_numpy(dtype=float))
        self.df = panel.frame["cluster"].nunique() - 1 if settings.cluster else np.inf
        self.alone: set[str] = set()
        self.still: set[str] = set()

    def statistics(self, id: str, estimate: float, error: float, groups: set[int]) -> Statistics:
        """Return an estimate's statistics; without a standard error where one cluster alone is treated, or
        compared with.
        """
        others = [
            count
            for first, count in self.clusters.items()
            if first == NEVER or self.settings.comparison == "not_yet_treated"
        ]
        compared = sum(others) - (
            max((self.clusters[g] for g in groups), default=0) if len(others) > 1 else 0
        )
        if all(self.clusters[group] < TOO_FEW for group in groups) or compared < TOO_FEW:
            self.alone.add(id)
            return NOT_AVAILABLE | {"estimate": estimate}
        found = wald(estimate, error, self.settings.confidence, self.df, self.scale)
        if np.isfinite(estimate) and not np.isfinite(found["se"]):
            self.still.add(id)
        return found


def _mean_of_events(events: Any) -> tuple[float, float]:
    """Return the mean of the effects from the start on, and its standard error from their covariances."""
    index = [int(k) for k in events.vcov_index] if events.vcov is not None else []
    post = [place for place, k in enumerate(index) if k >= 0]
    att = dict(zip((int(k) for k in events.event_time), events.att, strict=True))
    if not post:
        return np.nan, np.nan
    weights = np.full(len(post), 1 / len(post))
    variance = float(weights @ events.vcov[np.ix_(post, post)] @ weights)
    return float(np.mean([att[index[place]] for place in post])), (
        float(np.sqrt(variance)) if variance > 0 else np.nan
    )


def _before(settings: DidSettings, panel: Panel, fitted: Any, events: Any) -> Test:
    """Return the test of the time before the start: by group and period, or by time alone where that cannot
    be.
    """
    cells = {(int(g), int(t)): float(one["effect"]) for (g, t), one in fitted.group_time_effects.items()}
    found = pre_trend_test(panel, settings.comparison, cells, by_cluster=settings.cluster is not None)
    if found[2] == found[2] or events.vcov is None:
        return found
    places = [place for place, k in enumerate(events.vcov_index) if int(k) < 0]
    effects = dict(zip(map(int, events.event_time), events.att, strict=True))
    values = np.array([effects[int(events.vcov_index[place])] for place in places], dtype=float)
    matrix = np.asarray(events.vcov)[np.ix_(places, places)]
    return wald_test(values, matrix, panel.units["cluster"].nunique()) if places else found


def _add_bootstrap(settings: DidSettings, panel: Panel, found: Estimates) -> None:
    """Add the bootstrapped overall effect, and bands that hold for all times since the start at once."""
    fitted = _fit(settings, panel, settings.bootstrap.replicates)
    events = fitted.aggregate("event_study")
    low, high = fitted.conf_int
    if "effect" not in found.still and np.isfinite(fitted.se):
        values = (fitted.att, fitted.se, float(low), float(high), fitted.p_value)
        found.bootstrapped = dict(zip(STATISTICS, map(float, values), strict=True))
    if events.cband_lower is None:
        return
    for k, lower, upper in zip(events.event_time, events.cband_lower, events.cband_upper, strict=True):
        if np.isfinite(found.events[int(k)]["se"]) and np.isfinite([lower, upper]).all():
            found.bands[int(k)] = (float(lower), float(upper))
