"""Every effect of a sample: by estimand, by kind of standard error, doubly robust, and without weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evidentia.designs.inference.clusters import cr2
from evidentia.designs.inference.wald import NOT_AVAILABLE, scale_of, wald
from evidentia.designs.ipw import edge
from evidentia.designs.ipw.arrays import Array
from evidentia.designs.ipw.bootstrap import replicate_effects
from evidentia.designs.ipw.effects import Means, augmented, e_values, risk_ratio, weighted_means
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import ESTIMANDS, IpwSettings
from evidentia.designs.ipw.weights import Weights, effective_size

ALONE = 2  # effective people; a group worth fewer shows no spread of its own
MOST_FAILED = 0.5  # of bootstrap replicates; the spread of what is left tells nothing
SOURCE = {"robust": "effect_robust", "bootstrap": "effect_bootstrap"}


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
    alike : bool
        The outcomes of a group are all alike, so that the usual standard errors do not hold.
    messages : list of str
    """

    means: Means
    crude: Means
    effects: dict[str, dict[str, float]]
    ratio: dict[str, float] | None
    e_value: tuple[float, float] | None
    failed: float
    alike: bool
    messages: list[str]


def smallest_effective(weights: Array, sample: Sample) -> float:
    """Return the effective number of people of the group that has fewer."""
    return min(effective_size(weights[group]) for group in (sample.treated, ~sample.treated))


@dataclass(frozen=True)
class _Judge:
    """Makes an effect's statistics."""

    sample: Sample
    confidence: float
    df: float
    alike: bool

    def __call__(
        self, estimate: float, error: float, means: Means, weights: Array, df: float | None = None
    ) -> dict[str, float]:
        if smallest_effective(weights, self.sample) < ALONE:
            return NOT_AVAILABLE | {"estimate": estimate}
        found = wald(
            estimate, error, self.confidence, self.df if df is None else df, scale_of(self.sample.outcome)
        )
        if not (self.sample.binary and self.alike):
            return found
        return edge.difference(found, self._shares(means, weights), self.confidence)

    def ratio(self, means: Means, weights: Array) -> dict[str, float] | None:
        """Return the risk ratio, for a binary outcome."""
        if not self.sample.binary:
            return None
        if self.alike:
            plain = weighted_means(
                _alike(weights),
                self.sample.treated,
                self.sample.outcome,
                None,
                weights[:, None],
                self.sample.clusters,
            )
            return edge.ratio(
                self._shares(means, weights), self._shares(plain, np.ones_like(weights)), self.confidence
            )
        return risk_ratio(means, self.confidence, self.df)

    def _shares(self, means: Means, weights: Array) -> edge.Shares:
        return edge.shares(means, weights, self.sample.treated, self.sample.outcome)


def degrees_of_freedom(sample: Sample) -> float:
    """Return those of Student's t: clusters less one; infinite without clusters, 0 if a group is in one
    cluster alone.
    """
    if sample.clusters is None:
        return math.inf
    fewest = min(int(sample.clusters.holding(group).sum()) for group in (sample.treated, ~sample.treated))
    return sample.clusters.number - 1 if fewest > 1 else 0


def estimate(settings: IpwSettings, sample: Sample, model: Model) -> Estimates:
    """Compute every effect."""
    messages: list[str] = []
    chosen = model.weights[settings.estimand]
    judge = _Judge(
        sample,
        settings.confidence,
        degrees_of_freedom(sample),
        edge.one_sided(sample.treated, sample.outcome),
    )
    effects = {}
    means = known = _means(sample, model, chosen, None)
    for name in ESTIMANDS:
        found = _means(
            sample, model, model.weights[name], None if settings.weights_known else model.influence
        )
        effects[f"effect_{name.lower()}"] = judge(
            found.difference, found.standard_error, found, model.weights[name].values
        )
        means = found if name == settings.estimand else means
    effects["effect_robust"] = judge(known.difference, known.standard_error, known, chosen.values)
    if sample.clusters is not None:
        effects["effect_cr2"] = _reduced_bias(sample, judge, means, chosen.values)
    failed = 0.0
    if settings.bootstrap.replicates:
        drawn = _replicates(settings, sample, model)
        effects["effect_bootstrap"], failed = _bootstrap(settings, drawn, means, judge, chosen.values)
        if failed:
            left = "are left out" if failed <= MOST_FAILED else "so there is no bootstrapped standard error"
            messages.append(
                f"{failed:.1%} of the bootstrap replicates have no propensity model (a group or a level was"
                f" not drawn) and {left}"
            )
    double = augmented(
        model.fit,
        model.matrix,
        chosen,
        settings.estimand,
        sample.treated,
        sample.outcome,
        sample.binary,
        sample.clusters,
    )
    if double is None:
        messages.append(
            "the doubly robust effect is not available: a group has too few people for an outcome model"
        )
    effects["effect_aipw"] = NOT_AVAILABLE if double is None else judge(*double, means, chosen.values)
    alike = _alike(chosen.values)
    crude = _means(sample, model, alike, None)
    effects["effect_crude"] = judge(crude.difference, crude.standard_error, crude, alike.values)
    source = SOURCE.get(settings.errors, f"effect_{settings.estimand.lower()}")
    main = {name: effects[source][name] for name in NOT_AVAILABLE}
    ratio = judge.ratio(means, chosen.values)
    e_value = e_values(ratio) if ratio else None
    return Estimates(means, crude, {"effect": main, **effects}, ratio, e_value, failed, judge.alike, messages)


def _alike(weights: Array) -> Weights:
    return Weights(np.ones_like(weights), np.zeros_like(weights))


def _means(sample: Sample, model: Model, weights: Weights, influence: Array | None) -> Means:
    return weighted_means(weights, sample.treated, sample.outcome, influence, model.matrix, sample.clusters)


def _reduced_bias(sample: Sample, judge: _Judge, means: Means, weights: Array) -> dict[str, float]:
    """Return the effect with the bias-reduced standard error of clusters, CR2, which takes the weights as
    known.
    """
    assert sample.clusters is not None
    if not judge.df:
        return NOT_AVAILABLE | {"estimate": means.difference, "df": math.nan}
    X = np.column_stack([np.ones(len(weights)), sample.treated.astype(float)])
    _, error, df = cr2(sample.outcome, X, weights / weights.mean(), sample.clusters, np.array([0.0, 1.0]))
    return judge(means.difference, error, means, weights, df) | {"df": df}


def _replicates(settings: IpwSettings, sample: Sample, model: Model) -> Array:
    """Return the effect in each bootstrap replicate."""
    return replicate_effects(
        model.matrix,
        model.fit.coefficients,
        sample.treated,
        sample.outcome,
        settings.estimand,
        settings.bootstrap.replicates,
        settings.bootstrap.seed,
        sample.clusters,
    )


def _bootstrap(
    settings: IpwSettings, drawn: Array, means: Means, judge: _Judge, weights: Array
) -> tuple[dict[str, float], float]:
    """Return the bootstrap's statistics, and the share of replicates that failed."""
    good = drawn[np.isfinite(drawn)]
    failed = (len(drawn) - len(good)) / len(drawn)
    deviation = float(good.std(ddof=1)) if len(good) > 1 and failed <= MOST_FAILED else math.nan
    found = judge(means.difference, deviation, means, weights)
    percentiles = [math.nan, math.nan]
    if not math.isnan(found["se"]):
        tail = (1 - settings.confidence) / 2
        percentiles = [float(value) for value in np.quantile(good, [tail, 1 - tail])]
    return found | dict(zip(("percentile_low", "percentile_high"), percentiles, strict=True)), failed
