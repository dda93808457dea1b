"""Trials against R and closed forms; bad input; degenerate data; small counts."""

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError
from scipy import stats

import evidentia
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import NARROW, drawn_narrow
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.data.table import DataTable, read_table
from evidentia.designs.rct.analyse import analyse
from evidentia.designs.rct.charts import effects, flow
from evidentia.designs.rct.settings import Planned, RctSettings, TrialEffectsFigure, TrialFlowFigure
from evidentia.designs.rct.sizes import (
    ATTRITION_BANDS,
    correction,
    detectable_at_design,
    freedom,
    padlocks,
    power_padlocks,
)
from evidentia.designs.rct.standard import standard
from evidentia.disclosure.stage import protect

STARTER = Path(evidentia.__file__).parent / "designs" / "rct" / "starter"
SCHOOLS = {"arm": "arm", "control": "usual", "outcome": "after", "baseline": "before", "strata": ["region"]}


def run(table, **settings):
    found = analyse(
        RctSettings.model_validate({"design": "rct", "data": "trial", **settings}), {"trial": table}
    )
    return {number.id: number.value for number in found.numbers}


def frame(**columns):
    return DataTable(pd.DataFrame(columns), "data/trial.csv", "sha256:0")


def people(arm, outcome, **more):
    return frame(arm=arm, outcome=outcome, **more)


PLAIN = {"arm": "arm", "control": "b", "outcome": "outcome"}


@pytest.fixture(scope="module")
def schools():
    return read_table(STARTER, "data/trial.csv", None)


def test_the_adjusted_difference_is_that_of_r(schools):
    # R 4.2, sandwich 3.0.2: m <- lm(after ~ before + region + arm); sqrt(diag(vcovHC(m, type = "HC2")))
    found = run(schools, **SCHOOLS)
    assert found["effect.estimate"] == pytest.approx(4.1030348966, rel=1e-10)
    assert found["effect.se"] == pytest.approx(0.783508576582, rel=1e-10)


def test_without_adjustment_the_error_is_welchs(schools):
    # R 4.2: t.test(after ~ arm)$stderr
    assert run(schools, **SCHOOLS)["effect_unadjusted.se"] == pytest.approx(1.02778585011, rel=1e-10)


def test_errors_by_cluster_are_those_of_r(schools):
    # R 4.2, sandwich 3.0.2: sqrt(diag(vcovCL(m, cluster = ~ school, type = "HC2")))
    found = run(schools, **SCHOOLS, cluster="school")
    assert found["effect.se"] == pytest.approx(1.27496235052, rel=1e-10)
    assert found["effect_cr2.se"] == found["effect.se"]


def test_the_mixed_model_and_the_icc_are_those_of_r(schools):
    # R 4.2, nlme 3.1: lme(after ~ before + region + arm, random = ~ 1 | school); VarCorr(lme(after ~ arm,
    # ...)); 29 df there, 30 here
    found = run(schools, **SCHOOLS, cluster="school", estimator="mixed")
    assert found["effect.estimate"] == pytest.approx(4.34527800442, rel=1e-6)
    assert found["effect.se"] == pytest.approx(1.27449147240, rel=1e-5)
    assert found["icc"] == pytest.approx(0.156345438985, rel=1e-5)
    total = found["effect.estimate"] / found["hedges_g.estimate"]
    assert total == pytest.approx(math.sqrt(98.6980472533), rel=0.005)  # but for Hedges' factor


def test_a_binary_outcome_is_a_difference_of_shares(schools):
    # R 4.2, sandwich 3.0.2: g <- lm((after >= 55) ~ before + arm); vcovHC(g, type = "HC2")
    known = schools.frame.dropna(subset=["after"])
    table = frame(arm=known["arm"], high=(known["after"] >= 55).astype(int), before=known["before"])
    found = run(table, arm="arm", control="usual", outcome="high", outcome_type="binary", baseline="before")
    assert found["effect.estimate"] == pytest.approx(0.1287246761844, rel=1e-10)
    assert found["effect.se"] == pytest.approx(0.0440611788645, rel=1e-10)
    assert found["risk_ratio.estimate"] == pytest.approx(
        found["outcome.programme"] / found["outcome.usual"], rel=1e-12
    )


