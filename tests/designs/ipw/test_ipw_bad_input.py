import numpy as np
import pytest
from pydantic import ValidationError

from designs.ipw.samples import people, run
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.designs.ipw.settings import IpwSettings


def fault(frame, **settings):
    with pytest.raises(EvidentiaError) as caught:
        run(frame, **settings)
    assert not isinstance(caught.value, Problems)
    assert caught.value.remedy
    return caught.value


def changed(column, rows, value):
    frame = people()
    frame[column] = frame[column].astype(object)
    frame.loc[rows, column] = value
    return frame


@pytest.mark.parametrize("value", [2, "maybe"])
def test_third_value_of_the_treatment_is_named_with_its_rows(value):
    error = fault(changed("treated", [5, 9], value))
    assert f"'{value}'" in error.what
    assert error.where == "data/people.csv, rows 5, 9, column treated"


@pytest.mark.parametrize(
    ("column", "role"),
    [("y", "outcome"), ("treated", "treatment"), ("age", "covariate"), ("sex", "covariate")],
)
def test_missing_value_is_named_with_its_rows_and_column(column, role):
    error = fault(changed(column, [2, 401], np.nan))
    assert f"the {role} is missing for 2 of 400 people" == error.what
    assert error.where == f"data/people.csv, rows 2, 401, column {column}"


def test_missing_value_of_a_variable_of_the_formula_is_named():
    error = fault(changed("sex", [7], np.nan), covariates=[], propensity="age + C(sex)")
    assert error.where == "data/people.csv, row 7, column sex"


def test_missing_values_of_several_columns_are_said_in_one_go():
    frame = people()
    frame.loc[3, "age"] = np.nan
    frame.loc[4, "score"] = np.nan
    with pytest.raises(Problems) as caught:
        run(frame, balance=["age", "score"])
    assert [error.where for error in caught.value.faults] == [
        "data/people.csv, row 3, column age",
        "data/people.csv, row 4, column score",
    ]


def test_covariate_with_one_value_is_named():
    error = fault(people().assign(age=15.0))
    assert "'age' has one value only, 15.0" in error.what
    assert error.where == "data/people.csv, column age"


def test_outcome_that_is_not_binary_is_named_with_its_rows():
    error = fault(changed("y", [11], 3), outcome_type="binary")
    assert error.what == "the outcome is not binary: it holds 3"
    assert error.where == "data/people.csv, row 11, column y"


@pytest.mark.parametrize(("group", "left"), [("treated", 1), ("comparator", 0)])
def test_too_few_people_in_a_group_is_said(group, left):
    frame = people()
    frame["treated"] = 0 if group == "treated" else 1
    frame.loc[frame.index[:left], "treated"] = 1
    error = fault(frame)
    assert f"{left} in the {group} group" in error.what


@pytest.mark.parametrize(
    ("formula", "unknown", "nearest"),
    [
        ("agee + sex", "agee", "age"),
        ("age + C(sx)", "sx", "sex"),
        ("age + np.log(scores)", "scores", "score"),
        ("poly(ag, 2)", "ag", "age"),
    ],
)
def test_term_that_the_data_lack_is_named_with_the_nearest_column(formula, unknown, nearest):
    error = fault(people(), covariates=[], propensity=formula)
    assert f"'{unknown}'" in error.what
    assert error.remedy == f"did you mean '{nearest}'?"


def test_column_that_the_data_lack_is_named_with_the_nearest():
    error = fault(people(), covariates=["age", "sx"])
    assert "'sx'" in error.what
    assert "'sex'" in error.remedy


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("age +", "cannot be read"),
        ("treated ~ age", "right-hand side"),
        ("I(age^2)", "cannot be computed"),
        ("age + np.log(age - age)", "is no number"),
        ("age + nosuch(age)", "'nosuch' cannot stand in a formula"),
    ],
)
def test_formula_that_cannot_be_used_is_one_clear_error(formula, words):
    assert words in fault(people(), covariates=[], propensity=formula).what


def test_typing_error_in_a_column_of_numbers_is_not_taken_for_a_category():
    error = fault(changed("age", [8], "1b"))
    assert "'1b' is not a number" in error.what
    assert error.where == "data/people.csv, row 8, column age"


def test_level_that_only_one_group_has_is_named_as_separating():
    frame = people()
    frame.loc[frame.index[frame["treated"] == 0][:6], "sex"] = "unknown"
    error = fault(frame)
    assert "separates the groups" in error.what
    assert "all 6 people with sex[unknown] = 1 are comparators" in error.what


def test_number_that_splits_the_groups_is_named_with_both_bounds():
    frame = people()
    frame["age"] = np.where(frame["treated"] == 1, 18 + frame["age"] / 100, 15 + frame["age"] / 100)
    error = fault(frame, covariates=["age"])
    assert "no one of the treated has age below 18." in error.what


def test_combination_that_splits_the_groups_names_its_terms_and_no_other():
    frame = people()
    random = np.random.default_rng(5)
    frame["a"], frame["noise"] = random.normal(size=400), random.normal(size=400)
    frame["b"] = np.where(frame["treated"] == 1, 1, -1) * (0.2 + random.random(400)) - frame["a"]
    error = fault(frame, covariates=["a", "noise", "b"])
    assert "combination of a, b sets" in error.what


def test_two_columns_with_the_same_number_id_are_refused():
    frame = people().rename(columns={"age": "a b", "score": "a.b"})
    assert "'a_b'" in fault(frame, covariates=["a b", "a.b"]).what


def test_more_terms_than_people_is_an_error():
    frame = people(30).assign(sex=[f"level {number}" for number in range(30)])
    assert "terms for 30 people" in fault(frame).what


@pytest.mark.parametrize(
    "settings",
    [
        {"covariates": ["age"]},
        {"data": "d"},
        {"data": "d", "covariates": ["y"]},
        {"data": "d", "covariates": ["age"], "standard_errors": "bootstrap", "bootstrap": {"replicates": 0}},
        {"data": "d", "covariates": ["age"], "estimand": "LATE"},
        {"data": "d", "covariates": ["age"], "confidence": 95},
    ],
    ids=["no data", "no model", "outcome as covariate", "no replicates", "estimand", "confidence"],
)
def test_settings_that_make_no_sense_are_refused(settings):
    with pytest.raises(ValidationError):
        IpwSettings.model_validate({"design": "ipw", "outcome": "y", **settings})
