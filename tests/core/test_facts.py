import pytest

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.facts import load_facts

FACT = "{value: 52, unit: count, label: Interviewees, document: rr, place: page 16}"


def write(tmp_path, facts: str):
    path = tmp_path / "facts.yaml"
    path.write_text(f"documents:\n  rr: A report\nfacts:\n{facts}\n")
    return path


def test_a_fact_becomes_an_entry_with_document_and_place(tmp_path):
    (entry,) = load_facts(write(tmp_path, f"  staff.interviews: {FACT}"))
    assert entry["value"] == 52
    assert entry["source"] == {"basis": "stated", "document": "A report", "place": "page 16"}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("  interviews: " + FACT, "at least two parts"),
        ("  staff.interviews: " + FACT.replace("unit: count", "unit: counts"), "did you mean 'count'"),
        ("  staff.interviews: " + FACT.replace("document: rr", "document: rx"), "is not listed"),
        ("  staff.interviews: " + FACT.replace(", place: page 16", ""), "'place' is missing"),
        ("  staff.interviews: " + FACT.replace("place", "plcae"), "did you mean 'place'"),
        ("  staff.interviews: " + FACT.replace("52", "many"), "does not fit the unit"),
    ],
)
def test_a_wrong_fact_names_file_line_and_remedy(tmp_path, fact, expected):
    with pytest.raises(EvidentiaError) as caught:
        load_facts(write(tmp_path, fact))
    assert expected in str(caught.value)
    assert "facts.yaml, line 4" in str(caught.value)


def test_several_wrong_facts_are_said_in_one_go(tmp_path):
    bad = FACT.replace("count", "cuont")
    with pytest.raises(Problems) as caught:
        load_facts(write(tmp_path, f"  a.b: {bad}\n  c.d: {bad}"))
    assert len(caught.value.faults) == 2


def test_all_mistakes_of_a_fact_are_said_in_one_go(tmp_path):
    with pytest.raises(Problems) as caught:
        load_facts(write(tmp_path, "  start: {value: May 2017, unit: date, labl: Start, document: rx}"))
    said = str(caught.value)
    for what in (
        "programme.start",
        "'labl'",
        "'label' is missing",
        "'place' is missing",
        "'rx' is not listed",
        "'May 2017'",
    ):
        assert what in said, what
    assert "value: 2026-11" in said


def test_a_section_of_another_name_or_shape_is_named(tmp_path):
    (tmp_path / "facts.yaml").write_text("fact:\n  a.b: {}\n")
    with pytest.raises(EvidentiaError, match="unknown key 'fact'"):
        load_facts(tmp_path / "facts.yaml")
    (tmp_path / "facts.yaml").write_text("facts:\n  - a.b\n")
    with pytest.raises(EvidentiaError, match="no list of names"):
        load_facts(tmp_path / "facts.yaml")
