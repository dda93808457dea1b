"""Headline figures: a bound number with its words, source and strength of evidence."""

import pytest

from evidentia.compose.chapters import compose
from evidentia.compose.grades import grade_entries
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from folders import MINIMAL, write_folder


def entry(id, value, unit, **more):
    return {"id": id, "value": value, "unit": unit, "label": id, "source": {"basis": "computed"}, **more}


LEDGER = {
    item["id"]: item
    for item in [
        entry("rates.gap", 0.11, "percentage_points"),
        entry("rates.sms_level", 1, "count", formula="An area beside others"),
        entry("maryland.highest", 5, "count"),
    ]
}


def composed(tmp_path, call: str):
    config = MINIMAL | {"report": {"chapters": ["report/a.qmd"]}}
    folder = write_folder(tmp_path, config, report__a_qmd="")
    (folder / "report").mkdir(exist_ok=True)
    (folder / "report" / "a.qmd").write_text(
        "# A {#sec-a}\n\n:::: {.at-a-glance}\n\n{{ " + call + " }}\n\n::::\n"
    )
    return compose(load_config(folder), folder, LEDGER, {})


def test_a_headline_has_its_number_source_and_strength_with_reason(tmp_path):
    text = composed(
        tmp_path,
        'headline("rates.gap", words="lower than before.", claim="rates.gap > 0", source="Release A",'
        ' strength="rates")',
    ).text
    for part in ("[[11\N{NO-BREAK SPACE}percentage points]{#n-", "]{.headline-number} lower than before."):
        assert part in text
    assert "Source: Release A." in text
    for part in ("level [1]{#n-", "of [5]{#n-", "Scale. An area beside others."):
        assert part in text


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('headline("rates.gap", words="lower.", claim="rates.gap < 0")', "a claim no longer holds"),
        ('headline("rates.gap", words="of 300 people")', "'300' is typed"),
        ('headline("rates.gap", words="lower", strength="survey")', "has no level of evidence"),
    ],
)
def test_a_headline_that_cannot_stand_is_named(tmp_path, call, expected):
    with pytest.raises(EvidentiaError) as caught:
        composed(tmp_path, call)
    assert expected in str(caught.value)
    assert "report/a.qmd, line 5" in str(caught.value)


def test_each_analysis_that_compares_gets_its_level_in_the_ledger(tmp_path):
    config = load_config(write_folder(tmp_path))
    levels = {item["id"]: item["value"] for item in grade_entries(config, [])}
    assert levels == {"rates.sms_level": 1, "maryland.highest": 5}
