"""Whether the method carries the result of a series: what stands in the ledger as notes, and what is taken
out as noise.
"""

from __future__ import annotations

import dataclasses

from scipy import special

from evidentia.core.results import Result
from evidentia.designs.its.fit import Fit, Problem
from evidentia.designs.its.labels import Labels

RARE = 0.01  # chance at which counts are taken to vary more than Poisson's
NEAR_ONE = 0.99  # an autocorrelation by REML from which on the errors are a random walk
LEVELS = ("intercept", "fitted", "counterfactual", "sigma")
"""What a random walk leaves without a scale: its level is anywhere, so only changes can be estimated."""


def add_notes(result: Result, labels: Labels, problem: Problem, fit: Fit) -> None:
    """Add the notes on the terms of a series."""
    ids = {number.id: number.value for number in result.numbers}
    stems = [id.removesuffix(".estimate") for id in ids if id.endswith(".estimate")]
    note_no_overdispersion(result, problem)
    _overdispersion(result, labels, problem, fit, stems)
    _unit_root(result, labels, fit, stems)
    still = [stem for stem in stems if ids[f"{stem}.estimate"] is not None and ids[f"{stem}.se"] is None]
    if still:
        result.note(
            "no_variation",
            "the outcome lies on the lines of the model, so that there is no standard error",
            still,
        )


def note_no_overdispersion(result: Result, problem: Problem) -> None:
    """Add the note that a negative binomial is Poisson."""
    ids = {number.id: number.value for number in result.numbers}
    stems = [id.removesuffix(".estimate") for id in ids if id.endswith(".estimate")]
    if problem.family == "negative_binomial" and ids.get("theta") is None:
        words = "the counts vary no more than Poisson's, so that the negative binomial is Poisson"
        result.note("no_overdispersion", words, stems)


def _overdispersion(result: Result, labels: Labels, problem: Problem, fit: Fit, stems: list[str]) -> None:
    """Note that Poisson's errors are too small for the counts: Pearson's chi-squared says so at 1%."""
    df = len(problem.y) - problem.X.shape[1]
    if problem.family != "poisson" or labels.settings.errors == "newey_west":
        return
    if special.chdtrc(df, fit.dispersion * df) < RARE:
        words = (
            f"the counts vary {fit.dispersion:.3g} times as much as Poisson's, so that standard errors are"
            " too small and p-values too low: set family: quasipoisson or negative_binomial"
        )
        result.note("overdispersion", words, [one for one in stems if not one.endswith("_newey_west")])


def _unit_root(result: Result, labels: Labels, fit: Fit, stems: list[str]) -> None:
    """Take the numbers out that a random walk makes noise of, and say so."""
    ids = {number.id: number.value for number in result.numbers}
    phis = float(fit.extra.get("phi", 0.0)), float(ids.get("ar1.phi") or 0.0)
    if min(phis) < -NEAR_ONE:
        other = ("_ols", "_newey_west") if phis[0] < -NEAR_ONE else ("",)
        own = phis[0] < -NEAR_ONE
        _alternating(result, own, [one for one in stems if one.endswith("_ar1") or not one.endswith(other)])
    own, beside = (phi > NEAR_ONE for phi in phis)
    if not own and not beside:
        return
    about = stems if own else [stem for stem in stems if stem.endswith("_ar1")]
    noise = [number.id for number in result.numbers if _is_noise(number.id, own)]
    for place, number in enumerate(result.numbers):
        if number.id in noise and number.unit != "text":
            result.numbers[place] = dataclasses.replace(number, value=None)
    words = (
        "the autocorrelation of the errors is at its limit of 1: the level of the series cannot be estimated,"
        " only its changes"
    )
    result.note("near_unit_root", words, about)


def _alternating(result: Result, own: bool, stems: list[str]) -> None:
    """Take out what says how sure changes are, where the errors turn from period to period without end."""
    gone = {f"{stem}.{part}" for stem in stems for part in ("se", "ci_low", "ci_high", "p_value")}
    gone |= {f"{stem}.ratio_{end}" for stem in stems for end in ("ci_low", "ci_high")}
    for place, number in enumerate(result.numbers):
        if number.id in gone or (own and number.id.endswith(".least_p_value")):
            result.numbers[place] = dataclasses.replace(number, value=None)
    words = (
        "the autocorrelation of the errors is at its limit of -1: they alternate from period to period, and a"
        " standard error cannot be estimated"
    )
    result.note("near_unit_root", words, stems)


def _is_noise(id: str, own: bool) -> bool:
    if id.startswith("intercept_ar1.") or id == "ar1.sigma":
        return True
    return (
        own and id.split(".")[0] in LEVELS and (id == "sigma" or id.startswith("intercept.") or "_ci_" in id)
    )
