"""Accepting the present numbers as the baseline, with the reason."""

from __future__ import annotations

import datetime
from pathlib import Path

from evidentia.compare.meaning import judge, what_changed
from evidentia.compare.sources import LEDGER, Present, read_other
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import write_whole
from evidentia.core.paths import BASELINE, BUILD

CHANGES = "tests/regression/CHANGES.md"
HEAD = "# Why the accepted numbers changed\n"
MOST = 10  # changes that an entry lists


def accept(folder: Path, config: Config, present: Present, reason: str, today: datetime.date) -> Comparison:
    """Make the present numbers the baseline and note date, reason and what changed.

    Parameters
    ----------
    folder : Path
        The evaluation folder.
    config : Config
    present : Present
    reason : str
    today : date
        The day of the note.

    Returns
    -------
    Comparison
        With the baseline before; of a first baseline, every number is new.

    Raises
    ------
    EvidentiaError
        If there is no reason, the report does not print the present numbers yet, or nothing changed.
    """
    if not reason.strip():
        raise EvidentiaError(
            "there is no reason", remedy='say why the numbers are right now: evidentia accept --reason "..."'
        )
    if not present.rebuilt:
        raise EvidentiaError(
            "the report does not print the newest values yet",
            where="build/numbers.json",
            remedy="run evidentia build until it ends well, then accept",
        )
    first = not (folder / BASELINE).is_file()
    comparison = judge({} if first else read_other("", folder), present, config)
    if not comparison:
        raise EvidentiaError(
            "no number differs from the baseline", where=BASELINE, remedy="there is nothing to accept"
        )
    write_whole(folder / BASELINE, (folder / BUILD / LEDGER).read_bytes())
    path = folder / CHANGES
    before = path.read_text(encoding="utf-8") if path.is_file() else HEAD
    write_whole(path, before.rstrip() + "\n\n" + note(comparison, reason, today, first=first))
    return comparison


def note(comparison: Comparison, reason: str, today: datetime.date, *, first: bool) -> str:
    """Return the entry of CHANGES.md."""
    lines = [f"## {today.isoformat()}", "", " ".join(reason.split()), ""]
    if first:
        return "\n".join([*lines, f"The first baseline: {len(comparison.findings)} numbers.", ""])
    lines += [comparison.summary(), ""]
    lines += [
        f"- {'; '.join([f'`{item.change.id}`: {what_changed(item.change)}', *item.marks])}"
        for item in comparison.findings[:MOST]
    ]
    if len(comparison.findings) > MOST:
        lines.append(f"- and {len(comparison.findings) - MOST} more")
    return "\n".join([*lines, ""])
