"""Measures before and after against R, closed forms and published keys; bad input; degenerate data."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import evidentia
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import NARROW, drawn_narrow
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.data.table import DataTable, read_table
from evidentia.designs.scales.analyse import analyse
from evidentia.designs.scales.charts import bands
from evidentia.designs.scales.design import DESIGN
from evidentia.designs.scales.keys import MEASURES, SWEMWBS
from evidentia.designs.scales.paired import alpha, reliable_difference
from evidentia.designs.scales.settings import BandsFigure, ScalesSettings
from evidentia.disclosure.stage import protect

FIGURE = BandsFigure(kind="scales_bands", analysis="w", caption="c", alt="a")
STARTER = Path(evidentia.__file__).parent / "designs" / "scales" / "starter"
LONG = {"data": "d", "person": "person", "wave": "time", "before": "start", "after": "end"}
WIDE = {"data": "d", "person": "person", "before": "pre_{item}", "after": "post_{item}"}
OWN = {
    **WIDE,
    "measure": "own",
    "items": ["a", "b", "c"],
    "own": {"label": "Calm", "lowest": 1, "highest": 5},
}


def settings_of(**given):
    return ScalesSettings.model_validate({"design": "scales", **given})


def result_of(table, **given):
    return analyse(settings_of(**given), {"d": table})


def run(table, **given):
    return {number.id: number.value for number in result_of(table, **given).numbers}


def wide(before, after, minimum_cell=0, **more):
    """Return people with the items a, b, c before and after."""
    columns = {"person": [f"p{place}" for place in range(len(before))], **more}
    for side, answers in (("pre", before), ("post", after)):
        columns |= {
            f"{side}_{item}": list(values)
            for item, values in zip("abc", zip(*answers, strict=True), strict=True)
        }
    return DataTable(pd.DataFrame(columns), "data/calm.csv", "sha256:0", minimum_cell)


def people(count, seed=1):
    rng = np.random.default_rng(seed)
    level = rng.normal(3, 0.8, count)
    before, after = (
        np.clip(np.round(level[:, None] + shift + rng.normal(0, 0.7, (count, 3))), 1, 5) for shift in (0, 0.5)
    )
    return before, after


@pytest.fixture(scope="module")
def wellbeing():
    return read_table(STARTER, "data/wellbeing.csv", None)


def test_the_paired_change_is_that_of_r(wellbeing):
    # R 4.2: t.test(after, before, paired = TRUE) of the sums of seven items
    own = {"label": "Sum", "lowest": 1, "highest": 5}
    items = [f"swemwbs_{number}" for number in range(1, 8)]
    found = run(wellbeing, **LONG, measure="own", own=own, items=items)
    assert found["n.both"] == 264
    assert found["change.estimate"] == pytest.approx(1.91287878788, rel=1e-10)
    assert found["change.se"] == pytest.approx(0.308149576665, rel=1e-10)
    assert found["change.ci_low"] == pytest.approx(1.30612457573, rel=1e-10)
    assert found["change.p_value"] == pytest.approx(2.0848501e-09, rel=1e-6)


def test_alpha_is_that_of_r(wellbeing):
    # R 4.2: 7/6 * (1 - sum(apply(X, 2, var)) / var(rowSums(X))) of the answers before
    assert run(wellbeing, **LONG, measure="swemwbs")["alpha.before"] == pytest.approx(
        0.883376152557, rel=1e-10
    )


def test_hedges_g_of_a_change_is_that_of_borenstein(wellbeing):
    # Borenstein and others 2009, chapter 4, from R's standard deviations, correlation and number of people
    own = {"label": "Sum", "lowest": 1, "highest": 5}
    found = run(
        wellbeing, **LONG, measure="own", own=own, items=[f"swemwbs_{number}" for number in range(1, 8)]
    )
    first, last, r, n = 6.078067798992, 7.207937168219, 0.728467904299, 264
    d = 1.91287878788 / math.sqrt((first**2 + last**2) / 2)
    factor = 1 - 3 / (4 * (n - 1) - 1)
    assert found["hedges_g.estimate"] == pytest.approx(factor * d, rel=1e-9)
    assert found["hedges_g.se"] == pytest.approx(
        factor * math.sqrt((1 / n + d * d / (2 * n)) * 2 * (1 - r)), rel=1e-9
    )


def test_parallel_items_have_the_alpha_of_spearman_and_brown():
    # k items of equal variance and correlation r: k r / (1 + (k - 1) r); here two items, 1 2 3 4 and 2 1 4 3:
    # r = 0.6
    answers = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])
    assert alpha(answers) == pytest.approx(2 * 0.6 / 1.6, rel=1e-12)


def test_the_reliable_change_is_that_of_jacobson_and_truax():
    # Jacobson and Truax 1991, page 14: s = 7.5, r = 0.80 give an error of difference of 4.74, and 47.5 to
    # 32.5 an index of -3.16
    limit = reliable_difference(7.5, 0.80)
    assert limit / 1.96 == pytest.approx(4.74, abs=0.005)
    assert (32.5 - 47.5) / (limit / 1.96) == pytest.approx(-3.16, abs=0.005)


def test_the_conversion_of_swemwbs_rises_and_keeps_its_ends():
    # Stewart-Brown and others 2009: 7 stays 7, 21 becomes 19.25, 35 stays 35
    assert len(SWEMWBS) == 29
    assert list(SWEMWBS) == sorted(set(SWEMWBS))
    assert (SWEMWBS[0], SWEMWBS[21 - 7], SWEMWBS[-1]) == (7.0, 19.25, 35.0)


def sdq(*rows, time=("start", "end")):
    columns = {
        "person": [f"p{place // 2}" for place in range(len(rows))],
        "time": list(time) * (len(rows) // 2),
    }
    columns |= {f"sdq_{item}": [row[item - 1] for row in rows] for item in range(1, 26)}
    return DataTable(pd.DataFrame(columns), "data/sdq.csv", "sha256:0")


def answers_of(reversed_to, other):
    return [float(reversed_to if item in (7, 11, 14, 21, 25) else other) for item in range(1, 26)]


def test_sdq_reverses_five_items():
    # Goodman 1997: all "not true" is 0 for a plain item and 2 for 7, 11, 14, 21 and 25
    worst, best = answers_of(0, 2), answers_of(2, 0)
    found = run(sdq(worst, best, worst, best), **LONG, measure="sdq_parent")
    assert (found["mean.before"], found["mean.after"]) == (40, 0)
    assert [found[f"{name}.mean.before"] for name in ("emotional", "conduct", "hyperactivity", "peer")] == [
        10
    ] * 4
    assert (found["prosocial.mean.before"], found["prosocial.mean.after"]) == (10, 0)
    assert (found["band.abnormal.before"], found["band.normal.after"]) == (1, 1)


def test_every_item_of_sdq_counts_once():
    for measure in ("sdq_parent", "sdq_teacher", "sdq_self"):
        scales = MEASURES[measure].scales
        items = [item for name, scale in scales.items() if name for item in scale.items]
        assert sorted(items) == list(range(1, 26))
        assert sorted(scales[""].items) == sorted(set(range(1, 26)) - set(scales["prosocial"].items))


@pytest.mark.parametrize(
    ("who", "name", "borderline"),
    [
        ("parent", "", (14, 16)), ("teacher", "", (12, 15)), ("self", "", (16, 19)), ("self", "peer", (4, 5)),
        ("teacher", "emotional", (5, 5)), ("parent", "hyperactivity", (6, 6)), ("self", "prosocial", (5, 5)),
    ],
)  # fmt: skip
def test_sdq_has_the_published_bands(who, name, borderline):
    # three-fold classification for 4 to 17 year olds (Goodman 1997, and the scoring sheets of the SDQ by who
    # answers)
    bands = MEASURES[f"sdq_{who}"].scales[name].bands
    assert bands["borderline"] == borderline
    covered = sorted(score for low, high in bands.values() for score in range(int(low), int(high) + 1))
    assert covered == list(range(0, 11 if name else 41))


def test_a_scale_of_sdq_is_scored_from_three_items_and_rounded():
    row = answers_of(2, 0)
    for item, value in ((3, 1.0), (8, 2.0), (13, 1.0), (16, np.nan), (24, np.nan)):
        row[item - 1] = value
    found = run(sdq(row, row, row, row), **LONG, measure="sdq_parent", most_missing=1)
    assert found["emotional.mean.before"] == 7  # 5 x 4/3 = 6.67
    row[13 - 1] = np.nan
    other = answers_of(2, 0)
    found = run(sdq(row, other, other, other), **LONG, measure="sdq_parent", most_missing=1)
    assert found["emotional.n.before"] == 1
    assert found["n.before"] == 1  # no total without one of its scales


def test_own_items_are_reversed_and_scored_by_their_rule():
    table = wide([[1, 5, 2], [2, np.nan, 4], [3, 3, 3]], [[2, 4, 2], [2, 2, 2], [5, 1, 5]])
    own = {**OWN["own"], "reversed": ["b"], "at_least": 2, "score": "mean"}
    found = run(table, **{**OWN, "own": own}, most_missing=0.5)
    assert found["mean.before"] == pytest.approx(((1 + 1 + 2) / 3 + (2 + 4) / 2 + 3) / 3)
    assert found["n.before"] == 3
    assert run(table, **{**OWN, "own": {**own, "at_least": None}}, most_missing=0.5)["n.before"] == 2


def test_the_three_ways_to_give_the_times_agree():
    before, after = people(40)
    one = run(wide(before, after), **OWN)
    tables = {}
    for name, answers in (("first", before), ("second", after)):
        frame = pd.DataFrame(answers, columns=list("abc")).assign(person=[f"p{place}" for place in range(40)])
        tables[name] = DataTable(frame, f"{name}.csv", "sha256:0")
    two = {**OWN, "data": {"before": "first", "after": "second"}, "before": "", "after": ""}
    found = {number.id: number.value for number in analyse(settings_of(**two), tables).numbers}
    assert found == one
    long = pd.concat(
        [tables["first"].frame.assign(time="start"), tables["second"].frame.assign(time="end")],
        ignore_index=True,
    )
    assert run(DataTable(long, "long.csv", "sha256:0"), **{**OWN, **LONG}) == one


def test_words_and_other_codes_of_answers_give_the_same_scores():
    before, after = people(30)
    plain = run(wide(before, after), **OWN)
    assert run(wide(before - 1, after - 1), **OWN, coded_from=0) == plain
    words = ["never", "rarely", "at times", "often", "always"]
    said = [
        [[words[int(code) - 1].upper() for code in row] for row in answers] for answers in (before, after)
    ]
    assert run(wide(*said), **OWN, answers=words) == plain


def test_clusters_widen_a_change_that_clusters_share():
    before, after = people(60)
    after[:30] = before[:30]
    table = wide(before, after, team=[f"t{place // 10}" for place in range(60)])
    plain, clustered = run(table, **OWN), run(table, **OWN, cluster="team")
    assert clustered["change.estimate"] == plain["change.estimate"]
    assert clustered["change.se"] > plain["change.se"]
    difference = (after - before).sum(axis=1)
    sums = (difference - difference.mean()).reshape(6, 10).sum(axis=1)
    assert clustered["change.se"] == pytest.approx(math.sqrt(6 / 5 * np.sum(sums**2)) / 60, rel=1e-12)
    assert "note.few_clusters" in clustered


def test_moves_between_bands_add_up_to_both_times():
    before, after = people(80)
    bands = {"high": (12, 15), "middle": (8, 11), "low": (3, 7)}
    found = result_of(wide(before, after), **OWN, bands=bands)
    values = {number.id: number.value for number in found.numbers}
    for place, when in ((0, "before"), (1, "after")):
        for band in bands:
            assert (
                sum(row[2] for row in found.frames["moves"].rows if row[place] == band)
                == values[f"band_n.{band}.{when}"]
            )
    assert values["band_n.low.before"] == int(np.sum(before.sum(axis=1) <= 7))


def test_improvement_is_down_where_low_is_better():
    before, after = people(50)
    up = run(wide(before, after), **OWN)
    down = run(wide(before, after), **{**OWN, "own": {**OWN["own"], "better": "low"}})
    assert up["reliable_n.improved"] == down["reliable_n.worse"] > 0
    assert up["reliable_n.improved"] + up["reliable_n.same"] + up["reliable_n.worse"] == 50


def test_a_published_reliability_stands_for_alpha():
    before, after = people(50)
    found = run(wide(before, after), **OWN, reliability=0.9)
    assert found["reliable_change"] == pytest.approx(
        1.96 * math.sqrt(2 * 0.1) * found["sd.before"], rel=1e-12
    )


def faults(table, **given):
    with pytest.raises((EvidentiaError, Problems)) as caught:
        run(table, **given)
    return str(caught.value)


def test_a_value_outside_the_range_is_named_with_its_row():
    before, after = people(30)
    before[4, 1] = 9
    said = faults(wide(before, after), **OWN)
    assert "the answer '9.0' to 'pre_b' is outside the range of Calm" in said
    assert "data/calm.csv, row 4, column pre_b" in said
    assert "whole numbers from 1 to 5" in said


def test_answers_that_are_coded_from_another_number_are_one_message_a_time():
    before, after = people(30)
    said = faults(wide(before + 1, after), **OWN)
    assert said.count("outside the range of Calm") == 1
    assert "say coded_from: 2" in said


def test_items_that_are_missing_too_often_are_one_message():
    before, after = people(30)
    after[:20, :2] = np.nan
    said = faults(wide(before, after), **OWN)
    assert "2 items are missing too often after: post_a (67%), post_b (67%)" in said
    assert said.count("missing too often") == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda frame: frame.assign(person="p1"), "a person stands 6 times"),
        (lambda frame: frame.assign(person=[None, *frame["person"][1:]]), "a person has no id"),
        (
            lambda frame: frame.assign(pre_a=[2.5, *frame["pre_a"][1:]]),
            "the answer '2.5' to 'pre_a' is outside",
        ),
        (lambda frame: frame.drop(columns="post_c"), "the column 'post_c' is missing"),
    ],
)
def test_bad_data_are_one_message(change, expected):
    before, after = people(6)
    table = wide(before, after)
    assert expected in faults(DataTable(change(table.frame), table.path, table.sha256), **OWN)


def test_nobody_at_both_times_and_a_time_that_is_not_there_are_named(wellbeing):
    apart = wellbeing.frame.assign(person=wellbeing.frame["person"] + wellbeing.frame["time"])
    assert "nobody stands at both times" in faults(DataTable(apart, "d.csv", "x"), **LONG, measure="swemwbs")
    assert "no row has 'later' (after)" in faults(wellbeing, **{**LONG, "after": "later"}, measure="swemwbs")


def test_a_score_in_no_band_is_named():
    before, after = people(30)
    assert "is in no band of Calm" in faults(
        wide(before, after), **OWN, bands={"high": (14, 15), "low": (13, 13)}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ["a"]},
        {"measure": "swemwbs"},
        {"own": {**OWN["own"], "reversed": ["z"]}},
        {"own": {**OWN["own"], "highest": 1}},
        {"own": {**OWN["own"], "at_least": 4}},
        {"answers": ["no", "yes"]},
        {"bands": {"a": (1, 5), "b": (5, 9)}},
        {"before": "pre", "after": "post"},
        {"after": "pre_{item}"},
    ],
)
def test_settings_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(ValidationError):
        settings_of(**{**OWN, **wrong})


def test_change_that_does_not_vary_has_no_interval():
    before, _ = people(25)
    before = np.clip(before, 1, 4)
    found = run(wide(before, before + 1), **OWN)
    assert found["change.estimate"] == 3
    assert [
        found[f"{stem}.{name}"] for stem in ("change", "hedges_g") for name in ("se", "ci_low", "p_value")
    ] == [None] * 6
    assert "note.no_variation" in found


def test_answers_that_do_not_vary_have_neither_reliability_nor_reliable_change():
    found = run(wide([[3, 3, 3]] * 25, [[3, 3, 3]] * 25), **OWN)
    assert [
        found[id] for id in ("alpha.before", "reliable_change", "reliable_n.same", "hedges_g.estimate")
    ] == [None] * 4


def test_few_people_and_many_lost_are_noted():
    before, after = people(18)
    after[:6] = np.nan
    found = run(wide(before, after), **OWN, most_missing=1)
    assert found["n.both"] == 12
    assert {"note.few_people", "note.attrition"} <= set(found)


def test_a_small_band_is_suppressed_with_its_share_and_the_moves():
    before, after = people(80, seed=4)
    bands = {"high": (13, 15), "middle": (5, 12), "low": (3, 4)}
    raw = result_of(wide(before, after), **OWN, bands=bands)
    found = protect(raw, 5)
    counts = {number.id: number.value for number in raw.numbers if number.id.startswith("band_n.")}
    values = {number.id: number.value for number in found.numbers}
    small = [id for id, count in counts.items() if 0 < count < 5]
    assert small
    for id in small:
        assert values[id] is None
        assert values[id.replace("band_n", "band")] is None
    shown = [row[2] for row in found.frames["moves"].rows if row[2]]
    assert all(people >= 5 for people in shown)


def test_the_figure_says_every_number_that_it_draws(wellbeing):
    settings = settings_of(
        **LONG, measure="swemwbs", bands={"lower": (7, 19.99), "middle": (20, 26.99), "higher": (27, 35)}
    )
    found = analyse(settings, {"d": wellbeing})
    figure, data = bands(FIGURE, settings, found)
    drawn = {int(text.get_text().split()[-1]) for text in figure.axes[0].texts}
    assert drawn == {people for start, end, people in data.rows if "All bands" in (start, end)}


def test_a_suppressed_band_is_not_drawn():
    before, after = people(80, seed=4)
    settings = settings_of(**OWN, bands={"high": (13, 15), "middle": (5, 12), "low": (3, 4)})
    found = protect(analyse(settings, {"d": wide(before, after)}), 5)
    figure, data = bands(FIGURE, settings, found)
    assert "[c]" in data.column("People")
    assert any(text.get_text().startswith("[c]") for text in figure.axes[0].texts)
    assert not figure.axes[0].patches


def test_all_people_in_one_cluster_are_one_message():
    table = wide([(1, 2, 3), (2, 2, 4)], [(2, 2, 3), (4, 4, 4)], team=["t", "t"])
    with pytest.raises(EvidentiaError, match="all people are in one cluster, t"):
        run(table, **OWN, cluster="team")


def test_one_person_alone_is_not_said_to_change_alike():
    found = run(wide([(1, 2, 3)], [(2, 2, 3)]), **OWN)
    assert "one person has a score at both times" in found["note.no_variation"]


def test_scores_of_one_value_with_decimals_have_no_spread_and_no_size():
    own = {**OWN, "own": {**OWN["own"], "score": "mean"}}
    before, after = [(1, 1, 2)] * 7, [(1, 1, one) for one in (1, 2, 3, 4, 5, 2, 3)]
    found = run(wide(before, after), **own)
    assert found["sd.before"] == 0.0  # a mean of 4/3 has a spread of 2e-16 by rounding
    assert found["hedges_g.estimate"] is None


def test_on_a_phone_the_bands_say_the_same_and_nothing_leaves_the_figure():
    own = {**OWN, "bands": {"Calm enough for now": [10, 15], "Uneasy": [3, 9.99]}}
    table = wide([(1, 2, 3), (5, 5, 5), (2, 2, 2), (4, 4, 4)], [(4, 4, 4), (5, 5, 4), (1, 1, 1), (2, 3, 3)])
    use_style()
    wide_chart, data = bands(FIGURE, settings_of(**own), result_of(table, **own))
    with drawn_narrow():
        chart, same = bands(FIGURE, settings_of(**own), result_of(table, **own))
        to_svg(chart)
    assert same == data
    said = [[text.get_text().split() for text in one.axes[0].texts] for one in (wide_chart, chart)]
    assert said[0] == said[1] != []
    extents = [text.get_window_extent() for text in chart.axes[0].texts]
    assert chart.get_figwidth() == NARROW
    assert all(extent.x0 >= -1 and extent.x1 <= chart.dpi * NARROW + 1 for extent in extents)
    assert DESIGN.figures[0].narrow
