"""Each wrong input gives one message with file, rows or column, and remedy."""

import pytest
from pydantic import ValidationError

from designs.panel_survey.surveys import SETTINGS, WAVE_1, WAVE_2, run
from evidentia.core.errors import EvidentiaError, Problems


def fault(tmp_path, **arguments):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, **arguments)
    assert not isinstance(caught.value, Problems), f"more than one message: {caught.value}"
    return caught.value


def test_an_answer_outside_the_scale_names_its_rows_and_the_scale(tmp_path):
    error = fault(tmp_path, first=WAVE_1.replace("p3,nurse,Bad", "p3,nurse,Awful"))
    assert "'Awful'" in error.what
    assert "'mood'" in error.what
    assert error.where == "first.csv, row 4, column mood"
    assert error.remedy == "allowed: Bad, Good"


def test_a_respondent_twice_in_a_wave_names_both_rows(tmp_path):
    error = fault(tmp_path, second=WAVE_2 + "p1,nurse,Bad,1\n")
    assert "2 times in one wave" in error.what
    assert error.where == "second.csv, rows 2, 9, column person"


def test_a_respondent_without_an_id_names_the_row(tmp_path):
    error = fault(tmp_path, first=WAVE_1.replace("p5,", ","))
    assert "no id" in error.what
    assert error.where == "first.csv, row 6, column person"


def test_a_panel_member_whose_role_changes_names_the_rows_of_both_files(tmp_path):
    error = fault(tmp_path, second=WAVE_2.replace("p2,nurse", "p2,porter"))
    assert error.what == "the role of a respondent changes between the waves (nurse became porter)"
    assert error.where == "first.csv, row 3, column role; second.csv, row 3, column role"
    assert "'stable'" in error.remedy


def test_more_completes_than_invited_names_both_numbers(tmp_path):
    error = fault(tmp_path, invited={"wave_1": 10, "wave_2": 6})
    assert "7 people answered, but only 6 were invited" in error.what
    assert error.where == "second.csv"
    assert "invited: wave_2" in error.remedy


def test_an_item_that_no_wave_asks_names_the_nearest_column(tmp_path):
    error = fault(tmp_path, items={"moods": {"positive": ["Good"]}})
    assert "no wave asks the item 'moods'" in error.what
    assert "'mood'" in error.remedy


def test_a_missing_respondent_column_names_the_nearest(tmp_path):
    error = fault(tmp_path, respondent="persons")
    assert "'persons' is missing" in error.what
    assert "'person'" in error.remedy


def test_a_stable_column_that_a_wave_lacks_is_named(tmp_path):
    error = fault(tmp_path, second=WAVE_2.replace("role", "job"))
    assert "the column 'role' is missing" in error.what
    assert error.where == "second.csv"


def test_positive_answers_that_nobody_gave_are_taken_for_a_slip(tmp_path):
    error = fault(tmp_path, items={"mood": {"positive": ["Goood"]}})
    assert "nobody gave a positive answer to the item 'mood'" in error.what
    assert "'Good'" in error.remedy


def test_a_wave_without_rows_is_named(tmp_path):
    error = fault(tmp_path, second="person,role,mood,often\n")
    assert "a header and no rows" in error.what


def test_several_faults_are_said_in_one_go(tmp_path):
    with pytest.raises(Problems) as caught:
        run(
            tmp_path,
            first=WAVE_1.replace("p3,nurse,Bad", "p3,nurse,Awful"),
            items=SETTINGS["items"] | {"pay": {"positive": ["Good"]}},
        )
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"items": {"mood": {"positive": ["Godo"], "scale": ["Bad", "Good"]}}}, "did you mean 'Good'"),
        ({"data": {"wave_1": "first"}, "invited": {"wave_1": 10}}, "'often' has the base panel"),
        ({"data": {"wave_1": "first"}, "items": {"mood": {"positive": ["Good"]}}}, "'invited' names wave_2"),
        ({"items": {"mood": {"positive": []}}}, "at least 1 item"),
        ({"items": {"mood": {"positive": [{"a": 1}]}}}, "valid string"),
    ],
)
def test_settings_that_cannot_work_are_refused_before_any_data_are_read(tmp_path, change, words):
    with pytest.raises(ValidationError, match=words):
        run(tmp_path, **change)
