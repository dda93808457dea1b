"""Columns that are codes, words or dates of another form: read if plain, stopped
with what to write if not."""

import numpy as np
import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import read_table
from evidentia.designs.ipw.sample import read_sample
from evidentia.designs.ipw.settings import IpwSettings

chance = np.random.default_rng(5)
AGES = chance.integers(20, 60, 40)


def sample(tmp_path, treated=None, outcome=None, ages=None, columns=None, **settings):
    treated = treated if treated is not None else ["1", "0"] * 20
    outcome = outcome if outcome is not None else ["1", "0", "0", "1"] * 10
    ages = ages if ages is not None else list(AGES)
    rows = "".join(f'{t},{y},"{a}"\n' for t, y, a in zip(treated, outcome, ages, strict=True))
    columns = columns or {}
    more = zip(rows.splitlines(), *columns.values(), strict=True)
    lines = [",".join(["joined", "hired", "age", *columns]), *(",".join(line) for line in more)]
    (tmp_path / "p.csv").write_text("\n".join(lines) + "\n")
    given = {
        "design": "ipw",
        "data": "p",
        "treatment": "joined",
        "outcome": "hired",
        "covariates": ["age"],
        **settings,
    }
    return read_sample(IpwSettings.model_validate(given), read_table(tmp_path, "p.csv", None))


@pytest.mark.parametrize("pair", [("TRUE", "FALSE"), ("Yes", "No"), ("yes", "no"), ("True", "false")])
def test_yes_and_true_are_one(tmp_path, pair):
    found = sample(tmp_path, treated=list(pair) * 20, outcome=[*pair, pair[1], pair[0]] * 10)
    plain = sample(tmp_path)
    assert found.treated.tolist() == plain.treated.tolist()
    assert found.outcome.tolist() == plain.outcome.tolist()
    assert found.binary


@pytest.mark.parametrize("outcome", [["1", "2"] * 20, ["1", "0", "9", "1"] * 10, ["1", "0", "-9", "99"] * 10])
def test_an_outcome_in_codes_asks_what_it_is(tmp_path, outcome):
    with pytest.raises(EvidentiaError, match="may be codes") as caught:
        sample(tmp_path, outcome=outcome)
    assert "outcome_type: continuous" in caught.value.remedy
    assert not sample(tmp_path, outcome=outcome, outcome_type="continuous").binary


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("N/K", 'missingValues in data/datapackage.json: ["", "N/K"]'),
        ("abc", "missingValues"),
        ("1,250", '"groupChar": ","'),
        ("12,5", 'decimal: ","'),
    ],
)
def test_numbers_with_words_among_them_stop_and_do_not_turn_into_categories(tmp_path, word, remedy):
    with pytest.raises(EvidentiaError, match="holds numbers and words") as caught:
        sample(tmp_path, ages=[word, *AGES[1:]])
    assert f"'{word}' (1)" in caught.value.what
    assert "row 2, column age" in caught.value.where
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("codes", [["1", "2", "3"], ["1", "2", "3", "4", "5", "6", "7"]])
def test_a_covariate_that_may_hold_codes_asks_what_it_is(tmp_path, codes):
    region = [codes[number % len(codes)] for number in range(40)]
    with pytest.raises(EvidentiaError, match=f"from 1 to {len(codes)} may be codes") as caught:
        sample(tmp_path, columns={"region": region}, covariates=["age", "region"])
    assert "column region" in caught.value.where
    assert '"type": "string"' in caught.value.remedy


def test_a_count_from_0_and_a_factor_that_is_said_are_not_asked_about(tmp_path):
    before = [str(number % 4) for number in range(40)]
    assert sample(tmp_path, columns={"before": before}, covariates=["before"]).terms.names[1:] == ["before"]
    region = [str(number % 3 + 1) for number in range(40)]
    said = sample(tmp_path, columns={"region": region}, propensity="C(region)", covariates=[])
    assert len(said.terms.names) == 3
