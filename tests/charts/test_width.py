"""Figures at the width of a page and of a phone."""

import pytest

from evidentia.charts import house
from evidentia.charts.labels import label_ends, name_rows
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import NARROW, WIDTH, drawn_narrow, is_narrow, width


@pytest.fixture(autouse=True)
def _style():
    use_style()


def chart():
    figure, axes = house.new_figure(3.0, "Children with a Child Protection Plan per 10,000 children in March")
    axes.plot(range(8), [3, 5, 4, 6, 7, 6, 8, 9])
    axes.set_xticks(range(8), [f"201{year}/1{year + 1}" for year in range(8)])
    label_ends(axes, [(7, 9, "Statistical neighbours (mean of 9 to 10)", "#12436D")])
    to_svg(figure)
    return figure, axes


def shown(axes):
    return [label for label in axes.get_xticklabels() if label.get_visible()]


def test_only_what_is_drawn_for_a_phone_is_narrow():
    assert (width(), is_narrow()) == (WIDTH, False)
    with drawn_narrow():
        assert (width(), is_narrow()) == (NARROW, True)
    assert (width(), is_narrow()) == (WIDTH, False)


def test_on_a_phone_nothing_leaves_the_picture_and_no_label_touches_the_next():
    with drawn_narrow():
        figure, axes = chart()
    assert figure.get_figwidth() == NARROW
    edge = figure.dpi * NARROW + 1
    assert all(
        -1 <= text.get_window_extent().x0 < text.get_window_extent().x1 <= edge
        for text in [*axes.texts, axes._left_title]
    )
    boxes = [label.get_window_extent() for label in shown(axes)]
    assert all(before.x1 < after.x0 for before, after in zip(boxes, boxes[1:], strict=False))


def test_labels_are_left_out_at_even_steps_where_there_is_no_room_and_only_there():
    with drawn_narrow():
        narrow = [label.get_text() for label in shown(chart()[1])]
    assert 2 <= len(narrow) < 8
    assert narrow[:2] in (["2010/11", "2012/13"], ["2010/11", "2013/14"], ["2010/11", "2014/15"])
    assert len(shown(chart()[1])) == 8


def test_panels_that_share_an_axis_name_it_once():
    figure, panels = house.new_figure(3.0, rows=2, sharex=True)
    for axes in panels:
        axes.plot([0, 1], [0, 1])
    to_svg(figure)
    assert [len(shown(axes)) > 0 for axes in panels] == [False, True]


def test_rows_with_long_names_are_higher_on_a_phone():
    def height():
        figure, axes = house.new_figure(2.0)
        name_rows(axes, [3, 2, 1], ["Everybody in the data, weighted by their propensity (ATE)"] * 3, 3.0)
        return figure.get_figheight()

    assert height() == 2.0
    with drawn_narrow():
        assert height() > 2.5
