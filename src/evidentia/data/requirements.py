"""The packages of an evaluation's own programs: ``requirements.txt`` beside them, each package with its exact
version.

They are installed where the engine is. What is not installed as it is written stops the build, and the
versions of all packages that stand behind them decide whether a program has to run again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.files import json_of
from evidentia.core.programs import files_in, home_of
from evidentia.core.running import INTERPRETERS
from evidentia.core.text import read_words

NAME, R_LOCK = "requirements.txt", "renv.lock"
_R_PACKAGE = re.compile(
    r"""\b(?:library|require|requireNamespace|loadNamespace)\(\s*["']?([A-Za-z][\w.]*)|\b([A-Za-z][\w.]*):::?\w
    """
)


def check_requirements(folder: Path, program: str) -> None:
    """Raise unless all packages that a program's folder asks for are installed in the version that is written
    there.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a line without an exact version, another version, a package that is not installed, or
        one that stands behind another and is not locked.
    """
    if program.lower().endswith(".r"):
        raise_all(_r_faults(folder, f"{home_of(program)}/{R_LOCK}"))
        return
    asked, faults = _asked(folder, program)
    path = f"{home_of(program)}/{NAME}"
    install = f"install them: {Path(sys.executable).name} -m pip install -r {path}"
    for name, (line, version) in asked.items():
        found = _installed(name)
        if found != version:
            what = f"{name} {version} is asked for, and " + (
                f"{found} is installed" if found else "it is not installed"
            )
            faults.append(EvidentiaError(what, where=f"{path}, line {line}", remedy=install))
    if not faults:
        behind = {name for one in asked for name in _behind(one)} - set(asked) - _behind("evidentia")
        missing = [f"{name}=={_installed(name)}" for name in sorted(behind)]
        if missing:
            faults.append(
                EvidentiaError(
                    f"{len(missing)} packages stand behind those that are asked for, and are not locked",
                    where=path,
                    remedy=f"add these lines: {', '.join(missing)}",
                )
            )
    raise_all(faults)


def _r_faults(folder: Path, path: str) -> list[EvidentiaError]:
    """Return what is wrong with the R packages that a renv.lock beside R programs names."""
    if not (folder / path).is_file():
        return []
    locked = json_of((folder / path).read_bytes(), path)
    packages = locked.get("Packages", {}) if isinstance(locked, dict) else {}
    faults = []
    for name, known in packages.items() if isinstance(packages, dict) else ():
        asked, found = str(known.get("Version", "")) if isinstance(known, dict) else "", _of_r(name)
        if asked and found != asked:
            what = f"{found} is installed" if found else "it is not installed"
            faults.append(
                EvidentiaError(
                    f"the R package {name} {asked} is asked for, and {what}",
                    where=path,
                    remedy="install it as it is locked: renv::restore() in this folder",
                )
            )
    return faults


def versions_of(folder: Path, program: str) -> list[str]:
    """Return the versions that decide what a program gives: of its interpreter and of its packages."""
    if program.endswith(".py"):
        asked, _ = _asked(folder, program)
        names = {
            *asked,
            *(name for one in asked for name in _behind(one)),
            "numpy",
            "pandas",
            "matplotlib",
            "scipy",
        }
        own = f"python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
        return [own, *(f"{name} {_installed(name)}" for name in sorted(names))]
    known = INTERPRETERS.get(Path(program).suffix.lower())
    if not known:
        return []
    found = [_version_of(known[0])]
    if known[0] == "Rscript":
        found += [f"{name} {_of_r(name)}" for name in sorted(_r_packages(folder, program))]
    return found


def _asked(folder: Path, program: str) -> tuple[dict[str, tuple[int, str]], list[EvidentiaError]]:
    """Return the packages that are asked for, with line and version, and what is wrong with the lines."""
    path = f"{home_of(program)}/{NAME}"
    asked: dict[str, tuple[int, str]] = {}
    faults: list[EvidentiaError] = []
    if not (folder / path).is_file():
        return asked, faults
    text = re.sub(r"\\\n", " ", read_words(folder / path, path))
    for number, line in enumerate(text.splitlines(), 1):
        words = re.sub(r"(^|\s)#.*|--hash=\S+", "", line).strip()
        if not words:
            continue
        try:
            requirement = Requirement(words)
        except InvalidRequirement:
            faults.append(_no_version(path, number, words, words))
            continue
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        pins = [
            item.version
            for item in requirement.specifier
            if item.operator == "==" and "*" not in item.version
        ]
        if len(pins) != 1 or len(requirement.specifier) != 1 or requirement.url:
            faults.append(_no_version(path, number, words, requirement.name))
        else:
            asked[canonicalize_name(requirement.name)] = (number, pins[0])
    return asked, faults


def _no_version(path: str, number: int, words: str, name: str) -> EvidentiaError:
    found = _installed(name) or "1.2.3"
    return EvidentiaError(
        f"'{words}' names no exact version",
        where=f"{path}, line {number}",
        remedy=(
            f"write one package a line with its version, so that all builds have the same: {name}=={found}"
        ),
    )


@cache
def _installed(name: str) -> str:
    try:
        return distribution(name).version
    except (PackageNotFoundError, ValueError):
        return ""


@cache
def _behind(name: str) -> frozenset[str]:
    """Return the packages that a package needs, and those that these need."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        try:
            needs = distribution(waiting.pop()).requires or []
        except PackageNotFoundError:
            continue
        for text in needs:
            need = Requirement(text)
            other = canonicalize_name(need.name)
            if (
                other not in found
                and (need.marker is None or need.marker.evaluate({"extra": ""}))
                and _installed(other)
            ):
                found.add(other)
                waiting.append(other)
    return frozenset(found)


@cache
def _version_of(interpreter: str) -> str:
    path = shutil.which(interpreter)
    if not path:
        return f"{interpreter} is not installed"
    done = subprocess.run(
        [path, "--version"], capture_output=True, text=True, errors="replace", check=False, timeout=60
    )
    return (done.stdout + done.stderr).strip().split("\n")[0]


def _r_packages(folder: Path, program: str) -> set[str]:
    """Return the packages that the R programs beside one name."""
    texts = [
        (folder / path).read_text(encoding="utf-8", errors="replace")
        for path in files_in(folder, home_of(program))
        if path.lower().endswith(".r")
    ]
    return {first or second for text in texts for first, second in _R_PACKAGE.findall(text)}


@cache
def _of_r(package: str) -> str:
    """Return the version of an R package; nothing if it is not installed."""
    for place in _r_libraries():
        about = Path(place, package, "DESCRIPTION")
        if about.is_file():
            found = re.search(
                r"^Version:\s*(\S+)", about.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
            )
            return found[1] if found else ""
    return ""


@cache
def _r_libraries() -> tuple[str, ...]:
    path = shutil.which("Rscript")
    if not path:
        return ()
    command = [path, "--vanilla", "-e", "cat(.libPaths(), sep='\\n')"]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, timeout=60, cwd="/"
    )
    return tuple(done.stdout.split("\n"))
