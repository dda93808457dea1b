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
