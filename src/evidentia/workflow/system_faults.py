"""What is said of a fault that is not in the evaluation: of the system, of memory, of what is installed."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path

from evidentia.core.files import write_whole

ENDED = (
    "the system ended a job, most likely because memory ran out"
    "\n  to do: close other programs, or run with fewer cores (--cores 1); the last report is as it was"
)
"""Of a job that was killed, or that a library ended without a word."""

BEGUN = "This job has begun, and has not said yet how it ended.\n"
"""What a step's log holds while its job runs."""

_NO_MEMORY = (
    "the machine's memory is used up\n  to do: close other programs, or run with fewer cores (--cores 1),"
    " then run the same command again; the last report is as it was"
)


def write_log(log: Path, details: str) -> None:
    """Write a step's log, if the system lets it be written; a link in its place is replaced."""
    with contextlib.suppress(OSError):
        write_whole(log, details)


def ended_silently(log: Path) -> bool:
    """Tell whether a job ended and said nothing, as where OpenBLAS finds no memory and ends the process."""
    with contextlib.suppress(OSError):
        return log.is_file() and log.stat().st_size == len(BEGUN) and log.read_text(errors="replace") == BEGUN
    return False


def explain_fault(error: Exception, log: Path) -> str:
    """Return one message about a fault that is not the user's."""
    if isinstance(error, MemoryError) or _of_memory(error):
        return _NO_MEMORY
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, ModuleNotFoundError):
        return (
            f"the package '{error.name}' is not installed\n  to do: install what requirements.lock names"
            " (make report does)"
        )
    place = os.path.relpath(log)
    return (
        f"{type(error).__name__}: {error}\n  to do: this is a fault in Evidentia or its set-up; {place} has"
        " the details"
    )


def _of_memory(error: BaseException | None) -> bool:
    """Tell whether memory ran out behind an error: a library that cannot be loaded says so in words only."""
    while error is not None:
        if isinstance(error, MemoryError) or re.search(
            r"failed to map segment|[Cc]annot allocate memory|can't start new thread", str(error)
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


_SYSTEM = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("your share of the disk is full", "make room"),
    errno.EFBIG: ("a file would be larger than this system allows", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the place is read-only", "build in a copy of the folder that can be written"),
    errno.EACCES: ("permission is denied", "change the permissions, or build in a copy of the folder"),
    errno.EPERM: ("permission is denied", "change the permissions, or build in a copy of the folder"),
    errno.ENOMEM: (
        "the machine's memory is used up",
        "close other programs, or run with fewer cores (--cores 1)",
    ),
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n)"),
}


def _of_the_system(error: OSError) -> str:
    """Say what the system refused, where, and what to do."""
    what, remedy = _SYSTEM.get(
        error.errno or 0, (f"the system says: {error.strerror or error}", "see whether the file is there")
    )
    where = f"\n  where: {error.filename}" if error.filename else ""
    return f"{what}{where}\n  to do: {remedy}, then run the same command again; the last report is as it was"
