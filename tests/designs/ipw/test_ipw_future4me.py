"""The default evaluation's records lead to every printed figure of Table 1 of RR1029."""

import pytest

from evidentia.config.load import load_config
from evidentia.core.formats import printed
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from evidentia.designs.ipw.analyse import analyse
from folders import ENGINE

TABLE_1 = {
    "n.treated": "236", "n.comparator": "280", "ess.treated": "195", "ess.comparator": "154",
    "mean_unweighted.age.treated": "15.93", "mean_unweighted.age.comparator": "15.22",
    "mean_weighted.age.treated": "15.56", "mean_weighted.age.comparator": "15.49",
    "mean_unweighted.offences_all.treated": "1.99", "mean_unweighted.offences_all.comparator": "1.38",
    "mean_weighted.offences_all.treated": "1.69", "mean_weighted.offences_all.comparator": "1.66",
    "mean_unweighted.offences_violent.treated": "1.17", "mean_unweighted.offences_violent.comparator": "0.59",
    "mean_weighted.offences_violent.treated": "0.87", "mean_weighted.offences_violent.comparator": "0.90",
    "mean_unweighted.offences_drugs.treated": "0.19", "mean_unweighted.offences_drugs.comparator": "0.07",
    "mean_weighted.offences_drugs.treated": "0.13", "mean_weighted.offences_drugs.comparator": "0.10",
    "outcome.treated": "30%", "outcome.comparator": "41%",
}  # fmt: skip


@pytest.fixture(scope="module")
def result():
    config = load_config(ENGINE)
    settings, package = config.analyses["future4me"], load_package(ENGINE)
    paths = {name: config.data[name].path for name in settings.datasets()}
    return analyse(
        settings, {name: read_table(ENGINE, path, package.schema(path)) for name, path in paths.items()}
    )


@pytest.fixture(scope="module")
def numbers(result):
    return {number.id: number for number in result.numbers}


@pytest.mark.parametrize(("id", "figure"), TABLE_1.items())
def test_printed_figure_of_table_1(numbers, id, figure):
    assert printed(numbers[id].value, numbers[id].unit) == figure


def test_difference_is_11_percentage_points_and_significant_at_5_percent(numbers):
    assert (
        printed(numbers["effect.estimate"].value, "percentage_points", "abs")
        == "11\N{NO-BREAK SPACE}percentage points"
    )
    for id in ("effect", "effect_robust", "effect_bootstrap"):
        assert numbers[f"{id}.p_value"].value < 0.05


def test_start_of_comparators_is_47_days_after_the_first_offence(numbers):
    assert printed(numbers["lag.mean"].value, "mean", "0dp") == "47"


def test_everyone_in_the_data_is_analysed_or_left_out_for_a_reason(result, numbers):
    steps = {id.split(".")[1] for id in numbers if id.startswith("flow.")}
    for group in ("treated", "comparator", "all"):
        count = {step: numbers[f"flow.{step}.{group}"].value for step in steps}
        reasons = sum(
            number for step, number in count.items() if step not in ("people", "analysed", "left_out")
        )
        assert count["left_out"] == reasons
        assert count["people"] == count["analysed"] + reasons
    assert numbers["flow.left_out.all"].value == sum(
        int(message.split(" people")[0]) for message in result.messages
    )


def test_no_published_count_of_people_is_below_the_minimum_cell(numbers):
    counts = [n.value for id, n in numbers.items() if n.unit == "count" and id.startswith(("n.", "flow."))]
    assert not [count for count in counts if 0 < count < 10]
