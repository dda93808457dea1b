"""What the design ``did`` refuses, what it says, and where it gives no value."""

import math

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from designs.did.panels import panel, run, settings_of, values
from evidentia.core.errors import EvidentiaError
from evidentia.data.source import Source
from evidentia.data.table import read_table
from evidentia.designs.did.analyse import analyse

STAGGERED = [2017] * 12 + [2019] * 12 + [None] * 15
STATISTICS = ("se", "ci_low", "ci_high", "p_value")


def notes(result):
    return {
        number.id.removeprefix("note."): number for number in result.numbers if number.id.startswith("note.")
    }


def refused(frame, **changes):
    with pytest.raises(EvidentiaError) as fault:
        run(frame, **changes)
    assert fault.value.remedy
    return f"{fault.value.what} | {fault.value.where}"


def test_a_unit_treated_and_untreated_again_is_named_with_its_row():
    frame = panel(STAGGERED)
    frame.loc[5, "treated"] = 0  # the first unit's last year, row 7 of the file
    said = refused(frame, first_treated=None, treated="treated")
    assert "treated and untreated again: A000" in said
    assert "row 7, column treated" in said


def test_starts_may_be_told_by_a_column_of_ones_and_zeros():
    frame = panel(STAGGERED)
    assert values(run(frame, first_treated=None, treated="treated")) == values(run(frame))


def test_a_unit_with_two_starts_is_named():
    frame = panel(STAGGERED)
    frame.loc[3, "start"] = 2018
    assert "two first treated periods: A000" in refused(frame)


def test_a_unit_twice_in_a_period_is_named_with_both_rows():
    frame = panel(STAGGERED)
    frame.loc[1, "year"] = 2015
    said = refused(frame)
    assert "twice in a period: A000 in 2015" in said
    assert "rows 2, 3" in said


@pytest.mark.parametrize(
    ("starts", "years", "changes", "expected"),
    [
        ([2017] * 8, range(2015, 2020), {}, "no comparison is left: every unit is treated by 2017"),
        ([2017] * 8, range(2015, 2020), {"comparison": "not_yet_treated"}, "no comparison is left"),
        (
            [2015] * 8 + [None] * 8,
            range(2015, 2018),
            {},
            "no unit is seen before and after its start (8 treated in the first period",
        ),
        ([None] * 8, range(2015, 2018), {}, "no unit is seen before and after its start"),
        ([2025] * 8 + [None] * 8, range(2015, 2018), {}, "no unit is seen before and after its start"),
        ([2016] * 8 + [None] * 8, range(2016, 2017), {}, "there is one period with outcomes"),
    ],
)
def test_nothing_to_compare_is_one_message(starts, years, changes, expected):
    assert expected in refused(panel(starts, years), **changes)


def test_later_starters_serve_as_comparison_where_none_is_never_treated():
    found = values(run(panel([2017] * 15 + [2019] * 15), comparison="not_yet_treated"))
    assert found["group.2017.estimate"] == pytest.approx(2, abs=1.2)
    assert found["n.comparators"] == 0


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("year", "spring", "'spring' is not a period"),
        ("start", "soon", "'soon' is not a period"),
        ("area", None, "a value is missing"),
    ],
)
def test_cells_that_say_nothing_are_named(column, value, expected):
    frame = panel(STAGGERED)
    frame[column] = frame[column].astype(object)
    frame.loc[frame["area"] == "A001", column] = value
    assert expected in refused(frame)


def test_a_cluster_that_a_unit_leaves_is_an_error():
    frame = panel(STAGGERED)
    frame["district"] = "D" + frame["area"].str[-1]
    frame.loc[2, "district"] = "other"
    assert "lies in two clusters: A000" in refused(frame, cluster="district")


@pytest.mark.parametrize(
    "changes", [{"treated": "treated"}, {"first_treated": None}, {"bootstrap": {"replicates": 20}}]
)
def test_settings_that_contradict_each_other_are_refused(changes):
    with pytest.raises(ValidationError, match=r"first_treated|replicates"):
        settings_of(**changes)


def test_units_with_a_missing_outcome_are_left_out_and_that_is_said():
    frame = panel(STAGGERED)
    frame.loc[[4, 40], "y"] = np.nan
    result = run(frame)
    gone = frame["area"].isin(frame.loc[[4, 40], "area"])
    kept = values(run(frame[~gone]))
    found = values(result)
    assert (found["n.units"], found["n.incomplete"]) == (37, 2)
    assert found["effect.estimate"] == kept["effect.estimate"]
    assert "2 units" in notes(result)["unbalanced_panel"].value


