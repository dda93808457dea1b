"""The change of a measure's main score by group of people, and whether groups changed differently."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.data.table import DataTable
from evidentia.designs.breakdown import report
from evidentia.designs.breakdown.groups import Group, Split, read_splits
from evidentia.designs.breakdown.linear import NO_TEST, Least
from evidentia.designs.inference.clusters import Array, Clusters
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.scales.bands import Pairs
from evidentia.designs.scales.pairs_told import Pair, declare_pairs, declare_whole_pairs
from evidentia.designs.scales.settings import ScalesSettings

HOW = later("mean change in the group; {errors} standard errors")


def add_breakdown(
    result: Result,
    settings: ScalesSettings,
    table: DataTable,
    pairs: Pairs,
    changes: Mapping[float, str],
) -> list[tuple[Split, dict[str, dict[Pair, str]]]]:
    """Report the change by group of those with both scores, and return the groups with what is declared of
    how many moved from one score to another, by the group's stem.

    Parameters
    ----------
    result : Result
    settings : ScalesSettings
    table : DataTable
        Of the time before, which says who is in which group.
    pairs : Pairs
        Those with both scores.
    changes : mapping of float to str
        The counts of all who changed by so much.
    """
    if not settings.breakdown:
        return []
    moved, clusters = pairs.after - pairs.before, pairs.clusters
    splits = read_splits(table, settings.breakdown, table.frame.loc[pairs.rows["before"]].index)
    shown: list[list[str]] = []
    without: dict[str, str] = {}
    for split in splits:
        shown += _split(result, settings, split, moved, clusters, without)
    result.frames["breakdown"] = report.frame_of(shown)
    report.add_notes(result, splits, without)
    return [(split, _declare(result, settings, split, table.path, pairs, changes)) for split in splits]


def _why_not(group: Group, moved: Array, clusters: Clusters | None) -> str:
    """Return why a group has no estimate; empty if it has one."""
    why = report.few([int(group.mask.sum())])
    if not why and np.ptp(moved[group.mask]) == 0:
        why = "all changed alike"
    if not why and clusters is not None and clusters.holding(group.mask).sum() < 2:
        why = "all are in one cluster"
    return why


def _split(
    result: Result,
    settings: ScalesSettings,
    split: Split,
    moved: Array,
    clusters: Clusters | None,
    without: dict[str, str],
) -> list[list[str]]:
    """Report the change in each group and the test; return rows of the table."""
    measure = settings.measured().scales[""].label
    name = split.label
    why = {group.key: _why_not(group, moved, clusters) for group in split.groups}
    used = [group for group in split.groups if not why[group.key]]
    model = _model(used, moved, clusters) if used else None
    directions = dict(zip((group.key for group in used), np.eye(len(used)), strict=True))
    how, rows = translate(HOW, errors="CR2" if clusters is not None else "HC2"), list[list[str]]()
    for group in [*split.groups, Group("not_known", translate("Not known"), split.unknown)]:
        if not group.mask.any():
            continue
        stem, label = split.stem(group), f"{measure}, {name}: {group.label}"
        result.add(
            f"{stem}.n.both",
            int(group.mask.sum()),
            "count",
            translate("{label}: people with both scores", label=label),
        )
        if group not in split.groups:
            continue
        found = dict(NOT_AVAILABLE)
        if model and group.key in directions:
            found = model.estimate(directions[group.key], settings.confidence)
        else:
            without[f"{name}, {group.label}"] = why[group.key]
        result.add_estimate(
            f"{stem}.change", found, "score", translate("{label}: mean change", label=label), how
        )
        rows.append([name, group.label, f"{stem}.change", f"{stem}.n.both"])
    test = model.alike(list(directions.values())) if model else NO_TEST
    report.add_test(
        result,
        split.interaction,
        test,
        translate("{label}: whether the change differs by {name}", label=measure, name=name.lower()),
    )
    return [*rows, [name, translate("Interaction"), split.interaction, ""]]


def _model(used: list[Group], moved: Array, clusters: Clusters | None) -> Least:
    """Return the model of the changes of some groups."""
    who = np.any([group.mask for group in used], axis=0)
    X = np.column_stack([group.mask[who].astype(float) for group in used])
    inside = None
    if clusters is not None:
        found, codes = np.unique(clusters.codes[who], return_inverse=True)
        inside = Clusters(codes.astype(np.intp), len(found))
    return Least(moved[who], X, inside)


def _declare(
    result: Result,
    settings: ScalesSettings,
    split: Split,
    path: str,
    pairs: Pairs,
    changes: Mapping[float, str],
) -> dict[str, dict[Pair, str]]:
    """Declare the people of each group, and what its numbers tell of them; return how many moved from one
    score to another, by the group's stem.
    """
    groups: Mapping[str, Group] = {
        f"{split.stem(group)}.n.both": group
        for group in [*split.groups, Group("not_known", "", split.unknown)]
        if group.mask.any()
    }
    result.links.add_up("n.both", groups)
    every: list[str] = []
    moves: dict[str, dict[Pair, str]] = {}
    for count, group in groups.items():
        stem, mask = split.stem(group), group.mask
        told = report.estimates_of(f"{stem}.change") if group in split.groups else []
        column, moved = f"{settings.measured().scales[''].label} change", pairs.after - pairs.before
        every += report.declare_group(
            result, count, moved[mask], pairs.rows["before"][mask], column, path, told
        )
        moves[stem], _ = declare_pairs(result, count, pairs.before[mask], pairs.after[mask])
    report.declare_whole(result, groups, changes)
    declare_whole_pairs(result, "n.both", moves.values())
    result.links.follow(report.tests_of(split.interaction), every, near=True)
    return moves
