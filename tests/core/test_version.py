"""The version: said, and held against what an evaluation asks for."""

import pytest

from evidentia.config.load import load_config
from evidentia.core import version as module
from evidentia.core.errors import EvidentiaError
from evidentia.core.version import check_version
from folders import MINIMAL, write_folder


@pytest.fixture
def version(monkeypatch, request):
    monkeypatch.setattr(module, "version", lambda: request.param)


@pytest.mark.parametrize(
    ("version", "asked"),
    [("1.2.0", ">=1.0,<2"), ("1.0.1.dev4", ">=1.0,<2"), ("1.2.0", "==1.2.*"), ("0", ">=3")],
    indirect=["version"],
)
def test_a_version_that_fits_is_let_pass(version, asked):
    check_version(asked, "config.yaml")


@pytest.mark.parametrize("version", ["0.9.1", "2.0.0", "2.1.dev3"], indirect=True)
def test_a_version_that_does_not_fit_is_one_message_with_file_and_line(version, tmp_path):
    folder = write_folder(tmp_path, {**MINIMAL, "engine": ">=1.0,<2"})
    with pytest.raises(EvidentiaError) as caught:
        load_config(folder)
    for part in (
        "Evidentia >=1.0,<2",
        module.version(),
        "key engine",
        "line ",
        'pip install "evidentia>=1.0,<2"',
    ):
        assert part in str(caught.value)


def test_what_names_no_versions_is_shown_an_example(tmp_path):
    folder = write_folder(tmp_path, {**MINIMAL, "engine": "the newest"})
    with pytest.raises(EvidentiaError) as caught:
        load_config(folder)
    assert "'the newest' names no versions" in str(caught.value)
    assert 'engine: ">=1.0,<2"' in str(caught.value)