def test_a_risk_ratio_has_the_textbook_error_of_its_logarithm():
    found = run(
        people(["a"] * 40 + ["b"] * 50, [1] * 10 + [0] * 30 + [1] * 20 + [0] * 30),
        **PLAIN,
        outcome_type="binary",
    )
    error = math.sqrt(1 / 10 - 1 / 40 + 1 / 20 - 1 / 50)
    assert found["risk_ratio.ci_low"] == pytest.approx(
        0.625 * math.exp(-1.959963984540054 * error), rel=1e-12
    )


def test_hedges_factor_is_near_its_usual_approximation():
    # Hedges 1981: 1 - 3 / (4 df - 1)
    for df in (10, 40, 400):
        assert correction(df) == pytest.approx(1 - 3 / (4 * df - 1), rel=5e-4)


def test_hedges_g_without_clusters_divides_by_the_pooled_deviation():
    rng = np.random.default_rng(5)
    one, other = rng.normal(1, 2, 30), rng.normal(0, 3, 25)
    found = run(people(["a"] * 30 + ["b"] * 25, [*one, *other]), **PLAIN)
    pooled = math.sqrt((29 * one.var(ddof=1) + 24 * other.var(ddof=1)) / 53)
    assert found["hedges_g.estimate"] == pytest.approx(
        (one.mean() - other.mean()) / pooled * correction(53), rel=1e-12
    )
    assert found["hedges_g.ci_low"] == pytest.approx(
        found["effect.ci_low"] / pooled * correction(53), rel=1e-12
    )


def test_degrees_of_freedom_of_a_total_variance_lie_between_clusters_and_people():
    # Hedges 2007, equation 17: N - 2 for an icc of 0, clusters - 2 for 1
    from evidentia.designs.inference.clusters import Clusters

    clusters = Clusters(np.repeat(np.arange(20), 10), 20)
    assert freedom(200, 2, None, 0.0) == 198
    assert freedom(200, 2, clusters, 1 - 1e-12) == pytest.approx(18, rel=1e-6)
    assert 18 < freedom(200, 2, clusters, 0.2) < 198


def test_the_smallest_detectable_effect_of_a_plan_is_blooms():
    # Bloom 2007: t(0.975, 38) + t(0.8, 38) = 2.0244 + 0.8512 times the error of 40 clusters of 20, icc 0.15,
    # 4 / (J) etc.
    error = math.sqrt(4 * (0.15 * 0.5 + 0.85 * 0.7 / 20) / 40)
    plan = Planned(units=40, size=20, icc=0.15, r2_unit=0.5, r2_within=0.3)
    assert detectable_at_design(plan, 0.95) == pytest.approx((2.024394 + 0.851191) * error, rel=1e-4)


@pytest.mark.parametrize(("share", "given"), [(0.0, 5), (0.1, 5), (0.15, 4), (0.3, 3), (0.45, 1), (0.51, 0)])
def test_attrition_has_the_bands_of_the_eef(share, given):
    assert padlocks(share, ATTRITION_BANDS) == given


@pytest.mark.parametrize(
    ("effect", "given"),
    [(0.1, 5), (0.2, 5), (0.204, 5), (0.21, 4), (0.29, 4), (0.3, 3), (0.4, 2), (0.59, 1), (0.6, 0), (1, 0)],
)
def test_the_smallest_detectable_effect_has_the_bands_of_the_eef(effect, given):
    assert power_padlocks(effect) == given


