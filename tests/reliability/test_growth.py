"""Words of a megabyte take 4 times as long as a quarter of one, in whatever function they meet; pandoc is not
given what it cannot read.
"""

import contextlib
import re

import pytest

from evidentia.compose.chapters import compose
from evidentia.compose.references import citation_keys
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import load
from evidentia.core.paths import VALUES
from evidentia.core.results import load_result
from reliability.growth import FUNCTIONS, UNITS, growth
from reliability.small import CHAPTER, run_rules, write_small

SMALL, LARGE = 40_000, 160_000


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_no_faster_than_the_text(name):
    assert {
        unit: ratio for unit in UNITS if (ratio := growth(FUNCTIONS[name], UNITS[unit], SMALL, LARGE)) > 8
    } == {}


def test_a_function_that_looks_to_the_end_from_every_place_would_be_noticed():
    assert (
        growth(
            lambda text: re.findall("<!--.*?-->", text), UNITS["a comment that is not closed"], 20_000, 80_000
        )
        > 8
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = write_small(tmp_path_factory.mktemp("growth") / "study")
    run_rules(folder, "values")
    return folder


@pytest.mark.parametrize("what", UNITS)
def test_a_chapter_of_100_kb_is_composed_or_refused(folder, what):
    config = load_config(folder)
    ledger = load(folder / VALUES)
    results = {name: load_result(folder / "build" / "results" / f"{name}.json") for name in config.analyses}

    def composed(text):
        (folder / "report" / "one.qmd").write_text(f"{CHAPTER}\n\n{text}\n", encoding="utf-8")
        with contextlib.suppress(EvidentiaError):
            compose(config, folder, ledger, results)

    assert growth(composed, UNITS[what], 25_000, 100_000) < 8


def test_a_bibliography_of_blank_lines_is_read(tmp_path):
    def keys(text):
        (tmp_path / "a.bib").write_text(text, encoding="utf-8")
        assert citation_keys(tmp_path / "a.bib") == set()

    assert growth(keys, "\n", 250_000, 1_000_000) < 8
    assert growth(keys, "@a{\n", 250_000, 1_000_000) < 8
