import pytest
from pydantic import ValidationError

from evidentia.compose.digits import typed_digits
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.tables import Link, Ref, Rests
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from evidentia.designs.evidence.analyse import analyse
from evidentia.designs.evidence.display import grid_data, grid_rows, reasons_rows
from evidentia.designs.evidence.settings import (
    EvidenceGridFigure,
    EvidenceGridTable,
    EvidenceReasonsTable,
    EvidenceSettings,
)
from folders import ENGINE

TEXT = """kind,item,source,direction,strength,reason,condition,sections
practice feature,talk,survey,positive,moderate,Most say so,staff.talk.share > 0.5,sec-talk
practice feature,talk,visits,no evidence,none,Not observed,,
outcome,calm,survey,no change,weak,Asked twice,staff.calm.p_value > 0.05,
outcome,calm,visits,mixed,strong,Some do and some do not,,sec-calm sec-talk
"""
SETTINGS = {
    "design": "evidence",
    "data": "coded",
    "features": {"talk": "Talking together"},
    "outcomes": {"calm": "Calmer homes"},
    "sources": {"survey": "Survey", "visits": "Visits"},
}


def run(folder, text=TEXT, **settings):
    (folder / "coded.csv").write_text(text, encoding="utf-8")
    chosen = EvidenceSettings.model_validate({**SETTINGS, **settings})
    result = analyse(chosen, {"coded": read_table(folder, "coded.csv", None)})
    return chosen, result, {number.id: number for number in result.numbers}


def test_each_cell_has_direction_and_strength_as_text(tmp_path):
    _, _, numbers = run(tmp_path)
    assert (numbers["talk.survey.direction"].value, numbers["talk.survey.strength"].value) == (
        "positive",
        "moderate",
    )
    assert (numbers["talk.visits.direction"].value, numbers["talk.visits.strength"].value) == (
        "no evidence",
        "none",
    )
    assert numbers["calm.survey.direction"].unit == "text"


def test_no_evidence_is_counted_as_none_and_no_change_as_evidence(tmp_path):
    _, _, numbers = run(tmp_path)
    assert [numbers[f"{item}.sources"].value for item in ("talk", "calm")] == [1, 2]
    assert [numbers[f"{item}.positive"].value for item in ("talk", "calm")] == [1, 0]
    assert [numbers[f"{part}.without_evidence"].value for part in ("features", "outcomes")] == [0, 0]


def test_conditions_carry_row_item_source_and_coded_direction(tmp_path):
    _, result, _ = run(tmp_path)
    first = result.conditions[0]
    assert first.text == "staff.talk.share > 0.5"
    assert first.where == "coded.csv, row 2"
    assert "practice feature 'talk', source 'survey', coded positive" in first.what
    assert len(result.conditions) == 2


def test_the_grid_is_shown_in_the_order_of_the_settings(tmp_path):
    settings, result, _ = run(tmp_path)
    table = EvidenceGridTable.model_validate({"kind": "evidence_grid", "analysis": "grid", "caption": "c"})
    assert grid_rows(table, settings, result).rows == [
        [
            "Talking together",
            ("Positive, moderate", Rests("staff.talk.share > 0.5")),
            "No evidence",
            Ref("grid.talk.sources"),
        ],
        [
            "Calmer homes",
            ("No change, weak", Rests("staff.calm.p_value > 0.05")),
            "Mixed, strong",
            Ref("grid.calm.sources"),
        ],
    ]
    figure = EvidenceGridFigure.model_validate(
        {"kind": "evidence_grid", "analysis": "grid", "caption": "c", "alt": "a"}
    )
    second = grid_data(figure, settings, result).rows[1]
    assert second == [
        "Practice feature",
        "Talking together",
        "Visits",
        "no evidence",
        "none",
        "Not observed",
        "",
    ]


def test_reasons_leave_out_silent_cells_unless_asked(tmp_path):
    settings, result, _ = run(tmp_path)
    raw = {"kind": "evidence_reasons", "analysis": "grid", "caption": "c"}
    rows = reasons_rows(EvidenceReasonsTable.model_validate(raw), settings, result).rows
    assert len(rows) == 3
    why = ("Some do and some do not (", Link("sec-calm"), ", ", Link("sec-talk"), ")")
    assert rows[2] == ["Calmer homes", "Visits", "Mixed, strong", why]
    assert (
        len(
            reasons_rows(
                EvidenceReasonsTable.model_validate(raw | {"without_evidence": True}), settings, result
            ).rows
        )
        == 4
    )


