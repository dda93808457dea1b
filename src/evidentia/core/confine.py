"""Confining a process to where it may read and write, by Landlock, which Linux has since 5.13.

``python -m evidentia.core.confine SCRATCH CLOSED OPEN... -- COMMAND`` runs a command that writes below
`SCRATCH` alone and reads nothing below `CLOSED`, the evaluation folder, but what lies in `SCRATCH` and in
`OPEN`. Where the system has no Landlock the command runs all the same; `evidentia.core.running` then sees
only what can be seen afterwards.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # numbers of the system calls, the same on every machine
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38
_READ = 1 << 0 | 1 << 2 | 1 << 3  # run a file, read it, list a folder
_FIRST, _MOVE, _CUT = (
    (1 << 13) - 1,
    1 << 13,
    1 << 14,
)  # rights of the first version; those of the second and third
_FILE = 1 << 0 | 1 << 1 | 1 << 2 | _CUT  # what a right over a single file can be: run, write, read, cut off
_MOST_BESIDE = 20_000


class _Rights(ctypes.Structure):
    _fields_ = (("handled", ctypes.c_uint64),)


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def can_confine() -> bool:
    """Tell whether this system can confine a process."""
    return _version() >= 1


def _version() -> int:
    return _call(_CREATE, None, 0, 1) if sys.platform == "linux" else 0


def confine(scratch: Path, closed: Path, allowed: Iterable[Path]) -> bool:
    """Confine this process and all that it starts; return whether the system can.

    Parameters
    ----------
    scratch : Path
        Where it may write.
    closed : Path
        Below it nothing can be read.
    allowed : iterable of Path
        What can be read although it lies below `closed`, such as the engine.
    """
    if not can_confine():
        return False
    every = _FIRST | (_MOVE if _version() >= 2 else 0) | (_CUT if _version() >= 3 else 0)
    rights = _Rights(every)
    rules = _call(_CREATE, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if rules < 0:
        return False
    for path in (*_beside(closed), *allowed):
        _allow(rules, path, _READ)
    for path in (scratch, Path("/dev")):
        _allow(rules, path, every)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = _call(_RESTRICT, rules, 0)
    os.close(rules)
    return done == 0


def _beside(closed: Path) -> Iterable[Path]:
    """Yield all that lies beside a folder and beside each folder above it; a link leads to one of these."""
    for inner, outer in zip((closed, *closed.parents), closed.parents, strict=False):
        try:
            inside = list(islice(outer.iterdir(), _MOST_BESIDE))
        except OSError:
            continue
        yield from (path for path in inside if path != inner and not path.is_symlink())


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        handle = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _Rule(rights if path.is_dir() else rights & _FILE, handle)
        _call(_ADD, rules, 1, ctypes.byref(rule), 0)
    finally:
        os.close(handle)


def _call(number: int, *arguments: object) -> int:
    given = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *given))


def main(arguments: list[str]) -> None:
    """Confine this process, then become the command."""
    split = arguments.index("--")
    scratch, closed, *allowed = map(Path, arguments[:split])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    confine(scratch, closed, allowed)
    command = arguments[split + 1 :]
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
