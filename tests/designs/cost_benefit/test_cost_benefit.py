"""Costs and benefits against closed forms: an annuity, a geometric series, a break-even point, moments of
simulated draws.
"""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.results import Result
from evidentia.designs.cost_benefit.analyse import analyse
from evidentia.designs.cost_benefit.model import discount_factors
from evidentia.designs.cost_benefit.settings import CostBenefitSettings

TRIAL = {"effect": "trial.effect", "better": "low"}
BENEFIT = {"effect": -0.1, "unit_cost": 5000, "population": 400, "kind": "fiscal", "source": "Invented"}


def settings(benefits=None, **changes):
    given = {
        "design": "cost_benefit",
        "price_year": 2020,
        "horizon": 10,
        "benefits": benefits or {"crime": BENEFIT},
        "costs": {"staff": {"amounts": {2020: 300_000, 2021: 100_000}, "source": "Invented"}},
        **changes,
    }
    return CostBenefitSettings.model_validate(given)


def values(one, results=None):
    result = analyse(one, {}, results or {})
    return {number.id: number.value for number in result.numbers}


def estimate(value, se=None, unit="percentage_points", suppressed=""):
    result = Result()
    statistics = {
        "estimate": value,
        "se": se,
        "ci_low": value - 1.96 * se,
        "ci_high": value + 1.96 * se,
        "p_value": 0.01,
    }
    result.add_estimate("effect", statistics, unit, "Reoffending")
    return {"trial": result}


def test_discount_factors_are_those_of_the_green_books_table():
    # HM Treasury, The Green Book, annex A6: 3.5% gives 0.9662 after a year, 0.8420 after 5, 0.7089 after 10
    # and 0.3563 after 30 years.
    factors = discount_factors(0.035, 30)
    assert [round(factors[year], 4) for year in (0, 1, 5, 10, 30)] == [1.0, 0.9662, 0.8420, 0.7089, 0.3563]


def test_costs_of_the_price_year_are_not_discounted_and_later_ones_are():
    assert values(settings())["costs.present_value"] == pytest.approx(300_000 + 100_000 / 1.035, rel=1e-12)


def test_a_benefit_without_drop_off_is_an_annuity():
    worth = 0.1 * 5000 * 400
    annuity = worth * (1 - 1.035**-11) / (1 - 1 / 1.035)  # years 0 to 10
    found = values(settings())
    assert found["benefits.present_value"] == pytest.approx(annuity, rel=1e-12)
    assert found["net_present_value.estimate"] == pytest.approx(
        annuity - 300_000 - 100_000 / 1.035, rel=1e-12
    )
    assert found["benefit_cost_ratio.estimate"] == pytest.approx(
        annuity / (300_000 + 100_000 / 1.035), rel=1e-12
    )


def test_drop_off_lag_and_shares_give_a_geometric_series():
    shares = {
        "deadweight": 0.2,
        "attribution": 0.6,
        "optimism_bias": 0.15,
        "drop_off": 0.25,
        "lag": 2,
        "years": 4,
    }
    found = values(settings({"crime": {**BENEFIT, **shares}}))
    first = 0.1 * 5000 * 400 * 0.8 * 0.6 * 0.85 / 1.035**2
    q = 0.75 / 1.035
    assert found["benefits.present_value"] == pytest.approx(first * (1 - q**4) / (1 - q), rel=1e-12)


def test_a_benefit_that_is_lost_at_once_lasts_one_year():
    found = values(settings({"crime": {**BENEFIT, "drop_off": 1.0, "lag": 1}}))
    assert found["benefits.present_value"] == pytest.approx(200_000 / 1.035, rel=1e-12)


def test_kinds_stand_apart_and_add_up():
    found = values(
        settings(
            {
                "crime": BENEFIT,
                "wellbeing": {**BENEFIT, "kind": "social"},
                "earnings": {**BENEFIT, "kind": "economic"},
            }
        )
    )
    parts = [found[f"{kind}_benefits.present_value"] for kind in ("fiscal", "economic", "social")]
    assert sum(parts) == pytest.approx(found["benefits.present_value"], rel=1e-12)
    assert found["fiscal_return.estimate"] == pytest.approx(
        parts[0] / found["costs.present_value"], rel=1e-12
    )


def test_at_the_switching_value_benefits_equal_costs():
    found = values(settings())
    at = values(settings({"crime": {**BENEFIT, "effect": found["switching.crime"]}}))
    assert at["net_present_value.estimate"] == pytest.approx(0, abs=1e-6)
    assert found["switching_people.crime"] == pytest.approx(400 * found["switching.crime"], rel=1e-12)


def test_payback_is_the_first_year_in_which_benefits_have_met_all_costs():
    # 200,000 a year against 396,618: after years 0 and 1 it is 393,237, after year 2 it is 579,939
    assert values(settings())["payback_years"] == 2
    assert values(settings({"crime": {**BENEFIT, "effect": -0.001}}))["payback_years"] is None


