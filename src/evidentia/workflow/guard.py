"""What keeps a build whole: one build at a time in a folder, room to write, and inputs that stay as they are.

The Snakefile calls it once at its start and once at its end; no job does.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json, sha256

if TYPE_CHECKING:
    from evidentia.workflow.evaluation import Study

LEAST_ROOM = 50 * 1024 * 1024
"""Bytes that a build needs at least, for its outputs and for Snakemake's own notes."""

KEPT = tuple(f"build/{name}" for name in ("report.html", "report.pdf", "tables.xlsx", "claims.json", "numbers.json", "numbers.csv"))
"""What a build keeps until the new one is whole: update() in the Snakefile."""

VALIDATION = "build/validation.json"
LONG_AGO = 86_400  # seconds after 1970
_ENDED = re.compile(r"exit status 137|SIGKILL|SIGABRT|SIGSEGV|exit status 13[49]")


class Guard:
    """The guard of one build.

    Parameters
    ----------
    study : Study
        Its folder is the one that is guarded.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.folder = study.folder
        self.before: dict[str, str] = {}
        self.kept: dict[Path, tuple[str, int]] = {}
        self.validated = 0
        self._lock: int | None = None

    def begin(self, arguments: Iterable[str] = ()) -> None:
        """Take the folder for this build, or raise; what a build that was killed left behind is cleared away.

        Parameters
        ----------
        arguments : iterable of str
            Of the command line; a dry run takes and clears nothing.
        """
        if {"-n", "--dry-run", "--dryrun"} & set(arguments):
            return
        _writable(self.folder)
        _readable(self.folder, self.study.sources)
        if shutil.disk_usage(self.folder).free < LEAST_ROOM:
            raise EvidentiaError(
                f"the disk is full: less than {LEAST_ROOM // 1024**2} MiB are free",
                where=str(self.folder.resolve()),
                remedy="make room, then run the same command again; the last report is as it was",
            )
        self._take()
        for stale in (self.folder / ".snakemake" / "locks").glob("*.lock"):
            stale.unlink(missing_ok=True)
        for part in (self.folder / "build").rglob(".*.part"):
            part.unlink(missing_ok=True)

    def _take(self) -> None:
        """Hold a lock that the system gives back when this process ends, however it ends."""
        try:
            import fcntl
        except ImportError:  # a system without it has Snakemake's own lock
            return
        place = self.folder / ".snakemake"
        place.mkdir(exist_ok=True)
        self._lock = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EvidentiaError(
                "another build of this folder is running",
                where=str(self.folder.resolve()),
                remedy="wait until it has ended, then run the same command again",
            ) from None
        except OSError:  # a file system without locks
            return

    def note(self) -> None:
        """Keep the hashes of all inputs, and what readers have in hand, as they are when the jobs start."""
        self.before = self._hashes()
        self.validated = _modified(self.folder / VALIDATION)
        present = [self.folder / name for name in KEPT if (self.folder / name).is_file()]
        self.kept = {path: (sha256(path), path.stat().st_mtime_ns) for path in present}

    def compare(self, forget: Callable[[str], object]) -> None:
        """Raise if an input is no longer what it was when the jobs started, or was something else meanwhile.

        What was made from it first counts as old, so that the next build makes it again; the last report stays.

        Parameters
        ----------
        forget : callable
            Takes an output's path and drops what Snakemake has noted of it: it notes an input's hash when the
            job ends, which may be that of the changed file.
        """
        after = {**self._hashes(), **self._read()}
        changed = [name for name in sorted(self.before) if after.get(name) != self.before[name]]
        for made in dict.fromkeys(path for name in changed for path in self._made_from(name)):
            if (self.folder / made).is_file():
                forget(made)
                os.utime(self.folder / made, (LONG_AGO, LONG_AGO))
        if changed:
            raise EvidentiaError(
                f"{', '.join(changed)} changed while the build ran, so that parts of the report may be from before and parts from after",
                remedy="run the same command again",
            )

    def set_back(self, forget: Callable[[str], object]) -> None:
        """Let files that Snakemake restored after a failure count as old: it takes them for the failed job's own."""
        for path, (content, modified) in self.kept.items():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime_ns != modified and sha256(path) == content:
                    forget(path.relative_to(self.folder).as_posix())
                    os.utime(path, (LONG_AGO, LONG_AGO))

    def _read(self) -> dict[str, str]:
        """Return the hashes that data files had when this build read them, where that is known."""
        if _modified(self.folder / VALIDATION) == self.validated:
            return {}
        try:
            return {path: row["sha256"] for path, row in read_json(self.folder / VALIDATION).items()}
        except (EvidentiaError, KeyError, TypeError, AttributeError):
            return {}

    def explain(self, logs: Iterable[str]) -> None:
        """Say what the system said in Snakemake's log only: that it ended a job by itself."""
        with contextlib.suppress(OSError):
            if any(_ENDED.search(Path(log).read_text(encoding="utf-8", errors="replace")) for log in logs):
                print(
                    "\nevidentia: the system ended a job, most likely because memory ran out"
                    "\n  to do: close other programs, or run with fewer cores (--cores 1); the last report is as it was\n",
                    file=sys.stderr,
                )

    def _hashes(self) -> dict[str, str]:
        found = {}
        for name in dict.fromkeys(self.study.sources):
            try:
                found[name] = sha256(self.folder / name)
            except OSError:
                found[name] = "unreadable"
        return found

    def _made_from(self, name: str) -> list[str]:
        """Return the first files that a build makes from an input."""
        study = self.study
        read = [f"build/results/{analysis}.json" for analysis in study.config.analyses if name in study.data_of(analysis)]
        words = ["build/report.qmd", "build/values.json"] if name not in study.data_files else []
        return [*read, "build/validation.json", *words, *(["build/values.json"] if name in study.published else [])]


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _readable(folder: Path, names: Iterable[str]) -> None:
    """Raise if an input may not be read, before Snakemake stumbles over it."""
    for name in names:
        if not os.access(folder / name, os.R_OK):
            raise EvidentiaError("the file may not be read", where=name, remedy="change its permissions (chmod u+r), or ask its owner")


def _writable(folder: Path) -> None:
    """Raise if the outputs cannot be written, before any job starts."""
    build = folder / "build"
    if build.exists() and not build.is_dir():
        raise EvidentiaError("build is a file, where a folder is to be", where=str(build), remedy="move it away")
    for place in (build if build.exists() else folder, folder / ".snakemake"):
        if place.exists() and not os.access(place, os.W_OK | os.X_OK):
            raise EvidentiaError(
                f"{place.name or 'the folder'} cannot be written",
                where=str(place.resolve()),
                remedy="change its permissions, or build in a copy of the folder",
            )
