"""A signature stands as long as nothing moves that it covers, and lapses alone."""

import datetime
from pathlib import Path

import pytest
import yaml

from evidentia.assurance.items import _label
from evidentia.assurance.logs import load_assumptions, load_data_log
from evidentia.assurance.show import as_json, assurance_page, screen_lines
from evidentia.assurance.sign import assured, refuse_unassured, sign
from evidentia.assurance.signatures import load_signatures
from evidentia.assurance.validity import Signed
from evidentia.audit.quality_assurance import assurance_checks
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.plan.changes import freeze
from plan.trial import CHAPTER, CONFIG, configure, write_trial
from reliability.small import run_rules

DAY = datetime.date(2025, 6, 1)
FIGURES = {
    name: {"kind": "rct_effects", "analysis": name, "caption": f"Effect on {name}", "alt": "The effect"}
    for name in ("reading", "attendance")
}
ROLES = {
    "analyst": {"names": ["A. Wren"]},
    "assurer": {"names": ["R. Okafor", "B. Hale"]},
    "approver": {"names": ["J. Lind"], "kinds": ["report", "chapter"]},
}
EVALUATION = CONFIG["evaluation"]


def config_of(folder):
    return load_config(folder, check_files=False)


def draft(folder) -> Path:
    return folder / "build" / "draft"


def build(folder):
    run_rules(folder, until="compose")


def put(folder, role, *wanted, name):
    return sign(config_of(folder), folder, draft(folder), role, wanted, name, DAY)


def state(folder):
    found = assured(config_of(folder), folder, draft(folder))
    return {(one.signature.role, one.signature.item): one.moved for one in found.signed}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = write_trial(tmp_path_factory.mktemp("signed") / "trial", plan=None, figures=FIGURES)
    build(folder)
    return folder


@pytest.fixture
def folder(built, tmp_path):
    import shutil

    return Path(shutil.copytree(built, tmp_path / "trial"))


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def move_attendance(folder):
    """Change one record's attendance, which moves no number of reading."""
    lines = (folder / "data" / "pupils.csv").read_text().splitlines()
    lines[1] = lines[1].rpartition(",")[0] + ",80.0"
    (folder / "data" / "pupils.csv").write_text("\n".join(lines) + "\n")
    build(folder)


def test_a_moved_number_lapses_one_signature_and_no_other(folder):
    put(folder, "assurer", "figure:reading", "figure:attendance", "table:effects", name="R. Okafor")
    assert set(state(folder).values()) == {()}
    move_attendance(folder)
    lapsed = {item: moved for (_, item), moved in state(folder).items() if moved}
    assert list(lapsed) == ["figure:attendance"]
    assert all(text.startswith("the row") for text in lapsed["figure:attendance"])


def test_a_lapsed_claim_names_the_number_with_its_old_and_new_form(folder):
    claims = [id for id in assured(config_of(folder), folder, draft(folder)).items if id.startswith("claim:")]
    put(folder, "assurer", "claim:*", name="R. Okafor")
    edit(folder, "data/pupils.csv", "\np2,usual,", "\np2,programme,")
    build(folder)
    moved = [text for texts in state(folder).values() for text in texts]
    assert len(claims) == 3
    assert any(text.startswith("reading.effect.estimate moved: 5.9") and " to " in text for text in moved)
    assert not any("words" in text for text in moved)


def test_changed_words_lapse_the_claim_and_its_chapter_alone(folder):
    put(folder, "assurer", "claim:*", "chapter:findings", "figure:reading", name="R. Okafor")
    edit(folder, "report/findings.qmd", "Attendance may have", "Attendance could have")
    build(folder)
    lapsed = {item.split(".")[0]: moved for (_, item), moved in state(folder).items() if moved}
    assert lapsed == {"claim:findings": ("the words changed",), "chapter:findings": ("the words changed",)}


def test_another_form_of_a_number_lapses_the_claim(folder):
    put(folder, "assurer", "claim:*", name="R. Okafor")
    edit(folder, "report/findings.qmd", '"1dp"', '"2dp"')
    build(folder)
    assert [moved for moved in state(folder).values() if moved] == [("the words changed",)]


def test_a_number_that_the_appendix_on_the_plan_alone_prints_lapses_the_report(tmp_path):
    folder = write_trial(tmp_path / "trial", figures={"reading": FIGURES["reading"]})
    freeze(folder, config_of(folder), DAY)
    build(folder)
    put(folder, "approver", "report", "chapter:*", name="J. Lind")
    move_attendance(folder)
    lapsed = {item: moved for (_, item), moved in state(folder).items() if moved}
    assert set(lapsed) == {"chapter:plan-and-changes", "report"}
    assert any(text.startswith("attendance.effect.estimate moved") for text in lapsed["report"])


