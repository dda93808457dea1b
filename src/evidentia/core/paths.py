"""Where things are: the engine's own files, and what an evaluation folder holds."""

from __future__ import annotations

from pathlib import Path

ENGINE = Path(__file__).resolve().parents[3]
"""The folder that holds the Snakefile, scripts/, templates/ and src/."""

BASELINE = "tests/regression/numbers.json"
"""The accepted numbers of an evaluation folder, with which a build is compared."""
