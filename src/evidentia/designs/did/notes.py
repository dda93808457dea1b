"""What a reader must know before an effect is used."""

from __future__ import annotations

from itertools import pairwise

from evidentia.core.results import Result
from evidentia.designs.did.estimates import Estimates
from evidentia.designs.did.panel import Panel, part_of_id
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.did.two_way import TwoWay
from evidentia.designs.inference.clusters import FEW
from evidentia.designs.inference.wald import NOISE, scale_of

FEW_OF_A_SIDE = 10
LEVEL = 0.05
MAIN = ("effect", "effect_cs", "effect_event", "two_way")


def add_notes(result: Result, settings: DidSettings, panel: Panel, found: Estimates, older: TwoWay) -> None:
    """Add the notes, and what the analyst alone has to know."""
    _clusters(result, settings, panel, found, older)
    steps = [later - earlier for earlier, later in pairwise(panel.times)]
    for before, step in zip(panel.times, steps, strict=False):
        if step > min(steps):
            result.messages.append(
                f"no unit has a value between {panel.periods.label(before)} and"
                f" {panel.periods.label(before + step)}: effects there are measured across the gap"
            )
    still = [_named(panel, id) for id in sorted(found.still)]
    if older.effect["se"] != older.effect["se"] and not older.alone:
        still.append("two_way")
    if still:
        result.note(
            "no_variation",
            "the outcomes do not vary enough for a standard error",
            _with_main(settings, still),
        )
    else:
        _one_side(result, settings, panel, about=[*MAIN, "event", "group"])
    _before(result, panel, found)
    if older.forbidden > 0:
        about = ["two_way"] + ["effect"] * (settings.estimator == "two_way")
        text = (
            f"{older.forbidden:.0%} of the weight of the two-way estimate compares units with others that are"
            " treated already"
        )
        result.note("forbidden_comparisons", text, about)
    if panel.incomplete:
        several = f"{panel.incomplete} {settings.units} without a value in some period are left out"
        one = f"one of the {settings.units} has no value in some period and is left out"
        text = several if panel.incomplete > 1 else one
        result.note("unbalanced_panel", text, [*MAIN, "event", "group"])
    elif not panel.balanced:
        result.note(
            "unbalanced_panel",
            f"not all {settings.units} have a value in each period",
            [*MAIN, "event", "group"],
        )
    if panel.always:
        result.messages.append(
            f"{panel.always} {settings.units} are treated from the first period on and left out: nothing is"
            " known of them before"
        )
    if panel.late:
        result.messages.append(
            f"{panel.late} {settings.units} start after the last period and count as never treated"
        )


def _named(panel: Panel, id: str) -> str:
    """Return the number id of an estimate that is named by its group's place."""
    stem, _, place = id.partition(".")
    return f"group.{part_of_id(panel.periods.label(int(place)))}" if stem == "group" else id


def _with_main(settings: DidSettings, ids: list[str]) -> list[str]:
    """Return ids so that a note on an estimate is one on `effect` where that is the same."""
    same = {"effect": "effect_cs"} if settings.estimator == "callaway_santanna" else {"two_way": "effect"}
    found = [id for id in ids if not (id == "effect" and settings.estimator == "two_way")]
    found += ["effect_cs"] * ("effect" in ids)
    return list(dict.fromkeys([*found, *(same[id] for id in found if id in same)]))


def _clusters(result: Result, settings: DidSettings, panel: Panel, found: Estimates, older: TwoWay) -> None:
    """Note few units or clusters, and estimates that have no standard error because of it."""
    units, word = panel.units, "clusters" if settings.cluster else settings.units
    treated, others = (
        units.loc[side, "cluster"].nunique() for side in (units["first"] != NEVER, units["first"] == NEVER)
    )
    alone = [_named(panel, id) for id in sorted(found.alone)] + ["two_way"] * older.alone
    if alone:
        text = (
            f"one of the {word} alone is treated, or compared with, and tells nothing of its own uncertainty:"
            " there is no standard error"
        )
        result.note("few_clusters", text, _with_main(settings, alone))
    sides = [treated, others] if others else [treated]
    if treated + others < FEW or min(sides) < FEW_OF_A_SIDE:
        text = (
            f"there are few {word} ({treated} treated"
            + (f", {others} never)" if others else ")")
            + ", so standard errors are uncertain"
        )
        result.note("few_clusters", text, [*MAIN, "event", "group"])


def _one_side(result: Result, settings: DidSettings, panel: Panel, about: list[str]) -> None:
    """Note that all treated, or all never treated, changed alike, so that errors are those of the others."""
    frame = panel.frame.sort_values(["unit", "time"])
    frame = frame.assign(change=frame.groupby("unit")["y"].diff())
    least = NOISE * scale_of(frame["y"].to_numpy(dtype=float))
    spans = frame.groupby(["first", "time"])["change"].agg(["min", "max", "count"])
    spans = spans[spans["count"] > 1]  # one unit alone is like itself
    spread = (spans["max"] - spans["min"]).groupby("first").max()
    sides = {"treated": spread[spread.index != NEVER], "never treated": spread[spread.index == NEVER]}
    alike = [name for name, found in sides.items() if len(found) and found.max() <= least]
    if alike:
        words = f"all {settings.units} that are {alike[0]} changed alike: their share of the error is 0"
        result.note("no_variation", words, about)


def _before(result: Result, panel: Panel, found: Estimates) -> None:
    """Note that the groups moved apart before the start, or that nobody can know."""
    p_value = found.pre_trend[2]
    if not any(k < 0 for k in found.events):
        text = (
            "there is one period before the start, so whether the groups moved alike before cannot be tested"
        )
        result.note("pre_trend_untested", text, MAIN)
    elif p_value < LEVEL:
        result.note(
            "pre_trend_differs", f"the groups moved differently before the start (p = {p_value:.2g})", MAIN
        )
    elif p_value != p_value:
        result.note(
            "pre_trend_untested",
            "there is too little to test whether the groups moved alike before the start",
            MAIN,
        )
