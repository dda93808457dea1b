"""Figures, table and protected counts of the design ``did``."""

import dataclasses

import pytest

from designs.did.panels import panel, settings_of, table_of
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.designs.did import charts, display
from evidentia.designs.did.analyse import analyse
from evidentia.designs.did.settings import CohortsFigure, EffectsTable, EventStudyFigure
from evidentia.designs.did.standard import standard
from evidentia.disclosure.stage import protect

WORDS = {"analysis": "areas", "caption": "c"}
EVENTS = EventStudyFigure(kind="did_event_study", alt="a", **WORDS)
COHORTS = CohortsFigure(kind="did_cohorts", alt="a", **WORDS)


def analysed(starts, **changes):
    settings = settings_of(label="Visits", **changes)
    return settings, analyse(settings, {"panel": table_of(panel(starts))})


@pytest.mark.parametrize("replicates", [0, 199])
def test_figures_draw_what_their_data_say(replicates):
    use_style()
    settings, result = analysed([2017] * 12 + [2019] * 12 + [None] * 15, bootstrap={"replicates": replicates})
    figure, data = charts.event_study(EVENTS, settings, result)
    assert "Before the start" in to_svg(figure)
    assert [row[0] for row in data.rows] == [
        "3 before",
        "2 before",
        "1 before",
        "First treated period",
        "1 after",
        "2 after",
        "3 after",
    ]
    assert len(data.columns) == (6 if replicates else 4)
    assert data.columns == display.event_study_data(EVENTS, settings, result).columns
    figure, data = charts.cohorts(COHORTS, settings, result)
    assert "First treated 2019" in (text := to_svg(figure))
    assert "Visits, mean" in text
    assert "Never treated" in text
    assert len(data.rows) == 3 * 6


def test_the_table_names_each_estimate_once():
    settings, result = analysed([2017] * 12 + [2019] * 12 + [None] * 15)
    rows = display.effects_rows(EffectsTable(kind="did_effects", **WORDS), settings, result).rows
    ids = {f"areas.{number.id}" for number in result.numbers}
    assert [row[0] for row in rows][:5] == [
        "All treated",
        "Mean over periods since the start",
        "Two-way fixed effects",
        "First treated 2017",
        "First treated 2019",
    ]
    assert {row[1].id for row in rows} <= ids
    only = EffectsTable(kind="did_effects", parts=["groups"], **WORDS)
    assert len(display.effects_rows(only, settings, result).rows) == 2


def test_a_small_group_of_people_goes_with_every_effect_and_is_not_drawn():
    use_style()
    settings, result = analysed([2017] * 3 + [2019] * 12 + [None] * 15)
    protected = protect(result, 5)
    found = {number.id: (number.value, number.suppressed) for number in protected.numbers}
    assert found["group.2017.n"] == (None, "c")
    assert found["n.periods"] == (6, "")
    assert {
        found[id][0]
        for id in ("effect.estimate", "two_way.estimate", "event.0.estimate", "group.2017.estimate")
    } == {None}
    figure, data = charts.event_study(EVENTS, settings, protected)
    assert all(value is None for row in data.rows for value in row[1:])
    to_svg(figure)
    to_svg(charts.cohorts(COHORTS, settings, protected)[0])


def test_large_groups_are_published_whole():
    _, result = analysed([2017] * 12 + [2019] * 12 + [None] * 15)
    assert protect(result, 5).numbers == result.numbers


def test_few_with_an_outcome_are_protected():
    settings = settings_of()
    frame = panel([2017] * 12 + [None] * 15, range(2015, 2019))
    frame["y"] = ((frame.index % 3 == 0) | (frame["year"] > 2016)).astype(int)
    frame.loc[frame["start"].notna() & (frame["year"] == 2018), "y"] = [0, 0, *[1] * 10]
    table = dataclasses.replace(table_of(frame), minimum_cell=5)
    protected = protect(analyse(settings, {"panel": table}), 5)
    found = {number.id: number.value for number in protected.numbers}
    assert found["effect.estimate"] is None
    assert found["n.treated"] == 12


def test_moving_apart_before_the_start_lowers_the_standard():
    assert standard({}, {"pre_trend.p_value": 0.01}, "").level == 2
    assert standard({}, {"pre_trend.p_value": 0.4}, "").level == 3
    assert standard({}, {"pre_trend.p_value": None}, "").level == 3
