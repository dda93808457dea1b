"""Markdown as passages: pandoc turns it into a page that says of each part from which line it is."""

from __future__ import annotations

import logging
import resource
import signal
import subprocess
from pathlib import Path

from evidentia.compare.documents.passage import Document
from evidentia.compare.documents.webpage import passages
from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_words

SECONDS, MEMORY = 60, 1000
"""What pandoc may take: seconds of the processor, and MiB of memory."""


def read_markdown(path: Path) -> Document:
    """Read a Markdown file; what it names elsewhere is not fetched.

    Raises
    ------
    EvidentiaError
        If it is no text, or pandoc cannot read it within its limits.
    """
    import pypandoc

    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)
    text = read_words(path, str(path), "correct the path")
    limits = ["+RTS", f"-M{MEMORY}m", "-RTS"]
    options = ["--sandbox", "--from", "commonmark_x+sourcepos+yaml_metadata_block", "--to", "html"]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *limits, *options, "--wrap", "none"],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=_limit_time,
    )
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or "heap exhausted" in done.stderr:
        raise EvidentiaError(
            "pandoc took too long over it",
            where=str(path),
            remedy="look for brackets, quotation marks or elements that are not closed",
        )
    if done.returncode:
        raise EvidentiaError(
            f"pandoc stopped: {done.stderr.strip()}",
            where=str(path),
            remedy="correct the Markdown that it names",
        )
    page = f"<html><body>{done.stdout}</body></html>"
    return Document(str(path), "md", list(passages(page.encode(), str(path))))


def _limit_time() -> None:
    """Let the system end a pandoc that is caught in its own markup."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 10))
