import re

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.core.yamlio import read_yaml


def test_a_mapping_may_take_over_another_and_override_it(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("base: &base {scale: [1, 2], label: One}\nother: {<<: *base, label: Two}\n")
    assert read_yaml(path)["other"] == {"scale": [1, 2], "label": "Two"}


def test_a_key_that_stands_twice_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("one: 1\ntwo: 2\none: 3\n")
    with pytest.raises(EvidentiaError) as caught:
        read_yaml(path)
    assert "'one' stands twice" in caught.value.what
    assert "line 3" in caught.value.where


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("caption: Children: by year", 'quote it: caption: "Children: by year"'),
        ("caption: @all of them", 'quote it: caption: "@all of them"'),
        ("  - label: `code` first", 'quote it: label: "`code` first"'),
        ("\tcaption: A", "indent with spaces"),
    ],
)
def test_a_text_that_yaml_takes_for_its_own_is_to_be_quoted(tmp_path, line, remedy):
    (tmp_path / "a.yaml").write_text(f"first: 1\n{line}\n")
    with pytest.raises(EvidentiaError) as caught:
        read_yaml(tmp_path / "a.yaml")
    assert remedy in caught.value.remedy


def test_a_text_that_a_sign_for_comments_cuts_off_is_named_with_all_others(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(
        "# comment\ntitle: Phase #2\nname: Report # 3\ncolour: #12436D\nlist:\n  - Item #4\n"
        "right: Words # a comment\nday: 2026-11 #now\nquoted: 'Item #5' #so\nfolded: >\n  Item #6\nyes: true #x\n",
        encoding="utf-8",
    )
    with pytest.raises(EvidentiaError) as caught:
        read_yaml(file)
    said = str(caught.value)
    assert re.findall(r"line (\d+)", said) == ["2", "3", "4", "6"]
    assert 'quote it: title: "Phase #2"' in said
    assert 'quote it: colour: "#12436D"' in said


def test_a_sign_for_comments_in_braces_is_the_reason_that_is_said(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("a: {value: Phase #2, unit: text}\nb: {value: x}\n", encoding="utf-8")
    with pytest.raises(EvidentiaError, match='the sign # begins a comment; quote it: value: "Phase #2"'):
        read_yaml(file)
