"""Effects and shares by group: against statsmodels and closed forms, what is not given and why, and what is
protected.
"""

import re

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from pydantic import ValidationError
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from disclosure.attack import recovered
from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse as ipw
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.panel_survey.analyse import analyse as survey
from evidentia.designs.panel_survey.display import breakdown_rows as survey_rows
from evidentia.designs.panel_survey.settings import BreakdownTable as SurveyTable
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.designs.rct.analyse import analyse as rct
from evidentia.designs.rct.display import breakdown_rows
from evidentia.designs.rct.settings import BreakdownTable, RctSettings
from evidentia.designs.scales.analyse import analyse as scales
from evidentia.designs.scales.settings import ScalesSettings
from evidentia.disclosure.stage import protect

TRIAL = {"design": "rct", "data": "d", "arm": "arm", "control": "usual", "outcome": "y", "baseline": "b"}
WEIGHTED = {
    "design": "ipw",
    "data": "d",
    "treatment": "helped",
    "outcome": "y",
    "covariates": ["b"],
    "bootstrap": {"replicates": 0},
}
CALM = {
    "design": "scales",
    "data": "d",
    "person": "id",
    "before": "pre_{item}",
    "after": "post_{item}",
    "measure": "own",
    "items": ["a", "c"],
    "own": {"label": "Calm", "lowest": 1, "highest": 5},
}


