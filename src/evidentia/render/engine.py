"""The two engines: Quarto where it is installed, else pandoc with a small Lua filter."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from evidentia.errors import EvidentiaError

QUARTO_LEAST = (1, 7)


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

    return "pandoc", pypandoc.get_pandoc_path()


def version(engine: str, program: str) -> str:
    """Return the engine's version; a Quarto older than 1.7 is an error."""
    text = _run([program, "--version"], Path()).split("\n")[0].split()[-1]
    if engine == "quarto" and tuple(int(part) for part in text.split(".")[:2]) < QUARTO_LEAST:
        raise EvidentiaError(f"Quarto {text} is too old", remedy="install Quarto 1.7 or later, or set engine: pandoc in config.yaml")
    return text


def to_html(engine: str, program: str, document: Path, lua_filter: Path) -> str:
    """Render a composed document to HTML with the engine.

    Parameters
    ----------
    engine, program : str
        As `choose` returned them.
    document : Path
        build/report.qmd.
    lua_filter : Path
        templates/quarto.lua, for pandoc.

    Returns
    -------
    str
        A whole HTML page (Quarto) or its body (pandoc).
    """
    if engine == "quarto":
        with tempfile.TemporaryDirectory(dir=document.parent, prefix=".quarto-out-") as folder:
            _run([program, "render", document.name, "--to", "html", "--output-dir", Path(folder).name, "--quiet"], document.parent)
            return next(Path(folder).rglob("*.html")).read_text(encoding="utf-8")
    options = ["--from", "markdown", "--to", "html5", "--section-divs", "--wrap", "none", "--lua-filter", str(lua_filter), "--citeproc"]
    return _run([program, *options, document.name], document.parent)


def _run(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError as error:
        raise EvidentiaError(f"{command[0]} cannot be run: {error.strerror}", remedy="install it again") from None
    if done.returncode:
        raise EvidentiaError(
            f"{Path(command[0]).name} stopped: {done.stderr.strip()}", where=str(folder), remedy="correct the Markdown that it names"
        )
    return done.stdout
