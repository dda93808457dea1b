"""The mutation run on a small study: every change that matters is caught, and a blind comparison is found
out.
"""

import pandas as pd
import pytest
import yaml

from evidentia.audit.cause import cause_of
from evidentia.audit.mutation import Mutation, mutations, not_changed, write_mutant
from evidentia.audit.mutation_run import (
    MISSED,
    REFUSED,
    REPORTED,
    SILENT,
    STOPPED,
    MutationRun,
    Verdict,
    share_caught,
    summary,
)
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import load
from evidentia.data.readers import read_cells
from folders import MINIMAL, write_folder

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("mutation")]
CHAPTER = """# Calls

Calls {{ change("rates.calls.2019.area", "rates.calls.2020.area", "plain 1dp") }} per head.
{% claim "rates.calls.2020.area < rates.calls.2020.nation" %}They were below the nation's.{% endclaim %}
"""


@pytest.fixture(scope="module")
def mutation_run(tmp_path_factory):
    place = tmp_path_factory.mktemp("mutation")
    folder = write_folder(
        place / "study", {**MINIMAL, "report": {"chapters": ["report/calls.qmd"]}}, report__calls=CHAPTER
    )
    (folder / "report" / "calls").rename(folder / "report" / "calls.qmd")
    return MutationRun(folder, place / "copies")


@pytest.mark.parametrize(
    ("row", "column", "after", "outcome"),
    [
        (6, "value", "43.0", REPORTED),  # the area's later value is printed
        (6, "value", "58.0", STOPPED),  # and claimed to be below the nation's
        (3, "value", "49.0", SILENT),  # a neighbour's is neither
        (6, "value", "many", REFUSED),
    ],
)
def test_a_changed_cell_is_noticed_by_what_should_notice_it(mutation_run, row, column, after, outcome):
    verdict = mutation_run.judge(Mutation("data/rates.csv", row, column, "", after))
    assert verdict.outcome == outcome, verdict.why
    if outcome == REPORTED:
        assert "rates.calls.2020.area" in verdict.why


def test_random_mutations_of_the_study_are_all_caught(mutation_run):
    verdicts = [
        mutation_run.judge(mutation)
        for mutation in mutations(mutation_run.config, mutation_run.base, 4, seed=3)
    ]
    caught, matter = share_caught(verdicts)
    assert caught == matter > 0, summary(verdicts)


def test_a_comparison_that_is_too_tolerant_is_found_out(mutation_run, monkeypatch):
    blind = mutation_run.config.model_copy(
        update={"regression": mutation_run.config.regression.model_copy(update={"absolute": 50.0})}
    )
    monkeypatch.setattr(mutation_run, "config", blind)
    verdict = mutation_run.judge(Mutation("data/rates.csv", 6, "value", "", "43.0"))
    assert (verdict.outcome, verdict.why) == (
        MISSED,
        "printed otherwise, but not named: rates.calls.2020.area",
    )


def test_a_build_that_goes_on_over_a_flipped_claim_is_found_out(mutation_run, monkeypatch):
    monkeypatch.setattr(
        mutation_run, "conditions", [*mutation_run.conditions, "rates.calls.2020.area > 43.5"]
    )
    verdict = mutation_run.judge(Mutation("data/rates.csv", 6, "value", "", "43.0"))
    assert verdict.outcome == MISSED
    assert "rates.calls.2020.area > 43.5" in verdict.why


def test_mutations_are_the_same_for_a_seed_and_change_one_cell(tmp_path):
    folder = write_folder(tmp_path / "study")
    config = load_config(folder)
    found = list(mutations(config, folder, 10, 1))
    assert found == list(mutations(config, folder, 10, 1))
    assert found != list(mutations(config, folder, 10, 2))
    for mutation in found:
        assert mutation.after != mutation.before
        text = (folder / mutation.path).read_text()
        write_mutant(folder, config, mutation)
        before, after = text.splitlines(), (folder / mutation.path).read_text().splitlines()
        (folder / mutation.path).write_text(text)
        assert [
            place + 1 for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
        ] == [mutation.row]


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "tsv"])
def test_a_cell_of_another_kind_of_file_is_changed_in_its_own_format(tmp_path, kind):
    folder = write_folder(tmp_path / "study", {**MINIMAL, "data": {"rates": {"path": f"data/rates.{kind}"}}})
    frame = pd.read_csv(folder / "data" / "rates.csv")
    path = folder / "data" / f"rates.{kind}"
    {"parquet": frame.to_parquet, "xlsx": lambda to: frame.to_excel(to, index=False),
     "tsv": lambda to: frame.to_csv(to, sep="\t", index=False)}[kind](path)  # fmt: skip
    config = load_config(folder)
    for mutation in mutations(config, folder, 6, 2):
        before, whole = read_cells(path, path.name).texts(), path.read_bytes()
        write_mutant(folder, config, mutation)
        after = read_cells(path, path.name).texts()
        changed = before.ne(after)
        assert changed.to_numpy().sum() == 1
        assert changed.at[mutation.row, mutation.column]
        path.write_bytes(whole)


def test_a_folder_without_a_cell_to_change_says_so(tmp_path):
    folder = write_folder(tmp_path / "study", {**MINIMAL, "data": {"rates": {"path": "data/rates.zip"}}})
    (folder / "data" / "rates.zip").write_bytes(b"")
    with pytest.raises(EvidentiaError, match="no data set has a cell that can be changed"):
        next(mutations(load_config(folder), folder, 1, 1))


def test_files_whose_cells_cannot_be_changed_are_named(tmp_path):
    data = {
        "rates": {"path": "data/rates.csv"},
        "old": {"path": "data/old.xls"},
        "poll": {"path": "data/poll.sav"},
    }
    folder = write_folder(tmp_path / "study", {**MINIMAL, "data": data})
    assert not_changed(load_config(folder, check_files=False)) == ["data/old.xls", "data/poll.sav"]


def test_the_cause_of_a_failure_is_found_among_what_a_build_says():
    ours = "Select jobs\n\nevidentia: the column 'a' is missing\n  where: t.csv\n\nError in rule x\n"
    assert cause_of(ours) == "the column 'a' is missing\n  where: t.csv"
    assert cause_of("one\n\nMissingInputException: no data\n") == "one\nMissingInputException: no data"
    assert cause_of("x\nTraceback (most recent call last):\n  here\n").startswith("Traceback")


def test_the_share_counts_what_matters_only():
    cell = Mutation("data/rates.csv", 2, "value", "1", "2")
    verdicts = [
        Verdict(cell, outcome, "") for outcome in (REFUSED, STOPPED, REPORTED, MISSED, SILENT, SILENT)
    ]
    assert share_caught(verdicts) == (3, 4)
    assert summary(verdicts).endswith("caught: 3 of 4 that matter (75.0%)")


def test_the_study_itself_is_left_as_it_was(mutation_run):
    assert load(mutation_run.base / "build" / "numbers.json") == mutation_run.accepted
    assert yaml.safe_load((mutation_run.base / "config.yaml").read_text())["evaluation"]["id"] == "small"
