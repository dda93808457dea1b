"""What is said of a program that failed, wrote elsewhere, or gave something else the second time."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import PROTECTED

LAST_LINES = 12
_PATH = re.compile(r"[\w./ -]{0,300}\w\.\w{1,8}")
_DENIED = re.compile(r"permission denied|operation not permitted|EACCES", re.IGNORECASE)


_NOT_INSTALLED = (
    (
        re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'"),
        "install the package that gives '{name}' beside Evidentia, and name it with its version in"
        " requirements.txt beside the program",
    ),
    (
        re.compile(r"there is no package called [^\w\s]?([\w.]+)"),
        "install.packages('{name}') in R, and lock it by renv.lock beside the program",
    ),
)


def failed(program: str, code: int, log: str, place: Path, hint: str) -> EvidentiaError:
    """Return the fault of a program that ended with a code other than 0."""
    lines = [line for line in log.splitlines() if line.strip()][-LAST_LINES:]
    how = f"was ended by the system (signal {-code})" if code < 0 else f"failed (exit status {code})"
    last = (
        "; its last lines:\n" + "\n".join(f"    {line}" for line in lines)
        if lines
        else ", and printed nothing"
    )
    return EvidentiaError(
        f"the program {how}{last}",
        where=program,
        remedy=f"{hint or 'correct the program'}; all that it printed is in {place.as_posix()}",
    )


def hint_of(folder: Path, scratch: Path, log: str, known: Collection[str]) -> str:
    """Return what to do where the last lines name a file of the evaluation folder that was not declared, or a
    package that is not there.
    """
    for pattern, remedy in _NOT_INSTALLED:
        if missing := pattern.search(log):
            return remedy.format(name=missing[1].partition(".")[0])
    for path in _named(folder, scratch, "\n".join(log.splitlines()[-LAST_LINES:])):
        if path not in known and (folder / path).is_file():
            return (
                f"it uses {path}, which is not declared for it: to read it, name it in 'data' or in"
                f" 'files: [{path}]'; it writes into its output folder alone"
            )
    return ""


def denied(folder: Path, scratch: Path, log: str, known: Collection[str]) -> str:
    """Return a path of the evaluation folder that the system let no program use, by what it printed."""
    for line in log.splitlines():
        if _DENIED.search(line):
            for path in _named(folder, scratch, line):
                if path not in known:
                    return path
    return ""


def _named(folder: Path, scratch: Path, text: str) -> Iterator[str]:
    """Yield the paths of the evaluation folder that stand in a text, whichever folder they begin in."""
    home = folder.resolve()
    for match in _PATH.finditer(text):
        for part in dict.fromkeys((match[0].strip(), match[0].strip().rpartition(" ")[2])):
            for base in (scratch, home):
                found = Path(os.path.normpath(base / part))
                if found.is_relative_to(home) and not found.is_relative_to(home / PROTECTED):
                    yield found.relative_to(home).as_posix()


def outside(program: str, paths: Sequence[str]) -> EvidentiaError:
    """Return the fault of a program that wrote something other than its outputs."""
    drawn = "; R draws into Rplots.pdf where no file is open: begin with svg(...)" * ("Rplots.pdf" in paths)
    some = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
    return EvidentiaError(
        f"the program wrote or changed {some}, outside its output folder",
        where=program,
        remedy=(
            "let it write into the output folder that it is given (a Python function returns its results);"
            f" put back what it changed{drawn}"
        ),
    )


def unlike(program: str, first: Mapping[str, bytes], second: Mapping[str, bytes]) -> EvidentiaError:
    """Return the fault of a program that gave something else the second time."""
    names = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    shown = _difference(names[0], first.get(names[0], b""), second.get(names[0], b""))
    more = f" (and {len(names) - 1} more files)" if len(names) > 1 else ""
    return EvidentiaError(
        f"the program gives something else when it runs again: {shown}{more}",
        where=program,
        remedy=(
            "set a seed for random numbers (Python: numpy.random.default_rng(1); R: set.seed(1)), and rest"
            " nothing on the time, the order of a set or the name of a folder"
        ),
    )


def _difference(name: str, first: bytes, second: bytes) -> str:
    """Return what differs in a file: the first number that does, where it is a list of numbers."""
    if name != "numbers.csv":
        return name
    rows = [list(csv.DictReader(io.StringIO(data.decode("utf-8", "replace")))) for data in (first, second)]
    for before, after in zip(*rows, strict=False):
        if before.get("value") != after.get("value"):
            return f"the number '{before.get('id')}' is {before.get('value')}, then {after.get('value')}"
    return name
