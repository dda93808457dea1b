"""The examples: each is built as its README says and passes its own tests; and the engine knows no evaluation by name."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from folders import ENGINE, copy_evaluation, snakemake

EXAMPLES = sorted(path.parent for path in (ENGINE / "examples").glob("*/config.yaml"))


@pytest.mark.build
@pytest.mark.xdist_group("build")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_builds_without_a_warning_and_passes_its_own_tests(example, tmp_path):
    folder = copy_evaluation(example, tmp_path / example.name)
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    said = [line for line in done.stdout.splitlines() if line.startswith("evidentia:") and "rendering with" not in line]
    assert said == []
    assert "Warning" not in done.stdout
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--rootdir",
        str(folder),
        "-p",
        "no:cacheprovider",
        "-W",
        "error",
        str(folder / "tests"),
    ]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "skipped" not in checked.stdout


def test_nothing_in_the_engine_knows_the_default_evaluation():
    config = yaml.safe_load((ENGINE / "config.yaml").read_text(encoding="utf-8"))
    benchmark = config["analyses"]["indicators"]
    names = [benchmark["area"], *benchmark["neighbours"], config["evaluation"]["reproduces"]["reference"], "Caring2Learn", "Future4Me"]
    names += [author.split()[-1] for author in config["evaluation"]["reproduces"]["authors"]]
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)
    files = [path for part in ("src", "scripts", "templates", "profiles") for path in (ENGINE / part).rglob("*") if path.is_file()]
    found = [
        f"{path.relative_to(ENGINE)}: {match[0]}" for path in [*files, ENGINE / "Snakefile"] for match in pattern.finditer(text_of(path))
    ]
    assert found == []
    assert pattern.search((ENGINE / "report" / "key-messages.qmd").read_text(encoding="utf-8")), "the pattern finds what it should find"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.suffix not in (".pyc",) else ""
