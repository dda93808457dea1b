"""Analysis of the design ``cost_benefit``: present values, what follows from them, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.designs.cost_benefit.effects import Effect, read_effects, without_error
from evidentia.designs.cost_benefit.model import Appraisal, appraise, cost_by_year, payback, yearly
from evidentia.designs.cost_benefit.settings import CostBenefitSettings
from evidentia.designs.cost_benefit.simulate import Assumed, central, drawn, statistics, swings, switching

PRESENT = later("each year's amount divided by (1 + rate)^years from the price year, and summed")
KINDS = {
    "fiscal": later("Fiscal benefits, present value"),
    "economic": later("Economic benefits, present value"),
    "social": later("Social benefits, present value"),
}


def analyse(settings: CostBenefitSettings, tables: dict[str, Any], results: Mapping[str, Result]) -> Result:
    """Value the effects of other analyses, set them against the costs, and simulate.

    Parameters
    ----------
    settings : CostBenefitSettings
    tables : dict of DataTable
        The deflators, if there are any.
    results : mapping of str to Result
        Of the analyses whose effects are valued.
    """
    effects = read_effects(settings, results)
    deflate = _deflate(settings, tables)
    assumed = central(settings, effects, deflate)
    present = appraise(settings, assumed, deflate)
    if present.costs <= 0:
        raise EvidentiaError(
            "the costs come to 0",
            where="config.yaml, costs",
            remedy="give what the programme cost, in pounds by year",
        )
    result = Result(synthetic=any(results[name].synthetic for name in settings.after() if name in results))
    _values(result, settings, present)
    _headline(result, settings, effects, deflate, present)
    _break_even(result, settings, effects, deflate, present, assumed)
    _configured(result, settings)
    _notes(result, settings, effects)
    _frames(result, settings, effects, deflate, assumed)
    return result


def _deflate(settings: CostBenefitSettings, tables: Mapping[str, Any]) -> dict[int, float]:
    """Return the factor from each other year's prices to the price year's."""
    dated = [one.price_year for one in settings.costs.values()] + [
        one.unit_cost_year for one in settings.benefits.values()
    ]
    wanted = sorted({year for year in dated if year is not None and year != settings.price_year})
    if not wanted or settings.deflators is None:
        return {}
    table = tables[settings.deflators.data]
    years = [str(value)[:4] for value in table.frame[settings.deflators.year]]
    index = dict(zip(years, table.numeric(settings.deflators.index), strict=True))
    missing = [year for year in (settings.price_year, *wanted) if str(year) not in index]
    if missing:
        raise EvidentiaError(
            f"the deflators have no index for {missing[0]}",
            where=table.path,
            remedy=f"add a row for {missing[0]}, or name another price year",
        )
    return {year: float(index[str(settings.price_year)] / index[str(year)]) for year in wanted}


def _values(result: Result, settings: CostBenefitSettings, present: Appraisal) -> None:
    """Report present values: costs, benefits, those of each kind, and each benefit's own."""
    result.add(
        "costs.present_value", present.costs, "pounds", translate("Costs, present value"), translate(PRESENT)
    )
    result.add(
        "benefits.present_value",
        float(present.total),
        "pounds",
        translate("Benefits, present value"),
        translate(PRESENT),
    )
    for kind in KINDS:
        total = sum(
            (float(present.benefits[name]) for name, one in settings.benefits.items() if one.kind == kind),
            start=0.0,
        )
        result.add(
            f"{kind}_benefits.present_value",
            total,
            "pounds",
            translate(KINDS[kind]),
            translate(PRESENT),
        )
    for name, one in settings.benefits.items():
        label = one.label or name
        result.add(
            f"benefit.{name}.present_value",
            float(present.benefits[name]),
            "pounds",
            translate("{label}, present value", label=label),
            translate(PRESENT),
        )


