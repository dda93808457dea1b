"""The history of a folder as git keeps it, read without running anything that the folder's own settings name.

A folder that comes from elsewhere may bring its ``.git`` with it, whose settings name programs: to check
signatures, to watch files, to convert what is shown, to fetch what is missing.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_OFF = {
    "log.showSignature": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "diff.external": "",
}
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, and return what it says."""
    off = [part for name, value in _OFF.items() for part in ("-c", f"{name}={value}")]
    return subprocess.run(
        ["git", "-C", str(folder), "--no-pager", *off, *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
    )
