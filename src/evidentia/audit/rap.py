"""The levels of a Reproducible Analytical Pipeline, each point judged by what a machine can see."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.paths import BASELINE, ENGINE, source_of
from evidentia.core.version import version


@dataclass(frozen=True)
class Point:
    """A point of a level.

    Attributes
    ----------
    level : str
        ``Baseline``, ``Silver`` or ``Gold``.
    what : str
    evidence : str
        What was found.
    met : bool or None
        None if only people can judge it.
    """

    level: str
    what: str
    evidence: str
    met: bool | None


def rap_points(
    folder: Path, *, built: bool, recorded: tuple[int, int] = (0, 0), engine: Path = ENGINE
) -> list[Point]:
    """Return the points of all levels.

    Parameters
    ----------
    folder : Path
        The evaluation folder.
    built : bool
        Whether its outputs were all made by the pipeline.
    recorded : tuple of int
        How many steps of the build have a record that still holds, and how many have one.
    engine : Path
        The folder that holds the code.
    """
    rules = len(re.findall(r"^\s*rule\b", (engine / "Snakefile").read_text(encoding="utf-8"), re.MULTILINE))
    functions, documented = _functions(source_of(engine) / "evidentia")
    tests = _tests(engine / "tests")
    tested = f"{tests} tests" if tests else "a released package comes without its tests"
    project = tomllib.loads((engine / "pyproject.toml").read_text(encoding="utf-8"))
    pinned = _pinned(engine / "requirements.lock")
    controlled = any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents))
    described = (folder / "data" / "datapackage.json").is_file()
    ci = next(
        (name for name in (".ci/run", ".github/workflows", ".gitlab-ci.yml") if (engine / name).exists()), ""
    )
    notes = folder / "tests" / "regression" / "CHANGES.md"
    return [
        Point(
            "Baseline",
            "Data become results by open-source code alone",
            f"{rules} rules in the Snakefile, all in Python",
            rules > 0,
        ),
        Point(
            "Baseline",
            "The work is under version control",
            "a git repository" if controlled else "no git repository",
            controlled,
        ),
        Point("Baseline", "A README says how to run it", *_exists(engine, "README.md")),
        Point("Baseline", "Another person has reviewed the code", "a machine cannot see this", None),
        Point(
            "Baseline", "Code and data are published as far as they may be", "a machine cannot see this", None
        ),
        Point(
            "Silver",
            "One command makes all outputs",
            "all outputs were made in one build" if built else "an output is missing",
            built,
        ),
        Point(
            "Silver",
            "Functions are reused and documented",
            f"{documented} of {functions} public functions say what they do",
            functions == documented,
        ),
        Point(
            "Silver",
            "Code follows one standard",
            "ruff and mypy are set up",
            {"ruff", "mypy"} <= set(project.get("tool", {})),
        ),
        Point("Silver", "Automated tests check the code", tested, bool(tests) or None),
        Point(
            "Silver",
            "All software is named with its version",
            f"{pinned} packages, each with its hash",
            pinned > 0,
        ),
        (
            Point("Silver", "Data are described and checked", *_exists(folder, "data/datapackage.json"))
            if described
            else Point(
                "Silver",
                "Data are described and checked",
                "no data/datapackage.json: types are inferred",
                False,
            )
        ),
        Point("Gold", "The code is an installable package", *_installable(project)),
        Point(
            "Gold",
            "Tests run by themselves on every change",
            ci or ("none found" if tests else "a machine cannot see this"),
            bool(ci) if tests else None,
        ),
        Point("Gold", "A change re-runs what depends on it, and no more", *_recorded(*recorded)),
        Point("Gold", "Numbers are compared with accepted ones", *_exists(folder, BASELINE)),
        Point(
            "Gold",
            "Changes of accepted numbers are kept with their reasons",
            *_exists(folder, notes.relative_to(folder).as_posix()),
        ),
    ]


def _installable(project: dict[str, Any]) -> tuple[str, bool]:
    """Tell whether the project says how it is built, and is installed under its name."""
    name = str(project.get("project", {}).get("name", ""))
    try:
        installed = importlib.metadata.version(name) if name else ""
    except importlib.metadata.PackageNotFoundError:
        installed = ""
    met = bool(installed and project.get("build-system", {}).get("build-backend"))
    return (
        f"{name} {version()} is installed"
        if met
        else "no package is installed, or pyproject.toml names no build backend"
    ), met


def _recorded(holding: int, steps: int) -> tuple[str, bool]:
    """Tell whether every step has a record of what decided it, and what it made is still as it was made."""
    evidence = (
        f"{holding} of {steps} steps have a record of what decided them, and what they made is as it was made"
    )
    return (evidence if steps else "no step has a record"), bool(steps) and holding == steps


def _exists(folder: Path, name: str) -> tuple[str, bool]:
    there = (folder / name).is_file()
    return (name if there else f"no {name}"), there


def _functions(source: Path) -> tuple[int, int]:
    """Return how many public functions and classes there are, and how many have a docstring."""
    known = [
        node
        for path in sorted(source.rglob("*.py"))
        if "scripts" not in path.parts  # in an installed package they stand below it
        if "scripts" not in path.parts  # in an installed package they stand below it
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    return len(known), sum(ast.get_docstring(node) is not None for node in known)


def _tests(folder: Path) -> int:
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("test_*.py")))
    return sum(len(re.findall(r"^def test_", text, re.MULTILINE)) for text in texts)


def _pinned(lock: Path) -> int:
    return (
        len(re.findall(r"^[\w.\[\]-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
        if lock.is_file()
        else 0
    )
