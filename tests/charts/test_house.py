import re

import pytest

from evidentia.charts import house
from evidentia.charts.labels import label_ends, spread
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg


@pytest.fixture(scope="module", autouse=True)
def _style():
    use_style()


def chart(ends=()):
    figure, axes = house.new_figure(3.0, "Calls per 10,000")
    axes.plot([2018, 2019, 2020], [41, 55, 67], color=house.COLOURS[0])
    house.from_zero(axes)
    label_ends(axes, ends)
    return figure, axes


def texts(svg):
    """Return each text of an SVG with the x and y of its start (for a text anchored at its start)."""
    found = re.findall(r'<text [^>]*?x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]+)</text>', svg)
    return {text: (float(x), float(y)) for x, y, text in found}


def test_the_same_chart_gives_the_same_bytes():
    assert to_svg(chart()[0]) == to_svg(chart()[0])


def test_text_stays_text_in_the_reports_font():
    svg = to_svg(chart()[0])
    assert "Calls per 10,000" in texts(svg)
    assert "font-family: 'Arimo'" in svg
    assert not re.search(r"<image|data:image", svg)


def test_the_axis_is_named_flush_with_the_left_edge():
    x, y = texts(to_svg(chart()[0]))["Calls per 10,000"]
    assert x < 1.5  # points; the tick labels begin at the edge of the picture
    assert y < 15


def test_the_axis_begins_at_zero_and_ends_at_a_labelled_line_above_the_data():
    _, axes = chart()
    low, high = axes.get_ylim()
    assert low == 0
    assert high >= 67
    assert high in axes.get_yticks()


def test_labels_that_would_touch_are_moved_apart_and_led_to_their_lines():
    near = [(2020, 60.0, "One", "#12436D"), (2020, 60.5, "Two", "#801650"), (2020, 61.0, "Three", "#1A6E67")]
    apart = [(2020, 20.0, "One", "#12436D"), (2020, 60.5, "Two", "#801650"), (2020, 40.0, "Three", "#1A6E67")]
    close, wide = (to_svg(chart(ends)[0]) for ends in (near, apart))
    heights = sorted(texts(close)[name][1] for name in ("One", "Two", "Three"))
    assert (
        min(after - before for before, after in zip(heights, heights[1:], strict=False)) > 9
    )  # points, about the height of a line
    assert (
        close.count("patch_") == wide.count("patch_") + 2
    )  # leaders for the outer two; the middle one did not move


def test_spread_moves_as_little_as_needed():
    assert spread([0.1, 0.5], [0.1, 0.1]) == [0.1, 0.5]
    assert spread([0.50, 0.52], [0.1, 0.1]) == pytest.approx([0.46, 0.56])
    assert spread([0.52, 0.50], [0.1, 0.1]) == pytest.approx([0.56, 0.46])


def test_series_differ_by_more_than_colour():
    assert len(set(house.MARKERS)) == len({str(dash) for dash in house.DASHES}) == len(house.COLOURS) == 4


def test_a_mark_beside_a_drawing_board_stands_below_what_is_drawn():
    figure, axes = house.drawing_board(2.0)
    house.box(axes, 0, 1.5, 6.5, 0.5, facecolor="#000000")
    house.say_beside(figure, "[synthetic]")
    svg = to_svg(figure)
    assert float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1]) == pytest.approx(2.24 * 72)
    lowest = max(float(y) for y in re.findall(r"[ML] [\d.]+ ([\d.]+)", svg.partition('id="axes_1"')[2]))
    assert lowest == pytest.approx(2.0 * 72, abs=1)
