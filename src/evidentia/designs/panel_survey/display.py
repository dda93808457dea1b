"""What the figures and tables of the design ``panel_survey`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.formats import SUPPRESSED
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.designs.breakdown.display import needs_breakdown
from evidentia.designs.panel_survey.settings import (
    BreakdownTable,
    DivergingFigure,
    PanelSurveySettings,
    ResponseTable,
    SurveyItemsTable,
)

P_VALUE = later("p\N{NON-BREAKING HYPHEN}value")


def diverging_data(settings: DivergingFigure, analysis: PanelSurveySettings, result: Result) -> Frame:
    """Return a row for each item, wave and answer of the scale: share, people, and all who answered."""
    rows = []
    for name in settings.items:
        item = analysis.items.get(name)
        if item is None or not item.scale:
            with_scale = [known for known, other in analysis.items.items() if other.scale]
            raise EvidentiaError(
                f"the survey has no item '{name}' with a scale", remedy=did_you_mean(name, with_scale)
            )
        for key, wave, answer, count, n in result.frames["answers"].rows:
            if key == name:
                cells = (
                    SUPPRESSED if None in (count, n) else count / n if n else None,
                    *(SUPPRESSED if cell is None else cell for cell in (count, n)),
                )
                rows.append([item.label or name, getattr(analysis.wave_labels, wave), answer, *cells])
    return Frame(
        [
            translate("Item"),
            translate("Wave"),
            translate("Answer"),
            translate("Share"),
            translate("People"),
            translate("All who answered"),
        ],
        rows,
        ["", "", "", "proportion", "count", "count"],
    )


def items_rows(settings: SurveyItemsTable, analysis: PanelSurveySettings, result: Result) -> Rows:
    """Return a row an item: share, interval and answers at each wave; or the change, its interval and its
    tests.
    """
    known = {number.id for number in result.numbers}
    waves = [wave for wave, _ in analysis.waves()]
    header = [
        translate("Item"),
        translate("Change, percentage points"),
        translate("Interval"),
        translate(P_VALUE),
        translate(P_VALUE) + ", McNemar",
    ]
    if settings.part == "shares":
        labels = [getattr(analysis.wave_labels, wave) for wave in waves]
        header = [
            translate("Item"),
            *(
                f"{label}: {translate(what)}"
                for label in labels
                for what in (later("share"), later("interval"), later("answers"))
            ),
        ]
        if len(labels) == 1:
            header = [translate("Item"), translate("Share"), translate("Interval"), translate("Answers")]
    rows: list[list[Cell]] = []
    for name in settings.items or analysis.items:
        if name not in analysis.items:
            raise EvidentiaError(
                f"the survey has no item '{name}'", remedy=did_you_mean(name, analysis.items)
            )
        stem = f"{settings.analysis}.{name}"
        cells: list[Cell] = [analysis.items[name].label or name]
        for wave in waves if settings.part == "shares" else ():
            shares: list[Cell] = [
                Ref(f"{stem}.share.{wave}"),
                _interval(f"{stem}.share_ci", f".{wave}", ""),
                Ref(f"{stem}.n.{wave}"),
            ]
            cells += shares if f"{name}.n.{wave}" in known else [translate("not asked"), "–", "–"]
        if settings.part == "change":
            change: list[Cell] = [
                Ref(f"{stem}.change.estimate", "plain signed 1dp"),
                _interval(f"{stem}.change.ci", "", "plain 1dp"),
            ]
            mcnemar = Ref(f"{stem}.mcnemar.p_value") if f"{name}.mcnemar.p_value" in known else "–"
            tests: list[Cell] = [Ref(f"{stem}.change.p_value"), mcnemar]
            cells += [*change, *tests] if f"{name}.mcnemar.n" in known else ["–"] * 4
        rows.append(cells)
    return Rows(header, rows)


def _interval(stem: str, ending: str, spec: str) -> Cell:
    return between(Ref(f"{stem}_low{ending}", spec), Ref(f"{stem}_high{ending}", spec))


def breakdown_rows(settings: BreakdownTable, analysis: PanelSurveySettings, result: Result) -> Rows:
    """Return a row for each item and group: share, interval and answers at each wave; and one for each
    item's test.
    """
    needs_breakdown(result, settings.analysis)
    known = {number.id for number in result.numbers}
    for name in settings.items:
        if name not in analysis.items:
            raise EvidentiaError(
                f"the survey has no item '{name}'", remedy=did_you_mean(name, analysis.items)
            )
    waves = [wave for wave, _ in analysis.waves()]
    labels = [getattr(analysis.wave_labels, wave) for wave in waves]
    parts = ("share", "interval", "answers")
    rows: list[list[Cell]] = []
    for column, item, group, stem in result.frames["breakdown"].rows:
        if settings.items and stem.split(".")[0] not in settings.items:
            continue
        cells: list[Cell] = [item, column, group or translate("p‑value of a difference")]
        for wave in waves:
            here = f"{settings.analysis}.{stem}"
            if group and f"{stem}.n.{wave}" in known:
                interval = _interval(f"{here}.share_ci", f".{wave}", "")
                cells += [Ref(f"{here}.share.{wave}"), interval, Ref(f"{here}.n.{wave}")]
            elif not group and f"{stem}.equality.{wave}.p_value" in known:
                cells += [Ref(f"{here}.equality.{wave}.p_value"), "", ""]
            else:
                cells += ["–", "–", "–"]
        rows.append(cells)
    header = [translate("Item"), translate("Characteristic"), translate("Group")]
    single = len(labels) == 1
    header += (
        [part.capitalize() for part in parts] if single else [f"{w}: {p}" for w in labels for p in parts]
    )
    return Rows(header, rows, text_columns=3)


def response_rows(settings: ResponseTable, analysis: PanelSurveySettings, result: Result) -> Rows:
    """Return a row a wave: people invited, people who answered, response rate."""
    known = {number.id for number in result.numbers}
    rows: list[list[Cell]] = []
    for wave, _ in analysis.waves():
        cells: list[Cell] = [getattr(analysis.wave_labels, wave)]
        for name, spec in (("invited", ""), ("completed", ""), ("response_rate", "1dp")):
            cells.append(
                Ref(f"{settings.analysis}.{name}.{wave}", spec) if f"{name}.{wave}" in known else "–"
            )
        rows.append(cells)
    return Rows(
        [translate("Wave"), translate("Invited"), translate("Answered"), translate("Response rate")], rows
    )
