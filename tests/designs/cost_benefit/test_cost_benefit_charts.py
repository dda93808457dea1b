"""The charts of costs and benefits, over a page and on a phone."""

import pytest
from test_cost_benefit import BENEFIT, settings

from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import NARROW, drawn_narrow
from evidentia.core.errors import EvidentiaError
from evidentia.designs.cost_benefit.analyse import analyse
from evidentia.designs.cost_benefit.charts import tornado, waterfall
from evidentia.designs.cost_benefit.settings import TornadoFigure, WaterfallFigure

WORDS = {"analysis": "a", "caption": "C", "alt": "A"}
FIGURES = [
    (waterfall, WaterfallFigure(kind="cost_benefit_waterfall", **WORDS)),
    (tornado, TornadoFigure(kind="cost_benefit_tornado", **WORDS)),
]


@pytest.fixture
def analysis():
    use_style()
    ranges = {"unit_cost": [1000, 9000], "deadweight": [0, 0.5], "attribution": [0.6, 1]}
    benefits = {
        "crime": {**BENEFIT, "label": "Crimes that young people no longer commit", "ranges": ranges},
        "care": {**BENEFIT, "label": "Children who stay at home", "kind": "social"},
    }
    return settings(benefits)


@pytest.mark.parametrize(("draw", "figure"), FIGURES)
def test_on_a_phone_a_chart_says_the_same_and_nothing_leaves_it(analysis, draw, figure):
    result = analyse(analysis, {}, {})
    wide, data = draw(figure, analysis, result)
    with drawn_narrow():
        narrow, same = draw(figure, analysis, result)
        to_svg(narrow)
    assert same == data
    said = [[text.get_text() for text in chart.axes[0].texts] for chart in (wide, narrow)]
    assert said[0] == said[1] != []
    extents = [
        text.get_window_extent()
        for text in [*narrow.axes[0].texts, *narrow.axes[0].get_yticklabels()]
        if text.get_text()
    ]
    assert narrow.get_figwidth() == NARROW
    assert all(extent.x0 >= -1 and extent.x1 <= narrow.dpi * NARROW + 1 for extent in extents)
    assert not any(
        first.overlaps(second) for place, first in enumerate(extents) for second in extents[place + 1 :]
    )


def test_no_line_runs_through_the_label_of_a_step_that_ends_at_0():
    use_style()
    one = settings({"crime": {**BENEFIT, "unit_cost": 1.0}, "care": {**BENEFIT, "effect": 1e-6}})
    chart, _ = waterfall(FIGURES[0][1], one, analyse(one, {}, {}))
    labels = chart.axes[0].texts
    assert labels
    assert all(label.get_bbox_patch() is not None for label in labels)


def test_a_tornado_of_nothing_uncertain_says_what_to_give():
    one = settings()
    with pytest.raises(EvidentiaError, match="no assumption has a range") as fault:
        tornado(FIGURES[1][1], one, analyse(one, {}, {}))
    assert "ranges: {unit_cost" in fault.value.remedy
