"""Adjusted p-values beside R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.2), "holm") and "BH"."""

import pytest

from evidentia.compose.families import family_entries, with_adjusted
from evidentia.config.families import Family
from evidentia.core.errors import EvidentiaError

P_VALUES = {"a.effect": 0.01, "b.effect": 0.04, "c.level_change": 0.03, "d.change": 0.2}
BY_R = {
    "holm": (0.04, 0.09, 0.09, 0.2),
    "benjamini_hochberg": (0.04, 0.0533333333333333, 0.0533333333333333, 0.2),
}


def entries(**more):
    rows = [
        {
            "id": f"{effect}.p_value",
            "value": value,
            "unit": "p_value",
            "label": effect,
            "source": {"basis": "computed"},
        }
        for effect, value in P_VALUES.items()
    ]
    return [{**row, **more} for row in rows]


@pytest.mark.parametrize("method", BY_R)
def test_adjusted_p_values_are_those_of_r(method):
    family = Family(effects=list(P_VALUES), method=method)
    found = family_entries({"outcomes": family}, entries())
    assert [entry["id"] for entry in found] == [f"{effect}.p_adjusted" for effect in P_VALUES]
    assert [entry["value"] for entry in found] == pytest.approx(BY_R[method], rel=1e-12)


@pytest.mark.parametrize(
    ("families", "ledger", "said"),
    [
        ({"x": ["a.effect", "b.efect"]}, entries(), "did you mean.*b.effect"),
        ({"x": ["a.effect", "b.effect"]}, entries(value=None), "has no value"),
        ({"x": ["a.effect", "b.effect"]}, entries(value=None, suppressed="c"), "is suppressed"),
        ({"x": ["a.effect", "b.effect"], "y": ["b.effect", "d.change"]}, entries(), "in two families"),
    ],
)
def test_what_a_family_cannot_hold_is_said(families, ledger, said):
    with pytest.raises(EvidentiaError, match=said):
        family_entries({name: Family(effects=effects) for name, effects in families.items()}, ledger)


def test_claim_of_significance_judges_the_adjusted_p_value_where_a_family_is_declared():
    ledger = dict.fromkeys(["a.effect.p_value", "a.effect.p_adjusted", "b.effect.p_value"])
    assert with_adjusted("significant(a.effect.p_value)", ledger) == "significant(a.effect.p_adjusted)"
    assert (
        with_adjusted("significant(b.effect.p_value) and b.effect.p_value < 0.1", ledger).count("adjusted")
        == 0
    )
    with pytest.raises(EvidentiaError, match="family of outcomes") as raised:
        with_adjusted("a.effect.p_value < 0.05", ledger)
    assert "a.effect.p_adjusted" in raised.value.remedy
