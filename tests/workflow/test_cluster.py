"""A build on SLURM is the same, byte for byte, as one on this machine. Skipped where there is no SLURM."""

import shutil
import subprocess
import sys

import pytest

from folders import ENGINE, snakemake

SLURM = (
    shutil.which("sbatch") is not None
    and subprocess.run(["sinfo", "--noheader"], capture_output=True, check=False).returncode == 0
)


def generated(folder):
    code = (
        "import sys, runpy; from pathlib import Path;"
        " runpy.run_path(sys.argv[1])['member'](Path(sys.argv[2]), 0, 2023)"
    )
    script = ENGINE / "examples" / "portfolio" / "generate.py"
    subprocess.run([sys.executable, "-c", code, str(script), str(folder)], check=True, capture_output=True)
    return folder


def results(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "build" / "results").iterdir())}


@pytest.mark.build
@pytest.mark.slurm
@pytest.mark.xdist_group("portfolio")
@pytest.mark.skipif(
    not SLURM,
    reason="needs a SLURM cluster (Debian: slurmctld, slurmd, slurm-client, munge; see docs/cluster.md)",
)
def test_a_build_on_slurm_gives_the_same_bytes(tmp_path):
    here, there = generated(tmp_path / "here"), generated(tmp_path / "there")
    targets = ["analyse_support", "analyse_calls"]
    assert snakemake(here, *targets).returncode == 0
    profile = [
        "--workflow-profile",
        str(ENGINE / "profiles" / "slurm"),
        "--seconds-between-status-checks",
        "2",
    ]
    command = [
        sys.executable,
        "-m",
        "snakemake",
        *targets,
        "--snakefile",
        str(ENGINE / "Snakefile"),
        "--directory",
        str(there),
        *profile,
    ]
    done = subprocess.run(command, cwd=there, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "SLURM jobid" in done.stdout + done.stderr
    assert results(there) == results(here)
