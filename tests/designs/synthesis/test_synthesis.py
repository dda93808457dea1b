"""The synthesis of small ledgers made by hand."""

import json

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.designs.synthesis.analyse import analyse
from evidentia.designs.synthesis.display import (
    effects_rows,
    forest_data,
    grid_data,
    items_rows,
    league_rows,
    members_rows,
)
from evidentia.designs.synthesis.settings import (
    ForestFigure,
    ItemsTable,
    LeagueTable,
    MembersTable,
    PooledTable,
    SynthesisGridFigure,
)
from evidentia.designs.synthesis.settings import SynthesisSettings as Settings
from evidentia.designs.synthesis.standards import standard

ANALYSES = {
    "trial": {"design": "ipw", "covariates": ["age", "earlier"]},
    "calls": {"design": "its"},
    "grid": {"design": "evidence", "features": {"team": "One team"}, "outcomes": {"risk": "Lower risk"}},
}


def ledger(estimate, se, unit="percentage_points", smd=0.05, sources=(2, 1), **more):
    values = {
        "trial.effect.estimate": estimate,
        "trial.effect.se": se,
        "trial.effect.ci_low": estimate - 2 * se,
        "trial.effect.ci_high": estimate + 2 * se,
        "trial.effect.p_value": 0.04,
        "trial.largest_smd.weighted": smd,
        "calls.n.pre": 12,
        "calls.n.post": 6,
        "grid.team.sources": sources[0],
        "grid.team.positive": sources[1],
        "grid.risk.sources": 0,
        "grid.risk.positive": 0,
        **more,
    }
    return [
        {
            "id": id,
            "label": id,
            "value": value,
            "unit": unit if "effect" in id else "count",
            "source": {"basis": "computed"},
        }
        for id, value in values.items()
    ]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, ledgers, failed=(), before=None):
    rows = []
    for name, entries in ledgers.items():
        (folder / name).mkdir()
        path = f"{name}/numbers.json"
        (folder / path).write_text(json.dumps({"schema": 1, "evaluation": name, "numbers": entries}))
        given = {
            "id": name,
            "folder": name,
            "label": name.title(),
            "ledger": path,
            "sha256": f"sha256:{name}",
        }
        rows.append({**given, "before": before or {}, "analyses": ANALYSES})
    rows += [{"folder": name, "label": name.title(), "failed": "its"} for name in failed]
    (folder / "build").mkdir()
    (folder / "build" / "members.json").write_text(json.dumps({"members": rows}))


def settings(**more):
    return Settings.model_validate(
        {"design": "synthesis", "effect": "trial.effect", "label": "Difference", "evidence": "grid", **more}
    )


def values(result):
    return {number.id: number.value for number in result.numbers}


def test_pooled_effects_come_from_the_ledgers_and_name_them_as_inputs(folder):
    write(folder, {"north": ledger(-0.1, 0.05), "south": ledger(-0.2, 0.05)}, failed=["west"])
    result = analyse(settings(), {})
    found = values(result)
    assert found["fixed.estimate"] == pytest.approx(-0.15)
    assert found["fixed.se"] == pytest.approx(0.05 / 2**0.5)
    assert found["heterogeneity.q"] == pytest.approx(2.0)
    assert found["heterogeneity.i2"] == pytest.approx(0.5)
    assert (found["members.n"], found["members.built"], found["members.not_built"]) == (3, 2, 1)
    assert found["members.not_built_names"] == "West"
    assert result.inputs == {"north/numbers.json": "sha256:north", "south/numbers.json": "sha256:south"}


def test_the_evidence_of_the_members_is_counted_side_by_side(folder):
    write(folder, {"north": ledger(-0.1, 0.05, sources=(3, 2)), "south": ledger(-0.2, 0.05, sources=(4, 1))})
    found = values(analyse(settings(), {}))
    assert (found["grid.north.team.positive"], found["grid.south.team.sources"]) == (2, 4)
    assert (found["item.team.with_evidence"], found["item.team.positive"], found["item.risk.without"]) == (
        2,
        1,
        2,
    )


