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
from typing import Any

from packaging.requirements import Requirement

from evidentia.audit.assured import assurance_checks
from evidentia.audit.check import DELIVERY, RIGOUR, STAGES, Check
from evidentia.audit.planned import plan_checks
from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.files import read_json
from evidentia.core.keyed import is_same, short
from evidentia.core.ledger import Entry
from evidentia.core.paths import BASELINE, BUILD
from evidentia.core.version import version
from evidentia.disclosure.differencing import Difference
from evidentia.disclosure.judgement import Judgement
from evidentia.disclosure.scan import scan


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
        _data_as_read(present.ledger, folder),
        *_validated(read_json(build / "validation.json")),
        *_imported(build / "import.json"),
        *plan_checks(config, folder),
        *assurance_checks(config, folder),
        *_words(present, build),
        _accepted(comparison),
        _sources(present.ledger),
        *_quoted(present.ledger),
        *_round_trip(build),
        _intervals(present.ledger),
        *_disclosure(config, folder, told),
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


def _data_as_read(ledger: Mapping[str, Entry], folder: Path) -> Check:
    inputs = {
        path: value for entry in ledger.values() for path, value in entry["source"].get("inputs", {}).items()
    }
    same = {
        path: (folder / path).is_file() and is_same(folder / path, value)
        for path, value in sorted(inputs.items())
    }
    changed = [path for path, judged in same.items() if judged is False]
    known = sum(judged is True for judged in same.values())
    fine = f"{known} of {len(inputs)} have the hash that the ledger names"
    if known < len(same):
        fine += "; the others' hashes were made with another user's key"
    result = f"changed since: {', '.join(changed)}" if changed else fine
    return Check(
        "Repeatable",
        "The data on disk are those behind the numbers",
        "rule review",
        result,
        ", ".join(sorted(inputs)),
        not changed,
    )


def _validated(validation: Mapping[str, Any]) -> list[Check]:
    return [
        Check(
            "Grounded in reality",
            "The data agree with their schema",
            "rule validate",
            f"{_rows(row['rows'])}{len(row['columns'])} columns, none at fault",
            f"{path} ({short(row['sha256'])})",
            True,
        )
        for path, row in sorted(validation.items())
    ]


def _imported(path: Path) -> list[Check]:
    """Return what the reading of the data left to look at; a remark is no fault."""
    reports = read_json(path)["data"] if path.is_file() else {}
    found = []
    for name, report in sorted(reports.items()):
        left = [f"{item.get('rows', 'some')} rows left out: {item['reason']}" for item in report["left_out"]]
        said = [
            remark.removeprefix(f"{report['path']}: ")
            for remark in report["remarks"]
            if " rows left out: " not in remark
        ]
        if left or said:
            found.append(
                Check(
                    "Grounded in reality",
                    f"What reading the data set {name} left to look at",
                    "rule values",
                    "; ".join([*left, *said]),
                    report["path"],
                    None,
                )
            )
    return found


def _rows(number: int | None) -> str:
    return "" if number is None else f"{number:,} rows, "


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


def _sources(ledger: Mapping[str, Entry]) -> Check:
    bases = [entry["source"].get("basis", "") for entry in ledger.values()]
    parts = [f"{bases.count(basis):,} {basis}" for basis in ("computed", "stated", "configured")]
    return Check(
        "Objective",
        "Each number has a source",
        "rule numbers",
        ", ".join(parts),
        "build/numbers.json",
        all(bases),
    )


def _quoted(ledger: Mapping[str, Entry]) -> list[Check]:
    """Return what share of the stated facts is proved by a quotation."""
    stated = [entry["source"] for entry in ledger.values() if entry["source"].get("basis") == "stated"]
    facts = [source for source in stated if "analysis" not in source]
    if not facts:
        return []
    proved = sum("quotation" in source for source in facts)
    passages = sum("passage" in source for source in facts)
    result = f"{proved} of {len(facts)} ({proved / len(facts):.0%}) by a quotation in a stored source"
    if passages:
        result += f"; {passages} by a passage that evidentia facts checks where its document is at hand"
    return [
        Check(
            "Grounded in reality",
            "Stated facts are proved by what their documents say",
            "rule values",
            result,
            ", ".join(sorted({path for source in facts for path in source.get("inputs", {})})),
            True if proved == len(facts) else None,
        )
    ]


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


def _differ(differences: tuple[Difference, ...]) -> str:
    shown = "; ".join(f"{item.id} {item.what}" for item in differences[:3])
    return f"{len(differences)} do: {shown}" if differences else "none does"


def _disclosure(config: Config, folder: Path, told: Judgement | None) -> list[Check]:
    limits = {
        dataset.path: dataset.disclosure for dataset in config.data.values() if dataset.disclosure.protects
    }
    if not limits or told is None:
        return []
    rules = "; ".join(
        f"{path}: counts below {policy.minimum_cell}"
        + (f", rounded to {policy.rounding}" if policy.rounding > 1 else "")
        for path, policy in sorted(limits.items())
    )
    found = scan(config, folder)
    records = f"{found.measured}: " + ("; ".join(found.findings[:3]) or "none found")
    return [
        Check(
            "Robust",
            "No count that is suppressed can be worked out from all that is published",
            "rule review",
            f"{told.counts} counts are suppressed; "
            + (f"too easily placed: {', '.join(told.weak[:5])}" if told.weak else "each keeps its interval"),
            rules,
            not told.weak,
        ),
        Check(
            "Robust",
            "This release and the accepted one together point at nobody",
            "rule review",
            "no numbers were accepted yet" if told.differences is None else _differ(told.differences),
            BASELINE,
            None if told.differences is None else not told.differences,
        ),
        Check(
            "Robust",
            "No value or id of a protected record is in any file of the build",
            "rule review",
            records,
            ", ".join(found.paths),
            not found.findings,
        ),
    ]


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
