"""How many people are in each band of a scale, and how many changed reliably."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.designs.inference.clusters import Clusters
from evidentia.designs.scales.keys import Scale
from evidentia.designs.scales.paired import reliable_difference
from evidentia.designs.scales.people import SIDES, TIMES, Array, Side, band_of
from evidentia.designs.scales.settings import ScalesSettings

LOW = 0.7  # reliability below which single people's changes are mostly error
KINDS = {
    "improved": later("improved reliably"),
    "same": later("show no reliable change"),
    "worse": later("became reliably worse"),
}


@dataclass(frozen=True)
class Pairs:
    """The scores of those who have one at both times, and the rows they stand in."""

    before: Array
    after: Array
    rows: dict[str, np.typing.NDArray[np.int64]]
    clusters: Clusters | None


def stem_of(name: str) -> str:
    """Return what stands before the ids of a scale: nothing for the main one."""
    return f"{name}." if name else ""


def key_of(band: str) -> str:
    """Return the part of number ids that stands for a band."""
    return re.sub(r"\W+", "_", band, flags=re.ASCII).strip("_").lower()


def add_bands(
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
                translate(
                    "{label}: people in band '{band}' {when}",
                    label=scale.label,
                    band=band,
                    when=translate(TIMES[when]),
                ),
            )
            result.add(
                f"{stem}band.{key_of(band)}.{when}",
                count / people,
                "proportion",
                translate(
                    "{label}: share in band '{band}' {when}",
                    label=scale.label,
                    band=band,
                    when=translate(TIMES[when]),
                ),
                translate("of those with both scores"),
            )
    together = list(zip(found["before"], found["after"], strict=True))
    rows = [[start, end, together.count((start, end))] for start in scale.bands for end in scale.bands]
    result.frames[f"moves{'_' if name else ''}{name}"] = Frame(["before", "after", "people"], rows)
    return found


def add_reliable(result: Result, settings: ScalesSettings, pairs: Pairs, name: str, scale: Scale) -> None:
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
    label = translate("{label}: change beyond which it is reliable", label=scale.label)
    result.add(
        f"{stem}reliable_change",
        limit,
        "score",
        label,
        translate("1.96 x sqrt(2) x sd before x sqrt(1 - reliability)"),
    )
    moved = pairs.after - pairs.before if scale.better == "high" else pairs.before - pairs.after
    kinds = {"improved": moved > limit, "same": np.abs(moved) <= limit, "worse": moved < -limit}
    for kind, words in KINDS.items():
        count = int(kinds[kind].sum()) if not math.isnan(limit) else None
        result.add(
            f"{stem}reliable_n.{kind}",
            count,
            "count",
            translate("{label}: people who {words}", label=scale.label, words=translate(words)),
        )
        share = count / len(moved) if count is not None else None
        result.add(
            f"{stem}reliable.{kind}",
            share,
            "proportion",
            translate("{label}: share who {words}", label=scale.label, words=translate(words)),
        )
    if own is None and isinstance(used, float) and used < LOW:
        about = [f"{stem}{part}" for part in ("change", "hedges_g", "reliable")]
        result.note("low_reliability", f"alpha of {scale.label} before is below {LOW}", about, of=name)
