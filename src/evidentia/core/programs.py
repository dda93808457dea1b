"""Programs that an evaluation folder brings: its own analyses, preparations and designs, found without
running any.

A program lies in a folder of its own, such as ``analysis/``. Whatever else lies there may be imported by it,
so the folder counts as a whole: for trust, for what is new, and for what a running program finds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.files import digest, leads_out, sha256
from evidentia.core.yamlio import line_of, read_yaml

NAME = "config.yaml"
NO_PROGRAMS = ("data", "report", "build", "tests", "templates")
"""Folders that hold no programs, because words, data and outputs change without anybody's trust."""

IGNORED = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".Rhistory", ".RData", ".DS_Store")
"""What tools leave beside programs; a running program does not find it."""

MOST, LARGEST = 2_000, 200_000_000
"""Files beside programs, and bytes of all of them."""


@dataclass(frozen=True)
class Programs:
    """The programs of a folder.

    Attributes
    ----------
    named : dict of str to tuple
        Path of each program, to the keys of config.yaml that name it.
    files : dict of str to str
        Every file that lies with them, with its hash.
    """

    named: Mapping[str, tuple[Any, ...]]
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash of all files and their names."""
        return f"sha256:{digest(dict(self.files), length=64)}"

    def beside(self, program: str) -> dict[str, str]:
        """Return the files of the folder in which a program lies, with their hashes."""
        home = home_of(program)
        return {path: known for path, known in self.files.items() if home_of(path) == home}


def home_of(program: str) -> str:
    """Return the folder in which a program lies: the first of its path."""
    return PurePosixPath(program).parts[0]


def programs_of(folder: Path) -> Programs:
    """Return the programs that a folder's config.yaml names.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a program outside the folder, in none of its own, or behind a link; too many files
        beside one.
    """
    path = folder / NAME
    raw = read_yaml(path)
    named: dict[str, tuple[Any, ...]] = {}
    for keys, program in _named(raw):
        named.setdefault(program, keys)
    raise_all(
        EvidentiaError(what, where=f"{path}{_line(path, keys)}", remedy=remedy)
        for program, keys in named.items()
        for what, remedy in _misplaced(folder, program)
    )
    files: dict[str, str] = {}
    for home in sorted({home_of(program) for program in named}):
        files |= {name: sha256(folder / name) for name in files_in(folder, home)}
    return Programs(named, files)


def _named(raw: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield the keys and the path of each program that a configuration names."""
    if not isinstance(raw, dict):
        return
    for section in ("data", "analyses"):
        entries = raw.get(section)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("run"), str):
                yield (section, name, "run"), entry["run"]
    designs = raw.get("designs")
    for place, program in enumerate(designs if isinstance(designs, list) else []):
        if isinstance(program, str):
            yield ("designs", place), program


def _line(path: Path, keys: tuple[Any, ...]) -> str:
    line = line_of(path, keys)
    return f", line {line}, key {'.'.join(map(str, keys))}" if line else ""


def _misplaced(folder: Path, program: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a program's place, and what to do."""
    path = PurePosixPath(program)
    example = "put it into a folder of its own, such as analysis/"
    if path.is_absolute() or ".." in path.parts or "\\" in program or not path.parts:
        yield f"the program '{program}' is not a path inside the evaluation folder", example
    elif len(path.parts) < 2:
        yield f"the program {program} lies beside config.yaml, where all else lies too", example
    elif path.parts[0] in NO_PROGRAMS or path.parts[0].startswith("."):
        yield f"the program {program} lies in {path.parts[0]}/, which holds no programs", example
    elif leads_out(folder, program):
        yield (
            f"the program {program} is a link, or lies behind one, that leads out",
            "put a copy into the folder",
        )


def files_in(folder: Path, home: str) -> list[str]:
    """Return the files that lie with programs in a folder of the evaluation, sorted; no link may lead out."""
    found: list[str] = []
    size = 0
    for place, folders, names in os.walk(folder / home):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        here = Path(place)
        for name in [*folders, *names]:
            path = (here / name).relative_to(folder).as_posix()
            if (here / name).is_symlink() and (name in folders or leads_out(folder, path)):
                raise EvidentiaError(
                    f"{path} is a link, and lies with programs", where=str(folder), remedy="put a copy there"
                )
        kept = [here / name for name in sorted(names) if name not in IGNORED and (here / name).is_file()]
        found += [path.relative_to(folder).as_posix() for path in kept]
        size += sum(path.stat().st_size for path in kept)
        if len(found) > MOST or size > LARGEST:
            raise EvidentiaError(
                f"{home}/ holds more than {MOST:,} files, or {LARGEST // 10**6} MB, and all of it counts as"
                " program",
                where=str(folder),
                remedy="put data into data/, and keep only programs there",
            )
    return found
