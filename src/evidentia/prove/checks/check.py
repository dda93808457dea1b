"""What a check is, and how the checks of a report are run, saved and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
SHOWN = 5  # findings of one check that are printed; all are in the file


@dataclass
class Check:
    """The result of one check.

    Attributes
    ----------
    id : str
    title : str
        What was checked.
    status : str
        ``passed``, ``failed``, or ``skipped`` if it could not be run.
    measured : str
        What was counted or measured, in a few words; for a skipped check, why.
    findings : list of str
        What is wrong, each with its place.
    """

    id: str
    title: str
    status: str
    measured: str = ""
    findings: list[str] = field(default_factory=list)


class CannotRun(Exception):
    """Raised by a check for which something is missing on this machine."""


def of(id: str, title: str, find: Callable[[], tuple[str, Iterable[str]]]) -> Check:
    """Run one check.

    Parameters
    ----------
    id, title : str
    find : callable
        Returns what was measured, and the findings; raises `CannotRun` if it cannot be run here.
    """
    try:
        measured, found = find()
    except CannotRun as reason:
        return Check(id, title, SKIPPED, str(reason))
    findings = list(found)
    return Check(id, title, FAILED if findings else PASSED, measured, findings)


def as_json(checks: list[Check]) -> dict[str, Any]:
    """Return the checks for build/checks.json."""
    counts = {status: sum(check.status == status for check in checks) for status in (PASSED, FAILED, SKIPPED)}
    return {"schema": 1, "counts": counts, "checks": [asdict(check) for check in checks]}


def show(checks: list[Check]) -> None:
    """Print a short table of the checks."""
    from rich.console import Console
    from rich.table import Table

    colours = {PASSED: "green", FAILED: "bold red", SKIPPED: "yellow"}
    table = Table(title="Checks of the finished pages", title_justify="left")
    for name in ("check", "result", "measured"):
        table.add_column(name, overflow="fold")
    for check in checks:
        more = [f"- {finding}" for finding in check.findings[:SHOWN]]
        if len(check.findings) > SHOWN:
            more.append(f"- and {len(check.findings) - SHOWN} more")
        table.add_row(
            check.title,
            f"[{colours[check.status]}]{check.status}[/]",
            "\n".join([check.measured, *more]).strip(),
        )
    Console(markup=True, highlight=False).print(table)


def stop_if_failed(checks: list[Check], where: Path) -> None:
    """Raise if a check failed."""
    failed = [check.title for check in checks if check.status == FAILED]
    if failed:
        raise EvidentiaError(
            f"{len(failed)} of {len(checks)} checks failed: {'; '.join(failed)}",
            where=str(where),
            remedy="mend what they name",
        )