def test_two_chapters_of_one_name_are_two_items(tmp_path):
    chapters = ["report/findings.qmd", "more/findings.qmd"]
    folder = write_trial(tmp_path / "trial", plan=None, report={"chapters": chapters, "engine": "pandoc"})
    (folder / "more").mkdir()
    (folder / "more" / "findings.qmd").write_text("# More {#sec-more}\n\nMore words.\n", encoding="utf-8")
    build(folder)
    known = assured(config_of(folder), folder, draft(folder)).items
    assert [id for id in known if id.startswith("chapter:")] == [
        "chapter:report/findings",
        "chapter:more/findings",
    ]


def test_an_item_that_cannot_be_one_is_said_with_examples(folder):
    configure(folder, plan=None, assurance={"final": [{"role": "assurer", "items": ["claims:*"]}]})
    with pytest.raises(EvidentiaError, match="'claims:\\*' does not fit the key 'items'") as caught:
        config_of(folder)
    assert "such as report, figure:*, chapter:summary" in caught.value.remedy


def test_a_claim_is_called_by_its_words_without_marks_and_gaps():
    said = "Pupils read better [\\[synthetic\\]]{.synthetic} by 5.9 points (p = 0.005; )."
    assert _label(said) == "Pupils read better by 5.9 points (p = 0.005)."


def test_of_very_much_that_moved_the_first_is_told():
    moved = tuple(f"row {place} changed" for place in range(12))
    told = Signed(None, "Effect", moved).told
    assert told.startswith("row 0 changed; row 1 changed")
    assert told.endswith("row 7 changed; and 4 more")


def test_a_build_of_the_same_lapses_nothing(folder):
    put(folder, "assurer", "*", name="R. Okafor")
    build(folder)
    assert set(state(folder).values()) == {()}


def test_what_is_no_longer_in_the_report_is_said(folder):
    put(folder, "assurer", "figure:attendance", name="R. Okafor")
    configure(folder, plan=None, figures={"reading": FIGURES["reading"]})
    build(folder)
    assert state(folder) == {("assurer", "figure:attendance"): ("it is no longer in the report",)}


def test_a_newer_signature_renews_what_lapsed(folder):
    put(folder, "assurer", "figure:attendance", name="R. Okafor")
    move_attendance(folder)
    put(folder, "assurer", "figure:attendance", name="B. Hale")
    assert state(folder) == {("assurer", "figure:attendance"): ()}
    assert len(list((folder / "assurance").iterdir())) == 2


FINAL = {
    "roles": ROLES,
    "final": [{"role": "assurer", "items": ["figure:*"]}, {"role": "approver", "items": ["report"]}],
}


def finally_(folder, **assurance):
    configure(
        folder,
        plan=None,
        figures=FIGURES,
        evaluation={**EVALUATION, "status": "final"},
        assurance={**FINAL, **assurance},
    )
    refuse_unassured(config_of(folder), folder, draft(folder))


def test_a_final_report_needs_the_signatures_that_the_configuration_asks_for(folder):
    with pytest.raises(EvidentiaError) as caught:
        finally_(folder)
    assert "needs the assurer's signature on figure:reading" in str(caught.value)
    assert "needs the approver's signature on report" in str(caught.value)
    put(folder, "assurer", "figure:*", name="R. Okafor")
    put(folder, "approver", "report", name="J. Lind")
    finally_(folder)
    move_attendance(folder)
    with pytest.raises(
        EvidentiaError, match="the assurer's signature on figure:attendance has lapsed"
    ) as caught:
        finally_(folder)
    assert "figure:reading" not in str(caught.value)
    configure(folder, plan=None, figures=FIGURES, assurance=FINAL)
    refuse_unassured(config_of(folder), folder, draft(folder))  # a draft may be unsigned


def test_a_signature_that_nothing_can_give_is_named(folder):
    with pytest.raises(EvidentiaError, match="sign figure:flow, and nothing is so called"):
        finally_(folder, final=[{"role": "assurer", "items": ["figure:flow"]}])


def test_who_may_not_sign_is_told_who_may(folder):
    configure(folder, plan=None, figures=FIGURES, assurance=FINAL)
    with pytest.raises(EvidentiaError, match="A. Wren may not sign as assurer") as caught:
        put(folder, "assurer", "report", name="A. Wren")
    assert "R. Okafor or B. Hale" in caught.value.remedy
    with pytest.raises(EvidentiaError, match="the approver may not sign figure:reading"):
        put(folder, "approver", "figure:reading", name="J. Lind")
    with pytest.raises(EvidentiaError, match="lets nobody sign as commissioner"):
        put(folder, "commissioner", "report", name="J. Lind")