@pytest.mark.parametrize(
    ("old", "new", "what", "where", "remedy"),
    [
        (
            "feature,talk,survey",
            "feature,talks,survey",
            "unknown practice feature 'talks'",
            "row 2, column item",
            "'talk'",
        ),
        (
            "feature,talk,survey",
            "feature,calm,survey",
            "unknown practice feature 'calm'",
            "row 2, column item",
            "talk",
        ),
        (
            "outcome,calm,survey",
            "outcome,clam,survey",
            "unknown outcome 'clam'",
            "row 4, column item",
            "'calm'",
        ),
        ("talk,survey", "talk,surveys", "unknown source 'surveys'", "row 2, column source", "'survey'"),
        (
            "positive,moderate",
            "positiv,moderate",
            "unknown direction 'positiv'",
            "row 2, column direction",
            "'positive'",
        ),
        (
            "positive,moderate",
            "positive,medium",
            "unknown strength 'medium'",
            "row 2, column strength",
            "moderate",
        ),
        ("Most say so", "", "no reason", "row 2, column reason", "one line"),
        (
            "no evidence,none",
            "no evidence,weak",
            "has the strength 'weak'",
            "row 3, column strength",
            "'none'",
        ),
        (
            "Some do and some do not,,sec-calm sec-talk",
            "Some,,",
            "neither a condition nor a section",
            "row 5",
            "sec-",
        ),
        ("sec-calm sec-talk", "calm", "'calm' is not a section's label", "row 5, column sections", "sec-"),
        (
            "practice feature,talk,visits,no evidence,none,Not observed,,\n",
            "",
            "no row for the source 'visits'",
            "coded.csv",
            "'no evidence'",
        ),
        ("calm,visits", "calm,survey", "has 2 rows for the source 'survey'", "rows 4, 5", "keep one"),
        ("direction", "way", "the column 'direction' is missing", "coded.csv", ""),
    ],
)
def test_a_wrong_row_says_what_where_and_what_to_do(tmp_path, old, new, what, where, remedy):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, TEXT.replace(old, new, 1))
    first = caught.value.faults[0] if isinstance(caught.value, Problems) else caught.value
    assert what in first.what
    assert where in first.where
    assert remedy in first.remedy


def allowing(row: int, kinds: str) -> str:
    """Return the text with a column `despite`, filled in one of its rows."""
    lines = TEXT.splitlines()
    return (
        "\n".join(
            [
                f"{lines[0]},despite",
                *(f"{line},{kinds if number == row else ''}" for number, line in enumerate(lines[1:], 2)),
            ]
        )
        + "\n"
    )


def test_a_row_names_the_notes_for_which_its_condition_allows(tmp_path):
    _, result, _ = run(tmp_path, allowing(2, "few_people imputed"))
    assert [condition.despite for condition in result.conditions] == [("few_people", "imputed"), ()]


@pytest.mark.parametrize(
    ("row", "despite", "what", "remedy"),
    [
        (2, "few_peeple", "no note of the kind 'few_peeple'", "few_people"),
        (5, "few_people", "the row has none", "give the condition"),
    ],
)
def test_a_note_that_is_none_or_has_no_condition_is_said(tmp_path, row, despite, what, remedy):
    with pytest.raises(EvidentiaError, match=what) as caught:
        run(tmp_path, allowing(row, despite))
    assert caught.value.where == f"coded.csv, row {row}, column despite"
    assert remedy in caught.value.remedy


def test_an_unknown_practice_feature_gives_one_message(tmp_path):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, TEXT.replace("feature,talk,survey", "feature,talks,survey"))
    assert not isinstance(caught.value, Problems)


def test_an_item_cannot_be_feature_and_outcome(tmp_path):
    with pytest.raises(ValidationError, match="'calm' is a practice feature and an outcome"):
        run(tmp_path, features={"calm": "Calm"})


def default():
    config = load_config(ENGINE, check_files=False)
    settings = config.analyses["evidence"]
    path = config.data[settings.data].path
    return config, settings, path, read_table(ENGINE, path, load_package(ENGINE).schema(path))


def test_the_default_grid_covers_seven_features_and_seven_outcomes_by_six_sources():
    _, settings, path, table = default()
    result = analyse(settings, {settings.data: table})
    numbers = {number.id: number.value for number in result.numbers}
    assert (numbers["features.n"], numbers["outcomes.n"], numbers["sources.n"]) == (7, 7, 6)
    assert len(result.frames["evidence"].rows) == 84
    silent = [item for item in settings.outcomes if numbers[f"{item}.sources"] == 0]
    assert silent == ["days_in_care", "value_for_money"]  # the published chapter covers the other 5


def test_the_default_rows_that_speak_of_numbers_rest_on_conditions():
    _, settings, _, table = default()
    rows = table.frame
    counted = rows[rows["source"].isin(["indicators", "monitoring"]) & (rows["direction"] != "no evidence")]
    assert counted["condition"].notna().all()


def test_the_default_reasons_hold_no_typed_number():
    _, _, path, table = default()
    faults = [fault for reason in table.frame["reason"] for fault in typed_digits(reason, path)]
    assert not faults


def test_the_sections_that_the_default_rows_name_are_in_the_report():
    config, _, _, table = default()
    chapters = "".join((ENGINE / chapter).read_text(encoding="utf-8") for chapter in config.report.chapters)
    named = {label for sections in table.frame["sections"].dropna() for label in sections.split()}
    assert not [label for label in named if f"{{#{label}" not in chapters]
