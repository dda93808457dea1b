"""Running a program of the evaluation folder: in a folder of its own, with what it declares and nothing else.

It finds copies of its declared inputs and of the files beside it at their own paths, and writes into ``out``.
A program that is new runs twice, because what comes out differently the second time cannot be published. Its
folder lies in `PROTECTED` and is removed when the program has ended.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from evidentia.core.confine import can_confine
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import digest, write_whole
from evidentia.core.paths import PROTECTED, SOURCE
from evidentia.core.running_faults import denied, failed, hint_of, outside, unlike
from evidentia.core.scratch import OUT, outputs, place, scratch_of, state_of, written
from evidentia.core.trust import check_trust

LOGS = PROTECTED / "logs"
MOST_PRINTED = 5_000_000
"""Bytes of what a program prints that its log keeps, from the end."""
PROVED = PROTECTED / "proved"
"""Which programs gave the same twice: a file a task, with the digest of what was run."""

_KEPT = ("PATH", "HOME", "USER", "LANG", "LD_LIBRARY_PATH", "R_HOME", "R_LIBS", "R_LIBS_USER", "R_LIBS_SITE")
_KEPT_BEGINNINGS = ("JULIA_", "CONDA_", "JAVA_")
_SAME = {
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": "315532800",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
}
"""What is the same wherever a program runs."""

INTERPRETERS = {
    ".r": ("Rscript", "--vanilla"),
    ".jl": ("julia", "--startup-file=no"),
    ".sh": ("sh",),
    ".pl": ("perl",),
}
"""By the ending of a program's name; any other is run by its own first line (``#!``)."""


@dataclass(frozen=True)
class Task:
    """What is to run.

    Attributes
    ----------
    program : str
        Path in the evaluation folder.
    name : str
        What it is for, such as ``analysis-donors``; names its log.
    command : tuple of str
        What runs it, with ``{scratch}`` for its folder; the interpreter of the program's kind if it is empty.
    files : tuple of str
        Files of the evaluation folder that it may read.
    inputs : dict of str to bytes
        Further inputs by their path in its folder.
    arguments : tuple of str
        Paths that are given to a program that is no Python function.
    variables : dict of str to str
        Of its environment.
    minutes : float
        After which it is stopped.
    twice : bool
        Whether it runs twice while it is new.
    """

    program: str
    name: str
    command: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    minutes: float = 60.0
    twice: bool = True

    def reading(self, paths: Iterable[str]) -> Task:
        """Return the task with further files that it may read."""
        return replace(self, files=tuple(dict.fromkeys([*self.files, *paths])))

    def known(self, beside: Mapping[str, str]) -> str:
        """Return a digest of the program, what lies with it and what it is told, but not of its data."""
        told = self.inputs.get("in/task.json", b"").decode()
        return digest([self.program, dict(beside), dict(self.variables), told], length=64)

    @property
    def log(self) -> Path:
        """What it prints; in the protected place, because it may print records."""
        return LOGS / f"{self.name}.log"


def run_program(folder: Path, task: Task) -> dict[str, bytes]:
    """Run a trusted program and return the files that it wrote, by their path in its output folder.

    Raises
    ------
    EvidentiaError
        If it is not trusted, fails, takes too long, writes elsewhere, or gives something else the second
        time.
    """
    beside = check_trust(folder).beside(task.program)
    first = _once(folder, task, "0")
    proved, known = folder / PROVED / task.name, task.known(beside)
    if task.twice and not (proved.is_file() and proved.read_text(encoding="utf-8") == known):
        second = _once(folder, task, "1")
        if first != second:
            raise unlike(task.program, first, second)
        write_whole(proved, known)
    return first


def _once(folder: Path, task: Task, seed: str) -> dict[str, bytes]:
    beside = check_trust(folder).beside(task.program)
    before = dict(state_of(folder))
    with scratch_of(folder) as scratch:
        placed = place(folder, scratch, beside, task.files, task.inputs)
        code = _call(folder, scratch, task, seed)
        _raise_told(scratch, task.program)
        stray = written(scratch, placed)
        log = _printed(folder, scratch, task)
        known = {*beside, *task.files}
        if code:
            hint = hint_of(folder, scratch, log, known)
            raise failed(task.program, code, log, task.log, hint)
        refused = denied(folder, scratch, log, known)
        if stray or refused:
            raise outside(task.program, stray or [f"(or tried to) {refused}"])
        changed = [path for path, state in dict(state_of(folder)).items() if before.get(path) != state]
        if changed:
            raise outside(task.program, changed)
        return outputs(scratch / OUT, task.program)