def test_an_effect_of_another_analysis_is_valued_in_the_wanted_direction_with_its_standard_error():
    one = settings({"crime": {**BENEFIT, **TRIAL}}, draws=200_000)
    result = analyse(one, {}, estimate(-0.1, 0.03))
    found = {number.id: number.value for number in result.numbers}
    annuity = 5000 * 400 * (1 - 1.035**-11) / (1 - 1 / 1.035)
    assert found["benefits.present_value"] == pytest.approx(0.1 * annuity, rel=1e-12)
    # the net present value is linear in one normal effect, so its moments are known
    assert found["net_present_value.se"] == pytest.approx(0.03 * annuity, rel=0.01)
    costs = found["costs.present_value"]
    assert found["net_present_value.ci_low"] == pytest.approx(
        (0.1 - 1.959964 * 0.03) * annuity - costs, abs=0.01 * annuity
    )
    assert found["benefit_cost_ratio.ci_high"] == pytest.approx(
        (0.1 + 1.959964 * 0.03) * annuity / costs, rel=0.02
    )


@pytest.mark.parametrize(("better", "sign"), [("low", 1), ("high", -1)])
def test_an_effect_that_did_harm_is_a_loss_and_never_a_benefit(better, sign):
    one = settings({"crime": {**BENEFIT, **TRIAL, "better": better}}, draws=500)
    result = analyse(one, {}, estimate(-0.1, 0.03))
    found = {number.id: number.value for number in result.numbers}
    annuity = 0.1 * 5000 * 400 * (1 - 1.035**-11) / (1 - 1 / 1.035)
    assert found["benefits.present_value"] == pytest.approx(sign * annuity, rel=1e-12)
    assert found["fiscal_benefits.present_value"] == pytest.approx(sign * annuity, rel=1e-12)
    assert (found["payback_years"] is None) == (sign < 0)
    assert any("counts as a loss" in message for message in result.messages) == (sign < 0)
    low, high = next(row[2:4] for row in result.frames["swings"].rows if row[1] == "effect")
    assert low < sign * 0.1 < high  # what moves the net present value runs in the same direction


def test_harm_at_the_switching_value_is_turned_into_the_benefit_that_is_needed():
    found = values(settings({"crime": {**BENEFIT, "better": "high"}}))
    at = values(settings({"crime": {**BENEFIT, "better": "high", "effect": found["switching.crime"]}}))
    assert found["switching.crime"] > 0 > found["benefits.present_value"]
    assert at["net_present_value.estimate"] == pytest.approx(0, abs=1e-6)


def test_the_wanted_direction_of_an_estimate_has_to_be_said():
    with pytest.raises(ValidationError, match="whether a high or a low 'trial.effect' is wanted"):
        settings({"crime": {**BENEFIT, "effect": "trial.effect"}})


def test_an_effect_valued_twice_is_drawn_once():
    twice = {"crime": {**BENEFIT, **TRIAL}, "courts": {**BENEFIT, **TRIAL}}
    found = {n.id: n.value for n in analyse(settings(twice, draws=100_000), {}, estimate(-0.1, 0.03)).numbers}
    annuity = 5000 * 400 * (1 - 1.035**-11) / (1 - 1 / 1.035)
    assert found["net_present_value.se"] == pytest.approx(2 * 0.03 * annuity, rel=0.01)  # not √2 times


def test_a_range_is_a_triangle_round_its_value():
    found = values(settings({"crime": {**BENEFIT, "ranges": {"unit_cost": [3000, 8000]}}}, draws=200_000))
    annuity = 0.1 * 400 * (1 - 1.035**-11) / (1 - 1 / 1.035)
    low, middle, high = 3000, 5000, 8000
    spread = np.sqrt((low**2 + middle**2 + high**2 - low * middle - low * high - middle * high) / 18)
    assert found["net_present_value.se"] == pytest.approx(spread * annuity, rel=0.01)


def test_without_draws_nothing_looks_certain_and_a_note_says_so():
    found = values(settings())
    assert [found[f"net_present_value.{name}"] for name in ("se", "ci_low", "ci_high", "p_value")] == [
        None
    ] * 4
    assert "no interval" in found["note.no_interval"]


def test_draws_without_anything_uncertain_give_no_interval_of_no_width():
    assert values(settings(draws=1000))["net_present_value.ci_low"] is None


def test_the_same_seed_gives_the_same_draws_in_whatever_order_benefits_stand_in_ranges():
    one = {**BENEFIT, "ranges": {"unit_cost": [3000, 8000], "deadweight": [0, 0.4]}}
    other = {**BENEFIT, "ranges": {"deadweight": [0, 0.4], "unit_cost": [3000, 8000]}}
    assert values(settings({"crime": one}, draws=500)) == values(settings({"crime": other}, draws=500))