def test_the_analyst_is_not_the_assurer(folder):
    put(folder, "analyst", "figure:reading", name="A. Wren")
    with pytest.raises(EvidentiaError, match="a. wren  has signed as analyst and cannot sign as assurer too"):
        put(folder, "assurer", "table:effects", name="a. wren ")
    configure(folder, plan=None, assurance={"roles": {**ROLES, "assurer": {"names": ["a. WREN"]}}})
    with pytest.raises(EvidentiaError, match="a. WREN is named as analyst and as assurer"):
        config_of(folder)


def test_two_files_by_one_name_in_both_roles_are_seen(folder):
    put(folder, "analyst", "figure:reading", name="A. Wren")
    other = next((folder / "assurance").iterdir())
    other.rename(folder / "aside.yaml")
    put(folder, "assurer", "figure:reading", name="A. Wren")
    (folder / "aside.yaml").rename(other)
    with pytest.raises(EvidentiaError, match="A. Wren has signed as"):
        finally_(folder, roles={}, final=[{"role": "assurer", "items": ["figure:reading"]}])


def test_an_edited_signature_is_refused(folder):
    path, _ = put(folder, "assurer", "figure:reading", name="R. Okafor")
    edit(folder, path.relative_to(folder), "R. Okafor", "B. Hale")
    with pytest.raises(EvidentiaError, match="edited by hand"):
        load_signatures(folder)


def test_an_unknown_item_names_the_nearest(folder):
    with pytest.raises(EvidentiaError, match="nothing called 'figure:raeding'") as caught:
        put(folder, "assurer", "figure:raeding", name="R. Okafor")
    assert "figure:reading" in caught.value.remedy


def test_the_screen_the_page_and_json_say_the_same(folder):
    put(folder, "assurer", "figure:reading", "figure:attendance", name="R. Okafor")
    move_attendance(folder)
    found = assured(config_of(folder), folder, draft(folder))
    text = "\n".join(screen_lines(found))
    assert "1 of 2 signatures stand; 1 lapsed." in text
    assert "LAPSED: the row" in text
    assert "Lapsed</span>: the row" in assurance_page(found, config_of(folder))
    assert [row["stands"] for row in as_json(found)["signed"]] == [True, False]


ASSUMPTIONS = {
    "assumptions": {
        "stable": {
            "words": "Schools taught reading as before",
            "basis": "Visits to 6 schools",
            "quality": "low",
            "impact": "high",
            "numbers": ["reading.effect.estimate"],
        }
    }
}
DATA = {
    "data": {
        "pupils": {
            "source": "School register",
            "release": "2025-01-31",
            "owner": "The county",
            "quality": "Checked by schools",
            "limits": "No pupils who moved away",
        }
    }
}


def write_logs(folder, assumptions=ASSUMPTIONS, data=DATA):
    (folder / "assurance").mkdir(exist_ok=True)
    (folder / "assurance" / "assumptions.yaml").write_text(yaml.safe_dump(assumptions), encoding="utf-8")
    (folder / "assurance" / "data.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")


def test_the_logs_feed_the_quality_log(folder):
    write_logs(folder)
    put(folder, "analyst", "assumption:stable", name="A. Wren")
    lines = {check.what: check for check in assurance_checks(config_of(folder), folder)}
    weak = lines["Assumption stable: Schools taught reading as before"]
    assert weak.passed is False  # weak evidence for what matters most
    assert weak.stage == "Design"
    logged = lines["Data set pupils: source, release, owner, quality and limits are logged"]
    assert "owner The county" in logged.result
    assert logged.passed


def test_without_logs_the_quality_log_says_so(folder):
    said = [check.result for check in assurance_checks(config_of(folder), folder)]
    assert "there is no log (assurance/assumptions.yaml)" in said
    assert "there is no log (assurance/data.yaml)" in said


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ({"assumptions": {"x": {"words": "It holds"}}}, "'basis' is missing"),
        (
            {"assumptions": {"x": {**ASSUMPTIONS["assumptions"]["stable"], "quality": "fair"}}},
            "high, medium or low",
        ),
        ({"assumptions": {"x": {**ASSUMPTIONS["assumptions"]["stable"], "why": "?"}}}, "unknown key 'why'"),
        ({"assumption": {}}, "the one key 'assumptions'"),
    ],
)
def test_a_mistake_in_the_log_of_assumptions_is_named(folder, log, said):
    write_logs(folder, assumptions=log)
    with pytest.raises(EvidentiaError) as caught:
        load_assumptions(folder)
    assert said in str(caught.value)


def test_a_data_set_that_the_configuration_does_not_name_is_refused(folder):
    write_logs(folder, data={"data": {"pupil": DATA["data"]["pupils"]}})
    with pytest.raises(EvidentiaError, match="the data log has 'pupil'") as caught:
        load_data_log(folder, config_of(folder).data)
    assert "pupils" in caught.value.remedy


def test_words_of_the_chapter_hold_three_claims():
    assert CHAPTER.count("{% claim") == 3  # what the tests above count on
