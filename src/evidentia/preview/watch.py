"""Which files of a folder changed, as they change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from evidentia.core.paths import PROTECTED

STEP = 40
"""Milliseconds without a further change after which a change is told: an editor writes a file in several
steps.
"""


class _Inputs(DefaultFilter):
    """All but what is generated, and what editors and version control keep for themselves."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._own = [str(folder / name) for name in ("build", ".snakemake", PROTECTED.name)]

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change is one of an input."""
        generated = any(path == own or path.startswith(f"{own}/") for own in self._own)
        return not generated and super().__call__(change, path)


def changes(folder: Path, stop: threading.Event) -> Iterator[set[str]]:
    """Yield sets of paths below a folder, relative to it, that changed together, until told to stop."""
    folder = folder.resolve()
    for found in watch(folder, watch_filter=_Inputs(folder), step=STEP, stop_event=stop, rust_timeout=1000):
        yield {Path(path).relative_to(folder).as_posix() for _, path in found}