def _raise_told(scratch: Path, program: str) -> None:
    """Raise for what the runner of Python functions has seen, which sees more."""
    told = scratch / "tmp" / "fault"
    if told.is_file():
        what = told.read_text(encoding="utf-8", errors="replace")
        refused = what.startswith("the program ")
        remedy = (
            "let it read what is declared for it (data, files) and write into its output folder alone"
            if refused and "has no function" not in what
            else "correct the program; docs/scripts.md shows a whole one"
        )
        raise EvidentiaError(what, where=program, remedy=remedy)


def _call(folder: Path, scratch: Path, task: Task, seed: str) -> int:
    """Run the program; what it prints goes to its log."""
    command = [part.format(scratch=scratch) for part in task.command] or _interpreter(scratch, task.program)
    confined = [sys.executable, "-P", "-m", "evidentia.core.confine", str(scratch), str(folder.resolve())]
    confined += [str(path) for path in (SOURCE, Path(sys.prefix), Path(sys.base_prefix))]
    arguments = [str(scratch / path) for path in task.arguments]
    log = folder / task.log
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as stream:
        running = subprocess.Popen(
            [*(confined + ["--"] if can_confine() else []), *command, *arguments],
            cwd=scratch,
            env=_environment(scratch, task, seed),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return running.wait(timeout=task.minutes * 60)
        except subprocess.TimeoutExpired:
            raise EvidentiaError(
                f"the program ran for more than {task.minutes:g} minutes, and was stopped",
                where=task.program,
                remedy=f"let it do less, or allow it more: minutes: {task.minutes * 2:g}",
            ) from None
        finally:
            with contextlib.suppress(OSError):
                os.killpg(running.pid, signal.SIGKILL)  # and whatever it has started


def _interpreter(scratch: Path, program: str) -> list[str]:
    known = INTERPRETERS.get(PurePosixPath(program).suffix.lower())
    if known:
        found = shutil.which(known[0])
        if not found:
            raise EvidentiaError(
                f"{known[0]} is not installed, which runs {program}",
                where=program,
                remedy=f"install it, so that '{known[0]} --version' answers",
            )
        return [found, *known[1:], str(scratch / program)]
    with (scratch / program).open("rb") as stream:
        if stream.read(2) != b"#!" or not os.access(scratch / program, os.X_OK):
            endings = ", ".join([".py", *INTERPRETERS]).replace(".r,", ".R,")
            raise EvidentiaError(
                "nothing is known that runs this program",
                where=program,
                remedy=(
                    f"end its name with one of {endings}, or begin it with #! and make it executable"
                    " (chmod +x)"
                ),
            )
    return [str(scratch / program)]


def _environment(scratch: Path, task: Task, seed: str) -> dict[str, str]:
    """Return the environment of a program: nothing that differs between machines, and no key of the user."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith(_KEPT_BEGINNINGS)
    }
    own = {
        "PYTHONPATH": str(SOURCE),
        "PYTHONHASHSEED": seed,
        "TMPDIR": str(scratch / "tmp"),
        "MPLCONFIGDIR": str(scratch / "tmp" / "matplotlib"),
    }
    return {**kept, **_SAME, **own, **task.variables}


def _printed(folder: Path, scratch: Path, task: Task) -> str:
    """Return what the program printed last, with paths as the evaluation folder has them."""
    with (folder / task.log).open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - MOST_PRINTED))
        text = stream.read().decode("utf-8", errors="replace").replace(f"{scratch}/", "")
    if size > MOST_PRINTED:
        text = f"[the first {size - MOST_PRINTED:,} bytes are left out]\n{text}"
    (folder / task.log).write_text(text, encoding="utf-8")
    return text
