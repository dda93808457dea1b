"""Hashes of protected files, made with a key: without the key nobody can try contents until the hash fits.

The key lies with the user, outside every evaluation folder, and never in a build. The same file has the same
hash in each build of this user; another machine gives another hash, unless the key is taken there
(docs/disclosure.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import tempfile
from functools import cache
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256

VARIABLE = "EVIDENTIA_DATA_KEY"
"""Environment variable with the key itself, for jobs elsewhere and for a second machine."""

KIND = "hmac-sha256"
_KEY = re.compile(r"[0-9a-f]{64}")


def keyed(plain: str) -> str:
    """Return the keyed hash for the plain one of a file: ``hmac-sha256:<which key>:<64 hex digits>``."""
    key = data_key().encode()
    return f"{KIND}:{_which(key)}:{hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()}"


def is_keyed(known: str) -> bool:
    """Tell whether a hash was made with a key."""
    return known.startswith(f"{KIND}:")


def is_same(path: Path | str, known: str) -> bool | None:
    """Tell whether a file has a hash, plain or keyed; None if that was made with another key, so that nobody
    here can tell.
    """
    if not is_keyed(known):
        return sha256(path) == known
    if known.split(":")[1] != _which(data_key().encode()):
        return None
    return hmac.compare_digest(keyed(sha256(path)), known)


def short(known: str, digits: int = 12) -> str:
    """Return the first digits of a hash, as readers see it."""
    return known.rpartition(":")[2][:digits]


def _which(key: bytes) -> str:
    """Return a name for a key that does not tell it."""
    return hmac.new(key, b"which key", hashlib.sha256).hexdigest()[:8]


def data_key() -> str:
    """Return the user's key, made when it is first needed.

    Raises
    ------
    EvidentiaError
        If there is no place to keep it, or what is there is no key.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        given = _kept(key_file())
        os.environ[VARIABLE] = given  # for the jobs of this build, wherever they run
    if not _KEY.fullmatch(given):
        raise EvidentiaError(
            "the key for hashes of protected files is none",
            where=f"{VARIABLE}, or {key_file()}",
            remedy="give 64 hexadecimal digits, as Evidentia writes them; without both, a new key is made",
        )
    return given


def key_file() -> Path:
    """Return where the user's key is."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(home, "evidentia", "data-key")


@cache
def _kept(path: Path) -> str:
    """Return the key in a file; two builds that begin at once make one key."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=path.parent, prefix=".data-key-", encoding="ascii"
            ) as stream:  # mode 0600
                stream.write(secrets.token_hex(32))
                stream.flush()
                os.fsync(stream.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(stream.name, path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise EvidentiaError(
            f"the key for hashes of protected files cannot be kept: {error.strerror}",
            where=str(path),
            remedy=(
                "let the folder be written, or give 64 hexadecimal digits in the environment variable"
                f" {VARIABLE}"
            ),
        ) from None
