"""Makes data/referrals.csv: 24 invented months that show what the published evaluation says of the real ones.

The county's monthly counts were never published; what is known of them is a year's total, a year's share and
a description of two charts. Months are drawn at random and kept only if they fit all of that, and if no model
finds a significant change, as none did. Only Python's own random numbers are used, which are the same
everywhere.

    PYTHONPATH=src python data/synthesise/referrals.py [FILE]
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from evidentia.core.files import csv_text, write_whole
from evidentia.designs.its.diagnostics import breusch_godfrey, durbin_watson, spread
from evidentia.designs.its.effects import terms
from evidentia.designs.its.fit import Problem, design
from evidentia.designs.its.sensitivity import fit_model, placebo

SEED = 1029
TRIES = 100_000
YEARS = (12, 12)  # months before the intervention (April 2018) and after
REFERRALS = (7377, 7022)  # official totals of 2017/18 and 2018/19 (Characteristics of children in need)
SHARES = (0.101, 0.082)  # official shares of referrals without further action in the same years
BEFORE = (632,) * 8 + (580,) * 4  # expected referrals: December to March are low
AFTER = tuple(583 + 0.5 * month for month in range(12))
SPREAD = (46, 24)  # standard deviation of a month's referrals before and after
SHARE_BEFORE, SHARE_FIRST, SHARE_LAST = 0.101, 0.093, 0.071
SHARE_SPREAD = 0.012


def months() -> list[str]:
    return [f"{2017 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}" for month in range(sum(YEARS))]


def to_total(values: list[float], total: int, draw: random.Random) -> list[int]:
    """Round values, then move random ones by 1 until they add up."""
    whole = [round(value) for value in values]
    while (rest := total - sum(whole)) != 0:
        whole[draw.randrange(len(whole))] += 1 if rest > 0 else -1
    return whole


def draw_referrals(draw: random.Random) -> list[int]:
    """Draw every month's referrals."""
    return [
        count
        for expected, sd, total in zip((BEFORE, AFTER), SPREAD, REFERRALS, strict=True)
        for count in to_total([draw.gauss(mean, sd) for mean in expected], total, draw)
    ]


def draw_closed(draw: random.Random, referrals: list[int]) -> list[int]:
    """Draw every month's referrals without further action."""
    steps = [SHARE_BEFORE] * YEARS[0] + [
        SHARE_FIRST + (SHARE_LAST - SHARE_FIRST) * month / (YEARS[1] - 1) for month in range(YEARS[1])
    ]
    drawn = [count * draw.gauss(share, SHARE_SPREAD) for count, share in zip(referrals, steps, strict=True)]
    totals = [round(count * share) for count, share in zip(REFERRALS, SHARES, strict=True)]
    return to_total(drawn[: YEARS[0]], totals[0], draw) + to_total(drawn[YEARS[0] :], totals[1], draw)


def referral_faults(counts: np.ndarray) -> Iterator[str]:
    """Yield what the published evaluation says of referrals and these do not show."""
    before, after = counts[: YEARS[0]], counts[YEARS[0] :]
    pre, post, level, residuals = fitted(counts)
    if not -7 < pre < -4:
        yield "they fall by some 5 a month before"
    if before[8:].max() > 0.97 * before.mean():
        yield "December to March are low"
    if not 0 <= post < 1.5 or abs(level) > 20:
        yield "they are level or slightly up after"
    wide, narrow = spread(residuals, YEARS[0])
    if not 1.5 < wide / narrow < 2.2 or after.std() > 0.7 * before.std():
        yield "they vary less after"
    yield from significance(counts)


def share_faults(shares: np.ndarray) -> Iterator[str]:
    """Yield what the published evaluation says of the share without further action and these do not show."""
    pre, _, _, residuals = fitted(shares)
    line = shares - residuals
    if abs(pre) > 0.0003:
        yield "it is flat before"
    if not 0.0885 < line[YEARS[0]] < 0.0945 or not 0.067 < line[-1] < 0.0735:
        yield "it is 9% at the start and 7% at the end of the year after"
    yield from significance(shares)


def fitted(series: np.ndarray) -> tuple[float, float, float, np.ndarray]:
    """Return the slopes before and after, the change of level, and the residuals."""
    problem = Problem(series, design(len(series), YEARS[0]))
    fit = fit_model(problem, "ols", 0)
    return float(fit.beta[1]), float(fit.beta[1] + fit.beta[3]), float(fit.beta[2]), fit.residuals


def significance(series: np.ndarray) -> Iterator[str]:
    """Yield each test that finds something."""
    problem = Problem(series, design(len(series), YEARS[0]))
    for errors, lags in (("ols", 0), ("newey_west", 1), ("newey_west", 2), ("newey_west", 3), ("ar1", 0)):
        fit = fit_model(problem, errors, lags)
        found = terms(problem, fit, YEARS[1], 0.95)
        for term in ("level_change", "slope_change", "effect_last"):
            if found[term]["p_value"] < 0.08:
                yield f"{term} is not significant by {errors}"
    plain = fit_model(problem, "ols", 0)
    if (
        not 1.7 < durbin_watson(plain.residuals, problem.X)[0] < 2.5
        or breusch_godfrey(plain.residuals, problem.X)[1] < 0.2
    ):
        yield "residuals are not autocorrelated"
    found = placebo(problem, YEARS[0], YEARS[0] // 2, 0, None, "ols", 0, 0.95)
    if min(found[term]["p_value"] for term in ("level_change", "slope_change")) < 0.1:
        yield "nothing happens at the placebo date"


def first(
    draw: Callable[[], list[int]],
    faults: Callable[[np.ndarray], Iterator[str]],
    divisor: Sequence[int] = (1,),
) -> list[int]:
    """Draw until nothing is wrong."""
    for _ in range(TRIES):
        values = draw()
        if not next(faults(np.array(values) / np.array(divisor)), ""):
            return values
    raise SystemExit("nothing fits; widen what the faults allow")


def main(file: str = "data/referrals.csv") -> None:
    draw = random.Random(SEED)
    referrals = first(lambda: draw_referrals(draw), referral_faults)
    closed = first(lambda: draw_closed(draw, referrals), share_faults, referrals)
    rows = [list(row) for row in zip(months(), referrals, closed, strict=True)]
    write_whole(Path(file), csv_text(["month", "referrals", "no_further_action"], rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
