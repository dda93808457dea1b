"""A claim on a breakdown under a plan: exploratory, unless the plan names it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from evidentia.plan.changes import Change, touched
from evidentia.plan.claim_status import Standing
from evidentia.plan.differences import Difference
from evidentia.plan.frozen import READ

LEDGER = {
    f"trial.{id}": {}
    for id in (
        "effect.estimate",
        "effect.ci_low",
        "effect.p_value",
        "breakdown.sex.girls.effect.estimate",
        "breakdown.sex.girls.effect.ci_low",
        "breakdown.sex.girls.n.usual",
        "breakdown.sex.interaction.statistic",
        "breakdown.sex.interaction.p_value",
    )
}


def standing(secondary, changes=()):
    plan = {"plan": {"outcomes": {"primary": ["trial.effect"], "secondary": secondary}}}
    return Standing(SimpleNamespace(in_force=plan, data="not_yet_read"), changes)


@pytest.mark.parametrize(
    "id", ["trial.breakdown.sex.interaction.p_value", "trial.breakdown.sex.girls.effect.ci_low"]
)
@pytest.mark.parametrize(
    ("secondary", "expected"), [([], "exploratory"), (["trial.breakdown.sex.*"], "secondary")]
)
def test_a_group_is_exploratory_unless_the_plan_names_it(id, secondary, expected):
    assert standing(secondary).of([id], LEDGER) == expected


def test_a_count_of_a_group_is_no_claim_on_an_effect():
    assert standing([]).of(["trial.breakdown.sex.girls.n.usual"], LEDGER) == ""


@pytest.mark.parametrize(
    ("key", "expected"),
    [("breakdown", "confirmatory"), ("covariates", "confirmatory, deviates from the plan")],
)
def test_another_breakdown_leaves_the_effect_as_it_was_planned(key, expected):
    trial = SimpleNamespace(design="rct", datasets=list)
    config = SimpleNamespace(analyses={"trial": trial}, data={}, designs=[])
    change = Change(Difference(("analyses", "trial", key), "model", "", ""), None, "", READ)
    change = replace(change, touches=touched(change, config))
    assert standing([], [change]).of(["trial.effect.p_value"], LEDGER) == expected
