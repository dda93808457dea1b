"""Trust: a folder's programs run only as this user has said that they may."""

import os

import pytest
import yaml

from evidentia.core.errors import EvidentiaError
from evidentia.core.programs import programs_of
from evidentia.core.trust import check_trust, forget, trust, untrusted


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("EVIDENTIA_TRUST", raising=False)
    folder = tmp_path / "evaluation"
    (folder / "analysis").mkdir(parents=True)
    (folder / "analysis" / "own.py").write_text("import helper\n")
    (folder / "analysis" / "helper.py").write_text("x = 1\n")
    write(folder, {"a": {"design": "script", "run": "analysis/own.py"}})
    return folder


def write(folder, analyses, **sections):
    (folder / "config.yaml").write_text(yaml.safe_dump({"analyses": analyses, **sections}))


def test_a_program_and_what_lies_with_it_are_asked_for_before_they_run(folder):
    with pytest.raises(
        EvidentiaError, match=r"analysis/helper.py \(new\), analysis/own.py \(new\)"
    ) as caught:
        check_trust(folder)
    assert "evidentia trust" in caught.value.remedy


def test_what_was_trusted_runs_and_a_change_of_a_helper_asks_again(folder, monkeypatch):
    trust(folder, programs_of(folder))
    assert set(check_trust(folder).files) == {"analysis/own.py", "analysis/helper.py"}
    monkeypatch.delenv("EVIDENTIA_TRUST")
    (folder / "analysis" / "helper.py").write_text("x = 2\n")
    with pytest.raises(EvidentiaError, match=r"analysis/helper.py \(changed\)"):
        check_trust(folder)


def test_a_file_that_appears_beside_a_program_asks_again(folder, monkeypatch):
    trust(folder, programs_of(folder))
    (folder / "analysis" / "pandas.py").write_text("print('mine')\n")
    assert untrusted(folder, programs_of(folder)) == {"analysis/pandas.py": "new"}


def test_jobs_on_another_machine_are_told_what_is_trusted(folder, monkeypatch, tmp_path):
    trust(folder, programs_of(folder))
    check_trust(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    assert os.environ["EVIDENTIA_TRUST"] == programs_of(folder).digest
    check_trust(folder)
    (folder / "analysis" / "own.py").write_text("import other\n")
    with pytest.raises(EvidentiaError, match="you have not said"):
        check_trust(folder)


def test_the_trust_of_one_folder_is_not_that_of_a_copy(folder, tmp_path, monkeypatch):
    import shutil

    trust(folder, programs_of(folder))
    shutil.copytree(folder, tmp_path / "copy")
    with pytest.raises(EvidentiaError, match="you have not said"):
        check_trust(tmp_path / "copy")


def test_trust_is_forgotten_and_kept_outside_the_folder(folder):
    before = sorted(path for path in folder.rglob("*"))
    trust(folder, programs_of(folder))
    assert sorted(path for path in folder.rglob("*")) == before
    forget(folder)
    with pytest.raises(EvidentiaError, match="you have not said"):
        check_trust(folder)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("own.py", "lies beside config.yaml"),
        ("data/own.py", "holds no programs"),
        ("build/own.py", "holds no programs"),
        (".hidden/own.py", "holds no programs"),
        ("../own.py", "not a path inside"),
        ("/usr/bin/env", "not a path inside"),
    ],
)
def test_a_program_lies_in_a_folder_of_its_own(folder, program, message):
    write(folder, {"a": {"design": "script", "run": program}})
    with pytest.raises(EvidentiaError, match=message):
        check_trust(folder)


def test_programs_of_prepared_data_and_designs_count_too(folder):
    (folder / "designs").mkdir()
    (folder / "designs" / "mine.py").write_text("")
    data = {"panel": {"from": ["cases"], "run": "analysis/own.py"}}
    write(folder, {}, data=data, designs=["designs/mine.py"])
    with pytest.raises(EvidentiaError, match=r"designs/mine.py \(new\)"):
        check_trust(folder)


def test_a_link_beside_a_program_that_leads_out_is_refused(folder, tmp_path):
    (tmp_path / "secret.py").write_text("")
    (folder / "analysis" / "linked.py").symlink_to(tmp_path / "secret.py")
    with pytest.raises(EvidentiaError, match="analysis/linked.py is a link"):
        check_trust(folder)


def test_a_folder_without_programs_needs_no_trust(folder):
    write(folder, {})
    assert not check_trust(folder).files
