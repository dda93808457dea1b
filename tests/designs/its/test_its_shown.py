"""Figures and tables of the design ``its``: the data behind them, and that they can be drawn."""

import math

import numpy as np
import pytest

from designs.its.helpers_its import months, run, settings_of, table_of
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.core.errors import EvidentiaError
from evidentia.core.tables import Ref
from evidentia.designs.its.charts import _in_two_lines, diagnostics, series
from evidentia.designs.its.display import diagnostics_data, models_rows, series_data
from evidentia.designs.its.settings import DiagnosticsFigure, ModelsTable, SeriesFigure

DRAW = np.random.default_rng(3)
COUNT = DRAW.poisson(600, 24).tolist()
TABLE = table_of(month=months(24), y=COUNT, part=DRAW.binomial(COUNT, 0.1).tolist())
WORDS = {"analysis": "a", "caption": "Caption", "alt": "Alternative text"}
SHARE = {"outcome": "part", "denominator": "y"}


@pytest.fixture(autouse=True)
def _style():
    use_style()


@pytest.mark.parametrize("settings", [{}, SHARE, {"family": "poisson"}, {"family": "quasibinomial", **SHARE}])
def test_the_chart_of_a_series_shows_its_frame_and_names_its_lines(settings):
    analysis, result = settings_of(**settings), run(TABLE, **settings)
    figure = SeriesFigure(kind="its", event="Offer begins", **WORDS)
    chart, data = series(figure, analysis, result)
    svg = to_svg(chart)
    for text in ("Offer begins", "Trend after", "Observed (dots)", "Counterfactual:", "Apr"):
        assert text in svg
    assert data == series_data(figure, analysis, result)
    assert to_svg(series(figure, analysis, result)[0]) == svg


def test_the_counterfactual_stands_in_the_data_from_the_intervention_on_only():
    data = series_data(SeriesFigure(kind="its", **WORDS), settings_of(), run(TABLE))
    assert data.column("Counterfactual")[:12] == [""] * 12
    assert all(isinstance(value, float) for value in data.column("Counterfactual")[12:])
    assert data.column("Observed") == COUNT
    assert data.units[:2] == ["date", "count"]


def test_shares_are_shown_as_percentages():
    data = series_data(SeriesFigure(kind="its", **WORDS), settings_of(**SHARE), run(TABLE, **SHARE))
    assert set(data.units[1:]) == {"proportion 1dp"}


def test_every_intervention_is_drawn_and_named():
    settings = {"intervention": ["2017-10", "2018-04", "2018-10"]}
    chart, _ = series(
        SeriesFigure(kind="its", event=["Pilot", "Offer begins", "Offer ends"], **WORDS),
        settings_of(**settings),
        run(TABLE, **settings),
    )
    axes = chart.axes[0]
    assert [line.get_xdata()[0] for line in axes.lines if len(set(line.get_xdata())) == 1] == [
        5.5,
        11.5,
        17.5,
    ]
    assert {"Pilot", "Offer begins", "Offer ends"} <= {text.get_text() for text in axes.texts}
    assert (
        len({text.xyann[1] for text in axes.texts[:3]}) == 3
    )  # one below the other, so that no two can touch


def test_another_number_of_events_than_interventions_is_said():
    with pytest.raises(EvidentiaError, match="names 2 events, and the analysis 'a' has 1"):
        series(SeriesFigure(kind="its", event=["One", "Two"], **WORDS), settings_of(), run(TABLE))


@pytest.mark.parametrize("settings", [{"family": "quasipoisson"}, {"errors": "ar1"}, SHARE])
def test_a_control_series_is_drawn_below_on_its_own_axis_and_stands_in_the_data(settings):
    control = {"outcome": "part", "denominator": "y"} if settings is SHARE else "part"
    settings = {"control": control, **settings}
    figure = SeriesFigure(kind="its", control="Referrals elsewhere", **WORDS)
    chart, data = series(figure, settings_of(**settings), run(TABLE, **settings))
    assert len(chart.axes) == 2
    observed = list(chart.axes[1].lines[0].get_ydata())
    assert observed == data.column("Referrals elsewhere, observed")
    assert len(data.column("Referrals elsewhere, fitted")) == 24
    assert "Referrals elsewhere" in to_svg(chart)


