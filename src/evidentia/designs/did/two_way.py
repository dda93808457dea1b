"""Two-way fixed effects: the older estimate, and how much of it compares with units
that are treated already.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.designs.did.panel import Panel, treated_now
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.wald import NOT_AVAILABLE, scale_of, wald


@dataclass(frozen=True)
class TwoWay:
    """The two-way estimate.

    Attributes
    ----------
    effect : dict of str to float
        Its statistics.
    forbidden : float
        Weight of the comparisons with units that are treated already (Goodman-Bacon 2021); NaN if it cannot
        be worked out.
    alone : bool
        Whether too few clusters are treated, or untreated, for a standard error.
    """

    effect: dict[str, float]
    forbidden: float
    alone: bool


def two_way(settings: DidSettings, panel: Panel) -> TwoWay:
    """Regress the outcome on being treated, with an effect of each unit and period.

    Covariates are those of a unit's first period, and each may change its part from period to period.
    Standard errors are by cluster with the factor G/(G-1) (N-1)/(N-K), K without the units' own effects,
    which lie within clusters, and Student's t.
    """
    frame = panel.frame
    y, X = _within(panel)
    D, rest = X[:, 0], X[:, 1:]
    left = D - rest @ np.linalg.lstsq(rest, D, rcond=None)[0]
    if left @ left <= 1e-10 * max(D @ D, 1e-300):
        raise EvidentiaError(
            "being treated cannot be told from the periods and covariates",
            where=panel.table.path,
            remedy="use fewer covariates",
        )
    beta, _, rank, _ = np.linalg.lstsq(X, y, rcond=None)
    residuals = y - X @ beta
    clusters = Clusters(frame["cluster"].to_numpy(dtype=np.intp), int(frame["cluster"].max()) + 1)
    clusters = Clusters(
        np.unique(clusters.codes, return_inverse=True)[1].ravel(), len(np.unique(clusters.codes))
    )
    n, k = len(y), int(rank) + 1
    treated = panel.units["first"] != NEVER
    sides = [panel.units.loc[side, "cluster"].nunique() for side in (treated, ~treated) if side.any()]
    alone = min(sides) < 2 or clusters.number < 3 or n <= k
    if alone:
        return TwoWay(NOT_AVAILABLE | {"estimate": float(beta[0])}, _forbidden(panel), True)
    error = root(left * residuals / float(left @ left), clusters) * float(np.sqrt((n - 1) / (n - k)))
    scale = scale_of(frame["y"].to_numpy(dtype=float))
    return TwoWay(
        wald(float(beta[0]), error, settings.confidence, clusters.number - 1, scale), _forbidden(panel), False
    )


def _within(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    """Return the outcome, and treatment, periods and covariates by period, each less its unit's mean."""
    frame = panel.frame
    columns = pd.DataFrame({"treated": treated_now(frame).astype(float)}, index=frame.index)
    for time in panel.times[1:]:
        now = (frame["time"] == time).to_numpy(dtype=float)
        columns[f"t{time}"] = now
        for name in panel.covariates:
            columns[f"t{time}.{name}"] = now * frame.groupby("unit")[name].transform("first")
    unit = frame["unit"]
    centred = columns - columns.groupby(unit).transform("mean")
    return (frame["y"] - frame["y"].groupby(unit).transform("mean")).to_numpy(dtype=float), centred.to_numpy(
        dtype=float
    )


def _forbidden(panel: Panel) -> float:
    """Return the weight of comparisons of later with earlier treated units in the two-way estimate without
    covariates.
    """
    if len(panel.groups) < 2:
        return 0.0
    if not panel.balanced:
        return float("nan")
    from diff_diff import BaconDecomposition

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = BaconDecomposition().fit(panel.frame, "y", "unit", "time", "first")
    return float(found.weight_by_type().get("later_vs_earlier", 0.0))
