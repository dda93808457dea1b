"""The charts of the synthesis say what their data say."""

import pytest
from test_synthesis import folder, ledger, settings, write  # noqa: F401

from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import drawn_narrow
from evidentia.designs.synthesis.analyse import analyse
from evidentia.designs.synthesis.charts import forest, synthesis_grid
from evidentia.designs.synthesis.settings import ForestFigure, SynthesisGridFigure

WORDS = {"analysis": "a", "caption": "C", "alt": "A"}


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in [*axes.texts, *axes.get_yticklabels()]]


@pytest.fixture
def result(folder):  # noqa: F811
    write(
        folder,
        {
            "north": ledger(-0.1, 0.05),
            "south": ledger(-0.2, 0.05, sources=(4, 3)),
            "east": ledger(-0.3, 0.05),
        },
    )
    use_style()
    return analyse(settings(), {})


def test_a_forest_names_every_member_and_prints_its_effect(result):
    figure, data = forest(ForestFigure(kind="forest", **WORDS), settings(), result)
    said = texts(figure)
    assert {"North", "South", "East", "Fixed effect", "Random effects", "A further evaluation"} <= set(said)
    assert "−10.0 (−20.0 to 0.0)" in said
    assert len(data.rows) == 3 + 3 + 1


def test_a_forest_of_2_has_no_row_for_a_prediction_that_there_is_not(folder):  # noqa: F811
    write(folder, {"north": ledger(-0.1, 0.05), "south": ledger(-0.2, 0.05)})
    use_style()
    figure, data = forest(ForestFigure(kind="forest", **WORDS), settings(), analyse(settings(), {}))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["North", "South", "Fixed effect", "Random effects"]
    assert len(data.rows) == 2 + 3


def test_a_grid_says_how_many_sources_are_positive_and_draws_the_same_twice(result):
    figure, _ = synthesis_grid(SynthesisGridFigure(kind="synthesis_grid", **WORDS), settings(), result)
    said = texts(figure)
    assert said.count("1 of 2") == 2
    assert "3 of 4" in said
    assert said.count("none") == 3
    again, _ = synthesis_grid(SynthesisGridFigure(kind="synthesis_grid", **WORDS), settings(), result)
    assert to_svg(again) == to_svg(figure)


def test_a_forest_for_a_phone_says_the_same_numbers(result):
    with drawn_narrow():
        narrow, _ = forest(ForestFigure(kind="forest", **WORDS), settings(), result)
        to_svg(narrow)
    wide, _ = forest(ForestFigure(kind="forest", **WORDS), settings(), result)
    assert [text.get_text() for text in narrow.axes[0].texts] == [
        text.get_text() for text in wide.axes[0].texts
    ]
    right = max(text.get_window_extent().x1 for text in narrow.axes[0].texts)
    assert right <= narrow.dpi * narrow.get_figwidth() + 1
