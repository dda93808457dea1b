"""Where a number comes from: its data, its rule and code, what it was computed with,
and where it is printed.
"""

from __future__ import annotations

import difflib
import fnmatch
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.config.own_designs import shown_module
from evidentia.core.errors import EvidentiaError
from evidentia.core.keyed_hashes import is_same
from evidentia.core.ledger import Entry, exact
from evidentia.core.paths import ENGINE
from evidentia.core.reference import Reference, resolve
from evidentia.core.yamlio import line_of


def explain(id: str, present: Present, config: Config, folder: Path) -> dict[str, Any]:
    """Return all that is known of a number, as JSON-like data.

    Parameters
    ----------
    id : str
    present : Present
        The folder's ledger, claims and pages.
    config : Config
    folder : Path

    Raises
    ------
    EvidentiaError
        If there is no such number, with the nearest ids.
    """
    ledger = present.ledger
    if id not in ledger:
        near = nearest_ids(id, ledger)
        remedy = f"nearest: {', '.join(near)}" if near else "list them: evidentia numbers"
        raise EvidentiaError(f"unknown number id '{id}'", remedy=remedy)
    entry = ledger[id]
    chapters = config.report.chapter_ids if config.report else {}
    known: dict[str, Any] = {
        key: entry[key]
        for key in ("id", "label", "value", "unit", "display", "formula", "suppressed")
        if key in entry
    }
    return {
        **known,
        "before_rounding": exact(entry),
        "source": _source(id, entry, config, folder),
        "computed_with": [_short(ledger[other]) for other in related(id, ledger)],
        "claims": [
            {
                "claim": row["id"],
                "condition": row["condition"],
                "sentence": row.get("sentence") or row["words"],
                "holds": row["holds"],
            }
            for row in present.claims
            if id in row["values"]
        ],
        "printed": [
            {**use, "page": present.page_of(use), "file": chapters.get(use["chapter"], "")}
            for use in entry["uses"]
        ],
    }


def nearest_ids(id: str, known: Mapping[str, Any], most: int = 5) -> list[str]:
    """Return the known ids nearest to one that is not known: alike as a whole, or with all its parts."""
    parts = [part for part in id.split(".") if part]
    holding = [name for name in known if all(part in name for part in parts)]
    alike = difflib.get_close_matches(id, list(known), n=most, cutoff=0.6)
    return list(dict.fromkeys([*alike, *holding]))[:most]


def related(id: str, ledger: Mapping[str, Entry]) -> list[str]:
    """Return the numbers behind a derived number, or the statistics beside any other."""
    behind = ledger[id]["source"].get("from")
    if behind:
        return [other for other in behind if other in ledger]
    stem = id.rpartition(".")[0] + "."
    return [
        other for other in ledger if other != id and other.startswith(stem) and "." not in other[len(stem) :]
    ]


def _short(entry: Entry) -> dict[str, Any]:
    return {key: entry[key] for key in ("id", "value", "display", "label")}


def _source(id: str, entry: Entry, config: Config, folder: Path) -> dict[str, Any]:
    """Return an entry's source with lines of files, and whether the data on disk are still those that were
    read.
    """
    source = entry["source"]
    found = {
        key: value for key, value in source.items() if key not in ("inputs", "validated", "imported", "from")
    }
    if source["basis"] == "stated":
        facts = config.report.facts if config.report else None
        return found | ({"file": facts, "line": line_of(folder / facts, ["facts", id])} if facts else {})
    found["data"] = [
        {"path": path, "sha256": value, "on_disk": _on_disk(folder / path, value)}
        for path, value in source.get("inputs", {}).items()
    ]
    if source.get("rule") == "values":
        found |= {"file": "config.yaml", "line": line_of(folder / "config.yaml", ["derived", id])}
    elif "analysis" in source:
        found |= {
            "file": "config.yaml",
            "line": line_of(folder / "config.yaml", ["analyses", source["analysis"]]),
        }
    if "rule" in source:
        found["snakefile_line"] = rule_line(source["rule"])
    design = config.registry.designs.get(source.get("rule", ""))
    if (
        design is None or "programs" in source
    ):  # a program of the folder, which the source names with its line
        return found
    return found | _function(design.analyse)


def _on_disk(path: Path, expected: str) -> str:
    if not path.is_file():
        return "missing"
    same = is_same(path, expected)
    return (
        "not known, because its hash was made with another user's key"
        if same is None
        else "same"
        if same
        else "changed since"
    )


def rule_line(rule: str, engine: Path = ENGINE) -> int | None:
    """Return the line of the Snakefile on which a rule begins; the rule of all designs stands for each of
    them.
    """
    lines = (engine / "Snakefile").read_text(encoding="utf-8").split("\n")
    named = next(
        (
            number
            for number, line in enumerate(lines, 1)
            if re.match(rf"\s*rule\s+{re.escape(rule)}\s*:", line)
        ),
        None,
    )
    script = next((number for number, line in enumerate(lines, 1) if "scripts/analyse.py" in line), 0)
    looped = max(
        (number for number, line in enumerate(lines[:script], 1) if line.strip() == "rule:"), default=None
    )
    return named or looped


def _function(reference: Reference) -> dict[str, Any]:
    """Return the file and line of a design's function."""
    function = inspect.unwrap(resolve(reference))
    file = Path(inspect.getsourcefile(function) or "")
    module = (
        file.relative_to(ENGINE).as_posix()
        if file.is_relative_to(ENGINE)
        else shown_module(function.__module__)
    )
    return {
        "module": module,
        "function": function.__name__,
        "module_line": inspect.getsourcelines(function)[1],
    }


def select(
    ledger: Mapping[str, Entry],
    pattern: str = "",
    *,
    printed: bool = False,
    chapter: str = "",
    unit: str = "",
) -> list[Entry]:
    """Return the entries that match.

    Parameters
    ----------
    ledger : mapping of str to entry
    pattern : str
        An id with ``*``, or a part of an id or label.
    printed : bool
        Only numbers that the report prints.
    chapter : str
        Only numbers that this chapter prints.
    unit : str
        Only numbers of this unit.
    """
    wanted = pattern.casefold()

    def matches(entry: Entry) -> bool:
        if "*" in wanted or "?" in wanted:
            fits = fnmatch.fnmatchcase(entry["id"].casefold(), wanted)
        else:
            fits = wanted in entry["id"].casefold() or wanted in entry["label"].casefold()
        chapters = {use["chapter"] for use in entry["uses"]}
        return (
            fits
            and (not printed or bool(chapters))
            and (not chapter or chapter in chapters)
            and (not unit or entry["unit"] == unit)
        )

    found = [entry for entry in ledger.values() if matches(entry)]
    if not found:
        near = nearest_ids(pattern, ledger) if pattern else []
        raise EvidentiaError(
            "no number matches",
            remedy=f"nearest: {', '.join(near)}" if near else "ask for less: evidentia numbers",
        )
    return found