def test_an_unbalanced_panel_can_be_kept_and_that_is_said():
    frame = panel(STAGGERED).drop(index=[4, 40])
    result = run(frame, unbalanced="keep")
    assert values(result)["n.units"] == 39
    assert "unbalanced_panel" in notes(result)
    assert values(result)["effect.estimate"] != values(run(frame))["effect.estimate"]


def test_periods_may_be_quarters_and_financial_years():
    years = values(run(panel(STAGGERED)))
    frame = panel(STAGGERED)
    frame["start"] = [
        None if start != start else f"{int(start)}/{int(start) - 1999}" for start in frame["start"]
    ]
    frame["year"] = [f"{year}/{year - 1999}" for year in frame["year"]]
    found = values(run(frame))
    assert found["effect.estimate"] == years["effect.estimate"]
    assert found["group.2017_18.estimate"] == years["group.2017.estimate"]
    quarters = panel(STAGGERED)
    place = {year: f"{2015 + (year - 2015) // 4}-Q{(year - 2015) % 4 + 1}" for year in range(2015, 2021)}
    quarters["start"], quarters["year"] = quarters["start"].map(place), quarters["year"].map(place)
    assert values(run(quarters))["event.2.estimate"] == years["event.2.estimate"]


def test_a_zero_is_never_where_periods_are_years():
    frame = panel(STAGGERED)
    assert values(run(frame.fillna({"start": 0}))) == values(run(frame))


def test_outcomes_without_variation_have_no_standard_error():
    result = run(panel(STAGGERED, noise=0.0).assign(y=lambda frame: frame["treated"] * 2.0 + frame["year"]))
    found = values(result)
    assert found["effect.estimate"] == pytest.approx(2)
    assert [found[f"effect.{name}"] for name in STATISTICS] == [None] * 4
    assert [found[f"two_way.{name}"] for name in STATISTICS] == [None] * 4
    assert {"effect", "two_way", "event.0", "group.2017"} <= set(notes(result)["no_variation"].about)
    assert found["pre_trend.p_value"] is None


def test_one_treated_unit_has_no_standard_error_and_a_note():
    result = run(panel([2018] + [None] * 20))
    found = values(result)
    assert isinstance(found["effect.estimate"], float)
    for id in ("effect", "two_way", "event.0", "group.2018"):
        assert [found[f"{id}.{name}"] for name in STATISTICS] == [None] * 4
        assert id in notes(result)["few_clusters"].about


def test_a_group_of_one_unit_has_no_standard_error_of_its_own():
    result = run(panel([2017] * 12 + [2019] + [None] * 20))
    found = values(result)
    assert found["group.2019.se"] is None
    assert found["group.2017.se"] > 0
    assert "group.2019" in notes(result)["few_clusters"].about


def test_one_period_before_the_start_is_said():
    result = run(panel([2016] * 20 + [None] * 20, range(2015, 2018)))
    assert values(result)["pre_trend.p_value"] is None
    assert "effect" in notes(result)["pre_trend_untested"].about


def test_different_trends_before_the_start_are_noted():
    frame = panel(STAGGERED, noise=0.5)
    frame["y"] += np.where(frame["start"].notna(), 1.5 * (frame["year"] - 2015), 0)
    result = run(frame)
    assert values(result)["pre_trend.p_value"] < 0.001
    assert "effect" in notes(result)["pre_trend_differs"].about


def test_growing_effects_mislead_the_two_way_estimate_alone():
    frame = panel([2016] * 40 + [2018] * 40 + [None] * 5, range(2015, 2025), effect=0.0, noise=0.3)
    since = frame["year"] - frame["start"]
    frame["y"] += np.where(since >= 0, 1.0 + since, 0)
    truth = np.mean([1 + value for value in since[since >= 0]])
    result = run(frame)
    found = values(result)
    assert found["effect.ci_low"] < truth < found["effect.ci_high"]
    assert found["two_way.estimate"] < 0.8 * truth
    assert found["two_way.forbidden"] > 0.1
    assert "forbidden_comparisons" in notes(result)


def test_covariates_that_tell_who_is_treated_are_refused():
    frame = panel([2017] * 20 + [None] * 20)
    frame["x"] = frame["start"].notna() * 4.0 + np.random.default_rng(1).normal(size=len(frame)) * 0.1
    assert "the covariates tell all units first treated in 2017" in refused(frame, covariates=["x"])


def test_words_are_covariates_by_level():
    frame = panel(STAGGERED)
    frame["region"] = np.where(frame["area"].str[-1].astype(int) % 3 == 0, "north", "south")
    frame["south"] = (frame["region"] == "south").astype(float)
    by_word, by_number = (values(run(frame, covariates=[name])) for name in ("region", "south"))
    assert by_word["effect.estimate"] == pytest.approx(by_number["effect.estimate"], rel=1e-12)


