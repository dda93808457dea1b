"""Formats of dates that are seen in cells, and what is said where cells do not tell the day from the month."""

import json

import pytest

from evidentia.data.dates import format_of, how_to_write
from evidentia.data.propose import proposal, read_anything


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["31/03/2019", "01/04/2019"], "%d/%m/%Y"),
        (["03/31/2019", "04/01/2019"], "%m/%d/%Y"),
        (["January 2018", "May 2018"], "%B %Y"),
        (["2018 JAN", "2018 FEB"], "%Y %b"),
        (["2018M01", "2018M12"], "%YM%m"),
        (["1/2018", "12/2018"], "%m/%Y"),
        (["2 May 2018", "3 June 2018"], "%d %B %Y"),
        (["31/03/2019", "03/31/2019"], ""),
        (["31/03/2019", "2019-03-31"], ""),
    ],
)
def test_the_format_is_that_of_all_cells(cells, form):
    assert format_of(cells) == form
    assert (f'"format": "{form}"' in how_to_write(cells, "start")) == bool(form)


def test_where_no_cell_tells_day_from_month_both_are_named(tmp_path):
    cells = ["01/04/2019", "02/04/2019"]
    assert 'or "%m/%d/%Y", if the month stands first' in how_to_write(cells, "start")
    assert "month stands first" not in how_to_write([*cells, "13/04/2019"], "start")
    path = tmp_path / "t.csv"
    path.write_text("start,n\n" + "".join(f"{cell},1\n" for cell in cells))
    _, resource = proposal(*read_anything(path), "data/t.csv")
    assert "Decide" in json.dumps(resource["schema"]["fields"][0])
