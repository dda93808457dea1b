"""What is said at the end of a build: what was made, what changed since the last one, and what a reader must
know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evidentia.compare.meaning import judge
from evidentia.compare.sources import read_present
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry, load
from evidentia.core.paths import BUILD, NUMBERS

DOCUMENTS = (
    *(f"{name}.{kind}" for name in ("report", "brief") for kind in ("html", "pdf", "docx")),
    *("tables.xlsx", "numbers.json", "members.json"),
)
MOST = 5


def last_ledger(folder: Path) -> dict[str, Entry] | None:
    """Return the ledger that was published last; None if there is none that can be read."""
    try:
        return load(folder / NUMBERS)
    except EvidentiaError:
        return None


def summary(folder: Path, before: Mapping[str, Entry] | None, seconds: float) -> Iterator[str]:
    """Yield the lines.

    Parameters
    ----------
    folder : Path
        Built.
    before : mapping of str to entry, or None
        The ledger of the last build.
    seconds : float
        That the build took.
    """
    build = folder / BUILD
    made = [f"{name} ({_size(build / name)})" for name in DOCUMENTS if (build / name).is_file()]
    yield f"In {build}: {', '.join(made)}" if made else f"In {build}: nothing to read yet"
    yield f"Time: {seconds:.0f} s"
    if not (folder / "config.yaml").is_file() or last_ledger(folder) is None:
        return
    present = read_present(folder)
    yield from _changes(folder, before)
    yield from _to_know(present.ledger)


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _changes(folder: Path, before: Mapping[str, Entry] | None) -> Iterator[str]:
    if before is None:
        yield "Since the last build: this is the first"
        return
    config, present = load_config(folder, check_files=False), read_present(folder)
    comparison = judge(before, present, config)
    yield f"Since the last build: {comparison.summary()}"
    for finding in comparison.findings[:MOST]:
        old, new = finding.change.printed()
        marks = f" ({'; '.join(finding.marks)})" if finding.marks else ""
        yield (
            f"  {finding.change.id}:"
            f" {f'{old} to {new}' if finding.change.kind == 'changed' else finding.change.kind}{marks}"
        )
    if len(comparison.findings) > MOST:
        yield f"  and {len(comparison.findings) - MOST} more"


def _to_know(ledger: Mapping[str, Entry]) -> Iterator[str]:
    """Yield what a reader must know: suppressed numbers in sentences, and notes on methods and data."""
    hidden = [
        entry
        for entry in ledger.values()
        if entry.get("suppressed") and any(use["anchor"].startswith("n-") for use in entry["uses"])
    ]
    notes = [entry for id, entry in ledger.items() if ".note." in f".{id}"]
    if not hidden and not notes:
        return
    yield "A reader must know:"
    for entry in hidden:
        chapters = ", ".join(dict.fromkeys(use["chapter"] for use in entry["uses"]))
        yield f"  suppressed in a sentence: {entry['id']} ({chapters})"
    for entry in notes:
        yield f"  {entry['id']}: {entry['value'] if isinstance(entry['value'], str) else entry['label']}"
