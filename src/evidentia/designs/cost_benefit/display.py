"""What the figures and tables of the design ``cost_benefit`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import printed
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Ref, Rows, between
from evidentia.designs.cost_benefit.settings import (
    ASSUMPTIONS,
    SHARES,
    AssumptionsTable,
    Benefit,
    CostBenefitSettings,
    TornadoFigure,
    ValuesTable,
    WaterfallFigure,
)

NAMES = {
    "effect": later("size of the effect"),
    "unit_cost": later("unit cost"),
    "population": later("people reached"),
    "deadweight": later("deadweight"),
    "attribution": later("attribution"),
    "optimism_bias": later("optimism bias"),
    "drop_off": later("drop-off a year"),
}
WORDS = (
    *(later("Fiscal"), later("Economic"), later("Social")),
    *(later("High"), later("Medium"), later("Low")),
)
"""Kinds of benefits and grades of confidence, as they are printed."""

HEADLINES = {
    "net_present_value": (later("Net present value"), ""),
    "benefit_cost_ratio": (later("Benefits for each pound of cost"), ""),
    "fiscal_return": (later("Fiscal benefits for each pound of cost"), ""),
}


def label_of(analysis: CostBenefitSettings, benefit: str) -> str:
    """Return a benefit's name for readers."""
    return analysis.benefits[benefit].label or benefit


def waterfall_data(settings: WaterfallFigure, analysis: CostBenefitSettings, result: Result) -> Frame:
    """Return costs, each benefit and the net present value, in pounds."""
    values = {number.id: number.value for number in result.numbers}
    rows: list[list[Any]] = [[translate("Costs"), -float(values["costs.present_value"] or 0)]]
    rows += [
        [label_of(analysis, name), values[f"benefit.{name}.present_value"]] for name in analysis.benefits
    ]
    return Frame(
        [translate("Step"), translate("Present value")],
        [*rows, [translate("Net present value"), values["net_present_value.estimate"]]],
        ["text", "pounds"],
    )


def tornado_data(settings: TornadoFigure, analysis: CostBenefitSettings, result: Result) -> Frame:
    """Return the assumptions that move the net present value most, with their ends
    and what follows at each.
    """
    rows = [
        [
            f"{label_of(analysis, name)}: {translate(NAMES[what])}",
            value_label(what, low),
            value_label(what, high),
            net_low,
            net_high,
        ]
        for name, what, low, high, net_low, net_high in result.frames["swings"].rows[: settings.most]
    ]
    if not rows:
        raise EvidentiaError(
            "nothing moves the net present value: no assumption has a range, and no effect an interval",
            remedy="give assumptions of a benefit their ranges, such as ranges: {unit_cost: [3000, 5500]}",
        )
    names = [
        translate("Assumption"),
        translate("Low"),
        translate("High"),
        translate("Net present value at low"),
        translate("Net present value at high"),
    ]
    return Frame(names, rows, ["text", "text", "text", "pounds", "pounds"])


def value_label(what: str, value: float) -> str:
    """Return an assumption's value in words."""
    if what in SHARES:
        return printed(value, "proportion", "0dp")
    if what == "unit_cost":
        return printed(value, "pounds", "0dp")
    return (
        printed(value, "mean", "0dp plain")
        if what == "population"
        else printed(value, "coefficient", "3dp plain")
    )


def values_rows(settings: ValuesTable, analysis: CostBenefitSettings, result: Result) -> Rows:
    """Return present values by benefit with kind and who gains, totals, and the headline figures with their
    intervals.
    """
    of = settings.analysis
    rows: list[list[Any]] = [[translate("Costs"), "", "", Ref(f"{of}.costs.present_value"), ""]]
    for name, benefit in analysis.benefits.items():
        value = Ref(f"{of}.benefit.{name}.present_value")
        rows.append(
            [label_of(analysis, name), translate(benefit.kind.capitalize()), benefit.gains, value, ""]
        )
    rows.append([translate("All benefits"), "", "", Ref(f"{of}.benefits.present_value"), ""])
    for id, (label, spec) in HEADLINES.items():
        low, high = Ref(f"{of}.{id}.ci_low", spec), Ref(f"{of}.{id}.ci_high", spec)
        interval: Any = between(low, high) if analysis.draws else translate("not simulated")
        rows.append([translate(label), "", "", Ref(f"{of}.{id}.estimate", spec), interval])
    return Rows(
        [
            translate("Item"),
            translate("Kind"),
            translate("Who gains"),
            translate("Present value"),
            translate("Interval"),
        ],
        rows,
        text_columns=3,
    )


def assumptions_rows(settings: AssumptionsTable, analysis: CostBenefitSettings, result: Result) -> Rows:
    """Return the assumptions of each benefit: values, ranges, source, and how far they can be trusted."""
    rows = []
    for name, benefit in analysis.benefits.items():
        values = "; ".join(_assumption(benefit, one) for one in ASSUMPTIONS)
        when = translate("from year {lag}", lag=benefit.lag) + (
            translate(" for {years} years", years=benefit.years) if benefit.years else ""
        )
        rows.append(
            [
                label_of(analysis, name),
                f"{values}; {when}",
                translate(benefit.confidence.capitalize()),
                benefit.source,
            ]
        )
    return Rows(
        [translate("Benefit"), translate("Assumptions"), translate("Confidence"), translate("Source")],
        rows,
        text_columns=4,
    )


def _assumption(benefit: Benefit, name: str) -> str:
    between = (
        translate(
            " ({value} to {value_2})",
            value=value_label(name, benefit.ranges[name][0]),
            value_2=value_label(name, benefit.ranges[name][1]),
        )
        if name in benefit.ranges
        else ""
    )
    return f"{translate(NAMES[name])} {value_label(name, getattr(benefit, name))}{between}"
