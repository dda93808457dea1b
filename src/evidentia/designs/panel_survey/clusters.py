"""Shares and their change where respondents belong together, such as to teams: errors by cluster."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.data.people import clusters_of
from evidentia.designs.inference.clusters import FEW, Clusters, root
from evidentia.designs.inference.proportions import wilson
from evidentia.designs.inference.wald import NOT_AVAILABLE, wald
from evidentia.designs.panel_survey.pairs import Answered
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave

Members = dict[str, "pd.Series[Any]"]
"""The cluster of each respondent, by wave."""


def read_clusters(settings: PanelSurveySettings, waves: dict[str, Wave]) -> dict[str, Members]:
    """Return the clusters of each item's respondents; empty for an item without.

    Raises
    ------
    EvidentiaError
        If a wave lacks a column, a respondent has no cluster, or all are in one.
    """
    columns = {name: settings.cluster_of(item) for name, item in settings.items.items()}
    if settings.cluster and settings.cluster not in columns.values():
        raise EvidentiaError(
            f"no item of the survey is analysed by '{settings.cluster}'",
            where="config.yaml, key cluster",
            remedy="take 'cluster' out",
        )
    read = {column: _members(column, waves) for column in sorted({*columns.values()} - {""})}
    return {name: read.get(column, {}) for name, column in columns.items()}


def _members(column: str, waves: dict[str, Wave]) -> Members:
    """Return the cluster of each respondent by wave."""
    found: Members = {}
    for name, wave in waves.items():
        cells = clusters_of(wave.table, column, who="respondents")
        found[name] = cells.set_axis(pd.Index(wave.ids))
    return found


def change(answered: Answered, positive: list[str], members: Members, confidence: float) -> dict[str, float]:
    """Return a change of shares, later minus earlier, with its error by cluster and t with clusters less one
    degrees of freedom.
    """
    values, influences, names = [], [], []
    for (wave, found), sign in zip(answered.items(), (-1.0, 1.0), strict=True):
        yes = found.isin(positive).to_numpy(dtype=float)
        if not len(yes):
            return NOT_AVAILABLE
        values.append(float(yes.mean()))
        influences.append(sign * (yes - yes.mean()) / len(yes))
        names.append(members[wave][found.index])
    codes, clusters = pd.factorize(pd.concat(names))
    error = (
        root(np.concatenate(influences), Clusters(codes.astype(np.intp), len(clusters)))
        if len(clusters) > 1
        else math.nan
    )
    return wald(values[1] - values[0], error, confidence, len(clusters) - 1, scale=1.0)


def interval(
    found: pd.Series[Any], positive: list[str], members: pd.Series[Any], confidence: float
) -> tuple[float, float]:
    """Return Wilson's interval of a share from the effective number of people:
    theirs over the design effect.
    """
    yes = found.isin(positive).to_numpy(dtype=float)
    n, codes = len(yes), pd.factorize(members[found.index])[0]
    if not n:
        return math.nan, math.nan
    clusters = Clusters(codes.astype(np.intp), int(codes.max()) + 1)
    influence = (yes - yes.mean()) / n
    alone = root(influence, None)
    effect = (
        (root(influence, clusters) / alone) ** 2 if alone > 0 and clusters.number > 1 else n / clusters.number
    )
    effective = n / max(effect, 1.0)
    return wilson(float(yes.mean()) * effective, effective, confidence)


def add_notes(result: Result, settings: PanelSurveySettings, members: dict[str, Members]) -> None:
    """Report the number of clusters of the survey, or of an item with clusters of its own, and add a note
    where they are few.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for name, item in settings.items.items():
        if column := settings.cluster_of(item):
            groups.setdefault(("" if column == settings.cluster else name, column), []).append(name)
    for (of, column), names in groups.items():
        number = len(set().union(*(set(cells) for cells in members[names[0]].values())))
        id = f"{of}.n.clusters" if of else "n.clusters"
        result.add(
            id,
            number,
            "count",
            translate("{label}: clusters ({column})", label=settings.items[of].label or of, column=column)
            if of
            else translate("Clusters ({column})", column=column),
        )
        result.links.count_nobody(id)
        if number < FEW:
            stems = [
                f"{name}{part}" for name in names for part in (".change", ".panel.change", ".all.change")
            ]
            result.note(
                "few_clusters",
                f"{number} clusters, fewer than {FEW}: standard errors are uncertain",
                stems,
                of=of,
            )
