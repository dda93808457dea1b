"""Analysis of the design ``rct``: who was assigned and who is analysed, what the arms were like, and how
outcomes differ.
"""

from __future__ import annotations

import math

import numpy as np

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.rct.breakdown import add_breakdown
from evidentia.designs.rct.disclose import declare
from evidentia.designs.rct.effects import add_effects, clusters_with_people, stems
from evidentia.designs.rct.models import (
    Components,
    components,
)
from evidentia.designs.rct.notes import add_notes
from evidentia.designs.rct.people import Trial, read_trial
from evidentia.designs.rct.settings import RctSettings
from evidentia.designs.rct.sizes import (
    ATTRITION_BANDS,
    detectable,
    detectable_at_design,
    padlocks,
    power_padlocks,
)


def analyse(settings: RctSettings, tables: dict[str, DataTable]) -> Result:
    """Compare each arm with the control arm.

    Parameters
    ----------
    settings : RctSettings
    tables : dict of DataTable
    """
    trial = read_trial(settings, tables[settings.data])
    result = Result()
    _people(result, settings, trial)
    _baseline(result, trial)
    _outcomes(result, settings, trial)
    spread = components(trial)
    error = add_effects(result, settings, trial, spread)
    _sizes(result, settings, trial, spread, error)
    _flow(result, settings, trial)
    add_notes(result, settings, trial)
    declare(result, settings, trial)
    add_breakdown(result, settings, trial, stems(trial))
    return result


