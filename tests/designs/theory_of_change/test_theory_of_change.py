import pytest

from evidentia.compose.digits import typed_digits
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.tables import Link
from evidentia.core.yamlio import read_yaml
from evidentia.designs.theory_of_change.analyse import analyse
from evidentia.designs.theory_of_change.display import theory_data, theory_rows
from evidentia.designs.theory_of_change.settings import (
    TheoryOfChangeFigure,
    TheoryOfChangeSettings,
    TheoryOfChangeTable,
)
from folders import ENGINE

TEXT = """origins:
  printed: {label: Printed}
  chapters: {label: From the chapters, assembled: true}
stages:
  why:
    name: Rationale
    elements:
      - {text: Help comes late, origin: printed}
      - {text: Services work apart, origin: chapters, section: sec-context}
  goal:
    name: Impact
    elements:
      - {text: Children are safe, origin: chapters}
"""


def run(folder, monkeypatch, text=TEXT):
    (folder / "theory.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    settings = TheoryOfChangeSettings.model_validate({"design": "theory_of_change", "file": "theory.yaml"})
    return settings, analyse(settings, {})


def test_elements_keep_their_stage_origin_and_section(tmp_path, monkeypatch):
    settings, result = run(tmp_path, monkeypatch)
    table = TheoryOfChangeTable.model_validate({"kind": "theory_of_change", "analysis": "t", "caption": "c"})
    assert theory_rows(table, settings, result).rows == [
        ["Rationale", "Help comes late", "Printed"],
        ["Rationale", "Services work apart", ("Assembled from ", Link("sec-context"))],
        ["Impact", "Children are safe", "From the chapters"],
    ]
    assert {number.id: number.value for number in result.numbers} == {"why.n": 2, "goal.n": 1, "stages.n": 2}
    assert list(result.inputs) == ["theory.yaml"]


def test_a_figure_may_show_some_of_the_stages(tmp_path, monkeypatch):
    settings, result = run(tmp_path, monkeypatch)
    raw = {"kind": "theory_of_change", "analysis": "t", "caption": "c", "alt": "a"}
    figure = TheoryOfChangeFigure.model_validate(raw | {"stages": ["goal"]})
    assert theory_data(figure, settings, result).rows == [
        ["Impact", "Children are safe", "From the chapters"]
    ]
    with pytest.raises(EvidentiaError) as caught:
        theory_data(TheoryOfChangeFigure.model_validate(raw | {"stages": ["goals"]}), settings, result)
    assert "'goal'" in caught.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "what", "line", "remedy"),
    [
        ("origin: printed", "origin: print", "the origin 'print' is not listed", 8, "'printed'"),
        ("text: Help", "txt: Help", "unknown key 'txt'", 8, "'text'"),
        (", origin: printed", "", "the key 'origin' is missing", 8, "text, origin"),
        ("name: Impact", "name:", "the key 'name' is missing", 10, "name, elements"),
        ("{label: Printed}", "Printed", "the origin is not a mapping", 2, "label"),
    ],
)
def test_a_slip_names_its_line(tmp_path, monkeypatch, old, new, what, line, remedy):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, monkeypatch, TEXT.replace(old, new))
    first = caught.value.faults[0] if isinstance(caught.value, Problems) else caught.value
    assert what in first.what
    assert f"theory.yaml, line {line}" in first.where
    assert remedy in first.remedy


def test_a_file_without_stages_says_so(tmp_path, monkeypatch):
    with pytest.raises(EvidentiaError, match="no stages"):
        run(tmp_path, monkeypatch, "origins: {}\n")


def test_the_default_theory_marks_what_is_assembled_and_types_no_number():
    raw = read_yaml(ENGINE / "report" / "theory_of_change.yaml")
    assert list(raw["stages"]) == [
        "rationale",
        "principles",
        "inputs",
        "activities",
        "outputs",
        "outcomes",
        "impact",
    ]
    published = [
        key
        for key, stage in raw["stages"].items()
        for element in stage["elements"]
        if element["origin"] == "published"
    ]
    assert set(published) == {"rationale", "principles"}  # nothing else of the picture is left
    texts = [element["text"] for stage in raw["stages"].values() for element in stage["elements"]]
    assert not [fault for text in texts for fault in typed_digits(text, "theory_of_change.yaml")]
