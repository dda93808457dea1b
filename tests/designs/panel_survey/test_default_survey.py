"""The default survey gives every figure that the published report states, and R's tests (Partiallyoverlapping
2.0, R 4.2.2).
"""

import pytest

from evidentia.config.load import load_config
from evidentia.core.formats import printed
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from evidentia.designs.panel_survey.analyse import analyse
from folders import ENGINE


@pytest.fixture(scope="module")
def numbers():
    config = load_config(ENGINE, check_files=False)
    settings, package = config.analyses["staff_survey"], load_package(ENGINE)
    tables = {
        name: read_table(ENGINE, config.data[name].path, package.schema(config.data[name].path))
        for name in settings.datasets()
    }
    return {number.id: number for number in analyse(settings, tables).numbers}


@pytest.mark.parametrize(
    ("id", "value", "shown"),
    [
        ("invited.wave_1", 637, "637"),
        ("invited.wave_2", 816, "816"),
        ("completed.wave_1", 242, "242"),
        ("completed.wave_2", 204, "204"),
        ("response_rate.wave_1", 242 / 637, "38%"),
        ("response_rate.wave_2", 204 / 816, "25%"),
        ("respondents.both", 91, "91"),
        ("respondents.either", 355, "355"),
        ("respondents.both_share", 91 / 355, "26%"),
        ("retention.share.wave_1", 67 / 91, "74%"),
        ("retention.share.wave_2", 69 / 91, "76%"),
        ("remain.share.wave_1", 64 / 91, "70%"),
        ("remain.share.wave_2", 64 / 91, "70%"),
        ("recruitment.share.wave_1", 62 / 91, "68%"),
        ("recruitment.share.wave_2", 60 / 91, "66%"),
        ("turnover.share.wave_1", 55 / 91, "60%"),
        ("turnover.share.wave_2", 52 / 91, "57%"),
        ("training.count.wave_1", 74, "74"),
        ("training.count.wave_2", 61, "61"),
        ("restorative_use.count.wave_1", 11, "11"),
        ("restorative_use.count.wave_2", 24, "24"),
    ],
)
def test_a_published_figure_comes_out_as_printed(numbers, id, value, shown):
    assert numbers[id].value == pytest.approx(value)
    assert printed(numbers[id].value, numbers[id].unit) == shown


def test_what_the_report_says_in_words_holds(numbers):
    for wave in ("wave_1", "wave_2"):
        for method in ("signs_of_safety", "relationship", "restorative"):
            assert numbers[f"{method}_familiarity.share.{wave}"].value > 0.9  # almost all
        assert numbers[f"morale.share_ci_low.{wave}"].value > 0.5  # the majority
    for item in ("retention", "remain", "recruitment", "turnover"):
        for test in ("change", "all.change", "mcnemar"):
            assert numbers[f"{item}.{test}.p_value"].value > 0.05  # no significant change
    assert numbers["training.share.wave_2"].value > 0.5


@pytest.mark.parametrize(
    ("item", "everyone", "p_everyone", "panel", "p_panel", "low", "high", "p_mcnemar"),
    [
        (
            "retention",
            0.0166344294004,
            0.672784360836,
            2 / 91,
            0.654420493408,
            -0.0742536072609,
            0.118209651217,
            0.823802947998,
        ),
        ("remain", -0.00327819354282, 0.933943935618, 0, 1, -0.0913782741329, 0.0913782741329, 1),
        (
            "recruitment",
            -0.016983016983,
            0.675167002701,
            -2 / 91,
            0.637002323181,
            -0.113261477987,
            0.0693054340306,
            0.814529418945,
        ),
        (
            "turnover",
            -0.0157305367935,
            0.707181597215,
            -3 / 91,
            0.490388306767,
            -0.126652704544,
            0.0607186386104,
            0.647605895996,
        ),
        (
            "training",
            -0.124716409049,
            0.00179365788666,
            -13 / 91,
            0.00504251910093,
            -0.242701796829,
            -0.0430124888853,
            0.0106220245361,
        ),
        (
            "restorative_use",
            0.106240144177,
            0.00224364783594,
            13 / 91,
            0.00512209697141,
            0.0428322991195,
            0.242881986595,
            0.0106220245361,
        ),
    ],
)
def test_the_tests_agree_with_r(numbers, item, everyone, p_everyone, panel, p_panel, low, high, p_mcnemar):
    found = [
        numbers[f"{item}.{id}"].value
        for id in (
            "all.change.estimate",
            "all.change.p_value",
            "change.estimate",
            "change.p_value",
            "change.ci_low",
            "change.ci_high",
        )
    ]
    assert [*found, numbers[f"{item}.mcnemar.p_value"].value] == pytest.approx(
        [everyone, p_everyone, panel, p_panel, low, high, p_mcnemar], abs=1e-11
    )


def test_no_count_of_people_is_from_one_to_four(numbers):
    counts = [
        number.value
        for id, number in numbers.items()
        if number.unit == "count" and not id.startswith("items")
    ]
    assert not [count for count in counts if 0 < count < 5]
