"""The mark of what rests on synthetic records: once a sentence, row or cell, and never inside what is not
words.
"""

import copy

import pytest

from evidentia.compose.synthetic import RESTS, marked, span
from evidentia.config.load import load_config
from evidentia.core.synthetic import rests
from folders import MINIMAL, RATES, write_folder
from reliability.small import run_rules

R, S = RESTS, span()
N = '[30%]{#n-1 .n data-id="a.b"}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"It was {N}{R} of {N}{R}. Next.", f"It was {N} of {N} {S}. Next."),
        (f"It was real. It fell, they said.{R} Next.", f"It was real. It fell, they said {S}. Next."),
        (f"**It was {N}{R}.** Next.", f"**It was {N} {S}.** Next."),
        (f"It fell{R} ({N}). Next", f"It fell ({N}) {S}. Next"),
        (f"It fell{R} [@austin2015]. Next", f"It fell [@austin2015] {S}. Next"),
        (f"It fell{R}.^[A note of {N}.] Next.", f"It fell {S}.^[A note of {N}.] Next."),
        (f"It fell.^[A note of {N}{R}.] Next.", f"It fell.^[A note of {N} {S}.] Next."),
        (f"- one {N}{R}\n- two {N}", f"- one {N} {S}\n- two {N}"),
        (f"# Of {N}{R} {{#sec-a}}\n\nWords.", f"# Of {N} {S} {{#sec-a}}\n\nWords."),
        (f"One {N}{R}.\n\n@fig-a shows {N}. @tbl-b too.", f"One {N} {S}.\n\n@fig-a shows {N}. @tbl-b too."),
        (
            f"One fell{R}. @fig-a shows more. **Bold** words.",
            f"One fell {S}. @fig-a shows more. **Bold** words.",
        ),
    ],
)
def test_a_sentence_that_rests_on_synthetic_records_says_so_once_before_its_full_stop(text, expected):
    assert marked(text) == expected


def test_a_row_says_it_in_its_first_cell_if_all_its_numbers_are_synthetic_else_in_the_cells_that_are():
    rows = [
        f"| one | {N}{R} | {N}{R} |",
        f"| two | {N} | {N} |",
        f"| three | {N}{R} | {N} |",
        f"| four | word{R} | word |",
    ]
    table = "\n".join(["| Name | A | B |", "| :-- | --: | --: |", *rows])
    lines = marked(table).split("\n")[2:]
    assert lines == [
        f"| one {S} | {N} | {N} |",
        f"| two | {N} | {N} |",
        f"| three | {N} {S} | {N} |",
        f"| four | word {S} | word |",
    ]


def test_a_setting_of_an_analysis_of_synthetic_records_rests_on_no_record():
    assert rests({"synthetic": True, "basis": "computed"})
    assert not rests({"synthetic": True, "basis": "configured"})
    assert not rests({"basis": "stated"})


def test_a_condition_reads_synthetic_numbers_through_a_derived_one_too(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["data"]["invented"] = {"path": "data/rates.csv", "synthetic": True}
    config["analyses"]["other"] = config["analyses"]["rates"] | {"data": "invented"}
    config["derived"] = {
        "half.calls": {"formula": "other.calls.2019.area / 2", "unit": "mean", "label": "Half"}
    }
    config["evaluation"]["synthetic_records"] = True
    loaded = load_config(write_folder(tmp_path, config))
    assert loaded.reads_synthetic("other.calls.*.area > 0.5")
    assert loaded.reads_synthetic("half.calls > 0.1 and rates.calls.2019.area > 2")
    assert not loaded.reads_synthetic("rates.calls.2019.area > 2")


def test_a_table_that_mixes_sources_says_it_per_row_and_not_of_all(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["data"]["invented"] = {"path": "data/invented.csv", "synthetic": True}
    config["evaluation"]["synthetic_records"] = True
    config["analyses"]["rates"]["indicators"]["visits"] = {"label": "Visits per 10,000", "data": "invented"}
    config["tables"] = {}
    config["tables"]["both"] = {
        "kind": "benchmark",
        "analysis": "rates",
        "indicators": ["calls", "visits"],
        "years": [2019, 2020],
        "caption": "Calls and visits",
    }
    config["report"] = {"chapters": ["report/one.qmd"]}
    chapter = '# One\n\n{{ table("both") }}\n\nSee @tbl-both.\n'
    folder = write_folder(
        tmp_path,
        config,
        **{"data__invented.csv": RATES.replace("calls,", "visits,"), "report__one.qmd": chapter},
    )
    run_rules(folder, until="compose")
    lines = (folder / "build" / "report.qmd").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|") and "per 10,000" in line]
    assert {"Calls" in row: S in row for row in rows} == {True: False, False: True}
    assert S not in next(line for line in lines if "Calls and visits" in line)
