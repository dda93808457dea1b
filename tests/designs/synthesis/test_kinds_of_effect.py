"""What a synthesis pools together, and what it refuses: standardised effects of several designs, and ratios."""

import json

import numpy as np
import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.designs.synthesis.analyse import analyse
from evidentia.designs.synthesis.settings import SynthesisSettings as Settings

TRIAL = {"design": "rct", "outcome": "reading"}
ROLL_OUT = {"design": "did", "outcome": "absence"}
WEIGHTED = {"design": "ipw", "outcome": "weeks", "covariates": []}
SCALE = {"design": "scales", "measure": "swemwbs"}


def effect(stem, estimate, se, unit):
    values = (estimate, se, estimate - 1.96 * se, estimate + 1.96 * se, 0.04)
    names = ("estimate", "se", "ci_low", "ci_high", "p_value")
    return {f"{stem}.{name}": (value, unit) for name, value in zip(names, values, strict=True)}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pooled(folder, members, **settings):
    """Return a synthesis's values by id, of members that are an analysis and its numbers each."""
    rows = []
    for id, (analysis, numbers) in members.items():
        (folder / id).mkdir()
        entries = [
            {"id": name, "label": name, "value": value, "unit": unit, "source": {"basis": "computed"}}
            for name, (value, unit) in numbers.items()
        ]
        path = f"{id}/numbers.json"
        (folder / path).write_text(json.dumps({"schema": 1, "evaluation": id, "numbers": entries}))
        row = {"id": id, "folder": id, "label": id, "ledger": path, "sha256": "sha256:0", "before": {}}
        rows.append({**row, "analyses": {"study": analysis}})
    (folder / "members.json").write_text(json.dumps({"members": rows}))
    asked = Settings(
        design="synthesis",
        **{"effect": "study.effect", "label": "Size", **settings},
        members="members.json",
    )
    result = analyse(asked, {})
    return {number.id: number.value for number in result.numbers}


def trial():
    return TRIAL, effect("study.effect", 6.0, 2.0, "score") | effect(
        "study.hedges_g", 0.3, 0.1, "coefficient"
    )


def roll_out():
    return ROLL_OUT, effect("study.effect", 1.2, 0.6, "mean") | {"study.outcome_sd": (4.0, "mean")}


def weighted():
    return WEIGHTED, effect("study.effect", 2.0, 1.0, "weeks") | {"study.outcome_sd": (10.0, "weeks")}


def scale():
    return SCALE, effect("study.change", 1.5, 0.4, "score") | effect(
        "study.hedges_g", 0.35, 0.1, "coefficient"
    )


def test_trials_differences_and_weighted_comparisons_are_pooled_in_standard_deviations(folder):
    found = pooled(folder, {"north": trial(), "south": roll_out(), "west": weighted()}, standardise=True)
    sizes, errors = np.array([0.3, 1.2 / 4, 2 / 10]), np.array([0.1, 0.6 / 4, 1 / 10])
    assert found["effect.north.estimate"] == 0.3
    assert found["effect.south.se"] == pytest.approx(0.15)
    assert found["fixed.estimate"] == pytest.approx(np.average(sizes, weights=errors**-2))
    assert found["fixed.se"] == pytest.approx((errors**-2).sum() ** -0.5)
    assert "standard deviations of its own outcome" in found["note.unlike_units"]


def test_changes_of_the_same_people_are_pooled_among_themselves(folder):
    found = pooled(folder, {"north": scale(), "south": scale()}, effect="study.change", standardise=True)
    assert found["fixed.estimate"] == pytest.approx(0.35)


def test_sizes_may_be_named_outright_whatever_the_outcomes(folder):
    other = ({**TRIAL, "outcome": "spelling"}, trial()[1])
    found = pooled(folder, {"north": trial(), "south": other}, effect="study.hedges_g")
    assert found["fixed.estimate"] == pytest.approx(0.3)


@pytest.mark.parametrize("standardise", [True, False])
def test_a_change_of_the_same_people_is_no_difference_between_groups(folder, standardise):
    asked = {"standardise": True} if standardise else {"effect": "study.hedges_g", "same_scale": True}
    members = {"north": trial(), "south": scale()}
    given = asked | ({"effects": {"south": "study.change"}} if standardise else {})
    with pytest.raises(EvidentiaError, match="not of one kind: a difference between groups in north") as one:
        pooled(folder, members, **given)
    assert "synthesis of its own" in one.value.remedy


def test_a_size_beside_an_effect_in_points_is_refused(folder):
    points = TRIAL, effect("study.effect", 6.0, 2.0, "coefficient")
    with pytest.raises(EvidentiaError, match="some effects are standardised and others are not: south"):
        pooled(folder, {"north": trial(), "south": points}, effects={"north": "study.hedges_g"})


def test_an_effect_that_cannot_be_standardised_is_named(folder):
    series = {"design": "its"}, effect("study.effect", 1.0, 0.5, "coefficient")
    with pytest.raises(EvidentiaError, match=r"effect of south cannot .* no 'study.outcome_sd'"):
        pooled(folder, {"north": trial(), "south": series}, standardise=True)


def test_ratios_are_pooled_on_the_log_scale(folder):
    def ratio(value, log_se):
        low, high = value * np.exp(np.array([-1.96, 1.96]) * log_se)
        values = (value, value * log_se, low, high, 0.04)
        names = ("estimate", "se", "ci_low", "ci_high", "p_value")
        numbers = zip(names, values, strict=True)
        return TRIAL, {f"study.risk_ratio.{name}": (float(one), "ratio") for name, one in numbers}

    members = {"north": ratio(0.5, 0.2), "south": ratio(0.8, 0.1)}
    found = pooled(folder, members, effect="study.risk_ratio")
    weights = np.array([25.0, 100.0])
    expected = np.exp(np.average(np.log([0.5, 0.8]), weights=weights))
    assert found["fixed.estimate"] == pytest.approx(expected)
    reach = np.exp(1.959964 / weights.sum() ** 0.5)
    assert found["fixed.ci_low"] == pytest.approx(expected / reach)
    assert found["fixed.ci_high"] == pytest.approx(expected * reach)
    assert found["effects.negative"] == 2