def test_those_without_an_outcome_are_counted_by_arm_and_not_analysed():
    table = people(
        ["a"] * 4 + ["b"] * 4,
        [1.0, 2.0, 4.0, np.nan, 2.0, 3.0, 5.0, 1.0],
        before=[1.0, 2.0, 3.0, 1.0, 5.0, np.nan, 2.0, 1.0],
    )
    found = run(table, **PLAIN, baseline="before")
    assert [found[f"{step}.a"] for step in ("assigned", "lost", "without_baseline", "n")] == [4, 1, 0, 3]
    assert [found[f"{step}.b"] for step in ("assigned", "lost", "without_baseline", "n")] == [4, 0, 1, 3]
    assert found["attrition.a"] == 0.25
    assert "note.attrition" in found


def faults(table, **settings):
    with pytest.raises((EvidentiaError, Problems)) as caught:
        run(table, **{**PLAIN, **settings})
    return str(caught.value)


def test_an_arm_without_outcome_is_one_message():
    said = faults(people(["a", "a", "b", "b"], [1.0, 2.0, np.nan, np.nan]))
    assert "nobody of the arm 'b' has an outcome" in said
    assert said.count("evidentia") <= 1


def test_clusters_across_arms_are_one_message_unless_people_were_assigned():
    table = people(["a", "b", "a", "b"] * 3, list(range(12)), school=["s1", "s1", "s2", "s3"] * 3)
    said = faults(table, cluster="school")
    assert "several arms: 's1'" in said
    assert "randomised: people" in said
    assert "effect.estimate" in run(table, **PLAIN, cluster="school", randomised="people")


@pytest.mark.parametrize(
    ("columns", "settings", "expected"),
    [
        ({"arm": ["a", None, "b"], "outcome": [1, 2, 3]}, {}, "a person has no arm"),
        ({"arm": ["a", "a", "a"], "outcome": [1, 2, 3]}, {}, "nobody is in the control arm 'b'"),
        ({"arm": ["b", "b", "b"], "outcome": [1, 2, 3]}, {}, "all people are in one arm"),
        (
            {"arm": ["a", "c", "b"], "outcome": [1, 2, 3]},
            {"arms": {"a": "A", "b": "B"}},
            "the arm 'c' is not under 'arms'",
        ),
        ({"arm": ["mixed", "b", "b"], "outcome": [1, 2, 3]}, {}, "cannot be told apart"),
        (
            {"arm": ["a", "b", "b"], "outcome": [1, 2, 3], "id": [1, 1, 2]},
            {"id": "id"},
            "a person stands 2 times",
        ),
        (
            {"arm": ["a", "b", "b"], "outcome": [1, 2, 3], "s": ["x", None, "y"]},
            {"cluster": "s"},
            "the cluster is missing for 1 of",
        ),
        (
            {"arm": ["a", "a", "b", "b"], "outcome": [1, 2, 3, 4], "x": [1, 1, 0, 0]},
            {"covariates": ["x"]},
            "cannot be told apart from what",
        ),
        ({"arm": ["a", "b"], "outcome": [1.5, 2]}, {}, "2 people cannot carry 2 coefficients"),
        ({"arm": ["a", "b"], "outcome": [1, 2]}, {"outcome_type": "binary"}, "'2' is neither yes nor no"),
        (
            {"arm": ["a", "b", "b"], "outcome": [1, 2, 3]},
            {"flow": {"assessed": 9, "excluded": {"Ill": 2}}},
            "the data hold 3",
        ),
    ],
)
def test_bad_data_are_one_message(columns, settings, expected):
    assert expected in faults(frame(**columns), **settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"baseline": "outcome"},
        {"arms": {"a": "A", "c": "C"}},
        {"arms": {"b": "B"}},
        {"flow": {"assessed": 3, "excluded": {"Ill": 4}}},
        {"planned": {"units": 10, "icc": 0.1}},
        {"labels": {"befor": "Before"}},
        {"cluster": "school", "errors": "classical"},
    ],
)
def test_settings_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(ValidationError):
        RctSettings.model_validate({"design": "rct", "data": "trial", **PLAIN, **wrong})