def _headline(
    result: Result,
    settings: CostBenefitSettings,
    effects: Mapping[str, Effect],
    deflate: Mapping[int, float],
    present: Appraisal,
) -> None:
    """Report net present value, ratio and fiscal return, each with its interval where there are draws."""
    simulated = settings.draws and not without_error(settings, effects)
    many = appraise(settings, drawn(settings, effects, deflate), deflate) if simulated else present
    how = translate("; interval and p-value from {draws} draws", draws=settings.draws) if simulated else ""
    label = settings.label
    net = statistics(settings, float(present.net), many.net, 0.0)
    result.add_estimate(
        "net_present_value",
        net,
        "pounds",
        translate("{label}, net present value", label=label),
        translate("benefits minus costs{how}", how=how),
    )
    ratio = statistics(settings, float(present.ratio), many.ratio, 1.0)
    result.add_estimate(
        "benefit_cost_ratio",
        ratio,
        "ratio",
        translate("{label}, benefits for each pound of cost", label=label),
        translate("benefits divided by costs{how}", how=how),
    )
    fiscal = statistics(settings, float(present.fiscal_return), many.fiscal_return, 1.0)
    result.add_estimate(
        "fiscal_return",
        fiscal,
        "ratio",
        translate("{label}, fiscal benefits for each pound of cost", label=label),
        translate("fiscal benefits divided by costs{how}", how=how),
    )


def _break_even(
    result: Result,
    settings: CostBenefitSettings,
    effects: Mapping[str, Effect],
    deflate: Mapping[int, float],
    present: Appraisal,
    assumed: Assumed,
) -> None:
    """Report when the costs are met, and how large each effect would have to be to meet them."""
    result.add(
        "payback_years",
        payback(settings, assumed, deflate),
        "years",
        translate("Years from the price year until benefits have met all costs"),
    )
    for name, benefit in settings.benefits.items():
        size = switching(present, assumed, name)
        label = benefit.label or name
        result.add(
            f"switching.{name}",
            size,
            effects[name].unit,
            translate("{label}: size of the effect at which benefits equal costs", label=label),
        )
        share = effects[name].unit in ("proportion", "percentage_points") or isinstance(benefit.effect, float)
        people = size * benefit.population if share and size is not None else None
        if people is not None:
            result.add(
                f"switching_people.{name}",
                people,
                "mean",
                translate("{label}: people for whom it would have to come about", label=label),
            )


def _configured(result: Result, settings: CostBenefitSettings) -> None:
    """Report the settings that a reader has to know."""
    for id, value, unit, label in (
        ("price_year", f"{settings.price_year}", "text", later("Price year")),
        ("discount_rate", settings.discount_rate, "proportion", later("Discount rate a year")),
        ("horizon", settings.horizon, "years", later("Years counted from the price year")),
        ("draws", settings.draws, "count", later("Simulations")),
        ("confidence", settings.confidence, "proportion", later("Confidence level of intervals")),
    ):
        result.add(id, value, unit, translate(label), basis="configured")


def _notes(result: Result, settings: CostBenefitSettings, effects: Mapping[str, Effect]) -> None:
    """Note benefits that rest on an effect which may be none, and say which effects did harm."""
    for name, benefit in settings.benefits.items():
        if benefit.sign * effects[name].estimate < 0:
            result.messages.append(
                f"{benefit.label or name}: the effect went against what is wanted, and counts as a loss"
            )
        p = effects[name].p_value
        if p is not None and p >= 1 - settings.confidence:
            text = (
                f"{benefit.label or name} rests on an effect that is not statistically significant"
                f" ({benefit.effect}, p = {p:.2g})"
            )
            result.note(
                "effect_not_significant",
                text,
                ["net_present_value", "benefit_cost_ratio", "fiscal_return", f"benefit.{name}"],
            )
    values = {number.id: number.value for number in result.numbers}
    if values["net_present_value.se"] is None:
        unknown = ", ".join(without_error(settings, effects))
        why = (
            "no draws were asked for"
            if not settings.draws
            else f"the effect {unknown} has no standard error"
            if unknown
            else "nothing that was drawn varies"
        )
        text = f"{why}, so net present value and ratios have no interval"
        result.note("no_interval", text, ["net_present_value", "benefit_cost_ratio", "fiscal_return"])


def _frames(
    result: Result,
    settings: CostBenefitSettings,
    effects: Mapping[str, Effect],
    deflate: Mapping[int, float],
    assumed: Assumed,
) -> None:
    """Hand on what the figures show: flows by year, and how far each assumption
    moves the net present value.
    """
    costs = cost_by_year(settings, deflate)
    gains = np.sum(
        [yearly(one, assumed[name], settings.horizon) for name, one in settings.benefits.items()], axis=0
    )
    rows = [[settings.price_year + k, float(costs[k]), float(gains[k])] for k in range(settings.horizon + 1)]
    result.frames["years"] = Frame(["year", "costs", "benefits"], rows)
    result.frames["swings"] = Frame(
        ["benefit", "what", "low", "high", "net_low", "net_high"], swings(settings, effects, deflate)
    )