def test_periods_left_out_leave_their_room_in_the_figure():
    settings = {"exclude": ["2018-01..2018-03"]}
    chart, _ = series(SeriesFigure(kind="its", **WORDS), settings_of(**settings), run(TABLE, **settings))
    dots = next(line for line in chart.axes[0].lines if line.get_marker() == "o")
    assert list(dots.get_xdata()) == [*range(9), *range(12, 24)]


def test_the_diagnostics_show_every_residual_and_both_correlograms():
    analysis, result = settings_of(), run(TABLE)
    figure = DiagnosticsFigure(kind="its_diagnostics", **WORDS)
    chart, data = diagnostics(figure, analysis, result)
    assert "Partial autocorrelation, by lag" in to_svg(chart)
    assert data == diagnostics_data(figure, analysis, result)
    assert [
        data.column("What").count(name) for name in ("Residual", "Autocorrelation", "Partial autocorrelation")
    ] == [24, 13, 13]
    found = {number.id: number.value for number in result.numbers}
    assert next(row[2] for row in data.rows if row[:2] == ["Autocorrelation", "1"]) == found["acf_1"]


def test_the_table_sets_the_three_models_side_by_side():
    rows = models_rows(
        ModelsTable(kind="its_models", analysis="a", caption="Caption", period="month"),
        settings_of(),
        run(TABLE),
    )
    assert [name.split(": ")[0] for name in rows.header] == [
        "Term",
        *["OLS"] * 3,
        *["Newey–West"] * 3,
        *["AR(1)"] * 3,
    ]
    assert rows.header[1:4] == ["OLS: estimate", "OLS: 95% interval", "OLS: p\N{NON-BREAKING HYPHEN}value"]
    assert [row[0] for row in rows.rows] == ["Change of level at the intervention", "Change of slope after the intervention", "Effect in the last month"]  # fmt: skip
    limits = [Ref(f"a.level_change_newey_west.{name}", "plain 1dp") for name in ("ci_low", "ci_high")]
    assert rows.rows[0][4] == Ref("a.level_change_newey_west.estimate", "plain 1dp")
    assert rows.rows[0][5] == (limits[0], "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}", limits[1])
    assert rows.rows[0][6] == Ref("a.level_change_newey_west.p_value")
    known = {f"a.{number.id}" for number in run(TABLE).numbers}
    pieces = [
        piece
        for row in rows.rows
        for cell in row[1:]
        for piece in (cell if isinstance(cell, tuple) else (cell,))
    ]
    assert {piece.id for piece in pieces if isinstance(piece, Ref)} <= known


@pytest.mark.parametrize(
    ("family", "name"),
    [("poisson", "Ratio"), ("negative_binomial", "Ratio"), ("quasibinomial", "Odds ratio")],
)
def test_families_with_a_link_are_shown_as_ratios(family, name):
    settings = {"family": family} | (SHARE if family == "quasibinomial" else {})
    result = run(TABLE, **settings)
    rows = models_rows(
        ModelsTable(kind="its_models", analysis="a", caption="Caption"), settings_of(**settings), result
    )
    assert rows.header == ["Term", name, "Lower 95% limit", "Upper 95% limit", "p-value"]
    values = {f"a.{number.id}": number.value for number in result.numbers}
    for row in rows.rows:
        ratio, low, high = (values[cell.id] for cell in row[1:4])
        assert 0 < low < ratio < high
        assert ratio == pytest.approx(math.exp(values[row[1].id.replace("ratio", "estimate")]))


@pytest.mark.parametrize(
    ("label", "text"),
    [("2017-04", "Apr\n2017"), ("2017-04-09", "9 Apr\n2017"), ("2017-Q2", "2017-Q2"), ("2017", "2017")],
)
def test_ticks_name_periods_in_words(label, text):
    assert _in_two_lines(label) == text
