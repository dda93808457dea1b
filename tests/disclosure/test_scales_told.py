"""Random measures before and after, all that is published, and a reader who tries."""

import dataclasses
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import LinearConstraint, milp

from disclosure.adversary import known_numbers
from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.scales.analyse import analyse
from evidentia.designs.scales.settings import ScalesSettings
from evidentia.disclosure.stage import protect, protect_together

OWN = {"label": "Mood", "lowest": 0, "highest": 1}
ALL = "change.estimate", "change.se", "change.ci_low", "change.p_value", "hedges_g.estimate", "hedges_g.se"


def measured(seed):
    """Return answers to two items at two times, with a place: some are missing, some stand at one time."""
    random = np.random.default_rng(seed)
    rows = []
    for person in range(int(random.integers(40, 110))):
        first = random.integers(0, 2, 2)
        second = np.where(random.random(2) < random.uniform(0.05, 0.4), 1 - first, first)
        place = "AB"[int(random.random() < 0.3)]
        for wave, answers, there in (("start", first, 0.97), ("end", second, 0.93)):
            if random.random() < there:
                kept = np.where(random.random(2) < 0.02, np.nan, answers)
                rows.append([f"p{person}", wave, place, *kept])
    frame = pd.DataFrame(rows, columns=["person", "wave", "place", "a", "b"])
    return frame.set_axis(pd.RangeIndex(2, len(frame) + 2))


def settings(**more):
    bands = {"none": [0, 0], "one": [1, 1], "both": [2, 2]}
    given = {
        "design": "scales",
        "data": "d",
        "person": "person",
        "wave": "wave",
        "before": "start",
        "after": "end",
    }
    return ScalesSettings.model_validate(
        {
            **given,
            "measure": "own",
            "items": ["a", "b"],
            "own": OWN,
            "bands": bands,
            "breakdown": ["place"],
            **more,
        }
    )


def scored(frame, minimum, **more):
    return analyse(settings(**more), {"d": DataTable(frame, "data/mood.csv", "sha256:0", minimum)})


def kinds_of(frame):
    """Return how many people there are of each place and pair of scores; None: no score, "": not there."""
    scores = frame.assign(score=frame[["a", "b"]].sum(axis=1, skipna=False))
    wide = {wave: rows.set_index("person")["score"] for wave, rows in scores.groupby("wave")}
    place = frame.drop_duplicates("person").set_index("person")["place"]
    found = {}
    for person, where in place.items():
        pair = tuple(
            ""
            if person not in wide[wave].index
            else None
            if pd.isna(wide[wave][person])
            else int(wide[wave][person])
            for wave in ("start", "end")
        )
        found[where, *pair] = found.get((where, *pair), 0) + 1
    return found


def attack_scales(result, frame, minimum):
    """Return the small counts that a reader can place in an interval narrower than the minimum.

    He takes a number for what it is computed from: a mean or an error tells how many there are, and the sum of
    scores, of their squares, or of changes and their squares.
    """
    told, truth = known_numbers(result), kinds_of(frame)
    states = ["", None, 0, 1, 2]
    kinds = [(w, b, a) for w, b, a in product("AB", states, states) if (b, a) != ("", "")]
    true = np.array([truth.get(kind, 0) for kind in kinds])
    scored_at = ({0, 1, 2}, {0, 1, 2})

    def row(weight):
        return np.array([float(weight(*kind)) for kind in kinds])

    def both(where, before, after):
        return before in scored_at[0] and after in scored_at[1]

    counts = {
        "n.before": row(lambda w, b, a: b in scored_at[0]),
        "n.after": row(lambda w, b, a: a in scored_at[1]),
        "no_score.before": row(lambda w, b, a: b is None),
        "no_score.after": row(lambda w, b, a: a is None),
        "n.both": row(both),
        "only.before": row(lambda w, b, a: b in scored_at[0] and a not in scored_at[1]),
        "only.after": row(lambda w, b, a: a in scored_at[1] and b not in scored_at[0]),
    }
    sums = {
        "before": row(lambda w, b, a: b if both(w, b, a) else 0),
        "after": row(lambda w, b, a: a if both(w, b, a) else 0),
    }
    squares = {
        "before": row(lambda w, b, a: b * b if both(w, b, a) else 0),
        "after": row(lambda w, b, a: a * a if both(w, b, a) else 0),
    }
    rows = {id: of for id, of in counts.items() if id in told}
    if told.keys() & {"mean.before", "mean.after", "sd.before", "sd.after", *ALL}:
        rows["n.both"] = counts["n.both"]
    for when in ("before", "after"):
        if f"alpha.{when}" in told:
            rows[f"n.{when}"] = counts[f"n.{when}"]
        if told.keys() & {f"mean.{when}", f"sd.{when}"}:
            rows[f"sum {when}"] = sums[when]
        if f"sd.{when}" in told:
            rows[f"squares {when}"] = squares[when]
        for place, band in enumerate(("none", "one", "both")):
            for where, stem in ((None, ""), ("A", "breakdown.place.a."), ("B", "breakdown.place.b.")):
                at = 0 if when == "before" else 1
                of = row(
                    lambda w, b, a, at=at, place=place, where=where: (
                        both(w, b, a) and (b, a)[at] == place and where in (None, w)
                    )
                )
                counts[f"{stem}band_n.{band}.{when}"] = of
                if told.keys() & {f"{stem}band_n.{band}.{when}", f"{stem}band.{band}.{when}"}:
                    rows[f"{stem}{band} {when}"] = of
    _changes(told, rows, counts, row, both)
    for start, end, shown in result.frames["moves"].rows:
        scores = [("none", "one", "both").index(band) for band in (start, end)]
        counts[f"moved.{start}.{end}"] = of = row(lambda w, b, a, scores=scores: [b, a] == scores)
        if shown is not None:
            rows[f"moved.{start}.{end}"] = of
    matrix = np.array(list(rows.values()))
    limits, found = LinearConstraint(matrix, matrix @ true, matrix @ true), []
    for id, of in counts.items():
        value = int(of @ true)
        if 0 < value < minimum:
            ends = [
                s * milp(s * of, integrality=np.ones(len(kinds)), constraints=limits, bounds=(0, 500)).fun
                for s in (1, -1)
            ]
            if ends[1] - ends[0] < minimum - 1e-6:
                found.append((id, value, *ends))
    return found


