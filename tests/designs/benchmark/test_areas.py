"""Areas by year in files of invented places: symbols, successors, years, and changes over the same areas."""

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.source import Source
from evidentia.data.table import read_table
from evidentia.designs.benchmark.analyse import analyse
from evidentia.designs.benchmark.settings import BenchmarkSettings

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,kind,rate,cases\n"
)
PLACES = ("Mere", "Holt", "Fell", "Avalon")


def row(year, name, rate, cases="10", kind="all", code=""):
    nation = name == "Avalon"
    level = "National" if nation else "Local authority"
    return (
        f"{year},Reporting"
        f" year,{level},X92,Avalon,,,{code},{code},{'' if nation else name},{kind},{rate},{cases}\n"
    )


def run(tmp_path, text, *, form="ees", indicator=None, **settings):
    (tmp_path / "t.csv").write_text(text)
    named = {"column": "rate", "unit": "percent", **(indicator or {})} if form == "ees" else (indicator or {})
    given = {
        "design": "benchmark",
        "data": "d",
        "area": "Mere",
        "neighbours": ["Holt", "Fell"],
        "nation": "Avalon",
        "indicators": {"rate": named},
        **settings,
    }
    result = analyse(
        BenchmarkSettings.model_validate(given),
        {"d": read_table(tmp_path, "t.csv", None, Source(format=form))},
    )
    return result, {number.id: number.value for number in result.numbers}


BASE = "".join(
    row(year, name, rate)
    for year in (2020, 2021)
    for name, rate in (("Mere", 10), ("Holt", 20), ("Fell", 40), ("Avalon", 30))
)


def test_a_change_is_over_the_areas_of_both_years_and_a_missing_one_is_named(tmp_path):
    text = HEAD + BASE.replace(row(2021, "Fell", 40), row(2021, "Fell", "x"))
    result, found = run(tmp_path, text)
    assert found["rate.2021.neighbours"] == 0.2
    assert found["rate.change.2020_2021.neighbours"] == 0
    assert found["rate.change.2020_2021.neighbours_n"] == 1
    assert found["rate.note.areas_absent"] == "rate: no value for Fell 2021 (x: not available)"
    assert any("no value for Fell 2021" in message for message in result.messages)


def test_no_change_is_stated_where_no_area_has_both_years(tmp_path):
    text = HEAD + BASE.replace(row(2021, "Fell", 40), row(2021, "Fell", "c")).replace(
        row(2020, "Holt", 20), row(2020, "Holt", "z")
    )
    _, found = run(tmp_path, text)
    assert "rate.change.2020_2021.neighbours" not in found
    assert found["rate.change.2020_2021.neighbours_n"] == 0


def test_low_is_a_value_of_nearly_nothing(tmp_path):
    _, found = run(tmp_path, HEAD + BASE.replace(row(2021, "Fell", 40), row(2021, "Fell", "low")))
    assert found["rate.2021.neighbours"] == 0.1
    assert found["rate.2021.neighbours_n"] == 2
    assert "Fell 2021" in found["rate.note.rounds_to_zero"]


@pytest.mark.parametrize(
    ("rows", "unit", "weight", "expected"),
    [
        ([("North Fell / South Fell", 44, 10)], "percent", "", 0.44),
        ([("North Fell", 40, 10), ("South Fell", 60, 30)], "percent", "cases", 0.55),
        ([("North Fell", 40, 10), ("South Fell", 60, 30)], "count", "", 100),
    ],
)
def test_successors_stand_for_the_area_that_is_no_more(tmp_path, rows, unit, weight, expected):
    after = "".join(row(2021, name, rate, cases) for name, rate, cases in rows)
    text = HEAD + BASE.replace(row(2021, "Fell", 40), after)
    heirs = {"Fell": ["North Fell", "South Fell"]}
    _, found = run(
        tmp_path, text, neighbours=["Fell"], successors=heirs, indicator={"unit": unit, "weight": weight}
    )
    assert found["rate.2021.neighbours"] == pytest.approx(expected)


def test_rates_of_successors_are_not_added_without_a_weight(tmp_path):
    text = HEAD + BASE.replace(
        row(2021, "Fell", 40), row(2021, "North Fell", 40) + row(2021, "South Fell", 60)
    )
    result, found = run(tmp_path, text, successors={"Fell": ["North Fell", "South Fell"]})
    assert found["rate.2021.neighbours_n"] == 1
    assert any("without 'weight'" in note for note in result.notes)


@pytest.mark.parametrize(
    ("year", "id", "label"),
    [("201920", 2020, "2019/20"), ("2019/20", 2020, "2019/20"), ("2019-20", 2020, "2019/20")],
)
@pytest.mark.parametrize("form", ["ees", ""])
def test_financial_years_print_as_such(tmp_path, form, year, id, label):
    if form:
        text = HEAD + "".join(row(year, name, 10) for name in PLACES)
    else:
        text = "indicator,year,area,value,unit\n" + "".join(
            f"rate,{year},{name},10,percent\n" for name in ("Mere", "Holt", "Fell", "Avalon")
        )
    result, found = run(tmp_path, text, form=form)
    assert found[f"rate.{id}.area"] == 0.1
    assert result.frames["rate"].column("label") == [label]


@pytest.mark.parametrize(
    ("change", "settings", "words"),
    [
        (lambda text: text + row(2021, "Fell", 41, kind="part"), {}, "where: {kind: all}"),
        (lambda text: text, {"indicator": {"unit": ""}}, "unit: percent"),
        (lambda text: text, {"indicator": {"column": "rates"}}, "did you mean 'rate'"),
        (lambda text: text, {"neighbours": ["Fel"]}, "no area 'Fel'"),
        (
            lambda text: text + row(2021, "Fell", 41).replace("Reporting year", "Week 3"),
            {},
            "where: {time_identifier: Reporting year}",
        ),
        (lambda text: text.replace("Reporting year", "Week 3"), {}, "design: its"),
        (lambda text: text, {"form": ""}, "format: ees"),
        (
            lambda text: text.replace(
                "Local authority,X92,Avalon,,,,,Fell,all,40", "Local authority,X92,Avalon,,,,,Fell,all,forty"
            ),
            {},
            "'forty'",
        ),
    ],
)
def test_what_an_official_file_leaves_open_is_asked(tmp_path, change, settings, words):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, change(HEAD + BASE), **settings)
    assert words in str(caught.value)
