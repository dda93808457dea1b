"""What a machine lacks, and the command that installs it. Only the standard library: it runs before any set-up."""

from __future__ import annotations

import ctypes
import importlib.util
import sys

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Shared library that WeasyPrint loads, to its Debian package."""


def missing() -> list[tuple[str, str]]:
    """Return what is missing: each as a sentence, and the command that puts it right."""
    found = []
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this file)
        found.append((f"Python {sys.version.split()[0]} is too old", "install Python 3.11 or later, then: make PYTHON=python3.11 report"))
    if importlib.util.find_spec("ensurepip") is None:
        found.append(("Python's venv module is incomplete", "sudo apt-get install python3-venv"))
    packages = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if packages:
        found.append(("Pango, which WeasyPrint needs to make the PDF, is not installed", f"sudo apt-get install {' '.join(packages)}"))
    return found


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main() -> int:
    """Print what is missing; return 1 if anything is."""
    faults = missing()
    for what, remedy in faults:
        print(f"evidentia: {what}\n  to do: {remedy}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
