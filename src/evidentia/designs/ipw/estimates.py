"""Every effect of a sample: by estimand, by kind of standard error, doubly robust, and without weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evidentia.designs.ipw.arrays import Array
from evidentia.designs.ipw.bootstrap import replicate_effects, share_of
from evidentia.designs.ipw.effects import Means, augmented, e_values, risk_ratio, statistics, weighted_means
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import ESTIMANDS, IpwSettings
from evidentia.designs.ipw.weights import Weights

NOT_AVAILABLE = dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "p_value"), math.nan)


@dataclass(frozen=True)
class Estimates:
    """Effects by name, each with its statistics.

    Attributes
    ----------
    means : Means
        Weighted, of the configured estimand.
    crude : Means
        Unweighted.
    effects : dict of str to dict of str to float
        ``effect``, ``effect_ate`` and so on.
    ratio : dict of str to float or None
        Risk ratio, for a binary outcome.
    e_value : tuple of float or None
        Of the ratio and of its confidence limit.
    failed : float
        Share of bootstrap replicates in which the propensity had no fit.
    messages : list of str
    """

    means: Means
    crude: Means
    effects: dict[str, dict[str, float]]
    ratio: dict[str, float] | None
    e_value: tuple[float, float] | None
    failed: float
    messages: list[str]


def estimate(settings: IpwSettings, sample: Sample, model: Model, drawn: Array | None = None) -> Estimates:
    """Compute every effect; `drawn` are the bootstrap's replicates, if they have been computed in parts."""
    level, messages = settings.confidence, []
    chosen = model.weights[settings.estimand]
    by_estimand = {
        name: weighted_means(model.weights[name], sample.treated, sample.outcome, model.influence, model.matrix) for name in ESTIMANDS
    }
    means = by_estimand[settings.estimand]
    known = weighted_means(chosen, sample.treated, sample.outcome, None, model.matrix)
    alike = Weights(np.ones_like(chosen.values), np.zeros_like(chosen.values))
    crude = weighted_means(alike, sample.treated, sample.outcome, None, model.matrix)
    effects = {f"effect_{name.lower()}": statistics(found.difference, found.standard_error, level) for name, found in by_estimand.items()}
    effects["effect_robust"] = statistics(known.difference, known.standard_error, level)
    failed = 0.0
    if settings.bootstrap.replicates:
        effects["effect_bootstrap"], failed = _bootstrap(
            settings, replicates_of(settings, sample, model) if drawn is None else drawn, means.difference
        )
        if failed:
            messages.append(
                f"{failed:.1%} of the bootstrap replicates have no propensity model (a group or a level was not drawn) and are left out"
            )
    double = augmented(model.fit, model.matrix, chosen, settings.estimand, sample.treated, sample.outcome, sample.binary)
    if double is None:
        messages.append("the doubly robust effect is not available: a group has too few people for an outcome model")
    effects["effect_aipw"] = NOT_AVAILABLE if double is None else statistics(*double, level)
    effects["effect_crude"] = statistics(crude.difference, crude.standard_error, level)
    source = {"m_estimation": f"effect_{settings.estimand.lower()}", "robust": "effect_robust", "bootstrap": "effect_bootstrap"}
    main = {name: effects[source[settings.standard_errors]][name] for name in NOT_AVAILABLE}
    ratio = risk_ratio(means, level) if sample.binary else None
    return Estimates(means, crude, {"effect": main, **effects}, ratio, e_values(ratio) if ratio else None, failed, messages)


def replicates_of(settings: IpwSettings, sample: Sample, model: Model, part: int = 1, parts: int = 1) -> Array:
    """Return the effect in each bootstrap replicate of a part."""
    return replicate_effects(
        model.matrix, model.fit.coefficients, sample.treated, sample.outcome, settings.estimand,
        share_of(settings.bootstrap.replicates, part, parts), settings.bootstrap.seed,
    )  # fmt: skip


def _bootstrap(settings: IpwSettings, drawn: Array, effect: float) -> tuple[dict[str, float], float]:
    """Return the bootstrap's statistics, and the share of replicates that failed."""
    good = drawn[np.isfinite(drawn)]
    failed = (len(drawn) - len(good)) / len(drawn)
    if len(good) < 2:
        return NOT_AVAILABLE | {"percentile_low": math.nan, "percentile_high": math.nan}, failed
    tail = (1 - settings.confidence) / 2
    low, high = np.quantile(good, [tail, 1 - tail])
    found = statistics(effect, float(good.std(ddof=1)), settings.confidence)
    return found | {"percentile_low": float(low), "percentile_high": float(high)}, failed
