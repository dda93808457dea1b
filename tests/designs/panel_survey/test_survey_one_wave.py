"""A survey with one wave: no ids are needed, and figure and table leave out what only two waves have."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from pydantic import ValidationError

from designs.panel_survey.surveys import SETTINGS, run
from evidentia.charts.style import use_style
from evidentia.designs.panel_survey.chart_key import KEY
from evidentia.designs.panel_survey.charts import diverging
from evidentia.designs.panel_survey.display import items_rows
from evidentia.designs.panel_survey.settings import DivergingFigure, PanelSurveySettings, SurveyItemsTable

LONG = (
    "A statement that is much too long for one line of the figure, so that it takes two or even three of them"
)
ALONE = {
    "data": {"wave_1": "first"},
    "respondent": "",
    "invited": {"wave_1": 10},
    "stable": [],
    "items": {"mood": {"label": LONG, "positive": ["Good"], "scale": ["Bad", "Good"]}},
}


def test_each_row_is_a_person_where_no_column_tells(tmp_path):
    _, numbers = run(tmp_path, **ALONE)
    assert numbers["completed.wave_1"].value == 6
    assert numbers["mood.share.wave_1"].value == pytest.approx(3 / 5)


def test_two_waves_need_the_column_that_tells_who_answered_both():
    with pytest.raises(ValidationError, match="two waves need 'respondent'"):
        PanelSurveySettings.model_validate({**SETTINGS, "respondent": ""})


def test_the_table_names_no_wave(tmp_path):
    result, _ = run(tmp_path, **ALONE)
    analysis = PanelSurveySettings.model_validate({**SETTINGS, **ALONE})
    rows = items_rows(
        SurveyItemsTable(kind="survey_items", analysis="a", caption="Caption"), analysis, result
    )
    assert rows.header == ["Item", "Share", "Interval", "Answers"]


def test_the_figure_names_no_wave_and_gives_a_long_statement_its_lines(tmp_path):
    use_style()
    result, _ = run(tmp_path, **ALONE)
    analysis = PanelSurveySettings.model_validate({**SETTINGS, **ALONE})
    figure, _ = diverging(
        DivergingFigure(kind="diverging", analysis="a", caption="c", alt="a", items=["mood"]),
        analysis,
        result,
    )
    texts = {text.get_text(): text for text in figure.axes[0].texts}
    assert not any("Wave" in text for text in texts)
    name = next(text for text in texts.values() if text.get_text().startswith("A statement"))
    assert name.get_text().count("\n") >= 2
    extent = name.get_window_extent(FigureCanvasAgg(figure).get_renderer())
    rule = max(line.get_window_extent().y0 for line in figure.axes[0].lines if line.get_xdata()[0] == 0)
    assert rule <= extent.y0, "the statement ends above the line below it"
    assert extent.y1 <= figure.get_size_inches()[1] * figure.dpi - KEY * figure.dpi, (
        "and begins below the key"
    )
