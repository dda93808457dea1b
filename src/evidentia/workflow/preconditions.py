"""What keeps a build whole: one build at a time in a folder, room to write, and nothing that leads out of the
folder.

The Snakefile calls `check` at every start, which changes nothing, and `begin` when jobs are about to run.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import leads_out
from evidentia.core.paths import BUILD, LOGS, PROTECTED, RECORDS
from evidentia.core.scratch import RUNS
from evidentia.workflow.publish import finish
from evidentia.workflow.system_faults import ENDED, ended_silently

LEAST_ROOM = 50 * 1024 * 1024
"""Bytes that a build needs at least, for its outputs and for Snakemake's own notes."""

_ENDED = re.compile(r"exit status 137|SIGKILL|SIGABRT|SIGSEGV|exit status 13[49]")


def check(folder: Path) -> None:
    """Raise if a build cannot write in a folder, or would write outside it; nothing is changed.

    Parameters
    ----------
    folder : Path
        The evaluation folder.
    """
    build = folder / BUILD
    if build.exists() and not build.is_dir():
        raise EvidentiaError(
            "build is a file, where a folder is to be", where=str(build), remedy="move it away"
        )
    lock = (RECORDS / "lock").as_posix()
    for name in ("build", ".snakemake", PROTECTED.as_posix(), *_links_in(folder), lock):
        if leads_out(folder, name):
            raise EvidentiaError(
                f"{name} is a link that leads out of the evaluation folder, where nothing may be written",
                where=str(folder.resolve()),
                remedy=f"remove the link: rm {name}",
            )
    for place in (build if build.exists() else folder, folder / ".snakemake"):
        if place.exists() and not os.access(place, os.W_OK | os.X_OK):
            raise EvidentiaError(
                f"{place.name or 'the folder'} cannot be written",
                where=str(place.resolve()),
                remedy="change its permissions, or build in a copy of the folder",
            )
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        raise EvidentiaError(
            f"the disk is full: less than {LEAST_ROOM // 1024**2} MiB are free",
            where=str(folder.resolve()),
            remedy="make room, then run the same command again; the last report is as it was",
        )


def _links_in(folder: Path) -> list[str]:
    """Return the folders below build that are links."""
    found = []
    for place, folders, _ in os.walk(folder / BUILD):
        found += [
            Path(place, name).relative_to(folder).as_posix()
            for name in folders
            if Path(place, name).is_symlink()
        ]
    return found


def check_settings(folder: Path, engine: Path, arguments: Iterable[str]) -> None:
    """Raise if Snakemake has read settings that the evaluation folder brings: their values can run programs.

    Parameters
    ----------
    folder, engine : Path
    arguments : iterable of str
        Of the command line; a profile that is named there is the user's own choice.
    """
    brought = [name for name in ("profiles",) if (folder / name / "default").is_dir()]
    named = any(word.startswith(("--workflow-profile", "--profile")) for word in arguments)
    if brought and not named and folder.resolve() != engine.resolve():
        raise EvidentiaError(
            "this folder brings settings for Snakemake, which can run programs",
            where=str((folder / brought[0]).resolve()),
            remedy=(
                f"build it with: evidentia build {folder.resolve()}\n  or move the folder {brought[0]} away"
            ),
        )


def check_targets(files: Iterable[str], arguments: Iterable[str]) -> None:
    """Raise if a file is asked for where a rule is to be: Snakemake would find it there, and not see whether
    it is old.
    """
    asked = sorted(set(files) & set(arguments))
    if asked:
        raise EvidentiaError(
            f"{', '.join(asked)} cannot be asked for alone",
            remedy=(
                "name a rule instead (numbers for the ledger alone, html, pdf, review), or none for all that"
                " is published together"
            ),
        )


def begin(folder: Path) -> int | None:
    """Take a folder for this build, and clear away what a build that was killed left behind.

    Returns
    -------
    int or None
        The lock, which the system gives back when this process ends, however it ends; None if this file
        system has none.
    """
    lock = _take(folder)
    build = folder / BUILD
    for part in build.rglob(".*.part"):
        part.unlink(missing_ok=True)
    shutil.rmtree(folder / RUNS, ignore_errors=True)
    for log in filter(ended_silently, (folder / LOGS).glob("*.log")):
        log.unlink(missing_ok=True)
    finish(build)
    now = time.time()
    for record in (folder / RECORDS).glob(
        "*.json"
    ):  # from a clock that was ahead: Snakemake wants outputs younger than inputs
        if record.is_file() and not record.is_symlink() and record.stat().st_mtime > now:
            os.utime(record)
    return lock


def _take(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:
        _without_lock(folder)
        return None
    place = folder / RECORDS
    place.mkdir(parents=True, exist_ok=True)
    lock = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise EvidentiaError(
            "another build of this folder is running",
            where=str(folder.resolve()),
            remedy="wait until it has ended, then run the same command again",
        ) from None
    except OSError:
        os.close(lock)
        _without_lock(folder)
        return None
    return lock


def _without_lock(folder: Path) -> None:
    print(
        f"evidentia: {folder.resolve()} is on a file system without locks: start no second build there"
        " meanwhile",
        file=sys.stderr,
    )


def explain(logs: Iterable[str], folder: Path) -> None:
    """Say what no job could say: that the system ended it.

    Parameters
    ----------
    logs : iterable of str
        Snakemake's.
    folder : Path
        The evaluation folder.
    """
    with contextlib.suppress(OSError):
        if any(_ENDED.search(Path(log).read_text(encoding="utf-8", errors="replace")) for log in logs) or any(
            map(ended_silently, (folder / LOGS).glob("*.log"))
        ):
            print(f"\nevidentia: {ENDED}\n", file=sys.stderr)
