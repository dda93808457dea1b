"""What the figures and tables of the design ``cost_benefit`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.formats import printed
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Ref, Rows
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
    "effect": "size of the effect",
    "unit_cost": "unit cost",
    "population": "people reached",
    "deadweight": "deadweight",
    "attribution": "attribution",
    "optimism_bias": "optimism bias",
    "drop_off": "drop-off a year",
}
HEADLINES = {
    "net_present_value": ("Net present value", ""),
    "benefit_cost_ratio": ("Benefits for each pound of cost", ""),
    "fiscal_return": ("Fiscal benefits for each pound of cost", ""),
}


def label_of(analysis: CostBenefitSettings, benefit: str) -> str:
    """Return a benefit's name for readers."""
    return analysis.benefits[benefit].label or benefit


def waterfall_data(settings: WaterfallFigure, analysis: CostBenefitSettings, result: Result) -> Frame:
    """Return costs, each benefit and the net present value, in pounds."""
    values = {number.id: number.value for number in result.numbers}
    rows: list[list[Any]] = [["Costs", -float(values["costs.present_value"] or 0)]]
    rows += [
        [label_of(analysis, name), values[f"benefit.{name}.present_value"]] for name in analysis.benefits
    ]
    return Frame(
        ["Step", "Present value"],
        [*rows, ["Net present value", values["net_present_value.estimate"]]],
        ["text", "pounds"],
    )


def tornado_data(settings: TornadoFigure, analysis: CostBenefitSettings, result: Result) -> Frame:
    """Return the assumptions that move the net present value most, with their ends
    and what follows at each.
    """
    rows = [
        [f"{label_of(analysis, name)}: {NAMES[what]}", said(what, low), said(what, high), net_low, net_high]
        for name, what, low, high, net_low, net_high in result.frames["swings"].rows[: settings.most]
    ]
    names = ["Assumption", "Low", "High", "Net present value at low", "Net present value at high"]
    return Frame(names, rows, ["text", "text", "text", "pounds", "pounds"])


def said(what: str, value: float) -> str:
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
    rows: list[list[Any]] = [["Costs", "", "", Ref(f"{of}.costs.present_value"), ""]]
    for name, benefit in analysis.benefits.items():
        value = Ref(f"{of}.benefit.{name}.present_value")
        rows.append([label_of(analysis, name), benefit.kind.capitalize(), benefit.gains, value, ""])
    rows.append(["All benefits", "", "", Ref(f"{of}.benefits.present_value"), ""])
    for id, (label, spec) in HEADLINES.items():
        low, high = Ref(f"{of}.{id}.ci_low", spec), Ref(f"{of}.{id}.ci_high", spec)
        interval: Any = (low, " to ", high) if analysis.draws else "not simulated"
        rows.append([label, "", "", Ref(f"{of}.{id}.estimate", spec), interval])
    return Rows(["Item", "Kind", "Who gains", "Present value", "Interval"], rows, text_columns=3)


def assumptions_rows(settings: AssumptionsTable, analysis: CostBenefitSettings, result: Result) -> Rows:
    """Return the assumptions of each benefit: values, ranges, source, and how far they can be trusted."""
    rows = []
    for name, benefit in analysis.benefits.items():
        values = "; ".join(_assumption(benefit, one) for one in ASSUMPTIONS)
        when = f"from year {benefit.lag}" + (f" for {benefit.years} years" if benefit.years else "")
        rows.append(
            [label_of(analysis, name), f"{values}; {when}", benefit.confidence.capitalize(), benefit.source]
        )
    return Rows(["Benefit", "Assumptions", "Confidence", "Source"], rows, text_columns=4)


def _assumption(benefit: Benefit, name: str) -> str:
    between = (
        f" ({said(name, benefit.ranges[name][0])} to {said(name, benefit.ranges[name][1])})"
        if name in benefit.ranges
        else ""
    )
    return f"{NAMES[name]} {said(name, getattr(benefit, name))}{between}"
