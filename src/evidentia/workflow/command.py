"""`evidentia build`: Snakemake with the engine's own rules and settings, and nothing that an evaluation
folder brings.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import ENGINE
from evidentia.core.version import version
from evidentia.core.yamlio import read_yaml
from evidentia.workflow.job import NOTES_AT_END
from evidentia.workflow.preconditions import check
from evidentia.workflow.summary import last_ledger, summary


def build(folder: Path, rules: Iterable[str] = (), cores: str = "all", dry_run: bool = False) -> int:
    """Build an evaluation folder or a portfolio, and return Snakemake's exit code.

    Parameters
    ----------
    folder : Path
        With config.yaml, or with portfolio.yaml.
    rules : iterable of str
        What to build, as ``numbers`` or ``review``; all that is published by default.
    cores : str
        A number, or ``all``.
    dry_run : bool
        Only say what would be built.
    """
    portfolio = (folder / "portfolio.yaml").is_file()
    if not portfolio and not (folder / "config.yaml").is_file():
        raise EvidentiaError("there is no config.yaml", where=str(folder.resolve()), remedy=_where(folder))
    check(folder)
    typer.echo(f"Building {folder.resolve()} with Evidentia {version()}")
    before, begun = last_ledger(folder), time.monotonic()
    try:
        code = subprocess.run(
            command(folder, portfolio, cores, [*rules, *(["--dry-run"] if dry_run else [])]),
            env=environment(),
        ).returncode
    except KeyboardInterrupt:
        raise EvidentiaError(
            "the build was stopped; the last report is as it was", remedy="run the same command again"
        ) from None
    if code == 0 and not dry_run:
        for line in summary(folder, before, time.monotonic() - begun):
            typer.echo(line)
    return code


def _where(folder: Path) -> str:
    """Return where there is an evaluation folder, for somebody who named none."""
    if not folder.exists() and Path("config.yaml").is_file():  # a rule's name was taken for a folder
        return f"name the folder before a rule: evidentia build . {folder}"
    above = next((path for path in folder.resolve().parents if (path / "config.yaml").is_file()), None)
    if above and folder.exists():
        return f"build the folder that it is in: evidentia build {shlex.quote(os.path.relpath(above))}"
    return "name an evaluation folder: evidentia build FOLDER"


def command(folder: Path, portfolio: bool, cores: str, further: Iterable[str]) -> list[str]:
    """Return the command that builds a folder.

    The engine's profile is given as options and no profile is read, so that none is looked for in the folder;
    and Python is told to load nothing from where it is started.
    """
    snakefile = ENGINE / ("portfolio.smk" if portfolio else "Snakefile")
    start = [
        sys.executable,
        "-P",
        "-m",
        "snakemake",
        "--snakefile",
        str(snakefile),
        "--directory",
        str(folder),
    ]
    settings = {
        **read_yaml(ENGINE / "profiles" / "default" / "config.yaml"),
        "cores": cores,
        "workflow-profile": "none",
    }
    return [*start, "--logger", "evidentia", *_options(settings), *further]


def _options(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield a profile's settings as options of the command line."""
    for name, value in settings.items():
        yield f"--{name}"
        if value is not True:
            yield from map(str, value if isinstance(value, list) else [value])


def environment() -> dict[str, str]:
    """Return the environment for it: no profile but the engine's, and notes of methods at the end alone."""
    kept = {name: value for name, value in os.environ.items() if name != "SNAKEMAKE_PROFILE"}
    return {**kept, NOTES_AT_END: "1"}
