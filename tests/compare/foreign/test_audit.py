"""A document of anybody's, held against a ledger."""

import json
import subprocess

import pytest
from typer.testing import CliRunner

from evidentia.cli import app
from evidentia.compare.documents.passage import Bound, Document, Passage, table_passages
from evidentia.compare.foreign.against import against
from evidentia.compare.foreign.audit import audit
from evidentia.compare.foreign.past import Version, versions
from evidentia.core.paths import BASELINE

WORDS = {
    "visits.north.2021": ("Home visits to families, 2021, Northmoor", 812, "count"),
    "visits.south.2021": ("Home visits to families, 2021, Southfen", 640, "count"),
    "visits.north.2022": ("Home visits to families, 2022, Northmoor", 455, "count"),
    "debt.share.north": ("Families with rent arrears, Northmoor", 0.3149, "proportion"),
    "debt.share.south": ("Families with rent arrears, Southfen", 0.4462, "proportion"),
    "debt.change.estimate": ("Rent arrears, change from 2021 to 2022", -0.052, "percentage_points"),
    "debt.change.p_value": ("Rent arrears, change from 2021 to 2022, p-value", 0.21, "p_value"),
    "course.length": ("Weeks of the parenting course", 9, "weeks"),
    "grant.amount": ("Grant to the parenting course", 125000, "pounds"),
    "teachers.trained": ("Teachers trained in mediation", 57, "count"),
    "ponds.cleaned": ("Ponds cleaned by volunteers", 31, "count"),
}


def ledger(**values):
    found = {}
    for id, (label, value, unit) in WORDS.items():
        value = values.get(id.replace(".", "_"), value)
        found[id] = {"id": id, "value": value, "unit": unit, "label": label, "source": {}, "uses": []}
    return found


def verdicts(text, *, past=(), known=None, **more):
    document = Document("letter.md", "md", [Passage(text, "paragraph 1", **more)])
    return audit(document, known or ledger(), past).verdicts


def only(text, **more):
    found = [verdict for verdict in verdicts(text, **more) if verdict.status != "no quantity"]
    assert len(found) == 1, found
    return found[0]


def test_a_number_is_bound_where_words_unit_and_precision_agree():
    verdict = only("In Northmoor, 31% of families had rent arrears.")
    assert (verdict.status, verdict.ids[0]) == ("bound", "debt.share.north")
    assert verdict.strength in ("strong", "fair")


def test_another_precision_is_held_against_the_unrounded_value():
    assert only("In Northmoor, 31.5% of families had rent arrears.").status == "bound"
    assert only("In Northmoor, 31.4% of families had rent arrears.").status == "without origin"


def test_the_number_of_another_place_is_not_bound_by_its_value():
    verdict = only("In Northmoor, 45% of families had rent arrears.")
    assert verdict.status == "without origin"
    assert "debt.share.north" in verdict.why
    assert "31%" in verdict.why


def test_a_percentage_is_no_number_of_percentage_points():
    assert only("Between 2021 and 2022 rent arrears fell by 5.2 percentage points.").status == "bound"
    assert only("Between 2021 and 2022 rent arrears fell by 5.2%.").status != "bound"


def test_a_value_that_fits_proves_nothing_without_words():
    verdict = only("The choir sang 57 songs.")
    assert verdict.status == "not judged"
    assert verdict.ids == ["teachers.trained"]


def test_a_number_that_fits_nothing_is_without_origin():
    assert only("The choir sang 63 songs.").status == "without origin"


def test_a_number_of_an_earlier_ledger_is_stale_and_says_since_when():
    past = [Version("revision 1234abcd", "2026-02-03", ledger(visits_north_2021=790))]
    verdict = only("In 2021 there were 790 home visits to families in Northmoor.", past=past)
    assert (verdict.status, verdict.ids) == ("stale", ["visits.north.2021"])
    assert verdict.why == "it was 790 in revision 1234abcd of 2026-02-03, and is 812 now"


def test_a_year_says_which_number_is_meant():
    assert only("In 2021, Northmoor had 812 home visits to families.").ids[0] == "visits.north.2021"
    assert only("In 2022, Northmoor had 812 home visits to families.").status == "without origin"


