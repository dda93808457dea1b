"""Pandoc, which reads chapters and, without Quarto, writes the page; and the limits of such programs."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from evidentia.core.errors import EvidentiaError

_NOWHERE = "http://127.0.0.1:9"
NO_NETWORK = {
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE),
    **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
}
"""A program that would fetch something finds no way out."""

DIALECT = "markdown"
"""What a chapter is written in."""

TO_HTML = (
    "--sandbox",
    "--from",
    DIALECT,
    "--to",
    "html5",
    "--section-divs",
    "--wrap",
    "none",
    "--mathml",
)
"""How pandoc writes the page's body."""

SECONDS, MEMORY = 120, 2000
"""What a program may take: seconds of the processor, and MiB of memory; pandoc takes 3 s and a tenth of that
memory for the default evaluation.
"""

_LIMITED = ("/bin/sh", "-c", f'ulimit -t {SECONDS}; exec "$@"', "sh")
"""Lets the system end a program that is caught in its own markup. The shell sets the limit, since Python can
set it for another process only where no threads run.
"""
_NOT_RUN = (126, 127)
"""With which a shell ends if a program is not there, or may not be run."""


def pandoc() -> str:
    """Return the path of the pandoc that is installed with the package ``pypandoc-binary``."""
    import pypandoc

    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)
    try:
        path: str = pypandoc.get_pandoc_path()
    except OSError:
        raise EvidentiaError(
            "pandoc cannot be run",
            where="package pypandoc-binary",
            remedy=(
                "free memory if that is short, or install it again: python -m pip install --force-reinstall"
                " pypandoc-binary"
            ),
        ) from None
    return path


def run(
    command: Sequence[str], folder: Path = Path(), text: str | None = None, where: str = ""
) -> tuple[str, str]:
    """Run a program within its limits and without a network.

    Parameters
    ----------
    command : sequence of str
    folder : Path
        In which it runs.
    text : str, optional
        What it reads from its standard input.
    where : str
        The file that is named if it fails.

    Returns
    -------
    tuple of str
        What it wrote, and what it said.
    """
    try:
        done = subprocess.run(
            [*_LIMITED, *command],
            cwd=folder,
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, **NO_NETWORK},
        )
    except OSError as error:
        raise EvidentiaError(f"no program can be run: {error.strerror}", remedy="free memory") from None
    name = Path(command[0]).name
    if done.returncode in _NOT_RUN:
        raise EvidentiaError(f"{name} cannot be run: {done.stderr.strip()}", remedy="install it again")
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or "heap exhausted" in done.stderr:
        raise EvidentiaError(
            f"{name} was stopped: it took more than {SECONDS} seconds of the processor, or more memory than"
            " it may",
            where=where or "build/report.qmd",
            remedy="look in the chapters for brackets, quotation marks or elements that are not closed",
        )
    if done.returncode:
        raise EvidentiaError(
            f"{name} stopped: {done.stderr.strip()}",
            where=where or str(folder),
            remedy="correct the Markdown that it names",
        )
    return done.stdout, done.stderr