def test_a_member_without_the_effect_is_counted_and_not_pooled(folder):
    other = [entry for entry in ledger(0.0, 0.1) if "effect" not in entry["id"]]
    write(folder, {"north": ledger(-0.1, 0.05), "south": ledger(-0.2, 0.05), "east": other})
    found = values(analyse(settings(), {}))
    assert (found["members.pooled"], found["members.without_effect"]) == (2, 1)


@pytest.mark.parametrize(
    ("design", "numbers", "before", "level"),
    [
        ("trial", {"largest_smd.weighted": 0.05}, "", 2),
        ("trial", {"largest_smd.weighted": 0.05}, "earlier", 3),
        ("trial", {"largest_smd.weighted": 0.05}, "weight", 2),
        ("trial", {"largest_smd.weighted": 0.2}, "earlier", 1),
        ("calls", {"n.pre": 8, "n.post": 8}, "", 2),
        ("calls", {"n.pre": 24, "n.post": 7}, "", 1),
    ],
)
def test_the_level_follows_design_settings_and_the_numbers(design, numbers, before, level):
    assert standard(ANALYSES[design], numbers, before).level == level


def test_a_design_that_does_not_compare_has_no_level():
    assert standard(ANALYSES["grid"], {}) is None


def test_figures_and_tables_show_each_member_and_the_pooled_effects(folder):
    write(
        folder,
        {"north": ledger(-0.1, 0.05), "south": ledger(-0.2, 0.05), "east": ledger(-0.3, 0.05)},
        failed=["west"],
        before={"trial": "earlier"},
    )
    given = settings()
    result = analyse(given, {})
    words = {"analysis": "a", "caption": "C"}
    forest = forest_data(ForestFigure(kind="forest", alt="A", most=2, **words), given, result)
    assert len(forest.rows) == 2 + 3 + 1
    assert [row[0] for row in forest.rows[-4:-1]] == [
        "Fixed effect",
        "Random effects",
        "Random effects, Hartung-Knapp interval",
    ]
    grid = grid_data(SynthesisGridFigure(kind="synthesis_grid", alt="A", **words), given, result)
    assert grid.rows[0] == ["Practice feature", "One team", "North", 2, 1]
    assert [
        row[:2] for row in members_rows(MembersTable(kind="synthesis_members", **words), given, result).rows
    ][-1] == [
        "West",
        "Not built: failed in its",
    ]
    assert len(effects_rows(PooledTable(kind="synthesis_effects", **words), given, result).rows) == 6
    assert [
        row[0]
        for row in items_rows(
            ItemsTable(kind="synthesis_items", part="outcomes", **words), given, result
        ).rows
    ] == ["Lower risk"]
    league = league_rows(LeagueTable(kind="synthesis_league", **words), given, result).rows
    assert [row[0] for row in league[:3]] == ["East", "North", "South"]
    assert len(league) == 6


@pytest.mark.parametrize(
    ("ledgers", "more", "parts"),
    [
        ({"north": (-0.1, 0.05)}, {}, ["in 1 of 1 ledgers", "pooling needs 2"]),
        (
            {"north": (-0.1, 0.05), "south": (-0.2, 0.05)},
            {"effect": "trail.effect"},
            ["in 0 of 2 ledgers", "did you mean 'trial.effect'"],
        ),
        ({"north": (-0.1, 0.05), "south": (-0.2, 0.05, "mean")}, {}, ["different units", "mean in south"]),
        ({"north": (2.0, 0.5, "count"), "south": (1.5, 0.5, "count")}, {}, ["'count' cannot be pooled"]),
        (
            {"north": (-0.1, 0.05), "south": (-0.2, 0.05)},
            {"evidence": "gird"},
            ["no member has an analysis 'gird'", "'grid'"],
        ),
        (
            {"north": (-0.1, 0.05), "south": (-0.2, 0.05)},
            {"effects": {"nroth": "a.b"}},
            ["no member 'nroth'", "'north'"],
        ),
    ],
)
def test_what_cannot_be_pooled_is_one_message(folder, ledgers, more, parts):
    write(folder, {name: ledger(*given) for name, given in ledgers.items()})
    with pytest.raises(EvidentiaError) as caught:
        analyse(settings(**more), {})
    for part in parts:
        assert part in str(caught.value)