def test_a_rough_number_may_be_rounded():
    assert only("The grant to the parenting course was around £130,000.").status == "bound"
    assert only("The grant to the parenting course was £130,000.").status == "without origin"


def test_a_sum_that_follows_from_two_numbers_is_bound():
    text = "Northmoor had 812 home visits to families in 2021 and Southfen 640 home visits, 1,452 in both."
    assert [item.status for item in verdicts(text) if item.status != "no quantity"] == ["bound"] * 3


def test_the_documents_own_mark_decides():
    marked = only("It rose to 57.", bound=(Bound(11, 13, "teachers.trained"),))
    assert (marked.status, marked.strength) == ("bound", "certain")
    wrong = only("It rose to 58.", bound=(Bound(11, 13, "teachers.trained"),))
    assert (wrong.status, wrong.strength) == ("without origin", "certain")


def test_a_sentence_of_the_report_is_known_again_whatever_its_numbers():
    known = ledger()
    use = {
        "chapter": "one",
        "anchor": "n-1",
        "printed": "57",
        "line": 3,
        "sentence": "The second group had 57.",
    }
    known["teachers.trained"]["uses"] = [use]
    assert only("The second group had 57.", known=known).ids == ["teachers.trained"]
    wrong = only("The second group had 59.", known=known)
    assert (wrong.status, wrong.strength) == ("without origin", "certain")
    assert "teachers.trained, which is 57" in wrong.why


def test_cells_are_judged_by_what_heads_their_row_and_column():
    rows = [["Families with rent arrears (%)", "Share"], ["Northmoor", "31"], ["Southfen", "46"]]
    cells = list(table_passages(rows, 1, "table 1", (), caption=""))
    found = audit(Document("letter.md", "md", cells), ledger()).verdicts
    assert [(item.number.text, item.status) for item in found] == [("31", "bound"), ("46", "without origin")]
    assert found[1].place == "table 1, row 3, column 2"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Home visits to families in Northmoor rose from 812 in 2021 to 455 in 2022.", "rose"),
        ("Rent arrears increased by 5.2 percentage points between 2021 and 2022.", "increased"),
        (
            "Families with rent arrears were fewer in Southfen, 45% of families with rent arrears, than in Northmoor"
            " with 31% of families with rent arrears.",
            "fewer",
        ),
        (
            "The change in rent arrears from 2021 to 2022 was significant (p-value 0.21 = p = 0.21).",
            "significant",
        ),
    ],
)
def test_words_that_the_ledger_contradicts_are_named(text, what):
    found = audit(Document("letter.md", "md", [Passage(text, "paragraph 1")]), ledger()).remarks
    assert what in found[0].what


def test_words_that_agree_are_not_named():
    texts = (
        "Home visits to families in Northmoor fell from 812 in 2021 to 455 in 2022.",
        "Rent arrears fell by 5.2 percentage points between 2021 and 2022.",
        "The change in rent arrears from 2021 to 2022 was not significant (p = 0.21).",
    )
    document = Document("letter.md", "md", [Passage(text, "paragraph 1") for text in texts])
    assert not audit(document, ledger()).remarks


def test_a_passage_without_end_is_judged_in_parts():
    text = "In Northmoor, 31% of families had rent arrears. " * 2000
    found = verdicts(text)
    assert len(found) == 2000
    assert {item.status for item in found} == {"bound"}


def test_the_summary_says_what_share_could_be_judged():
    text = "In Northmoor, 31% of families had rent arrears. The choir sang 57 songs in 2021."
    found = audit(Document("letter.md", "md", [Passage(text, "paragraph 1")]), ledger())
    assert found.counts()["no quantity"] == 1
    assert found.judged == 0.5


def put(folder, name, numbers):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"schema": 1, "evaluation": "e", "numbers": list(numbers.values())}))
    return path


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_the_past_is_the_history_of_the_accepted_numbers(tmp_path):
    git(tmp_path, "init", "-q")
    for visits in (790, 812):
        put(tmp_path, BASELINE, ledger(visits_north_2021=visits))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "accept")
    found, remarks = versions(tmp_path)
    assert [version.ledger["visits.north.2021"]["value"] for version in found] == [812, 790]
    assert all(version.date for version in found)
    assert not remarks


