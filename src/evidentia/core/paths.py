"""Where things are: the engine's own files, and what an evaluation folder holds."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

SOURCE = _PACKAGE.parent
"""The folder from which the package `evidentia` is imported: src/ of the repository, or site-packages."""

ENGINE = _PACKAGE / "engine" if (_PACKAGE / "engine" / "Snakefile").is_file() else SOURCE.parent
"""The folder that holds the Snakefile, scripts/, templates/ and profiles/: the repository, or a folder of the
installed package.
"""


def source_of(engine: Path) -> Path:
    """Return the folder from which the package is imported that belongs to an engine's folder."""
    return engine / "src" if (engine / "src" / "evidentia").is_dir() else engine.parents[1]


BASELINE = "tests/regression/numbers.json"
"""The accepted numbers of an evaluation folder, with which a build is compared."""

BUILD = Path("build")
"""All that is made from an evaluation folder."""

DRAFT = BUILD / "draft"
"""Where documents are made; what is there is published once it is proved."""

RESULTS = BUILD / "results"
"""What each analysis hands on, after protection."""

PROTECTED = Path(".protected")
"""What may hold records of people: prepared data, running programs, and what these print. It is no part of a
build, of a copy or of version control.
"""

PREPARED = PROTECTED / "prepared"
"""Data sets that programs of the evaluation folder have made."""

RECORDS = BUILD / ".records"
"""What was made of what; see `evidentia.workflow.records`."""

LOGS = BUILD / "logs"
NUMBERS = BUILD / "numbers.json"
CLAIMS = BUILD / "claims.json"
CHECKS = BUILD / "checks.json"
REPORT_QMD = BUILD / "report.qmd"
MEMBERS = BUILD / "members.json"
VALUES = DRAFT / "values.json"


def result_of(analysis: str) -> Path:
    """Return where an analysis's result is."""
    return RESULTS / f"{analysis}.json"
