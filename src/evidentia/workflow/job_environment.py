"""What the jobs of a build find in their environment."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path


def prepare_jobs(source: Path, portfolio: Path | None = None) -> None:
    """Let the jobs of this process find the engine that the Snakefile belongs to, and nothing that an
    evaluation folder holds.

    Parameters
    ----------
    source : Path
        The folder with the engine's package.
    portfolio : Path, optional
        The folder of the portfolio, so that a message says which member it is about.
    """
    if portfolio:
        os.environ["EVIDENTIA_PORTFOLIO"] = str(portfolio)
    os.environ["PYTHONPATH"] = str(source)
    os.environ["PYTHONSAFEPATH"] = (
        "1"  # a script is started from .snakemake/scripts, which the folder may have brought
    )
    if not sys.executable.startswith("'"):  # the Snakefile is a module of portfolio.smk too
        sys.executable = shlex.quote(
            sys.executable
        )  # Snakemake 9 puts it into the command of a script as it is
