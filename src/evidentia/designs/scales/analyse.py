"""Analysis of the design ``scales``: scores before and after, change, bands, and who changed reliably."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.inference.clusters import FEW, Clusters
from evidentia.designs.scales.bands import Pairs, add_bands, add_reliable, stem_of
from evidentia.designs.scales.breakdown import add_breakdown
from evidentia.designs.scales.disclose import declare
from evidentia.designs.scales.group_bands import add_group_bands
from evidentia.designs.scales.keys import Measure, Scale, said
from evidentia.designs.scales.paired import alpha, change, paired_g
from evidentia.designs.scales.people import SIDES, TIMES, Side, read_sides
from evidentia.designs.scales.settings import ScalesSettings

FEW_PEOPLE = 20
MUCH_LOST = 0.2  # of those with a score before


def analyse(settings: ScalesSettings, tables: dict[str, DataTable]) -> Result:
    """Score a measure at both times and compare.

    Parameters
    ----------
    settings : ScalesSettings
    tables : dict of DataTable
    """
    sides = read_sides(settings, tables)
    measure = settings.measured()
    result = Result()
    result.add(
        "confidence",
        settings.confidence,
        "proportion",
        translate("Confidence level of intervals"),
        basis="configured",
    )
    result.frames["scales"] = Frame(
        ["id", "label"], [[name, said(scale.label)] for name, scale in measure.scales.items()]
    )
    for name, scale in measure.scales.items():
        _scale(result, settings, sides, measure, name, scale)
    return result


def _scale(
    result: Result,
    settings: ScalesSettings,
    sides: dict[str, Side],
    measure: Measure,
    name: str,
    scale: Scale,
) -> None:
    """Report everything of one scale."""
    scores = {
        when: pd.Series(side.score(measure, scale), index=pd.Index(side.ids)) for when, side in sides.items()
    }
    pairs = _pairs(settings, sides, scores, scale)
    _scores(result, sides, scores, name, scale)
    found = _change(result, settings, pairs, name, scale)
    in_bands = add_bands(result, sides, pairs, name, scale)
    add_reliable(result, settings, pairs, name, scale)
    _notes(result, pairs, name, found, scores)
    values = {when: getattr(pairs, when) for when in SIDES}
    changes = declare(result, name, scale, sides, scores, pairs.rows, values)
    if not name:
        splits = add_breakdown(result, settings, sides["before"].table, pairs, changes)
        for split, moves in splits if in_bands else ():
            add_group_bands(result, split, scale, moves, in_bands)


def _scores(
    result: Result, sides: dict[str, Side], scores: dict[str, pd.Series[float]], name: str, scale: Scale
) -> None:
    """Report how many people have a score at each time, and how well its items hang together."""
    stem = stem_of(name)
    for when, values in scores.items():
        result.add(
            f"{stem}n.{when}",
            int(values.notna().sum()),
            "count",
            translate("{label}: people with a score {when}", label=scale.label, when=translate(TIMES[when])),
        )
        result.add(
            f"{stem}no_score.{when}",
            int(values.isna().sum()),
            "count",
            translate(
                "{label}: people without a score {when}", label=scale.label, when=translate(TIMES[when])
            ),
        )
        answers = sides[when].answers[:, [item - 1 for item in scale.items]]
        result.add(
            f"{stem}alpha.{when}",
            alpha(answers),
            "coefficient",
            translate("{label}: Cronbach's alpha {when}", label=scale.label, when=translate(TIMES[when])),
        )


def _change(
    result: Result, settings: ScalesSettings, pairs: Pairs, name: str, scale: Scale
) -> dict[str, float]:
    """Report means and spreads of those with both scores, and how much they changed."""
    stem = stem_of(name)
    result.add(
        f"{stem}n.both",
        len(pairs.before),
        "count",
        translate("{label}: people with a score at both times", label=scale.label),
    )
    for when in SIDES:
        values = getattr(pairs, when)
        spread = float(values.std(ddof=1)) if len(values) > 1 else math.nan
        spread = 0.0 if len(values) > 1 and np.ptp(values) == 0 else spread
        result.add(
            f"{stem}mean.{when}",
            float(values.mean()),
            "score",
            translate(
                "{label}: mean {when}, of those with both scores",
                label=scale.label,
                when=translate(TIMES[when]),
            ),
        )
        result.add(
            f"{stem}sd.{when}",
            spread,
            "score",
            translate(
                "{label}: standard deviation {when}, of those with both scores",
                label=scale.label,
                when=translate(TIMES[when]),
            ),
        )
    how = (
        translate("Student's t for pairs")
        if pairs.clusters is None
        else translate("standard error by cluster, t with clusters less one degrees of freedom")
    )
    found = change(pairs.before, pairs.after, settings.confidence, pairs.clusters)
    result.add_estimate(
        f"{stem}change", found, "score", translate("{label}: mean change", label=scale.label), how
    )
    size = paired_g(pairs.before, pairs.after, settings.confidence, found, pairs.clusters)
    result.add_estimate(
        f"{stem}hedges_g",
        size,
        "coefficient",
        translate("{label}: Hedges' g of the change", label=scale.label),
        translate("change over the deviation within times"),
    )
    return found


def _pairs(
    settings: ScalesSettings, sides: dict[str, Side], scores: dict[str, pd.Series[float]], scale: Scale
) -> Pairs:
    first, last = (values.dropna() for values in scores.values())
    both = first.index[first.index.isin(last.index)]
    if both.empty:
        raise EvidentiaError(
            f"nobody has a score of {scale.label} at both times",
            where="; ".join(dict.fromkeys(side.table.path for side in sides.values())),
            remedy="check the items' columns, or let a score rest on fewer items",
        )
    rows = {
        when: pd.Series(side.rows, index=pd.Index(side.ids))[both].to_numpy() for when, side in sides.items()
    }
    clusters = None
    if settings.cluster:
        codes, found = pd.factorize(
            pd.Series(sides["before"].clusters, index=pd.Index(sides["before"].ids))[both]
        )
        if len(found) < 2:
            raise EvidentiaError(
                f"all people are in one cluster, {found[0]}",
                where=sides["before"].table.where(column=settings.cluster),
                remedy="name the column that tells schools, teams or areas apart, or take 'cluster' out",
            )
        clusters = Clusters(codes.astype(np.intp), len(found))
    return Pairs(first[both].to_numpy(), last[both].to_numpy(), rows, clusters)


def _notes(
    result: Result, pairs: Pairs, name: str, found: dict[str, float], scores: dict[str, pd.Series[float]]
) -> None:
    """Add notes on few people or clusters, people lost, and change that does not vary."""
    stem = stem_of(name)
    about = [f"{stem}{part}" for part in ("change", "hedges_g", "reliable", "band")]
    if len(pairs.before) < FEW_PEOPLE:
        result.note(
            "few_people", f"fewer than {FEW_PEOPLE} people have a score at both times", about, of=name
        )
    if pairs.clusters is not None and pairs.clusters.number < FEW:
        text = f"{pairs.clusters.number} clusters, fewer than {FEW}: standard errors are uncertain"
        result.note("few_clusters", text, about, of=name)
    started = int(scores["before"].notna().sum())
    if 1 - len(pairs.before) / started > MUCH_LOST:
        result.note(
            "attrition",
            f"more than {MUCH_LOST:.0%} of those with a score before have none after",
            about,
            of=name,
        )
    if math.isnan(found["se"]):
        who = "all changed alike" if len(pairs.before) > 1 else "one person has a score at both times"
        result.note("no_variation", f"{who}, so the error of the change is not known", about, of=name)
