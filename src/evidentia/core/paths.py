"""Where things are: the engine's own files, and what an evaluation folder holds."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

SOURCE = _PACKAGE.parent
"""The folder from which the package `evidentia` is imported: src/ of the repository, or site-packages."""

ENGINE = _PACKAGE / "engine" if (_PACKAGE / "engine" / "Snakefile").is_file() else SOURCE.parent
"""The folder that holds the Snakefile, scripts/, templates/ and profiles/: the repository, or a folder of the installed package."""


def source_of(engine: Path) -> Path:
    """Return the folder from which the package is imported that belongs to an engine's folder."""
    return engine / "src" if (engine / "src" / "evidentia").is_dir() else engine.parents[1]


BASELINE = "tests/regression/numbers.json"
"""The accepted numbers of an evaluation folder, with which a build is compared."""