def people(n=240, seed=5):
    """Return invented people in three places, whom the programme helps most in one."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "id": [f"P{place}" for place in range(n)],
            "arm": random.permutation(["programme", "usual"] * (n // 2)),
            "place": random.choice(["Coast", "Fens", "Town"], n),
            "team": [f"T{place % 24}" for place in range(n)],
            "b": random.normal(size=n),
            **{f"{when}_{item}": random.integers(1, 6, n) for when in ("pre", "post") for item in "ac"},
        },
        index=range(2, n + 2),
    )
    frame["helped"] = (frame["arm"] == "programme").astype(int)
    frame["y"] = frame["b"] + frame["helped"] * (0.3 + (frame["place"] == "Town")) + random.normal(size=n)
    frame["well"] = (frame["y"] > 0).astype(int)
    return frame


def values(analyse, model, settings, frame, minimum_cell=0, protected=False):
    result = analyse(
        model.model_validate(settings), {"d": DataTable(frame, "data/d.csv", "sha256:0", minimum_cell)}
    )
    result = protect(result, minimum_cell) if protected else result
    return {number.id: number.value for number in result.numbers}, result


def test_a_trials_effects_by_group_are_those_of_one_model_with_interactions():
    frame = people()
    found, _ = values(rct, RctSettings, {**TRIAL, "breakdown": ["place"]}, frame)
    fit = smf.ols("y ~ C(place) * helped + b", frame).fit(cov_type="HC2", use_t=True)
    assert found["breakdown.place.coast.effect.estimate"] == pytest.approx(fit.params["helped"])
    assert found["breakdown.place.coast.effect.se"] == pytest.approx(fit.bse["helped"])
    assert found["breakdown.place.coast.effect.p_value"] == pytest.approx(fit.pvalues["helped"])
    town = fit.params["helped"] + fit.params["C(place)[T.Town]:helped"]
    assert found["breakdown.place.town.effect.estimate"] == pytest.approx(town)
    test = fit.wald_test("C(place)[T.Fens]:helped = 0, C(place)[T.Town]:helped = 0", use_f=True, scalar=True)
    assert found["breakdown.place.interaction.statistic"] == pytest.approx(float(test.statistic))
    assert found["breakdown.place.interaction.p_value"] == pytest.approx(float(test.pvalue))


def test_a_trials_groups_without_adjustment_have_welchs_errors():
    frame = people()
    settings = {**TRIAL, "baseline": "", "breakdown": ["place"]}
    found, _ = values(rct, RctSettings, settings, frame)
    sides = frame[frame["place"] == "Fens"].groupby("helped")["y"]
    assert found["breakdown.place.fens.effect.se"] == pytest.approx((sides.var() / sides.size()).sum() ** 0.5)


def test_with_clusters_a_difference_of_two_groups_is_tested_by_cr2():
    # where teams lie within groups the effects of two groups are independent: their variances add up
    frame = people()
    frame["place"] = np.where(frame["team"].isin([f"T{place}" for place in range(12)]), "Coast", "Fens")
    settings = {**TRIAL, "baseline": "", "cluster": "team", "randomised": "people", "breakdown": ["place"]}
    found, _ = values(rct, RctSettings, settings, frame)
    estimates, errors = (
        [found[f"breakdown.place.{key}.effect.{what}"] for key in ("coast", "fens")]
        for what in ("estimate", "se")
    )
    expected = (estimates[1] - estimates[0]) ** 2 / (errors[0] ** 2 + errors[1] ** 2)
    assert found["breakdown.place.interaction.statistic"] == pytest.approx(expected)
    for key, own in (("coast", "Coast"), ("fens", "Fens")):
        alone, _ = values(rct, RctSettings, {**settings, "breakdown": []}, frame[frame["place"] == own])
        assert found[f"breakdown.place.{key}.effect.se"] == pytest.approx(alone["effect.se"])


def test_weighted_effects_by_group_are_those_of_the_groups_people_alone():
    frame = people()
    found, _ = values(ipw, IpwSettings, {**WEIGHTED, "breakdown": ["place"]}, frame)
    estimates, errors = [], []
    for key, place in (("coast", "Coast"), ("fens", "Fens"), ("town", "Town")):
        alone, _ = values(ipw, IpwSettings, WEIGHTED, frame[frame["place"] == place])
        for name in ("estimate", "se", "ci_low", "p_value"):
            assert found[f"breakdown.place.{key}.effect.{name}"] == pytest.approx(alone[f"effect.{name}"])
        assert found[f"breakdown.place.{key}.largest_smd"] == pytest.approx(alone["largest_smd.weighted"])
        estimates.append(alone["effect.estimate"])
        errors.append(alone["effect.se"])
    weights = np.array(errors) ** -2.0
    q = float(weights @ (np.array(estimates) - np.average(estimates, weights=weights)) ** 2)
    assert found["breakdown.place.interaction.statistic"] == pytest.approx(q)
    assert found["breakdown.place.interaction.p_value"] == pytest.approx(stats.chi2.sf(q, 2))


def test_the_groups_own_column_leaves_the_propensity_of_its_groups():
    frame = people()
    settings = {**WEIGHTED, "covariates": ["b", "place"], "breakdown": ["place"]}
    with_it, _ = values(ipw, IpwSettings, settings, frame)
    without, _ = values(ipw, IpwSettings, {**WEIGHTED, "breakdown": ["place"]}, frame)
    id = "breakdown.place.town.effect.estimate"
    assert with_it[id] == pytest.approx(without[id])


def test_people_of_one_cluster_in_several_groups_are_no_independent_groups():
    found, _ = values(ipw, IpwSettings, {**WEIGHTED, "cluster": "team", "breakdown": ["place"]}, people())
    assert found["breakdown.place.interaction.p_value"] is None
    assert "people of one team are in several groups" in found["note.breakdown_not_given"]


def test_changes_by_group_are_students_and_their_test_is_that_of_statsmodels():
    frame = people()
    found, _ = values(scales, ScalesSettings, {**CALM, "breakdown": ["place"]}, frame)
    moved = frame["post_a"] + frame["post_c"] - frame["pre_a"] - frame["pre_c"]
    own = moved[frame["place"] == "Fens"]
    assert found["breakdown.place.fens.change.estimate"] == pytest.approx(own.mean())
    assert found["breakdown.place.fens.change.se"] == pytest.approx(own.sem())
    assert found["breakdown.place.fens.n.both"] == len(own)
    fit = smf.ols("moved ~ C(place)", frame.assign(moved=moved)).fit(cov_type="HC2", use_t=True)
    test = fit.wald_test("C(place)[T.Fens] = 0, C(place)[T.Town] = 0", use_f=True, scalar=True)
    assert found["breakdown.place.interaction.p_value"] == pytest.approx(float(test.pvalue))


def answers(frame, minimum_cell=0, protected=False, second=True, **settings):
    random = np.random.default_rng(2)
    waves = {"first": frame[:160], "second": frame[60:]}
    tables = {}
    for name, wave in waves.items():
        yes = random.random(len(wave)) < 0.4 + 0.2 * (wave["place"] == "Town") + 0.1 * (name == "second")
        told = wave[["id", "place"]].assign(mood=np.where(yes, "Good", "Bad"))
        tables[name] = DataTable(told, f"data/{name}.csv", f"sha256:{name}", minimum_cell)
    data = {"wave_1": "first", **({"wave_2": "second"} if second else {})}
    asked = PanelSurveySettings.model_validate(
        {
            "design": "panel_survey",
            "data": data,
            "respondent": "id",
            "items": {"mood": {"positive": ["Good"], "scale": ["Bad", "Good"]}},
            "breakdown": ["place"],
            **settings,
        }
    )
    result = survey(asked, tables)
    result = protect(result, minimum_cell) if protected else result
    return {number.id: number.value for number in result.numbers}, result, asked, tables


def test_shares_by_group_are_wilsons_and_their_test_is_pearsons():
    found, _, _, tables = answers(people())
    table = pd.crosstab(tables["first"].frame["place"], tables["first"].frame["mood"])
    count, n = table.loc["Town", "Good"], table.loc["Town"].sum()
    assert found["mood.breakdown.place.town.share.wave_1"] == pytest.approx(count / n)
    low, high = proportion_confint(count, n, method="wilson")
    limits = [found[f"mood.breakdown.place.town.share_ci_{end}.wave_1"] for end in ("low", "high")]
    assert limits == pytest.approx([low, high])
    test = stats.chi2_contingency(table, correction=False)
    assert found["mood.breakdown.place.equality.wave_1.statistic"] == pytest.approx(test.statistic)
    assert found["mood.breakdown.place.equality.wave_1.p_value"] == pytest.approx(test.pvalue)


def test_changes_of_shares_by_group_are_those_of_the_groups_people_alone():
    frame = people()
    found, _, _, tables = answers(frame)
    changes = []
    for key, place in (("coast", "Coast"), ("fens", "Fens"), ("town", "Town")):
        asked = PanelSurveySettings.model_validate(
            {
                "design": "panel_survey",
                "data": {"wave_1": "first", "wave_2": "second"},
                "respondent": "id",
                "items": {"mood": {"positive": ["Good"]}},
            }
        )
        own = {
            name: DataTable(one.frame[one.frame["place"] == place], one.path, "sha256:0")
            for name, one in tables.items()
        }
        alone = {number.id: number.value for number in survey(asked, own).numbers}
        for name in ("estimate", "se", "p_value"):
            id = f"mood.breakdown.place.{key}.change.{name}"
            assert found[id] == pytest.approx(alone[f"mood.change.{name}"])
        changes.append((alone["mood.change.estimate"], alone["mood.change.se"]))
    estimates, errors = map(np.array, zip(*changes, strict=True))
    q = float(errors**-2.0 @ (estimates - np.average(estimates, weights=errors**-2.0)) ** 2)
    assert found["mood.breakdown.place.interaction.statistic"] == pytest.approx(q)


@pytest.mark.parametrize("design", ["rct", "ipw", "scales"])
def test_a_group_of_few_people_has_no_result_and_the_note_says_why(design):
    frame = people()
    frame.loc[frame.index[:6], "place"] = "Island"
    analyse, model, settings, what = {
        "rct": (rct, RctSettings, TRIAL, "effect"),
        "ipw": (ipw, IpwSettings, WEIGHTED, "effect"),
        "scales": (scales, ScalesSettings, CALM, "change"),
    }[design]
    found, result = values(analyse, model, {**settings, "breakdown": ["place"]}, frame)
    assert found[f"breakdown.place.island.{what}.estimate"] is None
    assert "no result for Place, Island: fewer than 10 people" in found["note.breakdown_not_given"]
    assert found[f"breakdown.place.town.{what}.estimate"] is not None
    assert found["breakdown.place.interaction.df"] == 2
    caution = next(number for number in result.numbers if number.id == "note.several_looks")
    assert "4 groups are looked at" in caution.value
    assert "breakdown" in caution.about


def test_a_few_answers_of_a_group_give_no_share_and_the_note_says_why():
    frame = people()
    frame.loc[frame.index[:6], "place"] = "Island"
    found, *_ = answers(frame, second=False)
    assert found["mood.breakdown.place.island.share.wave_1"] is None
    assert "Island, wave_1: fewer than 10 people" in found["note.breakdown_not_given"].replace(
        "Wave 1", "wave_1"
    )


def test_an_arm_without_variation_in_a_group_has_no_error():
    frame = people()
    frame.loc[(frame["place"] == "Fens") & (frame["helped"] == 1), "well"] = 1
    settings = {**TRIAL, "outcome": "well", "outcome_type": "binary", "breakdown": ["place"]}
    found, _ = values(rct, RctSettings, settings, frame)
    assert found["breakdown.place.fens.effect.se"] is None
    assert "all of an arm have the same outcome" in found["note.breakdown_not_given"]


def test_people_whose_group_is_not_known_are_counted_apart():
    frame = people()
    frame.loc[frame.index[:20], "place"] = None
    found, _ = values(rct, RctSettings, {**TRIAL, "breakdown": ["place"]}, frame)
    for arm in ("programme", "usual"):
        groups = [found[f"breakdown.place.{key}.n.{arm}"] for key in ("coast", "fens", "town", "not_known")]
        assert sum(groups) == found[f"n.{arm}"]


def test_a_small_group_is_suppressed_with_its_effect_and_what_would_give_it_away():
    frame = people()
    usual = frame.index[(frame["place"] == "Coast") & (frame["helped"] == 0)]
    frame.loc[usual[11:], "place"] = "Town"  # 11 people: enough for an estimate, and few for the policy
    settings = {**TRIAL, "breakdown": ["place"]}
    found, _ = values(rct, RctSettings, settings, frame, minimum_cell=15, protected=True)
    assert found["breakdown.place.coast.n.usual"] is None
    assert found["breakdown.place.coast.effect.estimate"] is None
    assert found["breakdown.place.interaction.p_value"] is None
    hidden = [found[f"breakdown.place.{key}.n.usual"] is None for key in ("fens", "town")]
    assert any(hidden)  # else the total less the others would be the 11
    assert found["n.usual"] is not None
    open_, _ = values(rct, RctSettings, settings, people(), minimum_cell=15, protected=True)
    assert open_["breakdown.place.coast.effect.estimate"] is not None


@pytest.mark.parametrize(
    ("analyse", "model", "settings"), [(ipw, IpwSettings, WEIGHTED), (rct, RctSettings, TRIAL)]
)
def test_few_with_an_outcome_in_a_group_are_protected(analyse, model, settings):
    frame = people()
    fens = frame["place"] == "Fens"
    frame.loc[fens, "well"] = 0
    chosen = [frame.index[fens & (frame["helped"] == side)][:3] for side in (0, 1)]
    frame.loc[chosen[0].append(chosen[1]), "well"] = 1
    binary = {**settings, "outcome": "well", "outcome_type": "binary", "breakdown": ["place"]}
    found, _ = values(analyse, model, binary, frame, minimum_cell=10, protected=True)
    assert found["breakdown.place.fens.effect.estimate"] is None


@pytest.mark.parametrize(
    ("analyse", "model", "settings", "whole"),
    [
        (ipw, IpwSettings, WEIGHTED, "outcome_unweighted.treated"),
        (
            rct,
            RctSettings,
            {key: value for key, value in TRIAL.items() if key != "baseline"},
            "outcome.programme",
        ),
    ],
)
def test_few_with_an_outcome_are_not_what_two_groups_and_the_whole_leave(analyse, model, settings, whole):
    sizes = {
        ("programme", "Coast"): (30, 14),
        ("programme", "Fens"): (30, 12),
        ("programme", "Town"): (20, 3),
    }
    sizes |= {("usual", place): (30, well) for place, well in (("Coast", 15), ("Fens", 13), ("Town", 12))}
    rows = [
        {"arm": arm, "place": place, "helped": int(arm == "programme"), "well": int(number < well)}
        for (arm, place), (people_, well) in sizes.items()
        for number in range(people_)
    ]
    frame = pd.DataFrame(rows, index=range(2, len(rows) + 2))
    frame["b"] = np.random.default_rng(1).normal(size=len(frame)).round(3)
    binary = {**settings, "outcome": "well", "outcome_type": "binary", "breakdown": ["place"]}
    found, _ = values(analyse, model, binary, frame, minimum_cell=5, protected=True)
    assert found["breakdown.place.town.effect.estimate"] is None
    others = [found[f"breakdown.place.{key}.effect.estimate"] for key in ("coast", "fens")]
    assert None in (found[whole], *others)


def test_a_survey_with_a_small_group_is_not_broken_down_and_loses_nothing_else():
    frame = people()
    frame.loc[frame.index[:12], "place"] = "Island"
    found, result, settings, _ = answers(frame, minimum_cell=15, protected=True)
    assert not [id for id in found if ".breakdown." in id]
    assert re.search(
        "mood, Place: few people, or few with an answer, in .*Island", found["note.breakdown_not_given"]
    )
    plain, *_ = answers(frame, minimum_cell=15, protected=True, breakdown=[])
    assert {
        id: value for id, value in found.items() if ".note." not in id and not id.startswith("note.")
    } == {id: value for id, value in plain.items() if ".note." not in id and not id.startswith("note.")}
    table = SurveyTable(kind="survey_breakdown", analysis="survey", caption="By place")
    assert survey_rows(table, settings, result).rows[0][2:5] == ["Not given", "–", "–"]


def test_shares_of_large_groups_of_protected_people_are_given_and_small_moves_are_not():
    found, result, *_ = answers(people(), minimum_cell=10)
    protected = protect(result, 10)
    assert recovered(result, protected, 10) == []
    shown = {number.id: number.value for number in protected.numbers}
    assert shown["mood.breakdown.place.town.share.wave_1"] == found["mood.breakdown.place.town.share.wave_1"]
    assert shown["mood.breakdown.place.equality.wave_1.p_value"] is not None
    assert "mood.breakdown.place.town.change.estimate" not in shown
    assert "mood, Place, change: few changed, or did not, in" in shown["note.breakdown_not_given"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Coast"] * 240, "is 'Coast' for all"),
        ([f"place {number % 13}" for number in range(240)], "holds 13 different values"),
        (["Not known", "Coast"] * 120, "cannot be told apart in number ids"),
        (["A b", "a-b"] * 120, "cannot be told apart in number ids"),
    ],
)
def test_columns_that_make_no_groups_are_named(cells, expected):
    with pytest.raises(EvidentiaError, match=expected) as fault:
        values(rct, RctSettings, {**TRIAL, "breakdown": ["place"]}, people().assign(place=cells))
    assert "data/d.csv, column place" in fault.value.where


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(EvidentiaError, match="the column 'plaec' is missing"):
        values(rct, RctSettings, {**TRIAL, "breakdown": ["plaec"]}, people())


@pytest.mark.parametrize(
    ("model", "settings"),
    [
        (RctSettings, {**TRIAL, "breakdown": ["place", "place"]}),
        (RctSettings, {**TRIAL, "breakdown": ["arm"]}),
        (IpwSettings, {**WEIGHTED, "breakdown": ["helped"]}),
        (IpwSettings, {**WEIGHTED, "breakdown": ["b"]}),
        (IpwSettings, {**WEIGHTED, "breakdown": ["place"], "imputation": {"m": 5, "seed": 1}}),
        (ScalesSettings, {**CALM, "breakdown": ["id"]}),
    ],
)
def test_settings_that_contradict_each_other_are_refused(model, settings):
    with pytest.raises(ValidationError):
        model.model_validate(settings)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("analyse", "model", "settings"), [(ipw, IpwSettings, WEIGHTED), (rct, RctSettings, TRIAL)]
)
def test_no_small_count_can_be_worked_out(analyse, model, settings, seed):
    frame, random = people(120, seed), np.random.default_rng(seed)
    frame["place"] = random.choice(["Coast", "Fens", "Town"], 120, p=[0.12, 0.4, 0.48])
    frame["well"] = (random.random(120) < 0.25).astype(int)
    binary = {**settings, "outcome": "well", "outcome_type": "binary", "breakdown": ["place"]}
    _, result = values(analyse, model, binary, frame, minimum_cell=10)
    assert recovered(result, protect(result, 10), 10) == []


def test_no_small_count_of_a_survey_can_be_worked_out():
    frame = people()
    frame.loc[frame.index[:14], "place"] = "Island"
    _, result, *_ = answers(frame, minimum_cell=10)
    assert recovered(result, protect(result, 10), 10) == []


def test_a_small_group_of_a_scale_is_suppressed_with_its_change():
    frame = people()
    frame.loc[frame.index[:12], "place"] = "Island"
    settings = {**CALM, "breakdown": ["place"]}
    _, result = values(scales, ScalesSettings, settings, frame, minimum_cell=15)
    protected = protect(result, 15)
    assert recovered(result, protected, 15) == []
    found = {number.id: number.value for number in protected.numbers}
    assert found["breakdown.place.island.n.both"] is None
    assert found["breakdown.place.island.change.estimate"] is None


IN_BANDS = {**CALM, "breakdown": ["place"], "bands": {"Calm": [7, 10], "Uneasy": [2, 6.99]}}


def test_shares_in_bands_by_group_are_those_of_the_groups_people():
    frame = people()
    frame.loc[frame.index[:20], "place"] = None
    frame.loc[frame.index[20:28], "place"] = "Island"
    found, _ = values(scales, ScalesSettings, IN_BANDS, frame)
    fens, calm = frame["place"] == "Fens", frame["post_a"] + frame["post_c"] >= 7
    assert found["breakdown.place.fens.band_n.calm.after"] == int(calm[fens].sum())
    assert found["breakdown.place.fens.band.calm.after"] == pytest.approx(calm[fens].mean())
    assert found["breakdown.place.fens.band.uneasy.after"] == pytest.approx(1 - calm[fens].mean())
    assert found["breakdown.place.island.band.calm.before"] is None  # fewer than 10 people
    assert found["breakdown.place.island.n.both"] == 8


@pytest.mark.parametrize("least", [5, 10, 20])
def test_no_small_count_in_a_band_of_a_group_can_be_worked_out(least):
    frame = people()
    frame.loc[frame.index[:12], "place"] = "Island"
    fens = frame.index[frame["place"] == "Fens"]
    frame.loc[fens, ["post_a", "post_c"]] = 1
    frame.loc[fens[:3], ["post_a", "post_c"]] = 5  # of this group 3 are calm afterwards
    _, result = values(scales, ScalesSettings, IN_BANDS, frame, minimum_cell=least)
    protected = protect(result, least)
    assert recovered(result, protected, least) == []
    found = {number.id: number.value for number in protected.numbers}
    assert found["breakdown.place.fens.band_n.calm.after"] is None
    assert found["breakdown.place.fens.band.calm.after"] is None


def test_rounded_counts_of_a_group_give_rounded_shares():
    _, result, *_ = answers(people(), second=False)
    found = {number.id: number.value for number in protect(result, 5, 10).numbers}
    count, n, share = (found[f"mood.breakdown.place.town.{part}.wave_1"] for part in ("count", "n", "share"))
    assert (count % 10, n % 10) == (0, 0)
    assert share == pytest.approx(count / n)


def test_a_flag_is_named_by_yes_and_no_and_a_column_by_its_label():
    settings = {**TRIAL, "breakdown": ["well"], "labels": {"well": "Well at the start"}}
    _, result = values(rct, RctSettings, settings, people())
    rows = result.frames["breakdown"].rows
    assert [row[:3] for row in rows][:2] == [
        ["Well at the start", "No", "breakdown.well.0.effect"],
        ["Well at the start", "Yes", "breakdown.well.1.effect"],
    ]


def test_the_table_has_each_group_and_the_test():
    settings = RctSettings.model_validate({**TRIAL, "breakdown": ["place"]})
    _, result = values(rct, RctSettings, {**TRIAL, "breakdown": ["place"]}, people())
    table = BreakdownTable(kind="rct_breakdown", analysis="trial", caption="By place")
    rows = breakdown_rows(table, settings, result)
    assert [row[1] for row in rows.rows] == ["Coast", "Fens", "Town", "Interaction"]
    assert rows.header[:4] == ["Characteristic", "Group", "programme", "usual"]
    with pytest.raises(EvidentiaError, match="has no breakdown"):
        breakdown_rows(table, settings, values(rct, RctSettings, TRIAL, people())[1])


def test_a_group_without_a_result_has_dashes_in_the_table():
    frame = people()
    frame.loc[frame.index[:6], "place"] = "Island"
    settings = {**TRIAL, "breakdown": ["place"]}
    _, result = values(rct, RctSettings, settings, frame)
    table = BreakdownTable(kind="rct_breakdown", analysis="trial", caption="By place")
    rows = breakdown_rows(table, RctSettings.model_validate(settings), result).rows
    assert next(row for row in rows if row[1] == "Island")[4:] == ["–", "–", "–"]


def test_people_whose_group_is_not_known_have_a_row_of_the_table():
    frame = people()
    frame.loc[frame.index[:20], "place"] = None
    settings = {**TRIAL, "breakdown": ["place"]}
    found, result = values(rct, RctSettings, settings, frame)
    table = BreakdownTable(kind="rct_breakdown", analysis="trial", caption="By place")
    rows = breakdown_rows(table, RctSettings.model_validate(settings), result).rows
    assert [row[1] for row in rows] == ["Coast", "Fens", "Town", "Not known", "Interaction"]
    shown = [cell.id.removeprefix("trial.") for cell in rows[3][2:4]]
    assert shown == [f"breakdown.place.not_known.n.{arm}" for arm in ("programme", "usual")]
    assert all(found[id] > 0 for id in shown)
    assert rows[3][4:] == ["–", "–", "–"]


def test_the_surveys_table_has_a_row_for_each_item_and_group():
    _, result, settings, _ = answers(people())
    table = SurveyTable(kind="survey_breakdown", analysis="survey", caption="By place")
    rows = survey_rows(table, settings, result)
    assert [row[2] for row in rows.rows][:3] == ["Coast", "Fens", "Town"]
    assert all(len(row) == len(rows.header) for row in rows.rows)