def test_the_past_can_be_a_folder_of_ledgers(tmp_path):
    put(tmp_path, "old/2024.json", ledger(visits_north_2021=1))
    put(tmp_path, "old/2025.json", ledger(visits_north_2021=2))
    found, _ = versions(tmp_path, [str(tmp_path / "old")])
    assert [version.ledger["visits.north.2021"]["value"] for version in found] == [2, 1]


def run(*arguments):
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def test_the_command_prints_a_line_each_and_a_summary_and_exits_with_1(tmp_path):
    put(tmp_path, BASELINE, ledger())
    letter = tmp_path / "letter.md"
    letter.write_text(
        "In Northmoor, 31% of families had rent arrears.\n\nIn Southfen, 31% of families had rent arrears.\n"
    )
    done = run(letter, "-C", tmp_path)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("line 1: 31%: bound to debt.share.north (strong)")
    assert lines[1].startswith(
        "line 3: 31%: without origin: the words speak of debt.share.south, which is 45%"
    )
    assert (
        "Of the 2: 1 bound (0 certain, 1 strong, 0 fair), 0 stale, 1 without origin, 0 not judged."
        in done.stdout
    )
    assert run(letter, "-C", tmp_path, "--fail-on", "stale").exit_code == 0


def test_json_has_every_number(tmp_path):
    put(tmp_path, BASELINE, ledger())
    letter = tmp_path / "letter.md"
    letter.write_text("In Northmoor, 31% of families had rent arrears in 2021.\n")
    done = run(letter, "-C", tmp_path, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [(item["printed"], item["status"]) for item in found["numbers"]] == [
        ("31%", "bound"),
        ("2021", "no quantity"),
    ]


def test_a_ledger_that_travels_in_the_document_is_taken_where_the_folder_has_none(tmp_path):
    from sent_document import write

    back = write(tmp_path / "back.docx")
    done = run(back, "-C", tmp_path / "nowhere", "--json")
    found = json.loads(done.stdout)
    assert [(item["printed"], item["ids"]) for item in found["numbers"]] == [
        ("341", ["plots.2022"]),
        ("26%", ["tools.share"]),
    ]
    assert "travels in" in found["notes"][0]


def test_without_a_ledger_the_command_says_what_to_do(tmp_path):
    letter = tmp_path / "letter.md"
    letter.write_text("31%\n")
    done = run(letter, "-C", tmp_path)
    assert "there is no ledger to compare with" in str(done.exception)


def test_a_label_that_is_said_whole_is_meant_however_common_its_words_are():
    known = {
        id: {"id": id, "value": value, "unit": "ratio", "label": label, "source": {}, "uses": []}
        for id, label, value in (
            ("weights.largest", "Largest weight", 2.39),
            ("difference.weighted", "Largest standardised mean difference, with weight", 0.05),
            ("difference.plain", "Largest standardised mean difference, without weight", 0.35),
            *(
                (f"weight.{name}", f"Weight of {name}, largest share", 1.5)
                for name in ("age", "place", "need")
            ),
        )
    }
    text = "The largest standardised mean difference fell to 0.05 with weights. The largest weight was 2.39."
    verdict = next(item for item in verdicts(text, known=known) if item.number.text == "2.39")
    assert (verdict.status, verdict.ids) == ("bound", ["weights.largest"])


def test_the_counterpart_of_a_number_may_be_said_without_its_name():
    first, second = verdicts("In Northmoor, 31% of families had rent arrears, and elsewhere 45%.")
    assert (first.ids[0], second.status, second.ids) == ("debt.share.north", "bound", ["debt.share.south"])
    wrong = verdicts("In Northmoor, 31% of families had rent arrears, and elsewhere 47%.")[-1]
    assert wrong.status == "without origin"


def test_a_ledger_that_is_named_brings_the_data_behind_its_tables(tmp_path):
    (tmp_path / "build").mkdir()
    named = tmp_path / "build" / "numbers.json"
    named.write_text(json.dumps({"schema": 1, "numbers": list(ledger().values())}))
    assert against(tmp_path, str(named)).build == tmp_path / "build"
