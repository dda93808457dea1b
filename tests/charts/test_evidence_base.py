"""The charts of the evidence base: they show their data, and no text leaves the picture or its neighbours'
place.
"""

import pytest

from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.text import wrapped
from evidentia.config.load import load_config
from evidentia.core.reference import resolve
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from folders import ENGINE

FIGURES = [
    "evidence-grid",
    "theory-of-change",
    "theory-of-change-results",
    "fieldwork-timeline",
    "survey-views",
    "survey-practice",
]


@pytest.fixture
def drawn(request, monkeypatch):
    """Draw one figure of the default evaluation from its data."""
    monkeypatch.chdir(ENGINE)
    config, package = load_config(ENGINE, check_files=False), load_package(ENGINE)
    figure = config.figures[request.param]
    settings = config.analyses[figure.analysis]
    tables = {
        name: read_table(ENGINE, config.data[name].path, package.schema(config.data[name].path))
        for name in settings.datasets()
    }
    result = resolve(config.registry.designs[settings.design].analyse)(settings, tables)
    use_style()
    chart, data = resolve(config.registry.figures[figure.kind].draw)(figure, settings, result)
    assert data == resolve(config.registry.figures[figure.kind].data)(figure, settings, result)
    return chart, data


@pytest.mark.parametrize("drawn", FIGURES, indirect=True)
def test_no_text_is_cut_off_or_written_over_another(drawn):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart, _ = drawn
    renderer = FigureCanvasAgg(chart).get_renderer()
    chart.draw(renderer)
    texts = [
        text
        for axes in chart.axes
        for text in (*axes.texts, *(axes.get_yticklabels() if axes.axison else ()))
        if text.get_text().strip()
    ]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    width, height = chart.get_size_inches() * chart.dpi
    outside = [
        text for text, box in boxes if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
    assert not outside
    touching = [
        (one, other)
        for index, (one, first) in enumerate(boxes)
        for other, second in boxes[index + 1 :]
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 2
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 2
    ]
    assert not touching


@pytest.mark.parametrize("drawn", ["survey-views"], indirect=True)
def test_the_bars_show_both_waves_with_their_numbers_of_answers(drawn):
    chart, data = drawn
    svg = to_svg(chart)
    for words in (
        "October 2018",
        "February to March 2020",
        "Strongly agree",
        "Totally satisfied",
        ">91<",
        ">236<",
        ">197<",
    ):
        assert words in svg
    shares: dict[tuple[str, str], float] = {}
    for item, wave, _, share, people, n in data.rows:
        assert share == people / n
        shares[item, wave] = shares.get((item, wave), 0) + share
    assert len(shares) == 12
    assert list(shares.values()) == pytest.approx([1.0] * 12)


@pytest.mark.parametrize("drawn", ["evidence-grid"], indirect=True)
def test_the_grid_says_every_direction_in_words(drawn):
    chart, data = drawn
    words = [text.get_text() for text in chart.axes[0].texts]
    directions = data.column("Direction")
    for direction in set(directions):
        assert words.count(direction.capitalize()) == directions.count(direction)


def test_wrapped_text_keeps_to_its_width_and_loses_no_word():
    use_style()
    text = wrapped("one two three four five six seven eight nine ten", 0.8, 9)
    assert text.split() == ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert 3 <= len(text.split("\n")) <= 6
    assert wrapped("Unbreakableword", 0.1, 9) == "Unbreakableword"


def test_wrapped_text_keeps_a_confidence_level_with_what_it_is_of():
    assert wrapped("with 95% confidence interval", 0.1, 9) == "with\n95% confidence\ninterval"
    assert wrapped("in 95% of cases", 0.1, 9) == "in\n95%\nof\ncases"
