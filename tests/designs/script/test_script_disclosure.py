"""Protected data in a program: what it must say of its numbers, and what of them is published."""

import contextlib

import pytest

from designs.script.own import folder_of, shell
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.results import load_result
from evidentia.workflow.analysis import analyse
from evidentia.workflow.job import Job

PROTECTED = {"disclosure": {"minimum_cell": 5}}
HEADER = "id,value,unit,label,of,people"


def published(folder):
    """Run the rule, and return the result that it writes."""
    with contextlib.chdir(folder):
        analyse(Job(subject="own"))
        return load_result("build/results/own.json")[0]


@pytest.fixture(autouse=True)
def trusted(monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")


def test_a_number_of_protected_data_says_on_which_counts_it_rests(tmp_path):
    program = shell("n,40,count,Families", "share,0.5,proportion,Share")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    with pytest.raises(
        EvidentiaError, match="'share' is of protected data, and does not say on which counts"
    ):
        published(folder)


def test_a_share_goes_where_the_rest_of_its_denominator_is_small(tmp_path):
    rows = ["all,40,count,All,,", "yes,38,count,Yes,,", "share,0.95,proportion,Share,yes all,"]
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell(*rows, header=HEADER), data=PROTECTED)
    numbers = {number.id: number for number in published(folder).numbers}
    assert numbers["share"].suppressed == "c"
    assert sum(bool(numbers[id].suppressed) for id in ("all", "yes")) >= 1


def test_a_share_of_large_counts_a_price_and_a_count_of_months_are_published(tmp_path):
    rows = ["all,40,count,All,,", "yes,20,count,Yes,,", "share,0.5,proportion,Share,yes all,"]
    rows += ["months,3,count,Months,,no", "price,2.5,pounds,Price,none,"]
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell(*rows, header=HEADER), data=PROTECTED)
    assert not any(number.suppressed for number in published(folder).numbers)


def test_a_small_count_takes_another_of_its_total_with_it(tmp_path):
    rows = ["all,40,count,All", "north,37,count,North", "south,3,count,South"]
    more = 'printf "total,parts\\nall,north south\\n" > "$2/totals.csv"'
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell(*rows, more=more), data=PROTECTED)
    hidden = {number.id for number in published(folder).numbers if number.suppressed}
    assert "south" in hidden
    assert len(hidden) >= 2


TABLE = 'printf "area,helped,all,share\\nNorth,30,60,0.5\\nSouth,2,50,0.04\\n" > "$2/{folder}/areas.csv"\n'
UNITS = (
    'printf "column,unit,of\\nhelped,count,\\nall,count,\\nshare,proportion,helped all\\n" >'
    ' "$2/{folder}/areas.units.csv"\n'
)


def test_cells_of_a_table_are_suppressed_as_numbers_are(tmp_path):
    program = (TABLE + UNITS).format(folder="tables")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    numbers = {number.id: number for number in published(folder).numbers}
    assert numbers["areas.south.helped"].suppressed == "c"
    assert numbers["areas.south.share"].suppressed == "c"
    assert numbers["areas.north.share"].value == 0.5


def test_a_column_of_protected_data_without_a_unit_is_refused(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", TABLE.format(folder="tables"), data=PROTECTED)
    with pytest.raises(
        EvidentiaError, match="the column 'share' holds numbers of protected data, and has no unit"
    ):
        published(folder)


@pytest.mark.parametrize("folder_name", ["tables", "figures"])
@pytest.mark.parametrize("cell", ["about 3 people", "12 (40%)"])
def test_numbers_within_words_would_hide_small_counts(tmp_path, folder_name, cell):
    drawn = DRAWN if folder_name == "figures" else ""
    program = (
        f'{drawn}printf "area,who\\nNorth,{cell.replace("%", "%%")}\\n" > "$2/{folder_name}/areas.csv"\n'
    )
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    with pytest.raises(EvidentiaError, match="'who' of protected data holds numbers within words"):
        published(folder)


def test_periods_and_names_of_rows_are_no_counts(tmp_path):
    program = 'printf "ages,since\\n0 to 4,March 2020\\n5 to 9,2018/19\\n" > "$2/tables/areas.csv"\n'
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    assert published(folder).frames["table.areas"].rows[0] == ["0 to 4", "March 2020"]


DRAWN = (
    "echo \"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'></svg>\" > \"$2/figures/areas.svg\"\n"
)


def test_a_figure_that_shows_a_small_count_stops_the_build(tmp_path):
    import yaml

    program = DRAWN + (TABLE + UNITS).format(folder="figures")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["figures"] = {"areas": {"kind": "script", "analysis": "own", "caption": "Areas", "alt": "Areas"}}
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    with pytest.raises(EvidentiaError, match="a drawing cannot be changed afterwards"):
        published(folder)


def test_a_figure_of_protected_data_gives_its_data(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", DRAWN, data=PROTECTED)
    with pytest.raises(
        EvidentiaError, match="the figure 'areas' is of protected data, and what it shows is not"
    ):
        published(folder)


def test_a_figure_that_shows_all_but_a_few_of_a_denominator_stops_the_build(tmp_path):
    import yaml

    program = DRAWN + (TABLE + UNITS).format(folder="figures").replace("South,2,50,0.04", "South,48,50,0.96")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["figures"] = {"areas": {"kind": "script", "analysis": "own", "caption": "Areas", "alt": "Areas"}}
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    with pytest.raises(EvidentiaError, match="a drawing cannot be changed afterwards"):
        published(folder)


@pytest.mark.parametrize("folder_name", ["tables", "figures"])
def test_a_column_of_months_is_no_count_of_people(tmp_path, folder_name):
    program = f'printf "area,months\\nNorth,2\\nSouth,3\\n" > "$2/{folder_name}/areas.csv"\n'
    program += f'printf "column,unit,of\\nmonths,count,none\\n" > "$2/{folder_name}/areas.units.csv"\n'
    program += shell("all,40,count,All")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data=PROTECTED)
    result = published(folder)
    assert not any(number.suppressed for number in result.numbers)
    assert all(cell is not None for frame in result.frames.values() for row in frame.rows for cell in row)


def test_records_and_ids_in_what_a_program_gives_stop_it(tmp_path):
    rows = "\n".join(f"FAM-{number:03},{number % 7 + 20}" for number in range(60))
    program = 'mkdir -p "$2/tables"; cp "$1" "$2/tables/all.csv"\n'
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, data={"id": "family"})
    (folder / "data" / "gifts.csv").write_text(f"family,age\n{rows}\n")
    with pytest.raises(
        EvidentiaError, match=r"the program gives records, not aggregates: its table 'all' holds \d+ × id"
    ):
        published(folder)
    assert not (folder / "build" / "results").exists()
    assert load_config(folder).data["gifts"].holds_records
