"""What a machine has and lacks, and the command that installs it. Only the standard library: it runs before
any set-up.

Run as a file it says what is missing for setting up; `evidentia doctor` shows everything.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

MAC = sys.platform == "darwin"
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Shared library that WeasyPrint loads, to its Debian package."""

HOMEBREW = {
    "python3-venv": "python@3.11",
    "chromium": "--cask chromium",
    "poppler-utils": "poppler",
    "git": "git",
    "libharfbuzz0b": "harfbuzz",
    "libharfbuzz-subset0": "harfbuzz",
    "libfontconfig1": "fontconfig",
    "libpango-1.0-0": "pango",
    "libpangoft2-1.0-0": "pango",
}
"""Debian package to the formula of Homebrew."""


WSL = "install a Linux (in PowerShell: wsl --install), and work in its terminal as on any Linux"


def install(*packages: str, mac: bool = MAC) -> str:
    """Return the command that installs Debian packages, or what stands for them on macOS."""
    if not mac:
        return f"sudo apt-get install {' '.join(packages)}"
    formulas = dict.fromkeys(HOMEBREW[name] for name in packages if name in HOMEBREW)
    return f"brew install {' '.join(formulas)}" if formulas else "not to be had on macOS"


@dataclass(frozen=True)
class Check:
    """One thing that a machine has or lacks.

    Attributes
    ----------
    name : str
    needed_for : str
    required : bool
        Whether a report can be built without it.
    found : str
        Its version or place; empty if it is missing.
    remedy : str
        The command that gets it.
    """

    name: str
    needed_for: str
    required: bool
    found: str
    remedy: str


def checks() -> list[Check]:
    """Return everything that is checked."""
    return [*_set_up(), *_packages(), *_programs()]


def lacking(found: list[Check]) -> list[Check]:
    """Return what is missing and required."""
    return [check for check in found if check.required and not check.found]


def _set_up() -> list[Check]:
    version = platform.python_version() if sys.version_info >= (3, 11) else ""
    old = f" (this is {platform.python_version()})" if not version else ""
    venv = "yes" if importlib.util.find_spec("ensurepip") or sys.prefix != sys.base_prefix else ""
    pango = [name for name in LIBRARIES if "subset" not in name]
    system = platform.system()
    return [
        Check(
            "System", "everything; on Windows through WSL", True, "" if system == "Windows" else system, WSL
        ),
        Check(
            "Python",
            f"everything; 3.11 or later{old}",
            True,
            version,
            "install Python 3.11 or later, then: make PYTHON=python3.11 report",
        ),
        Check("venv", "the environment", True, venv, install("python3-venv")),
        Check("Pango", "the PDF", True, _loaded(pango), _install(pango)),
        Check(
            "harfbuzz-subset",
            "smaller fonts in the PDF, sooner",
            False,
            _loaded(["libharfbuzz-subset.so.0"]),
            _install(["libharfbuzz-subset.so.0"]),
        ),
    ]


def _packages() -> list[Check]:
    """Return the checks of what the environment brings along."""
    remedy = "in Evidentia's folder: make report"
    names = {
        "Snakemake": ("building", "snakemake"),
        "pypandoc-binary": ("pandoc: rendering, unless Quarto does it", "pypandoc-binary"),
        "WeasyPrint": ("the PDF", "weasyprint"),
        "Arimo": ("the report's font", "fontpkg-arimo"),
    }
    return [Check(name, use, True, _package(package), remedy) for name, (use, package) in names.items()]


def _programs() -> list[Check]:
    quarto = _version("quarto")
    recent = quarto if tuple(int(part) for part in re.findall(r"\d+", quarto)[:2]) >= (1, 7) else ""
    chromium = os.environ.get("EVIDENTIA_CHROMIUM", "") or next(
        (
            name
            for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
            if shutil.which(name)
        ),
        "",
    )
    return [
        Check(
            "Quarto",
            "rendering with Quarto 1.7 or later in place of pandoc",
            False,
            recent,
            "pip install quarto-cli",
        ),
        Check(
            "Chromium", "checking the page's accessibility", False, _version(chromium), install("chromium")
        ),
        Check(
            "poppler",
            "tests and comparisons of the PDF",
            False,
            _version("pdftotext", "-v"),
            install("poppler-utils"),
        ),
        Check("SLURM", "building on a cluster", False, _version("sbatch"), install("slurm-wlm")),
        Check("git", "comparing with an earlier revision", False, _version("git"), install("git")),
    ]


def _install(libraries: list[str]) -> str:
    """Return the command for what of some libraries does not load, or for all of them."""
    absent = [LIBRARIES[name] for name in libraries if not _loads(name)]
    return install(*(absent or [LIBRARIES[name] for name in libraries]))


def _loaded(libraries: list[str]) -> str:
    return "yes" if all(_loads(name) for name in libraries) else ""


def _loads(library: str) -> bool:
    return any(_opens(place) for place in _places(library))


def _places(library: str) -> list[str]:
    """Return the names under which a system has a library; Homebrew's folders are none of those that macOS
    looks into.
    """
    if not MAC:
        return [library]
    name = library.partition(".so")[0] + ".dylib"
    return [name, f"/opt/homebrew/lib/{name}", f"/usr/local/lib/{name}"]


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _package(package: str) -> str:
    """Return the version of an installed package without importing it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _version(program: str, option: str = "--version") -> str:
    """Return what a program says of its version, "yes" if it says none; empty if it is not there."""
    if not program or not shutil.which(program):
        return ""
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return match[0] if match else "yes"


def main() -> int:
    """Print what is missing for setting up; return 1 if anything is."""
    faults = lacking(_set_up())
    for check in faults:
        print(
            f"evidentia: {check.name} is missing, for {check.needed_for}\n  to do: {check.remedy}",
            file=sys.stderr,
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
