"""Seals: what an earlier build says of its outputs is believed only if this user's builds wrote it.

The key lies with the user, outside every evaluation folder, so that a folder from somebody else cannot bring
records of its own. Jobs get it in their environment, since a cluster's nodes may have another home folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from evidentia.core.files import to_json, write_whole

VARIABLE = "EVIDENTIA_SEAL"


def seal_of(content: Any) -> str:
    """Return the seal of a JSON-like value."""
    return hmac.new(_key(), to_json(content).encode(), hashlib.sha256).hexdigest()


def is_sealed(content: Any, seal: str) -> bool:
    """Tell whether a value has been sealed by this user."""
    return hmac.compare_digest(seal_of(content), seal)


@cache
def _key() -> bytes:
    """Return the user's key; one for this build alone where the user has no folder to keep it in."""
    given = os.environ.get(VARIABLE)
    if not given:
        given = _kept() or secrets.token_hex(32)
        os.environ[VARIABLE] = given
    return given.encode()


def _kept() -> str:
    home = os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    path = Path(home, "evidentia", "seal")
    with contextlib.suppress(OSError):
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            write_whole(path, secrets.token_hex(32))
            path.chmod(0o600)
        return path.read_text(encoding="utf-8").strip()
    return ""
