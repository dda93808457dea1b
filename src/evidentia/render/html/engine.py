"""The two engines: Quarto where it is installed, else pandoc with a small Lua filter."""

from __future__ import annotations

import logging
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import BUILD
from evidentia.core.text import read_words

QUARTO_LEAST = (1, 7)
_NOWHERE = "http://127.0.0.1:9"
NO_NETWORK = {
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE),
    **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
}
"""An engine that would fetch something finds no way out."""

SECONDS, MEMORY = 120, 2000
"""What an engine may take: seconds of the processor, and MiB of memory; the default evaluation takes 3 s and
a tenth of that memory.
"""

_PARENT = re.compile(r"independent-parent")


def choose(wanted: str) -> tuple[str, str]:
    """Return the engine (``quarto`` or ``pandoc``) and its program.

    Parameters
    ----------
    wanted : str
        ``auto``, ``quarto`` or ``pandoc``, from config.yaml.

    Raises
    ------
    EvidentiaError
        If Quarto is asked for by name and is not installed.
    """
    quarto = shutil.which("quarto")
    if wanted == "quarto" and not quarto:
        raise EvidentiaError(
            "the engine 'quarto' is not installed",
            where="config.yaml, report.engine",
            remedy="install Quarto 1.7 or later, or set engine: auto or engine: pandoc",
        )
    if quarto and wanted in ("auto", "quarto"):
        return "quarto", quarto
    import pypandoc

    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)
    try:
        return "pandoc", pypandoc.get_pandoc_path()
    except OSError:
        raise EvidentiaError(
            "pandoc cannot be run",
            where="package pypandoc-binary",
            remedy=(
                "free memory if that is short, or install it again: python -m pip install --force-reinstall"
                " pypandoc-binary"
            ),
        ) from None


def version(engine: str, program: str) -> str:
    """Return the engine's version; a Quarto older than 1.7 is an error."""
    text = _run([program, "--version"], Path()).split("\n")[0].split()[-1]
    if engine == "quarto" and tuple(int(part) for part in text.split(".")[:2]) < QUARTO_LEAST:
        raise EvidentiaError(
            f"Quarto {text} is too old",
            remedy="install Quarto 1.7 or later, or set engine: pandoc in config.yaml",
        )
    return text


def to_html(
    engine: str,
    program: str,
    build: Path,
    templates: Path,
    beside: Sequence[str] = (),
    drawn: Path | None = None,
) -> str:
    """Render the composed document to HTML with the engine.

    Parameters
    ----------
    engine, program : str
        As `choose` returned them.
    build : Path
        The folder build/, with report.qmd, _quarto.yml and citations.csl.
    templates : Path
        The engine's templates/, with the Lua filter for pandoc.
    beside : sequence of str
        Files of the evaluation folder that the document refers to: the bibliography (.bib and others) and its
        style (.csl).
    drawn : Path, optional
        The folder with the figures, ``build/figures`` by default.

    Returns
    -------
    str
        A whole HTML page (Quarto) or its body (pandoc).
    """
    styles = [file for file in beside if file.endswith(".csl")]
    for style in styles:
        _refuse_parent(build.parent / style, style)
    if engine == "quarto":
        return _quarto(program, build, beside, drawn or build / "figures")
    options = [
        "--sandbox",
        "--from",
        "markdown",
        "--to",
        "html5",
        "--section-divs",
        "--wrap",
        "none",
        "--citeproc",
    ]
    for file in beside:  # named here too, because the sandbox reads no other files
        options += ["--csl" if file in styles else "--bibliography", f"../{file}"]
    options += [] if styles else ["--csl", "citations.csl"]
    command = [program, "+RTS", f"-M{MEMORY}m", "-RTS", *options]
    return _run([*command, "--lua-filter", str(templates.resolve() / "quarto.lua"), "report.qmd"], build)


def _refuse_parent(style: Path, name: str) -> None:
    """Raise for a citation style that only names another one, which an engine would fetch from the web."""
    if _PARENT.search(read_words(style, name)):
        raise EvidentiaError(
            "the citation style depends on another one, which would be fetched",
            where=name,
            remedy="give the independent style itself",
        )


def _limit_time() -> None:
    """Let the system end an engine that is caught in its own markup."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 10))


def _quarto(program: str, build: Path, beside: Sequence[str], drawn: Path) -> str:
    """Render a copy of the project: Quarto leaves folders of its own beside what it renders."""
    with tempfile.TemporaryDirectory(prefix="evidentia-") as name:
        folder = Path(name) / BUILD
        folder.mkdir()
        if drawn.is_dir():
            shutil.copytree(drawn, folder / "figures", ignore=shutil.ignore_patterns("*.csv"))
        for file in ("report.qmd", "_quarto.yml", "citations.csl"):
            shutil.copy(build / file, folder / file)
        for file in beside:
            (Path(name) / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(build.parent / file, Path(name) / file)
        _run([program, "render", "report.qmd", "--to", "html", "--quiet"], folder)
        pages = sorted(folder.rglob("report.html"))
        if not pages:
            raise EvidentiaError(
                "Quarto wrote no page", remedy="run 'quarto render report.qmd' in build/ to see why"
            )
        return pages[0].read_text(encoding="utf-8")


def _run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, **NO_NETWORK}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=environment,
            preexec_fn=_limit_time,
        )
    except OSError as error:
        raise EvidentiaError(
            f"{command[0]} cannot be run: {error.strerror}", remedy="install it again"
        ) from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or "heap exhausted" in done.stderr:
        raise EvidentiaError(
            f"{Path(command[0]).name} was stopped: it took more than {SECONDS} seconds of the processor, or"
            " more memory than it may",
            where="build/report.qmd",
            remedy="look in the chapters for brackets, quotation marks or elements that are not closed",
        )
    if done.returncode:
        raise EvidentiaError(
            f"{Path(command[0]).name} stopped: {done.stderr.strip()}",
            where=str(folder),
            remedy="correct the Markdown that it names",
        )
    return done.stdout
