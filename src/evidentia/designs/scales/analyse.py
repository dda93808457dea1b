"""Analysis of the design ``scales``: scores before and after, change, bands, and who changed reliably."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.inference.clusters import FEW, Clusters
from evidentia.designs.scales.breakdown import add_breakdown
from evidentia.designs.scales.disclose import declare
from evidentia.designs.scales.group_bands import add_group_bands
from evidentia.designs.scales.keys import Measure, Scale
from evidentia.designs.scales.paired import alpha, change, paired_g, reliable_difference
from evidentia.designs.scales.people import SIDES, Array, Side, band_of, read_sides
from evidentia.designs.scales.settings import ScalesSettings

FEW_PEOPLE = 20
MUCH_LOST = 0.2  # of those with a score before
LOW = 0.7  # reliability below which single people's changes are mostly error
KINDS = {"improved": "improved reliably", "same": "show no reliable change", "worse": "became reliably worse"}


@dataclass(frozen=True)
class Pairs:
    """The scores of those who have one at both times, and the rows they stand in."""

    before: Array
    after: Array
    rows: dict[str, np.typing.NDArray[np.int64]]
    clusters: Clusters | None


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
        "confidence", settings.confidence, "proportion", "Confidence level of intervals", basis="configured"
    )
    result.frames["scales"] = Frame(
        ["id", "label"], [[name, scale.label] for name, scale in measure.scales.items()]
    )
    for name, scale in measure.scales.items():
        _scale(result, settings, sides, measure, name, scale)
    return result


def stem_of(name: str) -> str:
    """Return what stands before the ids of a scale: nothing for the main one."""
    return f"{name}." if name else ""


def key_of(band: str) -> str:
    """Return the part of number ids that stands for a band."""
    return re.sub(r"\W+", "_", band, flags=re.ASCII).strip("_").lower()


def _scale(
    result: Result,
    settings: ScalesSettings,
    sides: dict[str, Side],
    measure: Measure,
    name: str,
    scale: Scale,
) -> None:
    """Report everything of one scale."""
    stem = stem_of(name)
    scores = {
        when: pd.Series(side.score(measure, scale), index=pd.Index(side.ids)) for when, side in sides.items()
    }
    pairs = _pairs(settings, sides, scores, scale)
    for when, values in scores.items():
        result.add(
            f"{stem}n.{when}",
            int(values.notna().sum()),
            "count",
            f"{scale.label}: people with a score {when}",
        )
        result.add(
            f"{stem}no_score.{when}",
            int(values.isna().sum()),
            "count",
            f"{scale.label}: people without a score {when}",
        )
        answers = sides[when].answers[:, [item - 1 for item in scale.items]]
        result.add(
            f"{stem}alpha.{when}", alpha(answers), "coefficient", f"{scale.label}: Cronbach's alpha {when}"
        )
    result.add(
        f"{stem}n.both", len(pairs.before), "count", f"{scale.label}: people with a score at both times"
    )
    for when in SIDES:
        values = getattr(pairs, when)
        spread = float(values.std(ddof=1)) if len(values) > 1 else math.nan
        spread = 0.0 if len(values) > 1 and np.ptp(values) == 0 else spread
        result.add(
            f"{stem}mean.{when}",
            float(values.mean()),
            "score",
            f"{scale.label}: mean {when}, of those with both scores",
        )
        result.add(
            f"{stem}sd.{when}",
            spread,
            "score",
            f"{scale.label}: standard deviation {when}, of those with both scores",
        )
    how = (
        "Student's t for pairs"
        if pairs.clusters is None
        else "standard error by cluster, t with clusters less one degrees of freedom"
    )
    found = change(pairs.before, pairs.after, settings.confidence, pairs.clusters)
    result.add_estimate(f"{stem}change", found, "score", f"{scale.label}: mean change", how)
    size = paired_g(pairs.before, pairs.after, settings.confidence, found, pairs.clusters)
    result.add_estimate(
        f"{stem}hedges_g",
        size,
        "coefficient",
        f"{scale.label}: Hedges' g of the change",
        "change over the deviation within times",
    )
    in_bands = _bands(result, sides, pairs, name, scale)
    _reliable(result, settings, pairs, name, scale)
    _notes(result, pairs, name, found, scores)
    declare(result, name, scale, sides, scores, pairs.rows, {when: getattr(pairs, when) for when in SIDES})
    if not name:
        moved = pairs.after - pairs.before
        splits = add_breakdown(
            result, settings, sides["before"].table, pairs.rows["before"], moved, pairs.clusters
        )
        keys = {band: key_of(band) for band in scale.bands}
        for split in splits if in_bands else ():
            add_group_bands(result, split, scale, keys, in_bands)


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


def _bands(
    result: Result, sides: dict[str, Side], pairs: Pairs, name: str, scale: Scale
) -> dict[str, list[str]]:
    """Report how many are in each band at each time, and hand on who moved from which to which; return each
    person's band by time.
    """
    if not scale.bands:
        return {}
    stem, people = stem_of(name), len(pairs.before)
    found = {when: band_of(getattr(pairs, when), scale, sides[when].table.path) for when in SIDES}
    for when in SIDES:
        for band in scale.bands:
            count = found[when].count(band)
            result.add(
                f"{stem}band_n.{key_of(band)}.{when}",
                count,
                "count",
                f"{scale.label}: people in band '{band}' {when}",
            )
            result.add(
                f"{stem}band.{key_of(band)}.{when}",
                count / people,
                "proportion",
                f"{scale.label}: share in band '{band}' {when}",
                "of those with both scores",
            )
    together = list(zip(found["before"], found["after"], strict=True))
    rows = [[start, end, together.count((start, end))] for start in scale.bands for end in scale.bands]
    result.frames[f"moves{'_' if name else ''}{name}"] = Frame(["before", "after", "people"], rows)
    return found


def _reliable(result: Result, settings: ScalesSettings, pairs: Pairs, name: str, scale: Scale) -> None:
    """Report the change that is more than the measure's error, and how many changed by more (Jacobson and
    Truax 1991).
    """
    stem = stem_of(name)
    values = {number.id: number.value for number in result.numbers}
    own = settings.reliability if not name else None
    used = own if own is not None else values[f"{stem}alpha.before"]
    spread = values[f"{stem}sd.before"]
    usable = isinstance(used, float) and isinstance(spread, float)
    limit = (
        reliable_difference(spread, used)
        if usable and isinstance(used, float) and isinstance(spread, float)
        else math.nan
    )
    label = f"{scale.label}: change beyond which it is reliable"
    result.add(
        f"{stem}reliable_change", limit, "score", label, "1.96 x sqrt(2) x sd before x sqrt(1 - reliability)"
    )
    moved = pairs.after - pairs.before if scale.better == "high" else pairs.before - pairs.after
    kinds = {"improved": moved > limit, "same": np.abs(moved) <= limit, "worse": moved < -limit}
    for kind, words in KINDS.items():
        count = int(kinds[kind].sum()) if not math.isnan(limit) else None
        result.add(f"{stem}reliable_n.{kind}", count, "count", f"{scale.label}: people who {words}")
        share = count / len(moved) if count is not None else None
        result.add(f"{stem}reliable.{kind}", share, "proportion", f"{scale.label}: share who {words}")
    if own is None and isinstance(used, float) and used < LOW:
        about = [f"{stem}{part}" for part in ("change", "hedges_g", "reliable")]
        result.note("low_reliability", f"alpha of {scale.label} before is below {LOW}", about, of=name)


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