def _people(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Report who was assigned, who has no outcome, who lacks what is adjusted for, and who is analysed, by
    arm.
    """
    for arm in trial.arms:
        assigned, lost = int(arm.assigned.sum()), int((arm.assigned & ~trial.known).sum())
        result.add(
            f"n.{arm.key}",
            int((arm.assigned & trial.analysed).sum()),
            "count",
            translate("{of}: people analysed", of=arm.label),
        )
        result.add(f"assigned.{arm.key}", assigned, "count", translate("{of}: people assigned", of=arm.label))
        result.add(
            f"lost.{arm.key}",
            lost,
            "count",
            translate("{of}: people whose outcome is not known", of=arm.label),
        )
        without = int((arm.assigned & trial.known & ~trial.analysed).sum())
        result.add(
            f"without_baseline.{arm.key}",
            without,
            "count",
            translate("{of}: people with an outcome who lack what is adjusted for", of=arm.label),
        )
        result.add(
            f"attrition.{arm.key}",
            lost / assigned,
            "proportion",
            translate("{of}: share whose outcome is not known", of=arm.label),
            translate("lost / assigned"),
        )
        if trial.clusters is not None:
            number = clusters_with_people(trial.clusters, arm, trial)
            result.add(
                f"clusters.{arm.key}",
                number,
                "count",
                translate("{of}: clusters analysed ({cluster})", of=arm.label, cluster=settings.cluster),
            )
    result.add(
        "confidence",
        settings.confidence,
        "proportion",
        translate("Confidence level of intervals"),
        basis="configured",
    )
    every = len(trial.known)
    result.add("assigned_overall", every, "count", translate("People assigned"))
    result.add(
        "lost_overall", int((~trial.known).sum()), "count", translate("People whose outcome is not known")
    )
    result.add(
        "attrition_overall",
        float((~trial.known).mean()),
        "proportion",
        translate("Share whose outcome is not known"),
        translate("lost / assigned"),
    )


def _baseline(result: Result, trial: Trial) -> None:
    """Report means of baseline and covariates by arm, and their standardised
    difference from the control arm.
    """
    rows = []
    for one in trial.variables:
        found = [one.values[arm.assigned & trial.analysed] for arm in trial.arms]
        for arm, values in zip(trial.arms, found, strict=True):
            result.add(
                f"mean.{one.id}.{arm.key}",
                float(values.mean()),
                one.unit,
                translate("{label}, {of}, people analysed", label=one.label, of=arm.label),
            )
        for arm, values in zip(trial.arms[1:], found[1:], strict=True):
            size = _standardised(values, found[0])
            what = translate(
                "{label}, {of}: standardised difference from {label2}",
                label=one.label,
                of=arm.label,
                label2=trial.arms[0].label,
            )
            result.add(
                f"smd.{one.id}.{arm.key}",
                size,
                "coefficient",
                what,
                translate("difference of means over the pooled standard deviation"),
            )
        rows.append([one.id, one.label])
    result.frames["baseline"] = Frame(["id", "label"], rows)


def _standardised(values: np.ndarray, others: np.ndarray) -> float:
    freedom_of = len(values) + len(others) - 2
    if freedom_of < 1:
        return math.nan
    pooled = math.sqrt(
        (np.sum((values - values.mean()) ** 2) + np.sum((others - others.mean()) ** 2)) / freedom_of
    )
    return float((values.mean() - others.mean()) / pooled) if pooled > 0 else math.nan


def _outcomes(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Report the plain outcome of each arm."""
    unit = "proportion" if settings.outcome_type == "binary" else settings.unit
    for arm in trial.arms:
        values = trial.outcome[arm.assigned & trial.analysed]
        result.add(
            f"outcome.{arm.key}",
            float(values.mean()),
            unit,
            translate("{label}, {of}, people analysed, not adjusted", label=settings.label, of=arm.label),
        )
        if settings.outcome_type == "continuous":
            spread = float(values.std(ddof=1)) if len(values) > 1 else math.nan
            result.add(
                f"outcome_sd.{arm.key}",
                spread,
                unit,
                translate("{label}, {of}, standard deviation", label=settings.label, of=arm.label),
            )


def _sizes(
    result: Result, settings: RctSettings, trial: Trial, spread: Components, error: tuple[float, float]
) -> None:
    """Report the share of variance between clusters, what could be found, and the EEF's bands."""
    if trial.clusters is not None:
        result.add(
            "icc",
            spread.icc,
            "proportion",
            translate("Share of the outcome's variance within arms that lies between clusters"),
        )
    deviation = math.sqrt(spread.total) if spread.total > 0 else math.nan
    found = detectable(*error, settings.confidence) / deviation
    how = translate("(t of the confidence + t of 80% power) x standard error / total standard deviation")
    result.add(
        "minimum_detectable",
        found,
        "coefficient",
        translate("Smallest standardised effect that the analysis would find"),
        how,
    )
    planned = math.nan
    if settings.planned is not None:
        planned = detectable_at_design(settings.planned, settings.confidence)
        result.add(
            "minimum_detectable_design",
            planned,
            "coefficient",
            translate("Smallest standardised effect that the design would find"),
        )
    lost = float((~trial.known).mean())
    bands = translate("of 5, by the EEF's bands of 2019")
    result.add(
        "padlock.attrition",
        padlocks(lost, ATTRITION_BANDS),
        "score",
        translate("Padlocks for attrition, {bands}", bands=bands),
    )
    most = translate("Padlocks, the most that there are")
    result.add("padlock.most", len(ATTRITION_BANDS), "count", most, basis="configured")
    if settings.planned is not None:
        result.add(
            "padlock.power",
            power_padlocks(planned),
            "score",
            translate("Padlocks for the smallest effect at design, {bands}", bands=bands),
        )


def _flow(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Hand on the flow of people (CONSORT), and report those assessed and excluded before."""
    rows: list[list[object]] = []
    for arm in trial.arms:
        numbers = {number.id: number.value for number in result.numbers}
        rows.append(
            [
                arm.key,
                arm.label,
                *(numbers[f"{step}.{arm.key}"] for step in ("assigned", "lost", "without_baseline", "n")),
            ]
        )
    result.frames["flow"] = Frame(["arm", "label", "assigned", "lost", "without_baseline", "analysed"], rows)
    given = settings.flow
    if given.assessed is None:
        return
    result.add(
        "assessed", given.assessed, "count", translate("People assessed for eligibility"), basis="configured"
    )
    result.add(
        "excluded",
        sum(given.excluded.values()),
        "count",
        translate("People excluded before they were assigned"),
        basis="configured",
    )
    result.frames["before"] = Frame(
        ["reason", "people"], [[reason, count] for reason, count in given.excluded.items()]
    )
