"""The design gives what R gives, says what is wrong, and is one that Evidentia takes."""

import pytest
from name_of_design.design import DESIGN, Settings, analyse

from evidentia.config.registry import Registry
from evidentia.core.errors import EvidentiaError
from evidentia.data.table import read_table

FIRST = [32, 39, 26, 35, 43, 27, 40, 37, 34, 29]
SECOND = [36, 44, 47, 42, 49, 39, 46, 31, 33, 48]


def result_of(folder, first, second):
    rows = [f"a,{value}" for value in first] + [f"b,{value}" for value in second]
    (folder / "people.csv").write_text("\n".join(["arm,score", *rows, ""]))
    settings = Settings(
        design="name_of_design", data="people", outcome="score", group="arm", groups=("a", "b")
    )
    return analyse(settings, {"people": read_table(folder, "people.csv", None)})


def test_the_difference_and_its_interval_are_those_of_r(tmp_path):
    values = {number.id: number.value for number in result_of(tmp_path, FIRST, SECOND).numbers}
    # R, statpsych 1.6: ci.median2(0.05, first, second)
    assert values["median.group_1"] == 34.5
    assert values["difference.estimate"] == -8.5
    assert values["difference.se"] == pytest.approx(4.316291, abs=1e-6)
    assert values["difference.ci_low"] == pytest.approx(-16.95977, abs=1e-5)
    assert values["difference.ci_high"] == pytest.approx(-0.04022524, abs=1e-7)


def test_a_group_with_too_few_rows_is_named(tmp_path):
    with pytest.raises(EvidentiaError, match="2 rows of 'b' are too few"):
        result_of(tmp_path, FIRST, SECOND[:2])


def test_the_object_is_a_design():
    registry = Registry()
    registry.add(DESIGN, "name_of_design.design")
    assert registry.names("analyses") == ["name_of_design"]
