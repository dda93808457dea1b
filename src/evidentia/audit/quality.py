"""The quality log: what was checked, by what, with which result, on which inputs; each line from a check that
ran.

The lines are in the order of the AQuA Book's stages, and within each of RIGOUR: Repeatable, Independent,
Grounded in reality, Objective, Uncertainty-managed, Robust.
"""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement

from evidentia.audit.quality_assurance import assurance_checks
from evidentia.audit.quality_check import DELIVERY, RIGOUR, STAGES, Check
from evidentia.audit.quality_data import data_as_read, imported, quoted, sources, validated
from evidentia.audit.quality_disclosure import disclosure
from evidentia.audit.quality_plan import plan_checks
from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.files import read_json
from evidentia.core.ledger import Entry
from evidentia.core.paths import BASELINE, BUILD
from evidentia.core.version import version
from evidentia.disclosure.judgement import Judgement


def checks(
    config: Config,
    folder: Path,
    present: Present,
    comparison: Comparison | None,
    told: Judgement | None = None,
) -> list[Check]:
    """Return the lines of the log, from the files that the checks left in build/.

    Parameters
    ----------
    config : Config
    folder : Path
    present : Present
    comparison : Comparison or None
        With the accepted numbers; None if there are none.
    told : Judgement or None
        What is published of protected data; None if no data are protected.
    """
    build = folder / BUILD
    found = [
        data_as_read(present.ledger, folder),
        *validated(read_json(build / "validation.json")),
        *imported(build / "import.json"),
        *plan_checks(config, folder),
        *assurance_checks(config, folder),
        *_words(present, build),
        _accepted(comparison),
        sources(present.ledger),
        *quoted(present.ledger),
        *_round_trip(build),
        _intervals(present.ledger),
        *disclosure(config, folder, told),
        *_further(build / "checks.json"),
    ]
    seen = {check.aspect for check in found}
    found += [
        Check(
            aspect,
            "Not checked by this build",
            "",
            "see the command snakemake check, and the reviewers' notes",
            "",
            None,
        )
        for aspect in RIGOUR
        if aspect not in seen
    ]
    return sorted(found, key=lambda check: (STAGES.index(check.stage), RIGOUR.index(check.aspect)))


def _words(present: Present, build: Path) -> list[Check]:
    if not (build / "claims.json").is_file():
        return []
    holding = sum(bool(claim["holds"]) for claim in present.claims)
    printed = sum(len(entry["uses"]) for entry in present.ledger.values())
    return [
        Check(
            "Grounded in reality",
            "Each claim of the words is borne out by the numbers",
            "rule compose",
            f"{holding} of {len(present.claims)} claims hold",
            "build/values.json, report/",
            holding == len(present.claims),
        ),
        Check(
            "Objective",
            "No number is typed into a chapter",
            "rule compose",
            f"{printed} numbers are printed, each from the ledger",
            "report/, config.yaml",
            True,
            DELIVERY,
        ),
    ]


def _accepted(comparison: Comparison | None) -> Check:
    what = "The numbers are the accepted ones, or the differences are known"
    if comparison is None:
        return Check(
            "Grounded in reality", what, "evidentia diff", "no numbers have been accepted yet", BASELINE, None
        )
    return Check(
        "Grounded in reality", what, "evidentia diff", comparison.summary(), BASELINE, not comparison
    )


def _round_trip(build: Path) -> list[Check]:
    path = build / "round_trip.json"
    if not path.is_file():
        return []
    found = read_json(path)
    return [
        Check(
            "Objective",
            f"Each number of the finished {name.upper()} has an origin: ledger, data or allowed kind",
            "rule round_trip",
            f"{found[name]['reconciled']:,} of {found[name]['numbers']:,} are",
            f"build/{name if '.' in name else f'report.{name}'}",
            found[name]["reconciled"] == found[name]["numbers"],
            DELIVERY,
        )
        for name in ("html", "pdf", "docx", "brief.html", "brief.pdf", "brief.docx")
        if name in found
    ]


def _intervals(ledger: Mapping[str, Entry]) -> Check:
    estimates = [
        id.removesuffix(".estimate")
        for id, entry in ledger.items()
        if id.endswith(".estimate") and entry["value"] is not None
    ]
    bare = [stem for stem in estimates if f"{stem}.ci_low" not in ledger or f"{stem}.ci_high" not in ledger]
    result = f"{len(estimates) - len(bare)} of {len(estimates)} have" + (
        f"; not: {', '.join(bare[:5])}" if bare else ""
    )
    what, passed = "Each estimate has a confidence interval", not bare if estimates else None
    if not estimates:
        result = "there are no estimates: the numbers are counts, shares and means as published"
    return Check("Uncertainty-managed", what, "rule review", result, "build/numbers.json", passed)


def _further(path: Path) -> list[Check]:
    """Return what `snakemake check` found, if it ran: each check's title, status, what it measured, and what
    it read.
    """
    if not path.is_file():
        return []
    statuses = {"passed": True, "failed": False}
    return [
        Check(
            row["aspect"] if row.get("aspect") in RIGOUR else "Robust",
            str(row["title"]),
            "snakemake check",
            "; ".join([str(row.get("measured", "")), *row.get("findings", [])]).strip("; "),
            ", ".join(row.get("inputs", [])),
            statuses.get(row["status"]),
            DELIVERY,
        )
        for row in read_json(path)["checks"]
    ]


def software() -> dict[str, str]:
    """Return the versions of Python, of the engine, and of each package that it asks for."""
    found = {"Python": platform.python_version(), "evidentia": version()}
    asked = [Requirement(text) for text in importlib.metadata.requires("evidentia") or ()]
    needed = [one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found | {name: importlib.metadata.version(name) for name in needed}


def last_reason(folder: Path) -> str:
    """Return the last entry of the accepted numbers' notes: its day and reason."""
    path = folder / "tests" / "regression" / "CHANGES.md"
    if not path.is_file():
        return ""
    entries = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    lines = [line for line in entries[-1].split("\n") if line.strip()] if entries else []
    return f"{lines[0]}: {lines[1]}" if len(lines) > 1 else ""
