"""Answers in numbers, some of which are codes for none."""

import pandas as pd
import pytest

from evidentia.data.table import DataTable
from evidentia.designs.panel_survey.item_faults import item_faults
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave


def faults(answers, **item):
    settings = PanelSurveySettings.model_validate(
        {"design": "panel_survey", "data": {"wave_1": "w"}, "items": {"q": {"positive": ["4", "5"], **item}}}
    )
    frame = pd.DataFrame({"q": answers}, index=range(2, len(answers) + 2))
    wave = Wave(DataTable(frame, "w.csv", "x"), pd.Series(map(str, frame.index), index=frame.index))
    return [str(fault) for fault in item_faults(settings, "q", settings.items["q"], {"wave_1": wave})]


def test_codes_far_beyond_a_scale_of_numbers_have_to_be_explained():
    (said,) = faults([4, 5, 98, 2, 99])
    assert "'98', '99' may be no answer" in said
    assert "rows 4, 6" in said


@pytest.mark.parametrize(
    ("answers", "item"),
    [
        ([4, 5, 98, 2, 99], {"no_answer": ["98", "99"]}),
        ([4, 5, 30, 98], {}),  # marks up to 100
        ([4, 5, 10, 7], {}),
    ],
)
def test_codes_that_are_explained_or_marks_of_a_long_scale_are_none(answers, item):
    assert faults(answers, **item) == []


@pytest.mark.parametrize("words", ["Don\u2019t know", "Prefer not to say", "Refused", "Not applicable"])
def test_words_that_may_be_no_answer_have_to_be_explained_where_no_scale_tells(words):
    answers = ["4", words, "5", "2"]
    (said,) = faults(answers)
    assert "may be no answer to the item 'q', or one" in said
    assert faults(answers, no_answer=[words]) == faults(answers, scale=["2", "4", "5", words]) == []
