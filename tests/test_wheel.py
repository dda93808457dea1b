"""The wheel alone starts and builds an evaluation: it carries all that the repository keeps beside src/."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest

from folders import ENGINE


@pytest.mark.build
def test_an_evaluation_builds_from_the_installed_wheel_without_the_repository(tmp_path):
    def run(*command, **environment):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(tmp_path),
        str(ENGINE),
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    assert str(ENGINE) not in (site / "evidentia" / "engine" / "Snakefile").read_text()
    only = {"PYTHONPATH": f"{site}{os.pathsep}{sysconfig.get_path('purelib')}"}
    evidentia = ["-S", "-m", "evidentia.cli"]  # without site, so that no editable installation is found
    assert run(*evidentia, "--version", **only).split()[1] == wheel.name.split("-")[1]
    run(
        *evidentia,
        "new",
        "mine",
        "--title",
        "Mine",
        "--area",
        "Nowhere",
        "--design",
        "listing",
        "--date",
        "2024-01-01",
        **only,
    )
    snakefile = site / "evidentia" / "engine" / "Snakefile"
    run(
        "-S",
        "-m",
        "snakemake",
        "--cores",
        "1",
        "--snakefile",
        str(snakefile),
        "--directory",
        "mine",
        "numbers",
        **only,
    )
    ledger = json.loads((tmp_path / "mine" / "build" / "numbers.json").read_text())
    assert ledger["engine"] == wheel.name.split("-")[1]
    assert ledger["numbers"]
