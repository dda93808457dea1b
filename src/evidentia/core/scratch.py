"""The folder in which a program of the evaluation folder runs: made for it, filled with what it may read, and
removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.core.paths import PROTECTED
from evidentia.core.running_faults import outside

RUNS = PROTECTED / "runs"
OUT = "out"
MOST_FILES, LARGEST_OUTPUT = 2_000, 200_000_000
"""Files that a program may write, and bytes of all of them."""


@contextlib.contextmanager
def scratch_of(folder: Path) -> Iterator[Path]:
    """Yield an empty folder, which nobody else may read, as long as the program runs."""
    place = protected_place(folder) / RUNS.name
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True) as name:
        scratch = Path(name).resolve()
        for part in (OUT, "tmp"):
            (scratch / part).mkdir()
        for part in ("tables", "figures"):
            (scratch / OUT / part).mkdir()
        yield scratch


def protected_place(folder: Path) -> Path:
    """Return the folder for what may hold records; it is made, for this user alone, and told to version
    control.
    """
    place = folder / PROTECTED
    place.mkdir(mode=0o700, exist_ok=True)
    if not (place / ".gitignore").is_file():
        (place / ".gitignore").write_text("*\n", encoding="utf-8")
    return place


def place(
    folder: Path, scratch: Path, beside: Mapping[str, str], files: Iterable[str], inputs: Mapping[str, bytes]
) -> dict[str, tuple[int, int]]:
    """Copy what the program may read into its folder, what lies with it as it was trusted; return each copy's
    state.
    """
    for path in sorted({*beside, *files}):
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / path, scratch / path)
        if path in beside and sha256(scratch / path) != beside[path]:
            raise EvidentiaError(
                f"{path} changed while it was about to run", remedy="run the same command again"
            )
    for path, content in inputs.items():
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        (scratch / path).write_bytes(content)
    return dict(state_of(scratch))


def state_of(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the files of a folder with size and time of the last change, but for what a build writes."""
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name for name in folders if not name.startswith(".") and (name, place) != ("build", str(folder))
        ]
        for name in names:
            path = Path(place, name)
            with contextlib.suppress(OSError):
                state = path.lstat()
                yield path.relative_to(folder).as_posix(), (state.st_size, state.st_mtime_ns)


def written(scratch: Path, placed: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return the files that the program wrote or changed in its folder outside its output."""
    now = {path: state for path, state in state_of(scratch) if path.split("/")[0] not in (OUT, "tmp")}
    return sorted(path for path, state in now.items() if placed.get(path) != state)


def outputs(out: Path, program: str) -> dict[str, bytes]:
    """Return what was written, by path."""
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(out.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise outside(program, [f"{path.relative_to(out)} (a link or no file)"])
        if path.is_file():
            size += path.stat().st_size
            if size > LARGEST_OUTPUT or len(found) >= MOST_FILES:
                raise EvidentiaError(
                    f"the program wrote more than {MOST_FILES:,} files or {LARGEST_OUTPUT // 10**6} MB",
                    where=program,
                    remedy="write numbers, tables and figures, not records",
                )
            found[path.relative_to(out).as_posix()] = path.read_bytes()
    return found