def test_classical_errors_are_those_of_least_squares():
    # Student's t-test of two groups with one variance, by scipy
    one, other = [3.0, 5.0, 4.0, 8.0, 6.0], [2.0, 1.0, 4.0, 3.0]
    found = run(people(["a"] * 5 + ["b"] * 4, one + other), **PLAIN, errors="classical")
    test = stats.ttest_ind(one, other)
    assert found["effect.p_value"] == pytest.approx(test.pvalue)
    low, high = test.confidence_interval()
    assert (found["effect.ci_low"], found["effect.ci_high"]) == pytest.approx((low, high))


def test_covariates_have_the_names_that_readers_know():
    table = frame(arm=list("aabb"), outcome=[1, 2, 4, 6], before=[1, 2, 1, 3])
    settings = {**PLAIN, "baseline": "before", "labels": {"before": "Score in autumn"}}
    found = analyse(
        RctSettings.model_validate({"design": "rct", "data": "trial", **settings}), {"trial": table}
    )
    assert ["before", "Score in autumn"] in found.frames["baseline"].rows


def test_outcomes_that_do_not_vary_have_no_interval():
    for outcome in ([5.0] * 8, [5.0] * 4 + [1.0, 2.0, 3.0, 4.0], [5.0] * 4 + [3.0] * 4):
        found = run(people(["a"] * 4 + ["b"] * 4, outcome), **PLAIN, outcome_type="continuous")
        assert [found[f"effect.{name}"] for name in ("se", "ci_low", "ci_high", "p_value")] == [None] * 4
        assert found["hedges_g.ci_low"] is None
        assert "note.no_variation" in found


def test_shares_of_none_and_all_have_a_score_interval_and_no_standard_error():
    # Newcombe 1998, method 10, with 0 of 20 and 20 of 20: Wilson's limits 0 to 0.1611 and 0.8389 to 1
    found = run(people(["a"] * 20 + ["b"] * 20, [1] * 20 + [0] * 20), **PLAIN, outcome_type="binary")
    assert found["effect.se"] is None
    assert found["effect.ci_high"] == 1
    assert found["effect.ci_low"] == pytest.approx(1 - math.sqrt(2) * 0.1611, abs=1e-4)


def test_one_cluster_in_an_arm_gives_no_interval():
    table = people(["a"] * 6 + ["b"] * 12, list(np.arange(18.0) % 7), s=["s1"] * 6 + ["s2"] * 6 + ["s3"] * 6)
    found = run(table, **PLAIN, cluster="s")
    assert found["effect.estimate"] is not None
    assert [found[f"{stem}.ci_low"] for stem in ("effect", "effect_mixed", "hedges_g")] == [None] * 3
    assert "note.few_clusters" in found


def test_the_order_of_rows_and_names_of_clusters_change_nothing(schools):
    table = DataTable(
        schools.frame.sample(frac=1, random_state=3), schools.path, schools.sha256, columns=schools.columns
    )
    one, other = (run(each, **SCHOOLS, cluster="school") for each in (schools, table))
    for id in ("effect.estimate", "effect.se", "icc", "effect_mixed.se"):
        assert one[id] == pytest.approx(other[id], rel=1e-6)


def test_a_trial_is_level_5_unless_many_outcomes_are_not_known():
    assert [standard({}, {"attrition_overall": share}, "").level for share in (0.0, 0.2, 0.21, None)] == [
        5,
        5,
        4,
        4,
    ]


def protected(lost, *, minimum_cell=5):
    outcome = [1.0, 0.0] * 30 + [1.0, 1.0, 0.0] * 20
    outcome[:lost] = [np.nan] * lost
    table = DataTable(
        pd.DataFrame({"arm": ["a"] * 60 + ["b"] * 60, "outcome": outcome}),
        "data/trial.csv",
        "sha256:0",
        minimum_cell,
    )
    settings = RctSettings.model_validate(
        {"design": "rct", "data": "trial", **PLAIN, "outcome_type": "binary"}
    )
    found = protect(analyse(settings, {"trial": table}), minimum_cell)
    return {number.id: number.value for number in found.numbers}, found


