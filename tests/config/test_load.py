import copy

import pytest

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError, Problems
from folders import MINIMAL, write_folder


def changed(path: str, value: object) -> dict:
    config = copy.deepcopy(MINIMAL)
    *parents, last = path.split(".")
    section = config
    for key in parents:
        section = section[key]
    if value is ...:
        del section[last]
    else:
        section[last] = value
    return config


def fault(tmp_path, config) -> EvidentiaError:
    with pytest.raises(EvidentiaError) as caught:
        load_config(write_folder(tmp_path, config))
    return caught.value


def test_the_required_keys_are_enough(tmp_path):
    config = load_config(write_folder(tmp_path, {**MINIMAL, "analyses": {}}))
    assert config.report is None
    assert config.regression.relative == 1e-6


def test_a_month_stands_for_its_first_day(tmp_path):
    config = load_config(write_folder(tmp_path, changed("evaluation.date", "2021-06")))
    assert config.evaluation.date.isoformat() == "2021-06-01"


def test_an_unknown_key_names_key_line_and_nearest_known_key(tmp_path):
    error = fault(tmp_path, changed("analyses.rates.neighbors", ["Eastshire"]))
    assert "unknown key 'neighbors'" in error.what
    assert "config.yaml, line " in error.where
    assert "analyses.rates.neighbors" in error.where
    assert "did you mean 'neighbours'" in error.remedy
    line = int(error.where.split("line ")[1].split(",")[0])
    assert "neighbors:" in (tmp_path / "config.yaml").read_text().splitlines()[line - 1]


def test_a_wrong_type_names_the_key_and_the_value(tmp_path):
    error = fault(tmp_path, changed("data.rates.disclosure", {"minimum_cell": "ten"}))
    assert "'ten'" in error.what
    assert "data.rates.disclosure.minimum_cell" in error.where


def test_a_figure_whose_alternative_text_is_blank_has_none(tmp_path):
    figure = {"kind": "trend", "analysis": "rates", "indicator": "calls", "caption": "Calls rose", "alt": " "}
    error = fault(tmp_path, {**MINIMAL, "figures": {"calls": figure}})
    assert "figures.calls.alt" in error.where
    assert "holds blanks alone" in str(error)


def test_a_contradiction_says_what_it_is_about(tmp_path):
    trial = {"design": "rct", "data": "rates", "id": "area", "arm": "period", "control": "year"}
    trial |= {"outcome": "value", "breakdown": ["unit", "unit"]}
    error = fault(tmp_path, {**MINIMAL, "analyses": {"trial": trial}})
    assert error.what == "the column 'unit' of the breakdown stands twice"
    assert "breakdown: [sex, ethnicity]" in error.remedy


def test_a_contradiction_that_only_the_model_words_is_one_message_too(tmp_path):
    weighted = {"design": "ipw", "data": "rates", "treatment": "area", "outcome": "value"}
    weighted |= {"covariates": ["year"], "breakdown": ["unit"], "imputation": {"m": 5, "seed": 1}}
    error = fault(tmp_path, {**MINIMAL, "analyses": {"weighted": weighted}})
    assert error.what == "a breakdown is not computed with imputation"
    assert error.remedy == "leave out 'breakdown' or 'imputation'"


def test_a_missing_key_is_named(tmp_path):
    assert "'title' is missing" in fault(tmp_path, changed("evaluation.title", ...)).what


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path):
    error = fault(tmp_path, changed("data.rates.path", "data/rate.csv"))
    assert "data/rate.csv does not exist" in error.what
    assert "data/rates.csv" in error.remedy


def test_an_unknown_design_names_the_known_ones(tmp_path):
    error = fault(tmp_path, changed("analyses.rates.design", "benchmrk"))
    assert "benchmrk" in error.what
    assert "benchmark" in error.remedy or "benchmark" in error.what


def test_an_unknown_data_set_names_the_nearest(tmp_path):
    error = fault(tmp_path, changed("analyses.rates.data", "rate"))
    assert "'rate'" in error.what
    assert "did you mean 'rates'" in error.remedy


def test_all_records_are_not_synthetic_while_a_data_set_is_real(tmp_path):
    config = changed("evaluation.synthetic_records", "all")
    error = fault(tmp_path, config)
    assert "the data set 'rates' is not marked so" in error.what
    assert "evaluation.synthetic_records" in error.where
    config["data"]["rates"]["synthetic"] = True
    assert load_config(write_folder(tmp_path / "marked", config)).wholly_synthetic


