"""A plan is frozen, its claims are judged, and what changes afterwards is said with day and reason."""

import datetime
import json

import pytest

from evidentia.audit.quality_plan import plan_checks
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.language import speak
from evidentia.plan.changes import changes_of, freeze, record
from evidentia.plan.claim_status import Standing, effects_of
from evidentia.plan.frozen import CHANGES, PLAN, load_frozen
from evidentia.plan.verdicts import verdicts
from plan.trial import CONFIG, configure, with_covariate, write_trial
from plan.trial import PLAN as PLANNED
from reliability.small import run_rules

START = datetime.date(2024, 3, 1)
LATER = datetime.date(2025, 5, 2)


def config_of(folder):
    return load_config(folder, check_files=False)


@pytest.fixture
def trial(tmp_path):
    folder = write_trial(tmp_path / "trial")
    freeze(folder, config_of(folder), START)
    return folder


def lines_of(folder):
    return (folder / "build" / "report.qmd").read_text(encoding="utf-8").splitlines()


def row_with(folder, words):
    return next(line for line in lines_of(folder) if line.startswith("|") and words in line)


def test_claims_say_where_they_stand_how_they_relate_to_the_plan(trial):
    run_rules(trial, until="compose")
    paragraph = next(line for line in lines_of(trial) if line.startswith("Pupils of the programme read"))
    marks = [part.rsplit("[", 1)[1].rstrip("\\]") for part in paragraph.split("]{.standing}")[:-1]]
    assert marks == ["confirmatory", "secondary", "exploratory"]


def test_an_expected_claim_that_fails_is_printed_as_not_supported(trial):
    run_rules(trial, until="compose")
    assert "**Supported**" in row_with(trial, "read better")
    assert "**Not supported**" in row_with(trial, "attend more")
    assert {
        row["id"]: row["result"]
        for row in json.loads((trial / "build/draft/plan.json").read_text())["claims"]
    } == {
        "reads": "supported",
        "attends": "not supported",
    }


def test_a_covariate_added_later_stands_in_the_table_of_deviations(trial):
    configure(trial, analyses=with_covariate(), plan={**PLANNED, "data": "read"})
    record(trial, config_of(trial), "The age groups were taught apart.", LATER)
    run_rules(trial, until="compose")
    row = row_with(trial, "Covariates of the analysis reading")
    for words in ("2 May 2025", "Nothing", "age", "Deviation, after", "The age groups were taught apart."):
        assert words in row
    claim = next(line for line in lines_of(trial) if line.startswith("Pupils of the programme read"))
    assert r"[\[confirmatory, deviates from the plan\]]{.standing}" in claim
    assert r"[\[secondary\]]{.standing}" in claim, "the other analysis is as planned"


def test_a_change_before_the_outcomes_were_read_is_an_amendment_and_moves_the_plan(trial):
    expected = {"reads": {"claim": "reading.effect.estimate > 100", "words": "Reading rises by a lot"}}
    configure(trial, analyses=with_covariate(), plan={**PLANNED, "expected": expected})
    record(trial, config_of(trial), "Agreed with the steering group.", LATER)
    kinds = {change.kind for change in changes_of(load_frozen(trial), config_of(trial), trial)}
    assert kinds == {"Amendment, before the outcomes were read"}
    run_rules(trial, until="compose")
    assert "**Not supported**" in row_with(trial, "Reading rises by a lot")
    assert not any(line.startswith("| Pupils of the programme attend more") for line in lines_of(trial))
    assert any(r"[\[confirmatory\]]{.standing}" in line for line in lines_of(trial))


def test_a_change_without_a_reason_is_listed_and_stops_a_final_report(trial):
    configure(trial, analyses=with_covariate())
    run_rules(trial, until="compose")
    assert "No reason has been given yet." in row_with(trial, "Covariates of the analysis reading")
    configure(trial, analyses=with_covariate(), evaluation={**CONFIG["evaluation"], "status": "final"})
    with pytest.raises(EvidentiaError, match="nobody has said why: covariates of the analysis reading"):
        run_rules(trial, until="compose")


def test_without_a_plan_nothing_is_marked_and_the_quality_log_says_so(tmp_path):
    folder = write_trial(tmp_path / "trial", plan=None)
    run_rules(folder, until="compose")
    text = "\n".join(lines_of(folder))
    assert "standing" not in text
    assert "sec-plan" not in text
    (check,) = plan_checks(config_of(folder), folder)
    assert check.result.startswith("there was no plan")
    assert check.passed is None


