from types import SimpleNamespace

import pytest

from evidentia.config.related import related


def config(**analyses):
    protects = {"a": True, "b": True, "open": False}
    data = {
        name: SimpleNamespace(from_=[], disclosure=SimpleNamespace(protects=protected))
        for name, protected in protects.items()
    }
    found = {name: SimpleNamespace(datasets=lambda names=names: names) for name, names in analyses.items()}
    return SimpleNamespace(data=data, analyses=found)


@pytest.mark.parametrize(
    ("analyses", "expected"),
    [
        ({"x": ["a"], "y": ["b"]}, ["x"]),
        ({"x": ["a"], "y": ["a"], "z": ["open"]}, ["x", "y"]),
        ({"y": ["a", "b"], "z": ["b"], "x": ["a"]}, ["y", "z", "x"]),  # one knows another through a third
        ({"x": ["open"], "y": ["open"]}, ["x"]),
    ],
)
def test_analyses_are_related_by_the_protected_data_that_they_share(analyses, expected):
    assert related(config(**analyses), "x") == expected
