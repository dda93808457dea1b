"""A whole report on a survey with small cells: what is suppressed is in no file, and
every reader is told so."""

import base64
import json
import re

import pytest

from designs.panel_survey.surveys import SETTINGS
from evidentia.config.load import load_config
from evidentia.core.files import sha256
from evidentia.core.reference import resolve
from evidentia.disclosure.contents import contents
from evidentia.disclosure.scan import scan
from evidentia.disclosure.suppress import is_small
from evidentia.workflow.analysis import read_datasets
from evidentia.workflow.protected import judgement
from folders import snakemake, write_folder

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("suppressed_build")]

MOODS = {
    "first": ["Bad"] * 3 + ["Middling"] * 13 + ["Good"] * 24 + [""],
    "second": ["Bad"] * 11 + ["Middling"] * 12 + ["Good"] * 19,
}
SCALE = ["Bad", "Middling", "Good"]
ITEMS = {
    "mood": {"label": "Mood", "positive": ["Good"], "scale": SCALE},
    "calm": {"positive": ["Good"], "scale": SCALE},
}
CONFIG = {
    "evaluation": {"id": "small", "title": "A survey", "date": "2021-06-30"},
    "data": {wave: {"path": f"data/{wave}.csv", "disclosure": {"minimum_cell": 5}} for wave in MOODS},
    "analyses": {"staff": {**SETTINGS, "invited": {"wave_1": 90, "wave_2": 90}, "items": ITEMS}},
    "figures": {
        "moods": {
            "kind": "diverging",
            "analysis": "staff",
            "items": ["mood", "calm"],
            "caption": "Moods",
            "alt": 'Bars. In a good mood were {{ n("staff.mood.share.wave_1") }}.',
        }
    },
    "tables": {"items": {"kind": "survey_items", "analysis": "staff", "caption": "Items"}},
    "report": {"chapters": ["report/survey.qmd"]},
}
CHAPTER = """# Survey

{{ n("staff.completed.wave_1") }} people answered. {{ n("staff.mood.missing.wave_1", suppressed="A few") }} gave no answer. @fig-moods and @tbl-items show it.

{{ figure("moods") }}

{{ table("items") }}
"""


def wave(name):
    calm = ["Middling", *list(reversed(MOODS[name]))[1:]]
    first = 0 if name == "first" else 12  # who answers in both waves
    rows = [f"ZP{number + first:03},nurse,{mood},{calm[number]}" for number, mood in enumerate(MOODS[name])]
    return "\n".join(["person,role,mood,calm", *rows]) + "\n"


def study(folder, chapter=CHAPTER):
    made = write_folder(
        folder, CONFIG, report__survey=chapter, **{f"data__{name}": wave(name) for name in MOODS}
    )
    (made / "report" / "survey").rename(made / "report" / "survey.qmd")
    for name in MOODS:
        (made / "data" / name).rename(made / "data" / f"{name}.csv")
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = study(tmp_path_factory.mktemp("suppressed") / "study")
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture(scope="module")
def entries(built):
    return {
        entry["id"]: entry for entry in json.loads((built / "build" / "numbers.json").read_text())["numbers"]
    }


@pytest.fixture(scope="module")
def true_values(built):
    """The numbers as they are without protection."""
    config = load_config(built, check_files=False)
    package = pytest.MonkeyPatch()
    package.chdir(built)
    tables = read_datasets(config, ["first", "second"])
    package.undo()
    result = resolve("evidentia.designs.panel_survey.analyse:analyse")(config.analyses["staff"], tables)
    return {f"staff.{number.id}": number.value for number in result.numbers}


def test_small_counts_and_what_gives_them_away_are_null_in_the_ledger(entries, true_values):
    hidden = {id for id, entry in entries.items() if entry.get("suppressed") == "c"}
    assert all(entries[id]["value"] is None and entries[id]["display"] == "[c]" for id in hidden)
    assert {"staff.mood.missing.wave_1", "staff.mood.missing_share.wave_1"} <= hidden
    small = [id for id, value in true_values.items() if entries[id]["unit"] == "count" and is_small(value, 5)]
    assert set(small) - {"staff.items.n"} <= hidden
    assert any(
        entries[f"staff.{item}.share.{wave}"]["value"] for item in ITEMS for wave in ("wave_1", "wave_2")
    )  # not all goes


