"""What the figures and tables of the design ``scales`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.formats import SUPPRESSED
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.designs.breakdown.display import effect_rows, needs_breakdown
from evidentia.designs.scales.keys import said
from evidentia.designs.scales.settings import (
    BandsFigure,
    BandsTable,
    BreakdownTable,
    ChangeTable,
    ScalesSettings,
)


def all_bands() -> str:
    """Return what stands for all bands together."""
    return translate("All bands")


def bands_data(settings: BandsFigure, analysis: ScalesSettings, result: Result) -> Frame:
    """Return a row for each band before and band after: how many people moved from one to the other."""
    scales = analysis.measured().scales
    if settings.scale not in scales:
        raise EvidentiaError(
            f"the measure has no scale '{settings.scale}'",
            remedy=did_you_mean(settings.scale, filter(None, scales)),
        )
    frame = result.frames.get(f"moves_{settings.scale}" if settings.scale else "moves")
    if frame is None:
        raise EvidentiaError(
            f"{scales[settings.scale].label} has no bands",
            remedy="give the analysis bands, such as bands: {low: [7, 19], high: [20, 35]}",
        )
    stem = f"{settings.scale}." if settings.scale else ""
    counts: dict[str, list[Any]] = {
        when: [
            number.value
            for number in result.numbers
            if number.id.startswith(f"{stem}band_n.") and number.id.endswith(when)
        ]
        for when in ("before", "after")
    }
    names = list(scales[settings.scale].bands)
    rows = [
        *frame.rows,
        *([name, all_bands(), count] for name, count in zip(names, counts["before"], strict=True)),
    ]
    rows += [[all_bands(), name, count] for name, count in zip(names, counts["after"], strict=True)]
    cells = [
        [said(start.capitalize()), said(end.capitalize()), SUPPRESSED if people is None else people]
        for start, end, people in rows
    ]
    return Frame(
        [translate("Band before"), translate("Band after"), translate("People")], cells, ["", "", "count"]
    )


def change_rows(settings: ChangeTable, analysis: ScalesSettings, result: Result) -> Rows:
    """Return a row for each scale: people, mean before and after, change with interval, p-value and Hedges'
    g.
    """
    rows: list[list[Cell]] = []
    for name, label in result.frames["scales"].rows:
        stem = f"{settings.analysis}.{name}." if name else f"{settings.analysis}."
        change: Cell = between(Ref(f"{stem}change.ci_low", "plain"), Ref(f"{stem}change.ci_high", "plain"))
        rows.append(
            [
                label,
                Ref(f"{stem}n.both"),
                Ref(f"{stem}mean.before", "plain"),
                Ref(f"{stem}mean.after", "plain"),
                Ref(f"{stem}change.estimate", "plain signed"),
                change,
                Ref(f"{stem}change.p_value"),
                Ref(f"{stem}hedges_g.estimate", "2dp plain"),
                Ref(f"{stem}alpha.before", "2dp plain"),
            ]
        )
    header = [
        translate("Scale"),
        translate("People"),
        translate("Before"),
        translate("After"),
        translate("Change"),
        translate("Interval"),
        translate("p\N{NON-BREAKING HYPHEN}value"),
        translate("Hedges’ g"),
        translate("Alpha"),
    ]
    return Rows(header, rows)


def breakdown_rows(settings: BreakdownTable, analysis: ScalesSettings, result: Result) -> Rows:
    """Return a row for each group of people: people, change, interval and p-value."""
    needs_breakdown(result, settings.analysis)
    return effect_rows(settings.analysis, result, [translate("People")], "score", translate("Change"))


def bands_rows(settings: BandsTable, analysis: ScalesSettings, result: Result) -> Rows:
    """Return a row for each band of each scale that has bands: share before and after."""
    known = [number.id for number in result.numbers]
    scales = analysis.measured().scales
    rows: list[list[Cell]] = []
    for name, scale in scales.items():
        stem = f"{name}." if name else ""
        ids = [id for id in known if id.startswith(f"{stem}band.") and id.endswith(".before")]
        for band, id in zip(scale.bands, ids, strict=True):
            after = id.removesuffix("before") + "after"
            rows.append(
                [
                    said(scale.label),
                    said(band.capitalize()),
                    Ref(f"{settings.analysis}.{id}"),
                    Ref(f"{settings.analysis}.{after}"),
                ]
            )
    return Rows(
        [translate("Scale"), translate("Band"), translate("Before"), translate("After")], rows, text_columns=2
    )