def _changes(told, rows, counts, row, both):
    """Add what is told of changes, of all and by place."""
    for where, stem in ((None, ""), ("A", "breakdown.place.a."), ("B", "breakdown.place.b.")):

        def of(weight, where=where):
            return row(lambda w, b, a: weight(a - b) if both(w, b, a) and where in (None, w) else 0)

        counts[f"{stem}n.both"] = of(lambda d: 1)
        for kind, chosen in (
            ("worse", lambda d: d < 0),
            ("same", lambda d: d == 0),
            ("better", lambda d: d > 0),
        ):
            counts[f"{stem}{kind}"] = of(chosen)
        published = [id for id in ALL if f"{stem}{id}" in told]
        if published or f"{stem}n.both" in told:
            rows[f"{stem}n.both"] = counts[f"{stem}n.both"]
        if published:
            rows[f"{stem}changes"] = of(lambda d: d)
        if any(id != "change.estimate" for id in published):
            rows[f"{stem}squares of changes"] = of(lambda d: d * d)
    limit = told.get("reliable_change")
    if limit is not None:
        for kind, chosen in (
            ("improved", lambda w, b, a: both(w, b, a) and a - b > limit),
            ("same", lambda w, b, a: both(w, b, a) and abs(a - b) <= limit),
            ("worse", lambda w, b, a: both(w, b, a) and a - b < -limit),
        ):
            counts[f"reliable_n.{kind}"] = row(chosen)
            if told.keys() & {f"reliable_n.{kind}", f"reliable.{kind}"}:
                rows[f"reliable_n.{kind}"] = counts[f"reliable_n.{kind}"]


def attempts(seed):
    frame, minimum = measured(seed), (3, 5, 10)[seed % 3]
    try:
        result = protect(scored(frame, minimum), minimum)
    except EvidentiaError:
        return []  # nothing is published
    return attack_scales(result, frame, minimum)


def only_small_hidden(result, minimum):
    """Return a result in which nothing but the small counts is suppressed."""
    protected = protect_together({"": result}, minimum)[""]
    small = {n.id for n in result.numbers if n.unit == "count" and 0 < (n.value or 0) < minimum}
    numbers = [
        mine if mine.id in small else own for mine, own in zip(protected.numbers, result.numbers, strict=True)
    ]
    moves = result.frames["moves"]
    rows = [[start, end, None if 0 < people < minimum else people] for start, end, people in moves.rows]
    frames = {**result.frames, "moves": dataclasses.replace(moves, rows=rows)}
    return dataclasses.replace(result, numbers=numbers, frames=frames)


def test_the_attack_recovers_counts_where_only_the_small_ones_are_suppressed():
    frame = measured(7)
    assert attack_scales(only_small_hidden(scored(frame, 5), 5), frame, 5)


def test_the_mean_of_those_with_both_scores_goes_where_their_number_does():
    # 3 people with a score before have none after: the mean, of whole scores, would tell how many have both
    rows = [
        [f"p{n}", wave, "A", n % 2, n // 2 % 2] for n in range(40) for wave in ("start", "end")[: 1 + (n > 2)]
    ]
    frame = pd.DataFrame(rows, columns=["person", "wave", "place", "a", "b"], index=range(2, len(rows) + 2))
    numbers = known_numbers(protect(scored(frame, 5, bands={}, breakdown=[]), 5))
    assert not {"n.before", "n.both"} <= numbers.keys()
    assert ("mean.after" in numbers) <= ("n.both" in numbers)


def test_a_person_without_a_total_is_not_told_by_those_who_have_a_part_of_it():
    random = np.random.default_rng(1)
    items = [f"sdq_{number}" for number in range(1, 26)]
    frame = pd.DataFrame(random.integers(0, 3, (120, 25)), columns=items, index=range(2, 122)).astype(float)
    frame["person"], frame["wave"] = [f"p{n // 2}" for n in range(120)], ["start", "end"] * 60
    frame.loc[[2, 4], ["sdq_3", "sdq_8", "sdq_13"]] = np.nan  # too few answers for one scale of five
    result = scored(frame, 5, measure="sdq_parent", items=[], own=None, bands={}, breakdown=[])
    numbers = known_numbers(protect(result, 5))
    parts = {numbers.get(f"{stem}.n.before") for stem in ("conduct", "hyperactivity", "peer", "prosocial")}
    assert result.numbers[1].value == 58
    assert numbers.get("n.before") is None or parts == {None}


@pytest.mark.parametrize("seed", [0, 3, 6])
def test_nothing_is_recovered_of_a_random_measure(seed):
    assert attempts(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 100, 10))
def test_nothing_is_recovered_of_measures_in_100_runs(start):
    assert {seed: found for seed in range(start, start + 10) if (found := attempts(seed))} == {}