def test_bands_hold_more_than_intervals_and_come_again_with_the_seed():
    given = {"bootstrap": {"replicates": 499, "seed": 3}}
    found, again = (values(run(panel(STAGGERED), **given)) for _ in range(2))
    assert found == again
    other = values(run(panel(STAGGERED), bootstrap={"replicates": 499, "seed": 4}))
    assert other["event.0.band_low"] != found["event.0.band_low"]
    wide, narrow = (
        found["event.0.band_high"] - found["event.0.band_low"],
        found["event.0.ci_high"] - found["event.0.ci_low"],
    )
    assert wide > 1.1 * narrow
    assert found["effect_bootstrap.se"] == pytest.approx(found["effect.se"], rel=0.15)


def test_shares_are_percentage_points():
    frame = panel(STAGGERED)
    frame["y"] = (frame["y"] > frame["y"].median()).astype(int)
    units = {number.id: number.unit for number in run(frame).numbers}
    assert units["effect.estimate"] == "percentage_points"
    assert not any(math.isnan(value) for value in values(run(frame)).values() if isinstance(value, float))


def test_a_table_without_rows_is_an_error():
    assert "there are no rows" in refused(panel(STAGGERED).iloc[:0])


@pytest.mark.parametrize(("clusters", "errors"), [(1, False), (4, True)])
def test_few_clusters_give_no_test_of_the_time_before(clusters, errors):
    frame = panel(STAGGERED)
    frame["district"] = "D" + (frame["area"].str[1:].astype(int) % clusters).astype(str)
    result = run(frame, cluster="district")
    found = values(result)
    assert (found["effect.se"] is not None) == errors
    assert found["pre_trend.p_value"] is None
    assert {"few_clusters", "pre_trend_untested"} <= set(notes(result))


def test_symbols_of_official_statistics_are_missing_and_low_is_0(tmp_path):
    frame = panel([2017] * 12 + [None] * 14).round(1).astype({"y": object})
    frame.loc[frame["area"] == "A003", "y"] = ["c", *frame.loc[frame["area"] == "A003", "y"][1:]]
    frame.loc[(frame["area"] == "A020") & (frame["year"] == 2016), "y"] = "low"
    fixed = {
        "time_period": frame["year"],
        "time_identifier": "Calendar year",
        "geographic_level": "Local authority",
    }
    text = frame.drop(columns="year").assign(**fixed).to_csv(index=False)
    (tmp_path / "panel.csv").write_text(text, encoding="utf-8")
    table = read_table(tmp_path, "panel.csv", None, Source(format="ees"))
    found = values(analyse(settings_of(time="time_period"), {"panel": table}))
    assert found["n.incomplete"] == 1
    frame.loc[frame["y"] == "low", "y"] = 0.0
    kept = frame[frame["area"] != "A003"].astype({"y": float})
    assert found["effect.estimate"] == pytest.approx(values(run(kept))["effect.estimate"])


@pytest.mark.parametrize("side", ["treated", "never treated"])
def test_a_side_whose_units_all_changed_alike_is_said_to_add_nothing_to_the_error(side):
    frame = panel(STAGGERED)
    still = frame.start.isna() if side == "never treated" else frame.start.notna()
    frame.loc[still, "y"] = 5.0 + frame.year[still]
    result = run(frame)
    note = notes(result)["no_variation"]
    assert f"all units that are {side} changed alike" in note.value
    assert "effect" in note.about
    assert values(result)["effect.se"] > 0


def test_one_treated_unit_is_not_said_to_change_like_itself():
    assert "no_variation" not in notes(run(panel([2017] + [None] * 15)))


def test_a_row_of_totals_is_no_unit_and_one_name_in_two_spellings_is_named():
    frame = panel(STAGGERED)
    last = frame.tail(6).copy()
    total = pd.concat([frame, last.assign(area="Total")], ignore_index=True)
    assert "'Total' is a total and no record" in refused(total)
    spelt = frame.copy()
    first = spelt.loc[0, "area"]
    spelt.loc[0, "area"] = f"{first.lower()} "
    assert "seem to be one" in refused(spelt)


def test_a_period_that_no_unit_has_is_said():
    frame = panel(STAGGERED)
    gap = run(frame[frame["year"] != 2016])
    assert any("no unit has a value between 2015 and 2017" in message for message in gap.messages)
    assert not any("no unit has a value" in message for message in run(frame).messages)
