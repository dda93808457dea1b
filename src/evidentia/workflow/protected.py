"""Protecting an analysis together with all others of the same data, because a reader sees what all of them
publish.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.config.load import programs_for
from evidentia.config.model import Config
from evidentia.config.related import related
from evidentia.core.ledger import Entry
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.disclosure.differencing import differencing
from evidentia.disclosure.judgement import Judgement, weak_counts
from evidentia.disclosure.reasons import bases, reasons
from evidentia.disclosure.stage import protect_together
from evidentia.disclosure.suppress import Suppression, suppression
from evidentia.disclosure.table import Table


def policy(config: Config, analyses: list[str]) -> dict[str, int]:
    """Return the strictest policy of the data sets of some analyses."""
    policies = [
        config.data[dataset].disclosure for name in analyses for dataset in config.analyses[name].datasets()
    ]
    return {
        key: max((getattr(one, key) for one in policies), default=0) for key in ("minimum_cell", "rounding")
    }


def protected(config: Config, analysis: str, result: Result) -> Result:
    """Return the result of an analysis as it may be published beside those of all related ones.

    The others are analysed here again, without what takes long, so that no result that is not protected is
    ever written.
    """
    names = related(config, analysis)
    return protect_together(results_of(config, names, {analysis: result}), **policy(config, names))[analysis]


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


def systems(config: Config) -> list[tuple[Table, Suppression, dict[str, int]]]:
    """Return, for each set of related analyses of protected data, its counts, what is suppressed, and the
    policy.
    """
    from evidentia.disclosure.stage import joined
    from evidentia.disclosure.table import table_of

    found, seen = [], set[str]()
    for analysis, settings in config.analyses.items():
        names = related(config, analysis)
        limits = policy(config, names)
        if seen.isdisjoint(names) and settings.datasets() and max(limits.values()) > 1:
            seen.update(names)
            table = table_of(joined(results_of(config, names)), limits["minimum_cell"])
            found.append((table, suppression(table, **limits), limits))
    return found


def judged(config: Config, folder: Path) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return why each number of a folder is suppressed or rounded, and the counts of people on which each
    rests, by id.
    """
    why: dict[str, str] = {}
    people: dict[str, tuple[str, ...]] = {}
    with contextlib.chdir(folder):
        for table, chosen, limits in systems(config):
            why |= reasons(table, chosen, limits["minimum_cell"])
            people |= bases(table)
    return why, people


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
        for table, chosen, limits in found
        for name in weak_counts(table, chosen, **limits, ledger=ledger)
    ]
    people = {name: counts for table, _, _ in found for name, counts in bases(table).items()}
    differences = None if accepted is None else tuple(differencing(accepted, ledger, config, people))
    return Judgement(sum(len(chosen.cells) for _, chosen, _ in found), tuple(weak), differences)
