"""`evidentia doctor`, and the same checks before anything is set up."""

import json
import os
import subprocess
import sys

import pytest

from evidentia.audit import doctor
from folders import ENGINE


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ENGINE / "src"), "COLUMNS": "160", **environment},
    )


def test_it_names_everything_with_what_it_is_for():
    done = run("-m", "evidentia.cli", "doctor", "--json")
    found = {check["name"]: check for check in json.loads(done.stdout)}
    assert set(found) >= {
        "Python",
        "Pango",
        "harfbuzz-subset",
        "Quarto",
        "Chromium",
        "poppler",
        "Arimo",
        "SLURM",
        "pypandoc-binary",
    }
    assert all(check["needed_for"] and check["remedy"] for check in found.values())
    assert done.returncode == (
        1 if any(check["required"] and not check["found"] for check in found.values()) else 0
    )
    assert found["Arimo"]["found"]


def test_programs_that_are_not_there_are_optional_and_have_a_command():
    done = run("-m", "evidentia.cli", "doctor", PATH="", EVIDENTIA_CHROMIUM="")
    assert done.returncode == 0, done.stdout
    assert "Chromium: sudo apt-get install chromium" in done.stdout
    assert "not there (optional)" in done.stdout
    assert "A report can be built here." in done.stdout


def test_what_is_required_and_missing_is_said_with_the_command_and_exit_code_1(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_loads", lambda library: "pango" not in library)
    assert doctor.main() == 1
    said = capsys.readouterr().err
    assert "Pango is missing, for the PDF" in said
    assert "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0\n" in said
    from evidentia.audit.show import show_checks

    assert [check.name for check in doctor.lacking(doctor.checks())] == ["Pango"]
    show_checks(doctor.checks())
    assert "A report needs Pango." in capsys.readouterr().out


def test_it_runs_as_a_file_on_a_bare_python(tmp_path):
    done = run("-I", "-S", str(ENGINE / "src" / "evidentia" / "audit" / "doctor.py"))
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if doctor.lacking(doctor._set_up()) else 0)


@pytest.mark.parametrize(
    ("text", "expected"), [("quarto 1.6.40", ""), ("1.7.31", "1.7.31"), ("no number", "")]
)
def test_an_old_quarto_does_not_count(tmp_path, monkeypatch, text, expected):
    program = tmp_path / "quarto"
    program.write_text(f"#!/bin/sh\necho '{text}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert next(check for check in doctor.checks() if check.name == "Quarto").found == expected


def test_on_macos_homebrew_packages_are_named():
    assert doctor.install("libpango-1.0-0", "libpangoft2-1.0-0", mac=True) == "brew install pango"
    assert doctor.install("chromium", mac=True) == "brew install --cask chromium"
    assert doctor.install("slurm-wlm", mac=True) == "not to be had on macOS"
    assert set(doctor.LIBRARIES.values()) <= set(doctor.HOMEBREW)


def test_windows_is_told_to_use_wsl(monkeypatch):
    monkeypatch.setattr(doctor.platform, "system", lambda: "Windows")
    (system,) = [check for check in doctor.lacking(doctor.checks()) if check.name == "System"]
    assert "wsl --install" in system.remedy
