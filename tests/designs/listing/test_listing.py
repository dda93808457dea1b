import pytest

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.tables import Ref
from evidentia.data.table import read_table
from evidentia.designs.listing.analyse import analyse
from evidentia.designs.listing.charts import year_fraction
from evidentia.designs.listing.display import listing_rows, timeline_data
from evidentia.designs.listing.settings import ListingSettings, ListingTable, TimelineFigure

TEXT = """item,measure,value,unit,label,document,place
visits_1,start,2019-02,date,First visits begin,plan,Page 3
visits_1,end,2019-03,date,First visits end,plan,Page 3
visits_1,people,33,count,People visited first,plan,Page 4
launch,start,2018,date,The launch,plan,Page 1
share,agreed,0.25,proportion,Share who agreed,,
"""
SETTINGS = {"design": "listing", "data": "work", "documents": {"plan": "The plan (2019)"}}


def run(folder, text=TEXT, **settings):
    (folder / "work.csv").write_text(text, encoding="utf-8")
    chosen = ListingSettings.model_validate({**SETTINGS, **settings})
    result = analyse(chosen, {"work": read_table(folder, "work.csv", None)})
    return chosen, result, {number.id: number for number in result.numbers}


def test_a_row_that_names_a_document_is_a_stated_fact(tmp_path):
    _, _, numbers = run(tmp_path)
    people = numbers["visits_1.people"]
    assert (people.value, people.unit, people.label) == (33, "count", "People visited first")
    assert (people.basis, people.document, people.place) == ("stated", "The plan (2019)", "Page 4")
    assert isinstance(people.value, int)
    assert numbers["share.agreed"].basis == "computed"


def test_dates_keep_how_far_they_go(tmp_path):
    _, _, numbers = run(tmp_path)
    assert [numbers[id].value for id in ("launch.start", "visits_1.end")] == ["2018", "2019-03"]


def test_a_column_of_numbers_alone_may_hold_years(tmp_path):
    _, _, numbers = run(tmp_path, "item,measure,value,unit,label\nlaunch,start,2018,date,The launch\n")
    assert numbers["launch.start"].value == "2018"


@pytest.mark.parametrize(
    ("change", "what", "where", "remedy"),
    [
        (("33,count", "33,counts"), "unknown unit 'counts'", "row 4", "'count'"),
        (("33,count", "many,count"), "'many' is not a number", "row 4", "count"),
        (("2019-03,date", "2019-13,date"), "'2019-13' is not a date", "row 3", "2019-03"),
        (
            ("People visited first,plan", "People visited first,plans"),
            "document 'plans' is not listed",
            "row 4",
            "'plan'",
        ),
        (("plan,Page 4", "plan,"), "no place", "row 4", "place"),
        (("visits_1,people", "visits_1,start"), "visits_1.start stands 2 times", "rows 2, 4", "keep one"),
        (("launch,start", "1launch,start"), "'1launch' cannot be an id", "row 5", "letter"),
        (("launch,start,2018", "launch,start,"), "the column 'value' is empty", "row 5", "fill it in"),
        (("item,measure", "item,what"), "the column 'measure' is missing", "work.csv", ""),
    ],
)
def test_a_wrong_row_gives_one_message(tmp_path, change, what, where, remedy):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, TEXT.replace(*change))
    assert not isinstance(caught.value, Problems)
    assert what in caught.value.what
    assert where in caught.value.where
    assert remedy in caught.value.remedy


def test_a_table_has_a_row_a_value_with_where_it_is_stated(tmp_path):
    settings, result, _ = run(tmp_path)
    table = ListingTable.model_validate(
        {
            "kind": "listing",
            "analysis": "work",
            "caption": "c",
            "items": {"launch": "Launch"},
            "stated": "Stated in",
        }
    )
    rows = listing_rows(table, settings, result)
    assert rows.header == ["Item", "Stated in", "Value"]
    assert rows.rows == [["The launch", "Page 1", Ref("work.launch.start")]]


def test_measures_with_one_heading_share_a_column(tmp_path):
    settings, result, _ = run(tmp_path)
    table = ListingTable.model_validate(
        {
            "kind": "listing",
            "analysis": "work",
            "caption": "c",
            "items": {"visits_1": "Visits", "share": "Share"},
            "measures": {"start": "From", "people": "Number", "agreed": "Number"},
            "formats": {"start": "month"},
        }
    )
    rows = listing_rows(table, settings, result)
    assert rows.header == ["Item", "From", "Number"]
    assert rows.rows == [
        ["Visits", Ref("work.visits_1.start", "month"), Ref("work.visits_1.people")],
        ["Share", "–", Ref("work.share.agreed")],
    ]
    assert rows.text_columns == 2


def test_an_unknown_item_or_measure_names_the_nearest(tmp_path):
    settings, result, _ = run(tmp_path)
    for wrong, near in (
        ({"items": {"lunch": "Launch"}}, "launch"),
        ({"measures": {"begin": "From"}}, "start"),
    ):
        table = ListingTable.model_validate({"kind": "listing", "analysis": "work", "caption": "c", **wrong})
        with pytest.raises(EvidentiaError) as caught:
            listing_rows(table, settings, result)
        assert near in caught.value.remedy


def test_a_timeline_shows_periods_and_moments(tmp_path):
    settings, result, _ = run(tmp_path)
    lanes = [{"label": "Visits", "items": ["visits_1"]}, {"label": "Launch", "items": ["launch"]}]
    figure = TimelineFigure.model_validate(
        {"kind": "timeline", "analysis": "work", "caption": "c", "alt": "a", "lanes": lanes}
    )
    assert timeline_data(figure, settings, result).rows == [
        ["Visits", "2019-02", "2019-03"],
        ["Launch", "2018", None],
    ]


@pytest.mark.parametrize(
    ("date", "begins", "ends"),
    [
        ("2019", 2019, 2020),
        ("2019-02", 2019 + 1 / 12, 2019 + 2 / 12),
        ("2020-02-29", 2020 + (1 + 28 / 29) / 12, 2020 + 2 / 12),
    ],
)
def test_a_date_covers_its_whole_day_month_or_year(date, begins, ends):
    assert year_fraction(date) == pytest.approx(begins)
    assert year_fraction(date, end=True) == pytest.approx(ends)
