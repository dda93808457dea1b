"""Protecting an analysis together with all others of the same data, because a reader sees what all of them
publish.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.config.load import programs_for
from evidentia.config.model import Config
from evidentia.config.related import related
from evidentia.core.ledger import Entry
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.disclosure.count_table import Table
from evidentia.disclosure.differencing import Difference, differencing, pinned
from evidentia.disclosure.judgement import Judgement, weak_counts
from evidentia.disclosure.reasons import bases, reasons
from evidentia.disclosure.stage import counted, protect_together
from evidentia.disclosure.suppress import Suppression, suppression
from evidentia.workflow.accepted import accepted_numbers


@dataclass(frozen=True)
class System:
    """The counts of related analyses of protected data, what is suppressed of them, and the policy.

    Attributes
    ----------
    results : dict of str to Result
    table : Table
        With what the accepted release tells.
    chosen : Suppression
    limits : dict of str to int
    """

    results: dict[str, Result]
    table: Table
    chosen: Suppression
    limits: dict[str, int]


def policy(config: Config, analyses: list[str]) -> dict[str, int]:
    """Return the strictest policy of the data sets of some analyses."""
    policies = [
        config.data[dataset].disclosure for name in analyses for dataset in config.analyses[name].datasets()
    ]
    return {
        key: max((getattr(one, key) for one in policies), default=0) for key in ("minimum_cell", "rounding")
    }


def protected(config: Config, analysis: str, result: Result) -> Result:
    """Return the result of an analysis as it may be published beside all related ones and the accepted
    release.

    The others are analysed here again, without what takes long, so that no result that is not protected is
    ever written.
    """
    names = related(config, analysis)
    limits = policy(config, names)
    if max(limits.values()) <= 1:
        return result
    results = results_of(config, names, {analysis: result})
    return protect_together(results, **limits, accepted=accepted_numbers())[analysis]


def results_of(config: Config, names: list[str], given: dict[str, Result] | None = None) -> dict[str, Result]:
    """Return the results of analyses of the current folder, those that are not given quickly made."""
    from evidentia.workflow.analysis import read_datasets

    given = given or {}
    others = [name for name in names if name not in given]
    datasets = list(dict.fromkeys(dataset for name in others for dataset in config.analyses[name].datasets()))
    tables: dict[str, Any] = read_datasets(config, datasets) if datasets else {}
    found: dict[str, Result] = {}
    for name in names:
        settings: Any = config.analyses[name]
        if name in given:
            found[name] = given[name]
            continue
        analyse = resolve(config.registry.designs[settings.design].analyse)
        quick = settings.quick() if hasattr(settings, "quick") else settings
        own = {dataset: tables[dataset] for dataset in settings.datasets()}
        found[name] = analyse(quick, own, **({"name": f"beside-{name}"} if programs_for(settings) else {}))
    return found


def systems(config: Config) -> list[System]:
    """Return each set of related analyses of protected data."""
    found, seen = [], set[str]()
    accepted = accepted_numbers()
    for analysis, settings in config.analyses.items():
        names = related(config, analysis)
        limits = policy(config, names)
        if seen.isdisjoint(names) and settings.datasets() and max(limits.values()) > 1:
            seen.update(names)
            results = results_of(config, names)
            table = counted(results, **limits, accepted=accepted)
            found.append(System(results, table, suppression(table, **limits), limits))
    return found


def judged(
    config: Config, folder: Path, present: Mapping[str, Entry], earlier: Mapping[str, Entry]
) -> tuple[dict[str, str], list[Difference]]:
    """Return why each number of a folder is suppressed or rounded, by id, and what an earlier release and the
    present one tell together.
    """
    why: dict[str, str] = {}
    with contextlib.chdir(folder):
        found = systems(config)
        for one in found:
            why |= reasons(one.table, one.chosen, one.limits["minimum_cell"])
        return why, _together(config, found, present, earlier)


def _together(
    config: Config, found: list[System], present: Mapping[str, Entry], earlier: Mapping[str, Entry]
) -> list[Difference]:
    """Return what two releases tell together: numbers that moved, and counts that can be placed."""
    people = {name: counts for one in found for name, counts in bases(one.table).items()}
    told = differencing(earlier, present, config, people)
    for one in found if earlier else ():
        table = counted(one.results, **one.limits, accepted=earlier)
        told += pinned(table, one.chosen, **one.limits)
    return told


def judgement(
    config: Config, ledger: Mapping[str, Entry], accepted: Mapping[str, Entry] | None
) -> Judgement | None:
    """Return what a ledger of the current folder tells of protected data, alone and beside accepted numbers;
    None if no data are protected.
    """
    found = systems(config)
    if not found:
        return None
    weak = [
        name
        for one in found
        for name in weak_counts(one.table.alone, one.chosen, **one.limits, ledger=ledger)
    ]
    differences = None if accepted is None else tuple(_together(config, found, ledger, accepted))
    return Judgement(sum(len(one.chosen.cells) for one in found), tuple(weak), differences)
