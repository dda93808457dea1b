import pytest

from evidentia.compare.reconcile import reconcile, summary_entries
from evidentia.compose.figure_order import figure_order
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.reconciled import DIFFERS, REPRODUCED, STATED


def entry(id, value, unit, basis="computed"):
    return {"id": id, "value": value, "unit": unit, "label": id, "source": {"basis": basis}}


LEDGER = {
    item["id"]: item
    for item in [
        entry("a.effect", -0.1093, "percentage_points"),
        entry("a.share", 0.30073, "proportion"),
        entry("a.mean", 15.5551, "mean"),
        entry("a.count", 7377, "count"),
        entry("a.rate", 510.0, "rate_per_10000"),
        entry("a.factor", 1.2, "ratio"),
        entry("a.start", "2017-08", "date", "stated"),
        entry("a.total", 52, "count", "stated"),
        entry("a.gap", -2, "count"),
    ]
}


def row(**cells):
    return {"id": "", "printed": "", "chapter": "", "refers_to": "", "check": "", "why": "", **cells}


def one(**cells):
    (found,) = reconcile([row(**cells)], LEDGER, {"calls": 6}, "data/published.csv")
    return found


@pytest.mark.parametrize(
    ("id", "printed", "here"),
    [
        ("a.effect", "11 percentage points", "11\N{NO-BREAK SPACE}percentage points"),
        ("a.share", "30%", "30%"),
        ("a.share", "30.1%", "30.1%"),
        ("a.mean", "15.56", "15.56"),
        ("a.count", "7,377", "7,377"),
        ("a.rate", "510 per 10,000", "510 per\N{NO-BREAK SPACE}10,000"),
        ("a.factor", "12/10", "1.20"),
    ],
)
def test_a_figure_is_reproduced_at_the_precision_printed(id, printed, here):
    found = one(id=id, printed=printed)
    assert (found.status, found.here, found.note) == (REPRODUCED, here, "")


def test_a_figure_that_differs_says_what_the_data_give_instead():
    found = one(id="a.total", subject="People", printed="52", here="a.count", check="a.gap == 0")
    assert (found.subject, found.published, found.here, found.status) == ("People", "52", "7,377", DIFFERS)
    assert (
        one(printed="below all", subject="Calls", here="above most", check="a.gap > 0").here == "above most"
    )


def test_what_the_data_give_instead_is_not_said_where_nothing_differs():
    assert one(id="a.share", printed="30%", here="a.count", check="a.gap < 0").here == "30%"


def test_an_unknown_id_for_what_the_data_give_is_named():
    with pytest.raises(EvidentiaError, match="unknown number id 'a.cuont'"):
        one(printed="below all", here="a.cuont", check="a.gap > 0")


def test_a_stated_fact_is_stated_only():
    assert one(id="a.start", printed="August 2017").status == STATED


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"id": "a.share", "printed": "31%", "why": "rounding"}, "rounding"),
        (
            {"id": "a.effect", "printed": "11%"},
            "printed as a percentage, but it is a difference in percentage points",
        ),
        (
            {"id": "a.share", "printed": "30 percentage points"},
            "printed as a difference in percentage points, but it is a percentage",
        ),
        ({"id": "a.factor", "printed": "10/12"}, "the factor is turned upside down"),
        ({"printed": "Figure 8", "refers_to": "calls"}, "the reference leads to another figure"),
        ({"id": "a.total", "printed": "52", "check": "a.gap == 0"}, "the data do not support it"),
        ({"printed": "it rose", "check": "a.effect > 0"}, "the data do not support it"),
        ({"id": "a.start", "printed": "August 2018"}, "another value"),
        ({"printed": "it rose", "check": "a.effect > 0", "why": "it fell"}, "it fell"),
        (
            {"id": "a.factor", "printed": "10/12", "why": "months to a year"},
            "the factor is turned upside down; months to a year",
        ),
    ],
)
def test_slips_are_found_by_checks_of_a_general_kind(cells, note):
    found = one(**cells)
    assert (found.status, found.note) == (DIFFERS, note)


def test_a_reference_to_the_right_figure_is_reproduced():
    assert one(printed="Figure 6", refers_to="calls").status == REPRODUCED


def test_figures_are_numbered_in_the_order_in_which_chapters_show_them():
    assert figure_order(["{{ figure('b') }} {{ figure(\"a\") }}", "{{ figure('c') }}"]) == {
        "b": "1",
        "a": "2",
        "c": "3",
    }


def test_counts_by_status_go_into_the_ledger():
    rows = [
        row(id="a.share", printed="30%"),
        row(id="a.share", printed="31%"),
        row(id="a.start", printed="August 2017"),
    ]
    counts = {
        item["id"]: item["value"]
        for item in summary_entries(reconcile(rows, LEDGER, {}, "p"), "p", "sha256:0")
    }
    assert counts == {
        "reconciliation.figures": 3,
        "reconciliation.reproduced": 1,
        "reconciliation.differs": 1,
        "reconciliation.stated": 1,
    }


def test_unknown_ids_and_figures_name_row_and_nearest():
    with pytest.raises(Problems) as caught:
        reconcile(
            [row(id="a.shar", printed="1"), row(printed="Figure 1", refers_to="cals")],
            LEDGER,
            {"calls": 6},
            "data/published.csv",
        )
    assert "data/published.csv, row 2" in str(caught.value)
    assert "did you mean 'a.share'" in str(caught.value)
    assert "did you mean 'calls'" in str(caught.value)


def test_a_published_figure_without_a_number_is_refused():
    with pytest.raises(EvidentiaError, match="holds no number"):
        one(id="a.count", printed="many")
