"""Zip files whose bytes depend on what they hold, and on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

_WHEN = (1980, 1, 1, 0, 0, 0)
_FIRST = "mimetype"
"""The member that an OpenDocument file begins with, not compressed."""


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name, in the order of their names."""
    return _written(sorted(members.items()))


def same_bytes(data: bytes) -> bytes:
    """Return a zip file with the same members and fixed times."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        members = [(name, given.read(name)) for name in given.namelist()]
    return _written(sorted(members, key=lambda item: (item[0] != _FIRST, item[0])))


def _written(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members:
            about = zipfile.ZipInfo(name, _WHEN)
            about.external_attr = 0o644 << 16
            about.create_system = 3
            how = zipfile.ZIP_STORED if name == _FIRST else zipfile.ZIP_DEFLATED
            made.writestr(about, content, compress_type=how)
    return out.getvalue()
