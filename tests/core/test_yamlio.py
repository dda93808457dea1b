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
