"""Answers as people and programs write them, and ids of two waves that do or do not meet."""

import pytest

from designs.panel_survey.surveys import run
from evidentia.core.errors import EvidentiaError

ONE = {"data": {"wave_1": "first"}, "respondent": "", "invited": {}, "stable": []}


def share(tmp_path, answers, **item):
    text = "n,mood\n" + "".join(f'{place},"{answer}"\n' for place, answer in enumerate(answers))
    _, numbers = run(tmp_path, first=text, items={"mood": item}, **ONE)
    return numbers["mood.count.wave_1"].value, numbers["mood.n.wave_1"].value


@pytest.mark.parametrize("scale", [[], ["Not at all", "It’s fine"]])
def test_answers_are_one_whatever_their_case_blanks_and_quotes(tmp_path, scale):
    answers = [
        "It's fine",
        "it’s Fine",
        "It\u00a0s fine".replace("\u00a0s", "’s"),
        " It's\u00a0 fine\u200b",
        "Not at all",
        "PREFER NOT TO SAY ",
    ]
    item = {"positive": ["It’s fine"], "scale": scale, "no_answer": ["Prefer not to say"]}
    assert share(tmp_path, answers, **item) == (4, 5)


def test_several_choices_count_once_for_each_person(tmp_path):
    answers = ["Debt advice;Transport;", "transport;", "Debt advice;", "None of these;"]
    assert share(tmp_path, answers, positive=["Transport"], multiple=";", no_answer=["None of these"]) == (
        2,
        3,
    )


def test_several_choices_without_a_sign_between_them_stop(tmp_path):
    with pytest.raises(EvidentiaError, match="hold several choices") as caught:
        share(tmp_path, ["Debt advice;Transport;", "Transport;"], positive=["Transport", "Transport;"])
    assert 'multiple: ";"' in caught.value.remedy


@pytest.mark.parametrize("word", ["#NULL!", "n/a", "Not stated", "-", "-99"])
def test_a_word_that_may_be_no_answer_stops_where_no_scale_tells(tmp_path, word):
    with pytest.raises(EvidentiaError, match="may be no answer") as caught:
        share(tmp_path, ["Good", word, "Bad"], positive=["Good"])
    assert "row 3" in caught.value.where
    assert share(tmp_path, ["Good", word, "Bad"], positive=["Good"], no_answer=[word]) == (1, 2)


def test_how_each_answer_counts_is_said_where_there_is_no_scale(tmp_path):
    result, _ = run(
        tmp_path, first="n,mood\n1,Good\n2,good\n3,Bad\n4,\n", items={"mood": {"positive": ["Good"]}}, **ONE
    )
    assert "counted as positive: Good (2); not: Bad (1); no answer: 1" in result.messages[0]


def waves(tmp_path, first, second):
    items = {"mood": {"positive": ["Good"], "scale": ["Bad", "Good"]}}
    texts = [
        "person,mood\n" + "".join(f"{id},Good\n{id}x,Bad\n".replace("x", "5") for id in ids)
        for ids in (first, second)
    ]
    _, numbers = run(tmp_path, *texts, items=items, stable=[], invited={})
    return numbers["respondents.both"].value


def test_ids_are_text_to_the_last_digit(tmp_path):
    assert (
        waves(
            tmp_path, ["90000000000000001", "90000000000000002"], ["90000000000000003", "90000000000000004"]
        )
        == 0
    )


def test_a_blank_behind_an_id_is_no_other_person(tmp_path):
    assert waves(tmp_path, ["A01", "A02"], ["A01 ", "A02"]) >= 2


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (["AB1", "AB2"], ["ab1", "ab2"], "capital letters"),
        (["001", "002"], ["1", "2"], "zeros"),
        (["K-1", "K-2"], ["K1", "K2"], "dashes"),
    ],
)
def test_ids_that_would_meet_if_written_alike_are_said(tmp_path, first, second, words):
    with pytest.raises(EvidentiaError, match="no id of first.csv is in second.csv") as caught:
        waves(tmp_path, first, second)
    assert words in str(caught.value)


def test_a_column_for_each_choice_is_no_question_that_all_affirm(tmp_path):
    with pytest.raises(EvidentiaError, match="not ticked") as caught:
        share(tmp_path, ["Housing", "", "Housing", ""], positive=["Housing"])
    assert "rows 3, 5" in caught.value.where
    assert share(tmp_path, ["Housing", "", "Housing"], positive=["Housing"], scale=["Other", "Housing"]) == (
        2,
        2,
    )