def test_a_grid_with_too_many_members_asks_for_a_choice(folder):
    write(folder, {f"m{index}": ledger(-0.1, 0.05) for index in range(15)})
    given = settings()
    result = analyse(given, {})
    words = {"kind": "synthesis_grid", "alt": "A", "analysis": "a", "caption": "C"}
    with pytest.raises(EvidentiaError, match="room for 14 members, and there are 15"):
        grid_data(SynthesisGridFigure(**words), given, result)
    assert len(grid_data(SynthesisGridFigure(members=["m3", "m4"], **words), given, result).rows) == 4
    with pytest.raises(EvidentiaError, match="did you mean 'm3"):
        grid_data(SynthesisGridFigure(members=["m33"], **words), given, result)


def test_effects_on_different_outcomes_are_not_pooled_unless_the_settings_say_how(folder):
    sets = {"north": ledger(-3.0, 1.5, unit="mean"), "south": ledger(-8.0, 2.0, unit="mean")}
    for name, deviation in (("north", 6.0), ("south", 16.0)):
        sets[name].append(
            {
                "id": "trial.outcome_sd",
                "label": "SD",
                "value": deviation,
                "unit": "mean",
                "source": {"basis": "computed"},
            }
        )
    write(folder, sets)
    path = folder / "build" / "members.json"
    raw = json.loads(path.read_text())
    for row, outcome in zip(raw["members"], ("sdq_total", "days_absent"), strict=True):
        row["analyses"] = {**ANALYSES, "trial": {**ANALYSES["trial"], "outcome": outcome}}
    path.write_text(json.dumps(raw))
    with pytest.raises(EvidentiaError, match="sdq_total in north, days_absent in south") as raised:
        analyse(settings(), {})
    assert "standardise: true" in raised.value.remedy
    result = analyse(settings(standardise=True), {})
    found = values(result)
    assert found["effect.north.estimate"] == pytest.approx(-0.5)
    assert found["effect.south.se"] == pytest.approx(0.125)
    assert "fixed" in next(number for number in result.numbers if number.id == "note.unlike_units").about
    assert values(analyse(settings(same_scale=True), {}))["effect.south.estimate"] == -8.0


def test_effect_without_a_standard_deviation_is_not_standardised(folder):
    write(folder, {"north": ledger(-0.1, 0.05), "south": ledger(-0.2, 0.05)})
    with pytest.raises(EvidentiaError, match="'trial.outcome_sd'"):
        analyse(settings(standardise=True), {})


def test_a_number_of_a_member_without_synthetic_records_says_that_it_is_real(folder):
    invented = [{**entry, "source": {"basis": "computed", "synthetic": True}} for entry in ledger(-0.1, 0.05)]
    write(folder, {"north": invented, "south": ledger(-0.2, 0.05)})
    result = analyse(settings(), {})
    real = {number.id for number in result.numbers if number.real}
    assert result.synthetic
    assert {"effect.south.estimate", "weight_fixed.south", "member.south.numbers"} <= real
    assert not {id for id in real if "north" in id.split(".") or id.startswith(("fixed", "random"))}


@pytest.mark.parametrize(
    ("estimate", "error", "why"), [(-0.1, None, "no standard error"), (0.0, 0.2, "a ratio of 0")]
)
def test_a_member_that_cannot_be_pooled_is_named_with_its_reason(folder, estimate, error, why):
    unit = "ratio" if error else "percentage_points"
    other = ledger(estimate, error or 1.0, unit=unit)
    for entry in other:
        if not error and entry["id"] == "trial.effect.se":
            entry["value"] = None
    write(folder, {"north": ledger(0.5, 0.05, unit), "south": ledger(0.7, 0.05, unit), "east": other})
    result = analyse(settings(), {})
    assert values(result)["members.without_effect"] == 1
    assert any("trial.effect of East" in note and why in note for note in result.notes)


def test_effects_that_agree_have_no_heterogeneity_below_0(folder):
    write(folder, {name: ledger(-0.1, 0.05) for name in ("north", "south", "east")})
    found = values(analyse(settings(), {}))
    assert found["heterogeneity.q"] >= 0
    assert found["hartung_knapp.se"] >= found["fixed.se"]