def test_the_quality_log_counts_amendments_and_deviations_without_reason(trial):
    configure(trial, analyses=with_covariate())
    frozen, changed = plan_checks(config_of(trial), trial)
    assert "when the outcomes were not yet read, registered at https://example.org" in frozen.result
    assert changed.result == "0 amended, 1 deviating, 1 without a reason"
    assert changed.passed is False


LEDGER = {
    "a.effect.estimate": (1.0, "mean"),
    "a.effect.ci_low": (-1.0, "mean"),
    "a.effect.ci_high": (3.0, "mean"),
    "a.effect.p_value": (0.3, "p_value"),
    "a.share": (0.2, "proportion"),
}


def judged(condition, smallest=None, **more):
    ledger = {id: {"id": id, "value": value, "unit": unit} for id, (value, unit) in LEDGER.items()} | more
    plan = {
        "expected": {"x": {"claim": condition, "words": "It works"}},
        "outcomes": {"primary": ["a.effect"]},
    }
    return verdicts(
        {"plan": {**plan, "minimum_detectable": {"a.effect": smallest} if smallest else {}}}, ledger
    )[0]


@pytest.mark.parametrize(
    ("condition", "smallest", "result"),
    [
        ("a.effect.estimate > 0", None, "supported"),
        ("a.effect.ci_low > 0", None, "not supported"),
        ("a.effect.ci_low > 0", 2.0, "inconclusive"),  # the interval holds 0 and 2
        ("a.effect.ci_low > 0", 4.0, "not supported"),  # an effect of 4 is ruled out
        ("a.effect.gone > 0", None, "inconclusive"),
    ],
)
def test_a_planned_claim_is_supported_not_supported_or_inconclusive(condition, smallest, result):
    assert judged(condition, smallest).result == result


def test_a_note_on_an_estimate_makes_the_planned_claim_inconclusive():
    note = {"id": "a.note.few_people", "value": "an arm has 5 people", "unit": "text", "about": ["a.effect"]}
    verdict = judged("a.effect.estimate > 0", **{"a.note.few_people": note})
    assert (verdict.result, verdict.why) == ("inconclusive", "an arm has 5 people")


def test_a_claim_on_a_derived_number_is_a_claim_on_its_effect():
    ledger = {id: {"value": value} for id, (value, _) in LEDGER.items()}
    ledger["relative"] = {"value": 5.0, "formula": "a.effect.estimate / a.share"}
    assert list(effects_of(["relative"], ledger)) == ["a.effect"]
    assert list(effects_of(["a.share"], ledger)) == []


def test_under_a_plan_frozen_after_reading_every_claim_is_exploratory(tmp_path):
    folder = write_trial(tmp_path / "trial", plan={**PLANNED, "data": "read"})
    freeze(folder, config_of(folder), START)
    assert Standing(load_frozen(folder), []).of_effect("reading.effect") == "exploratory"


def test_a_plan_edited_after_freezing_is_refused(trial):
    text = (trial / PLAN).read_text(encoding="utf-8")
    (trial / PLAN).write_text(text.replace("ci_low > 0", "estimate > 0", 1), encoding="utf-8")
    with pytest.raises(EvidentiaError, match="the plan was changed after it was frozen") as caught:
        load_frozen(trial)
    assert "plan change --reason" in caught.value.remedy


def test_edited_changes_and_those_of_another_plan_are_refused(trial, tmp_path):
    configure(trial, analyses=with_covariate())
    record(trial, config_of(trial), "A reason", LATER)
    changes = (trial / CHANGES).read_text(encoding="utf-8")
    (trial / CHANGES).write_text(changes.replace("A reason", "Another"), encoding="utf-8")
    with pytest.raises(EvidentiaError, match="edited by hand"):
        load_frozen(trial)
    other = write_trial(tmp_path / "other", plan={**PLANNED, "subgroups": ["Girls"]})
    freeze(other, config_of(other), START)
    (other / CHANGES).write_text(changes, encoding="utf-8")
    with pytest.raises(EvidentiaError, match="belong to another plan"):
        load_frozen(other)


def test_a_plan_is_frozen_once_and_a_change_needs_a_reason_and_a_difference(trial):
    with pytest.raises(EvidentiaError, match="frozen since 2024-03-01"):
        freeze(trial, config_of(trial), LATER)
    with pytest.raises(EvidentiaError, match="says what the plan says"):
        record(trial, config_of(trial), "No change", LATER)
    configure(trial, analyses=with_covariate())
    with pytest.raises(EvidentiaError, match="there is no reason"):
        record(trial, config_of(trial), " ", LATER)
    with pytest.raises(EvidentiaError, match="lies before 2024-03-01"):
        record(trial, config_of(trial), "A reason", datetime.date(2024, 2, 1))


