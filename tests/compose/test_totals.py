import pytest

from evidentia.compose.totals import checks, total_entries
from evidentia.config.report import Total
from evidentia.core.errors import EvidentiaError


def entries(**values):
    return [
        {
            "id": f"w.{name}",
            "value": value,
            "unit": "count",
            "label": name,
            "source": {"inputs": {f"data/{name}.csv": "sha256:0"}},
        }
        for name, value in values.items()
    ]


TOTAL = {"people": Total(label="People", total="w.all", parts=["w.a", "w.b"])}


@pytest.mark.parametrize(("all", "difference", "agrees"), [(52, -2, False), (50, 0, True)])
def test_a_total_that_is_not_the_sum_of_its_parts_is_shown_and_does_not_stop(all, difference, agrees):
    known = entries(all=all, a=38, b=12)
    found = {entry["id"]: entry for entry in total_entries(TOTAL, known)}
    assert found["totals.people.sum"]["value"] == 50
    assert found["totals.people.difference"]["value"] == difference
    assert found["totals.people.sum"]["unit"] == "count"
    assert found["totals.people.sum"]["source"]["from"] == ["w.a", "w.all", "w.b"]
    (row,) = checks(TOTAL, [*known, *found.values()])
    assert (row["stated"], row["sum"], row["agrees"]) == (all, 50, agrees)


def test_a_part_may_be_a_formula():
    total = {"either": Total(label="People", total="w.all", parts=["w.a", "w.b", "-1 * w.both"])}
    found = {
        entry["id"]: entry["value"] for entry in total_entries(total, entries(all=355, a=242, b=204, both=91))
    }
    assert found["totals.either.difference"] == 0


def test_a_tolerance_lets_rounded_parts_pass():
    total = {"share": Total(label="Shares", total="w.all", parts=["w.a", "w.b"], tolerance=0.011)}
    known = entries(all=1, a=0.33, b=0.66)
    assert checks(total, [*known, *total_entries(total, known)])[0]["agrees"]


def test_an_unknown_part_names_the_nearest_id():
    with pytest.raises(EvidentiaError) as caught:
        total_entries(
            {"people": Total(label="People", total="w.all", parts=["w.bot"])}, entries(all=1, both=1)
        )
    assert caught.value.where == "config.yaml, totals.people"
    assert "w.both" in caught.value.remedy
