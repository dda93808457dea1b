"""What each design adds to a new evaluation: the folder ``starter/`` of its package, read and joined."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.config.registry import installed
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all

SECTIONS = ("data", "analyses", "figures", "tables", "chapters")
_SECTION = re.compile(r"^(\w+):\n", re.MULTILINE)


def offered() -> list[str]:
    """Return the designs that a new evaluation can begin with: those that have a starter."""
    return [name for name, design in installed().designs.items() if design.starter]


def check_designs(names: Sequence[str]) -> list[str]:
    """Return the designs in the order asked for, each once.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown design, with the nearest name; or none at all.
    """
    unknown = [name for name in dict.fromkeys(names) if name not in offered()]
    raise_all(
        EvidentiaError(
            f"the design '{name}' has no example to begin with",
            remedy="begin with another, and write its analysis into config.yaml",
        )
        if name in installed().designs
        else EvidentiaError(f"unknown design '{name}'", remedy=did_you_mean(name, offered()))
        for name in unknown
    )
    if not names:
        raise EvidentiaError(
            "no design is named", remedy=f"name one or more with --design: {', '.join(offered())}"
        )
    return list(dict.fromkeys(names))


def about(design: str) -> str:
    """Return what a design is, in words."""
    return installed().designs[design].about


def folder_of(design: str) -> Path:
    """Return the folder with a design's part of a new evaluation."""
    starter = installed().designs[design].starter
    if starter is None:
        raise EvidentiaError(
            f"the design '{design}' has no starter", remedy=f"choose one of {', '.join(offered())}"
        )
    return starter


def sections(designs: Sequence[str]) -> dict[str, str]:
    """Return each section of config.yaml with the designs' entries one below the other, comments and all."""
    joined = dict.fromkeys(SECTIONS, "")
    for design in designs:
        parts = _SECTION.split((folder_of(design) / "config.yaml").read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            joined[name] += text.rstrip("\n") + "\n"
    return {name: text.rstrip("\n") for name, text in joined.items()}


def resources(designs: Sequence[str]) -> list[dict[str, Any]]:
    """Return the designs' resources for data/datapackage.json."""
    paths = [folder_of(design) / "datapackage.json" for design in designs]
    return [
        resource
        for path in paths
        if path.is_file()
        for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]
    ]


def summary(designs: Sequence[str]) -> str:
    """Return one bullet of the summary for each design."""
    return "".join((folder_of(design) / "summary.qmd").read_text(encoding="utf-8") for design in designs)


def files(designs: Sequence[str]) -> Mapping[str, Path]:
    """Return the designs' data, chapters and programs: path in the evaluation folder to the file."""
    found: dict[str, Path] = {}
    for design in designs:
        for part in ("data", "report", "analysis"):
            found |= {
                f"{part}/{path.name}": path
                for path in sorted((folder_of(design) / part).glob("*"))
                if path.is_file()  # an installer compiles programs into a folder beside them
            }
    return found