def test_outcomes_that_were_read_cannot_be_unread(trial):
    configure(trial, plan={**PLANNED, "data": "read", "subgroups": ["Girls"]})
    record(trial, config_of(trial), "A reason", LATER)
    configure(trial, plan={**PLANNED, "subgroups": ["Boys"]})
    with pytest.raises(EvidentiaError, match="recorded as read") as caught:
        record(trial, config_of(trial), "Another", LATER)
    assert "plan.data: read" in caught.value.remedy


def test_outcomes_that_were_computed_here_are_not_unread(tmp_path):
    folder = write_trial(tmp_path / "trial")
    run_rules(folder, until="values")
    with pytest.raises(EvidentiaError, match="have been computed here"):
        freeze(folder, config_of(folder), START)


def test_a_plan_that_was_taken_out_of_the_configuration_is_missed(trial):
    configure(trial, plan=None)
    with pytest.raises(EvidentiaError, match="has no section 'plan' any more"):
        run_rules(trial, until="compose")


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"outcomes": {"primary": ["raeding.effect"]}}, "did you mean 'reading'"),
        ({"outcomes": {"primary": ["reading.efect"]}}, "no analysis estimates it"),
        ({"sample": {"reading.n.progrm": 3}}, "not in the ledger"),
    ],
)
def test_what_the_plan_names_has_to_be_in_the_ledger(tmp_path, plan, said):
    folder = write_trial(tmp_path / "trial", plan={**PLANNED, **plan})
    with pytest.raises(EvidentiaError) as caught:
        run_rules(folder, until="values")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"data": "unseen"}, "plan.data"),
        ({"expected": {"x": {"claim": "it works", "words": "It works"}}}, "pupils.effect.ci_low > 0"),
        ({"registered": {"link": "osf.io/abc", "date": "2024-01-01"}}, "https://osf.io/abcde"),
        ({"outcomes": {"secondary": ["reading.effect"]}}, "'primary' is missing"),
    ],
)
def test_a_mistake_in_the_section_is_said_with_an_example(tmp_path, plan, said):
    folder = write_trial(tmp_path / "trial", plan={**PLANNED, **plan})
    with pytest.raises(EvidentiaError) as caught:
        config_of(folder)
    assert said in str(caught.value)


def test_names_for_readers_are_no_part_of_the_plan(trial):
    analyses = with_covariate()
    del analyses["reading"]["covariates"]
    analyses["reading"]["label"] = "Score in reading"
    configure(trial, analyses=analyses)
    assert changes_of(load_frozen(trial), config_of(trial), trial) == []


def test_an_analysis_that_the_plan_does_not_know_is_no_deviation(trial):
    analyses = {**CONFIG["analyses"], "more": {**CONFIG["analyses"]["reading"], "covariates": ["age"]}}
    configure(trial, analyses=analyses)
    assert changes_of(load_frozen(trial), config_of(trial), trial) == []


def test_other_rows_of_a_data_set_are_a_changed_exclusion(trial):
    configure(trial, data={"pupils": {**CONFIG["data"]["pupils"], "where": {"arm": ["programme", "usual"]}}})
    (change,) = changes_of(load_frozen(trial), config_of(trial), trial)
    assert (change.difference.kind, change.difference.what) == (
        "exclusion",
        "rows kept of the data set pupils",
    )
    assert change.difference.after == "arm: programme, usual"


def test_a_changed_number_is_said_with_words(trial):
    configure(trial, plan={**PLANNED, "minimum_detectable": {"reading.effect": 3}})
    (change,) = changes_of(load_frozen(trial), config_of(trial), trial)
    assert (change.difference.before, change.difference.after) == ("set to 4.0", "set to 3.0")


def test_an_analysis_left_out_is_a_deviation(trial):
    configure(
        trial,
        analyses={"reading": CONFIG["analyses"]["reading"]},
        plan={**PLANNED, "outcomes": {"primary": ["reading.effect"]}, "expected": {}},
    )
    kinds = {change.difference.kind for change in changes_of(load_frozen(trial), config_of(trial), trial)}
    assert {"analysis", "outcome", "expected claim"} <= kinds


def test_the_appendix_on_the_plan_is_in_the_language_of_the_report(trial):
    configure(trial, evaluation={**CONFIG["evaluation"], "language": "cy-GB"}, analyses=with_covariate())
    try:
        run_rules(trial, until="compose")
    finally:
        speak("en-GB")
    text = "\n".join(lines_of(trial))
    assert "# Y cynllun gwerthuso" in text
    assert "**Heb ei gefnogi**" in row_with(trial, "attend more")
    assert "Heb ei gofnodi" in row_with(trial, "Cydnewidynnau (y dadansoddiad reading)")
    assert "Not recorded" not in text
