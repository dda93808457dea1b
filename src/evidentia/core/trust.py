"""Trust: a program of an evaluation folder runs only when this user has said that it may.

What was trusted is kept for the user, outside every evaluation folder: the hash of each program and of all
that lies with it. A file that is new or changed asks again. Where nobody can be asked, as in continuous
integration, the variable `VARIABLE` names what is trusted: the hash of all programs together, as ``evidentia
trust --show`` says it, or ``all``.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import to_json, write_whole
from evidentia.core.programs import Programs, programs_of

VARIABLE = "EVIDENTIA_TRUST"
ALL = "all"
MOST_NAMED = 8


def check_trust(folder: Path) -> Programs:
    """Return the programs of a folder, all of which may run.

    The jobs of this process are told so, since their machine may have another home folder.

    Raises
    ------
    EvidentiaError
        If this user has not trusted them as they are.
    """
    programs = programs_of(folder)
    given = os.environ.get(VARIABLE, "").split()
    if not programs.files or ALL in given or programs.digest in given:
        return programs
    changed = untrusted(folder, programs)
    if changed:
        shown = ", ".join(f"{path} ({why})" for path, why in list(changed.items())[:MOST_NAMED])
        more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
        raise EvidentiaError(
            f"this folder brings programs, and you have not said that they may run: {shown}{more}",
            where=str(folder.resolve()),
            remedy=f"read them, then: evidentia trust {folder.resolve()}",
        )
    os.environ[VARIABLE] = " ".join([*given, programs.digest])
    return programs


def untrusted(folder: Path, programs: Programs) -> dict[str, str]:
    """Return the files that this user has not trusted as they are, each with why: ``new`` or ``changed``."""
    known = trusted(folder)
    return {
        path: "changed" if path in known else "new"
        for path, now in programs.files.items()
        if known.get(path) != now
    }


def trusted(folder: Path) -> dict[str, str]:
    """Return the files of a folder that this user has trusted, with their hashes."""
    try:
        kept = json.loads(_place(folder).read_text(encoding="utf-8"))
        return dict(kept["files"]) if kept["folder"] == str(folder.resolve()) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def trust(folder: Path, programs: Programs) -> None:
    """Keep that the programs of a folder may run as they are now."""
    try:
        _place(folder).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(_place(folder), to_json({"folder": str(folder.resolve()), "files": dict(programs.files)}))
    except OSError as error:
        raise EvidentiaError(
            f"what is trusted cannot be kept: {error.strerror}",
            where=str(_place(folder)),
            remedy=f"change the permissions there, or set {VARIABLE}={programs.digest}",
        ) from None


def forget(folder: Path) -> None:
    """Trust a folder no longer."""
    _place(folder).unlink(missing_ok=True)


def _place(folder: Path) -> Path:
    home = os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return Path(home, "evidentia", "trusted", f"{name}.json")