def test_the_quality_log_proves_the_intervals_again_and_looks_at_the_accepted_release(built, entries):
    config, folder = load_config(built, check_files=False), pytest.MonkeyPatch()
    folder.chdir(built)
    people = entries["staff.completed.wave_1"]
    moved = {**entries, people["id"]: {**people, "value": people["value"] + 1}}
    alone, beside = judgement(config, entries, None), judgement(config, entries, moved)
    folder.undo()
    assert alone.counts > 0
    assert alone.weak == ()
    assert alone.differences is None
    assert "staff.completed.wave_1" in {item.id for item in beside.differences}
    done = snakemake(built, "review")
    assert done.returncode == 0, done.stdout
    log = (built / "build" / "quality_log.html").read_text(encoding="utf-8")
    assert "each keeps its interval" in log
    assert "no numbers were accepted yet" in log


def test_no_value_that_is_suppressed_is_in_any_file(built, entries, true_values):
    exact = {
        id: f"{true_values[id]:.9f}".rstrip("0")
        for id, entry in entries.items()
        if entry.get("suppressed")
        and isinstance(true_values.get(id), float)
        and len(f"{true_values[id]:.9f}".rstrip("0")) > 8
    }
    assert len(exact) > 5
    texts = [
        (place, text)
        for path in (built / "build").rglob("*")
        if path.is_file()
        for place, text in contents(path)
    ]
    assert len(texts) > 20
    assert [(place, id) for place, text in texts for id, value in exact.items() if value[:9] in text] == []


def test_no_file_of_results_holds_a_small_count(built):
    result = json.loads((built / "build" / "results" / "staff.json").read_text())
    assert [row for row in result["frames"]["answers"]["rows"] if is_small(row[3], 5)] == []
    assert [
        row
        for row in result["numbers"]
        if row["unit"] == "count" and is_small(row["value"], 5) and row["id"] != "items.n"
    ] == []
    validation = json.loads((built / "build" / "validation.json").read_text())
    assert {row["rows"] for row in validation.values()} == {None}


def test_no_file_of_the_build_holds_a_hash_of_protected_data_that_others_could_try(built):
    plain = {
        sha256(path).removeprefix("sha256:") for path in (built / "data").glob("*.csv") if path.stem in MOODS
    }
    plain |= {base64.urlsafe_b64encode(bytes.fromhex(value)).decode().rstrip("=") for value in plain}
    texts = [
        (place, text)
        for path in (built / "build").rglob("*")
        if path.is_file()
        for place, text in contents(path)
    ]
    assert [
        place for place, text in texts if any(value in text or value[:12] in text for value in plain)
    ] == []
    assert any("hmac-sha256:" in text for place, text in texts if place.startswith("numbers.json"))


def test_page_paper_workbook_and_chart_data_say_that_something_is_suppressed(built):
    texts = {
        path.name: [text for _, text in contents(path)]
        for path in (built / "build").rglob("*")
        if path.is_file()
    }
    for name in ("report.html", "report.pdf", "tables.xlsx", "moods.csv", "items.csv", "numbers.csv"):
        assert any("[c]" in text for text in texts[name]), name
    for name in ("report.html", "report.pdf", "tables.xlsx"):
        assert any(
            "[c] = suppressed to protect confidentiality" in re.sub(r"\s+", " ", text) for text in texts[name]
        ), name


def test_the_scan_finds_no_respondent(built):
    found = scan(load_config(built, check_files=False), built)
    assert found.findings == ()
    assert found.paths == ("data/first.csv", "data/second.csv")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            '{% claim "staff.mood.missing.wave_1 > 0" %}Some gave no answer.{% endclaim %}',
            'the claim "Some gave no answer." cannot be checked',
        ),
        (
            'It {{ change("staff.mood.missing.wave_1", "staff.completed.wave_1") }}.',
            "'staff.mood.missing.wave_1' is suppressed",
        ),
    ],
)
def test_a_sentence_that_rests_on_a_suppressed_number_stops_the_build_and_says_so(tmp_path, words, said):
    done = snakemake(study(tmp_path / "study", f"# Survey\n\n{words}\n"), "compose")
    assert done.returncode != 0
    assert said in done.stdout
    assert "is suppressed, so that nobody can be identified" in done.stdout
    assert "report/survey.qmd, line 3" in done.stdout
    assert "Traceback" not in done.stdout
