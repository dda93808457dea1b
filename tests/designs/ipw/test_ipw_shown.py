import pytest

from designs.ipw.samples import people, run
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.compose.frames import frame_table
from evidentia.config.registry import installed
from evidentia.core.reference import resolve
from evidentia.core.tables import Ref
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.disclosure.stage import protect

KINDS = ("flow", "love", "overlap", "effects")


def settings(**changes):
    raw = {"design": "ipw", "data": "d", "outcome": "y", "covariates": ["age", "sex"], **changes}
    return IpwSettings.model_validate(raw)


def figure(kind):
    return (
        installed()
        .figures[kind]
        .settings.model_validate({"kind": kind, "analysis": "a", "caption": "c", "alt": "a"})
    )


def rows(kind, result, **changes):
    table = installed().tables[kind].settings.model_validate({"kind": kind, "analysis": "a", "caption": "c"})
    return resolve(installed().tables[kind].rows)(table, settings(**changes), result)


@pytest.fixture(scope="module")
def result():
    return run(people())


@pytest.mark.parametrize("kind", KINDS)
def test_chart_is_drawn_from_the_data_that_the_page_shows_and_is_the_same_each_time(result, kind):
    use_style()
    draw, data = (
        resolve(installed().figures[kind].draw),
        resolve(installed().figures[kind].data)(figure(kind), settings(), result),
    )
    pictures = [draw(figure(kind), settings(), result) for _ in range(2)]
    assert pictures[0][1] == data
    first, second = (to_svg(picture) for picture, _ in pictures)
    assert first == second
    assert frame_table(data).count("\n") == len(data.rows) + 1


def test_picture_of_overlap_holds_everyone_in_bars_of_10_or_more(result):
    numbers = {number.id: number.value for number in result.numbers}
    bars = result.frames["propensity"].rows
    for group in ("treated", "comparator"):
        held = [bar for bar in bars if bar[0] == group]
        assert sum(bar[3] for bar in held) == numbers[f"n.{group}"]
        assert min(bar[3] for bar in held) >= 10
        assert [bar[2] for bar in held[:-1]] == [bar[1] for bar in held[1:]]  # no gap, no overlap


def test_suppressed_counts_are_shown_as_confidential_and_not_drawn():
    use_style()
    small = protect(run(people(30, seed=4), covariates=["age"]), 20)
    data = resolve(installed().figures["flow"].data)(figure("flow"), settings(), small)
    assert {cell for row in data.rows for cell in row[1:]} == {"[c]"}
    assert "[c]" in frame_table(data).replace("\\", "")
    for kind in KINDS:
        to_svg(resolve(installed().figures[kind].draw)(figure(kind), settings(), small)[0])


def test_table_of_balance_has_one_header_row_and_a_cell_for_each_group_and_time(result):
    shown = rows("ipw_balance", result)
    assert [len(row) for row in shown.rows] == [len(shown.header)] * len(shown.rows)
    assert shown.rows[0][1:] == [
        Ref("a.n.treated"),
        Ref("a.n.comparator"),
        Ref("a.ess.treated"),
        Ref("a.ess.comparator"),
    ]
    assert [row[0] for row in shown.rows] == [
        "Sample (after weighting: effective size)",
        "age",
        "sex: f",
        "sex: m",
        "sex: x",
        "y",
    ]


def test_every_cell_of_the_tables_is_in_the_ledger(result):
    ids = {f"a.{number.id}" for number in result.numbers}
    cells = [
        cell for kind in ("ipw_balance", "ipw_effects") for row in rows(kind, result).rows for cell in row[1:]
    ]
    assert {cell.id for cell in cells} <= ids


def test_effects_begin_with_the_configured_estimand_and_leave_out_a_bootstrap_that_was_not_run():
    result = run(people(), estimand="ATT", bootstrap={"replicates": 0})
    ids = [row[1].id for row in rows("ipw_effects", result, estimand="ATT").rows]
    assert ids[0] == "a.effect_att.estimate"
    assert "a.effect_bootstrap.estimate" not in ids
    assert len(ids) == len(set(ids)) == 7