def test_prices_of_another_year_are_brought_to_the_price_year():
    import pandas as pd

    class Table:
        path = "data/deflators.csv"
        frame = pd.DataFrame({"year": ["2018-19", "2020-21"], "index": [90.0, 100.0]})

        def numeric(self, name):
            return self.frame[name]

    deflators = {"data": "prices"}
    one = settings({"crime": {**BENEFIT, "unit_cost_year": 2018, "unit_cost": 4500}}, deflators=deflators)
    found = {number.id: number.value for number in analyse(one, {"prices": Table()}, {}).numbers}
    assert found["benefits.present_value"] == pytest.approx(
        values(settings())["benefits.present_value"], rel=1e-12
    )
    late = settings({"crime": {**BENEFIT, "unit_cost_year": 2017}}, deflators=deflators)
    with pytest.raises(EvidentiaError, match="no index for 2017"):
        analyse(late, {"prices": Table()}, {})


def test_an_effect_that_is_not_significant_is_noted():
    results = estimate(-0.1, 0.03)
    numbers = results["trial"].numbers
    results["trial"].numbers = [
        replace(one, value=0.3) if one.id == "effect.p_value" else one for one in numbers
    ]
    result = analyse(settings({"crime": {**BENEFIT, **TRIAL}}, draws=200), {}, results)
    note = next(number for number in result.numbers if number.id == "note.effect_not_significant")
    assert "trial.effect, p = 0.3" in note.value
    assert "net_present_value" in note.about


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"costs": {"staff": {"amounts": {2019: 5}, "source": "x"}}}, "2019, before the price year 2020"),
        ({"costs": {"staff": {"amounts": {2040: 5}, "source": "x"}}}, "past the horizon"),
        ({"benefits": {"crime": {**BENEFIT, "deadweight": -0.1}}}, "greater than or equal to 0"),
        ({"benefits": {"crime": {**BENEFIT, "attribution": 1.2}}}, "less than or equal to 1"),
        ({"benefits": {"crime": {**BENEFIT, "lag": 11}}}, "past the horizon"),
        ({"benefits": {"crime": {**BENEFIT, "unit_cost_year": 2018}}}, "in prices of 2018"),
        ({"benefits": {"crime": {**BENEFIT, "ranges": {"deadweight": [0.2, 0.4]}}}}, "range of deadweight"),
        ({"benefits": {"crime": {**BENEFIT, "ranges": {"lag": [0, 1]}}}}, "Input should be"),
    ],
)
def test_settings_that_cannot_stand_are_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        settings(**changes)


@pytest.mark.parametrize(
    ("stem", "results", "said"),
    [
        ("trial.efect", estimate(-0.1, 0.03), "there is no estimate 'trial.efect'"),
        ("trial.effect", estimate(-0.1, 0.03, unit="ratio"), "is a ratio, which has no worth by the unit"),
    ],
)
def test_an_effect_that_cannot_be_valued_is_named(stem, results, said):
    with pytest.raises((EvidentiaError, Problems), match=said):
        analyse(settings({"crime": {**BENEFIT, "effect": stem, "better": "low"}}), {}, results)


def test_an_effect_without_a_value_is_named():
    result = Result()
    result.add_estimate("effect", {"estimate": None}, "percentage_points", "Reoffending")
    with pytest.raises((EvidentiaError, Problems), match="has no value"):
        analyse(settings({"crime": {**BENEFIT, **TRIAL}}), {}, {"trial": result})


def test_the_widest_swing_stands_first():
    one = settings({"crime": {**BENEFIT, "ranges": {"unit_cost": [4900, 5100], "deadweight": [0, 0.5]}}})
    rows = analyse(one, {}, {}).frames["swings"].rows
    assert [row[1] for row in rows] == ["deadweight", "unit_cost"]


def test_an_analysis_that_waits_for_itself_or_for_none_is_named(tmp_path):
    from evidentia.config.order import order_faults

    class Waits:
        def __init__(self, *others):
            self.others = list(others)

        def after(self):
            return self.others

    faults = list(order_faults({"a": Waits("b"), "b": Waits("a"), "c": Waits("bb")}, ".".join))
    assert [fault.what for fault in faults] == [
        "the analysis 'a' waits for its own result",
        "the analysis 'b' waits for its own result",
        "there is no analysis 'bb'",
    ]


def test_an_effect_without_a_standard_error_is_not_taken_as_certain():
    results = estimate(-0.1, 0.03)
    for place, number in enumerate(results["trial"].numbers):
        if not number.id.endswith("estimate"):
            results["trial"].numbers[place] = replace(number, value=None)
    one = {**BENEFIT, **TRIAL, "ranges": {"unit_cost": [3000, 8000]}}
    found = values(settings({"crime": one}, draws=500), results)
    assert found["net_present_value.ci_low"] is None  # the range of the unit cost alone would be too sure
    assert "the effect trial.effect has no standard error" in found["note.no_interval"]


def test_draws_of_which_none_varies_are_said_to_give_no_interval():
    assert "nothing that was drawn varies" in values(settings(draws=500))["note.no_interval"]


def test_a_handful_of_draws_is_refused():
    with pytest.raises(ValidationError, match="20 draws say little"):
        settings(draws=20)