def test_a_small_count_of_people_who_are_lost_is_suppressed_with_what_gives_it_away():
    values, found = protected(3)
    assert values["lost.a"] is None
    assert values["attrition.a"] is None
    assert None in (values["assigned.a"], values["n.a"])
    assert None in (values["lost_overall"], values["lost.b"])
    assert found.frames["flow"].rows[1][3] is None  # the control arm stands first


def test_a_trial_of_large_counts_is_published():
    values, _ = protected(10)
    assert [id for id, value in values.items() if value is None] == []


def test_few_people_with_the_outcome_take_share_and_effect_with_them():
    table = DataTable(
        pd.DataFrame({"arm": ["a"] * 60 + ["b"] * 60, "outcome": [1] * 3 + [0] * 57 + [1] * 30 + [0] * 30}),
        "t.csv",
        "x",
        5,
    )
    settings = RctSettings.model_validate(
        {"design": "rct", "data": "trial", **PLAIN, "outcome_type": "binary"}
    )
    values = {number.id: number.value for number in protect(analyse(settings, {"trial": table}), 5).numbers}
    assert values["outcome.a"] is None
    assert all(
        value is None for id, value in values.items() if id.startswith(("effect", "risk_ratio", "hedges_g"))
    )


@pytest.mark.parametrize("kind", ["rct_flow", "rct_effects"])
def test_on_a_phone_a_figure_says_the_same_and_nothing_leaves_it(kind):
    settings = RctSettings.model_validate(
        {"design": "rct", "data": "trial", **PLAIN, "control": "Usual support"}
    )
    result = analyse(
        settings,
        {
            "trial": people(
                ["Tutoring in small groups", "Usual support"] * 30, [float(place % 7) for place in range(60)]
            )
        },
    )
    draw, model = {"rct_flow": (flow, TrialFlowFigure), "rct_effects": (effects, TrialEffectsFigure)}[kind]
    figure = model(kind=kind, analysis="a", caption="C", alt="A")
    use_style()
    wide, data = draw(figure, settings, result)
    with drawn_narrow():
        narrow, same = draw(figure, settings, result)
        to_svg(narrow)
    assert same == data
    said = [
        re.findall(r"\d+", " ".join(text.get_text() for text in chart.axes[0].texts))
        for chart in (wide, narrow)
    ]
    assert said[0] == said[1]
    shown = [text.get_window_extent() for text in narrow.axes[0].texts if text.get_text()]
    assert all(extent.x0 >= -1 and extent.x1 <= narrow.dpi * NARROW + 1 for extent in shown)


def test_the_flow_of_people_shows_what_is_suppressed_as_such():
    _, found = protected(3)
    settings = RctSettings.model_validate(
        {"design": "rct", "data": "trial", **PLAIN, "outcome_type": "binary"}
    )
    figure, data = flow(TrialFlowFigure(kind="rct_flow", analysis="t", caption="c", alt="a"), settings, found)
    drawn = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "[c] outcome not known" in drawn
    assert ["a", "Outcome not known", "[c]"] in data.rows
    assert "3 outcome" not in drawn


@pytest.mark.parametrize(("values", "words"), [([0, 1, 9], "0, 1, 9"), ([1, 2], "1, 2")])
def test_an_outcome_that_may_be_codes_is_asked_about(values, words):
    outcome = [float(values[place % 5 % len(values)]) for place in range(20)]
    said = faults(frame(arm=["a", "b"] * 10, outcome=outcome))
    assert f"values {words}, which may be codes" in said
    assert run(frame(arm=["a", "b"] * 10, outcome=outcome), **PLAIN, outcome_type="continuous")


def test_an_arm_in_two_spellings_or_a_total_is_named():
    outcome = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]
    assert "seem to be one" in faults(frame(arm=["a", "b", "A", "b", "a", "b"], outcome=outcome))
    assert "'Total' is a total" in faults(frame(arm=["a", "b", "a", "b", "a", "Total"], outcome=outcome))