def test_an_id_that_cannot_be_an_id_is_refused(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["analyses"]["my rates"] = config["analyses"].pop("rates")
    error = fault(tmp_path, config)
    assert "my rates" in str(error)


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://example.org/x.csv"])
def test_a_path_outside_the_folder_is_refused(tmp_path, path):
    assert "not a path inside the evaluation folder" in fault(tmp_path, changed("data.rates.path", path)).what


def test_several_faults_are_said_in_one_go(tmp_path):
    config = changed("evaluation.titel", "x")
    config["data"]["rates"]["pth"] = "y"
    error = fault(tmp_path, config)
    assert isinstance(error, Problems)
    assert "titel" in str(error)
    assert "pth" in str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("evaluation: [", "not valid YAML"),
        ("evaluation: 1\nevaluation: 2\n", "stands twice"),
        ("a: !!python/object/apply:os.system [true]\n", "not valid YAML"),
        ("", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, text, expected):
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(EvidentiaError, match=expected):
        load_config(tmp_path)


def test_a_folder_without_a_configuration_is_named(tmp_path):
    with pytest.raises(EvidentiaError, match="the file does not exist"):
        load_config(tmp_path)


def test_the_title_of_a_figure_is_its_caption(tmp_path):
    figure = {
        "kind": "trend",
        "analysis": "rates",
        "indicator": "calls",
        "title": "Calls rose",
        "alt": "Calls rose",
    }
    folder = write_folder(tmp_path, {**MINIMAL, "figures": {"calls": figure}})
    assert load_config(folder).figures["calls"].caption == "Calls rose"


def said(tmp_path, config) -> list[str]:
    error = fault(tmp_path, config)
    return [str(one) for one in getattr(error, "faults", [error])]


def test_all_mistakes_of_the_file_are_said_in_one_run(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["evaluation"] |= {"date": "November 2026", "titel": "x"}
    config["data"]["rates"]["pth"] = "data/rates.csv"
    config["analyses"]["rates"]["indicators"]["calls"]["labl"] = "Calls"
    config["analyses"]["other"] = {**config["analyses"]["rates"], "data": "rats", "indicators": {}}
    config["figures"] = {
        "calls": {"kind": "trend", "analysis": "nothing", "indicator": "calls", "caption": "C", "alt": "A"}
    }
    config["report"] = {"chapters": ["report/none.qmd"], "engine": "word"}
    config["regresion"] = {}
    found = "\n".join(said(tmp_path, config))
    for what in (
        "'November 2026'",
        "'titel'",
        "'pth'",
        "'labl'",
        "analysis 'nothing'",
        "'word'",
        "'regresion'",
    ):
        assert what in found, what


@pytest.mark.parametrize(
    ("path", "value", "example"),
    [
        ("evaluation.date", "November 2026", "date: 2026-11"),
        ("evaluation.date", ..., "add date: 2026-11"),
        ("evaluation.title", 2017, 'title: "2017"'),
        ("evaluation.status", "drft", "write one of draft, for_comment, final; did you mean 'draft'?"),
        ("data.rates.disclosure", {"minimum_cell": "ten"}, "minimum_cell: 12"),
        ("data.rates.synthetic", "perhaps", "synthetic: true"),
        ("report", {"chapters": "report/a.qmd"}, "chapters: [report/a.qmd]"),
        ("report", {"chapters": []}, "chapters: [report/introduction.qmd]"),
        ("regression", {"absolute": "small"}, "absolute: 0.05"),
        ("evaluation.language", "English", "language: en-GB"),
    ],
)
def test_a_wrong_value_shows_a_right_one(tmp_path, path, value, example):
    assert example in "\n".join(said(tmp_path, changed(path, value)))


def test_a_text_that_ends_at_its_comma_is_to_be_quoted(tmp_path):
    write_folder(tmp_path)
    text = (tmp_path / "config.yaml").read_text()
    line = "tables:\n  calls: {kind: benchmark, analysis: rates, indicators: [calls], years: [2019], caption: Calls, by year}\n"
    (tmp_path / "config.yaml").write_text(text + line)
    with pytest.raises(EvidentiaError) as caught:
        load_config(tmp_path)
    assert "the text of 'caption' ends at its comma" in str(caught.value)
    assert 'caption: "Calls, by year"' in str(caught.value)


def test_a_list_that_is_too_short_says_how_many_it_needs(tmp_path):
    config = {**MINIMAL, "families": {"one": {"effects": ["rates.effect"]}}}
    (found,) = said(tmp_path, config)
    assert "list at least 2" in found
    assert "effects: 2" not in found


def test_a_value_that_may_be_of_several_kinds_is_named_by_its_key(tmp_path):
    raw = copy.deepcopy(MINIMAL)
    raw["analyses"]["rates"]["neighbours"] = [{"a": 1}]
    with pytest.raises(EvidentiaError) as caught:
        load_config(write_folder(tmp_path, raw))
    assert "neighbours" in str(caught.value)
    assert "list[" not in str(caught.value)
    assert "function-" not in str(caught.value)


def test_a_limit_that_is_not_allowed_itself_is_no_example(tmp_path):
    config = copy.deepcopy(MINIMAL)
    benefit = {"effect": 0.1, "unit_cost": 5, "kind": "fiscal", "source": "Budget"}
    costs = {"staff": {"amounts": {2024: 10}, "source": "Budget"}}
    value = {"design": "cost_benefit", "price_year": 2024, "horizon": 2, "costs": costs}
    config["analyses"]["value"] = {**value, "benefits": {"b": benefit}, "discount_rate": 3.5}
    assert "write a number below 1" in " ".join(said(tmp_path, config))
