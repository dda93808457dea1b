"""Hashes of files by their content, which alone says whether something is new.

The hash of a large file is remembered as long as its size, its times (that of its last change of state too,
which no program can set) and its inode are the same; no time is ever compared with another file's.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json, sha256, write_whole

LARGE = 1024 * 1024
"""Bytes from which a file's hash is remembered."""

SETTLED = 2.0
"""Seconds since a file's last change from which its times are believed: a further change within one tick
would not show.
"""

MISSING = ""


class Hashes:
    """The hashes of files in one start of a build.

    Parameters
    ----------
    memory : Path, optional
        Where the hashes of large files are kept from one build to the next.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._kept = _read(memory) if memory else {}
        self._known: dict[str, str] = {}

    def of(self, path: Path) -> str:
        """Return the hash of a file, `MISSING` if there is none; a file that may not be read is an error."""
        name = str(path)
        if name not in self._known:
            self._known[name] = self._hash(path, name)
        return self._known[name]

    def _hash(self, path: Path, name: str) -> str:
        try:
            state = path.stat()
            if not path.is_file():
                return MISSING
            if state.st_size < LARGE:
                return sha256(path)
            mark = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
            kept = self._kept.get(os.path.abspath(name))  # noqa: PTH100, because a link is to stay one
            if kept and kept[:-1] == mark:
                return str(kept[-1])
            found = sha256(path)
            if time.time() - max(state.st_ctime, state.st_mtime) > SETTLED:
                self._kept[os.path.abspath(name)] = [*mark, found]  # noqa: PTH100
            return found
        except PermissionError:
            raise EvidentiaError(
                "the file may not be read",
                where=name,
                remedy="change its permissions (chmod u+r), or ask its owner",
            ) from None
        except OSError:
            return MISSING

    def save(self) -> None:
        """Keep the hashes of the large files."""
        if self._memory and self._kept != _read(self._memory):
            write_whole(self._memory, json.dumps(self._kept, indent=0))


def _read(memory: Path) -> dict[str, list[int | str]]:
    try:
        kept = read_json(memory) if memory.is_file() else {}
    except EvidentiaError:
        return {}
    return (
        kept
        if isinstance(kept, dict) and all(isinstance(row, list) and len(row) == 5 for row in kept.values())
        else {}
    )
