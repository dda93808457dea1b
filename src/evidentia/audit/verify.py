"""Building twice under unlike conditions and comparing every output: the same bytes, or what differs.

The two builds run in copies of the folder and of the engine, so that no path, time zone, locale, number of
cores, font of the machine, home folder or order of sets can have a say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidentia.audit.cause import cause_of
from evidentia.compare.differences import differences, differing, manifest
from evidentia.compare.ledgers import compare
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import to_json
from evidentia.core.keyed_hashes import VARIABLE, data_key
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE, BUILD, ENGINE, NUMBERS, SOURCE
from evidentia.core.programs import home_of, programs_of
from evidentia.core.trust import check_trust

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>\n'
INPUTS = ("config.yaml", "data", "report", "tests/regression")
ENGINE_PARTS = ("Snakefile", "pyproject.toml", "requirements.lock", "profiles", "scripts", "templates")


@dataclass(frozen=True)
class Surroundings:
    """Where and how one of the builds runs.

    Attributes
    ----------
    place : str
        Name of the folder in which everything lies.
    cores : str
        A number, or ``all``.
    fonts : bool
        Whether the machine's fonts can be seen.
    variables : dict of str to str
        Environment variables.
    """

    place: str
    cores: str
    fonts: bool
    variables: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = {
            name: value
            for name, value in self.variables.items()
            if name in ("TZ", "LC_ALL", "PYTHONHASHSEED")
        }
        words = [
            f"folder '{self.place}'",
            f"{self.cores} core{'s' if self.cores != '1' else ''}",
            *(f"{k}={v}" for k, v in shown.items()),
        ]
        return ", ".join([*words, "the machine's fonts" if self.fonts else "no fonts of the machine"])


UNLIKE = (
    Surroundings(
        "a", "1", True, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}
    ),
    Surroundings(
        "another folder, further down/été",
        "2",
        False,
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "de_DE", "PYTHONHASHSEED": "2"},
    ),
)


def unlike(cores: str) -> tuple[Surroundings, ...]:
    """Return two surroundings; the second build uses so many processor cores."""
    return UNLIKE[0], replace(UNLIKE[1], cores=cores)


@dataclass
class Verified:
    """What came of it.

    Attributes
    ----------
    files : int
        Outputs compared.
    unlike : dict of str to list of str
        File to what differs.
    moved : list of str or None
        Numbers that are not the accepted ones within tolerance; None if none have been accepted.
    """

    files: int
    unlike: dict[str, list[str]]
    moved: list[str] | None

    @property
    def passed(self) -> bool:
        """Whether all outputs have the same bytes and all numbers are the accepted ones."""
        return not self.unlike and not self.moved


def verify(
    folder: Path,
    targets: tuple[str, ...] = ("all", "review"),
    surroundings: tuple[Surroundings, ...] = UNLIKE,
) -> Verified:
    """Build a folder in each of two surroundings and compare.

    Parameters
    ----------
    folder : Path
        An evaluation folder.
    targets : tuple of str
        Of the Snakefile.
    surroundings : tuple of Surroundings
        Two.

    Raises
    ------
    EvidentiaError
        If one of the builds stops.
    """
    check_trust(folder)  # and the builds of its copies are told so
    with tempfile.TemporaryDirectory(prefix="evidentia-") as name:
        built = [
            _build(folder, Path(name), number, place, targets) for number, place in enumerate(surroundings)
        ]
        manifests = [manifest(path / BUILD) for path in built]
        names = differing(*manifests)
        unlike = {file: differences(*(path / BUILD / file for path in built)) for file in names}
        return Verified(len({*manifests[0], *manifests[1]}), unlike, _moved(folder, built[0]))


def _build(folder: Path, root: Path, number: int, place: Surroundings, targets: tuple[str, ...]) -> Path:
    """Copy the folder and the engine, build, and return the copy of the folder."""
    base = root / str(number) / place.place
    engine, copy = base / "engine", base / "evaluation"
    for part in ENGINE_PARTS:
        _copy(ENGINE / part, engine / part)
    _copy(SOURCE / "evidentia", engine / "src" / "evidentia")
    homes = {home_of(program) for program in programs_of(folder).named}
    for part in (*INPUTS, *sorted(homes)):
        _copy(folder / part, copy / part)
    home = base / "home"
    home.mkdir()
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LC_", "LANG", "PYTHON", "XDG_", "MPL", "FONTCONFIG"))
    }
    environment = {**kept, **place.variables, "HOME": str(home), **_key(folder)}
    if not place.fonts:
        (home / "fonts.conf").write_text(NO_FONTS, encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(home / "fonts.conf")
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--cores",
        place.cores,
        "--snakefile",
        str(engine / "Snakefile"),
    ]
    command += [
        "--directory",
        str(copy),
        "--workflow-profile",
        str(engine / "profiles" / "default"),
        *targets,
    ]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise EvidentiaError(
            f"the build stopped under: {place}\n{cause_of(done.stdout + done.stderr)}",
            remedy="run evidentia build, and put right what it names",
        )
    return copy


def _key(folder: Path) -> dict[str, str]:
    """Return the user's key for hashes of protected files as a variable, because each build has a home of its
    own.
    """
    protects = any(
        dataset.disclosure.protects for dataset in load_config(folder, check_files=False).data.values()
    )
    return {VARIABLE: data_key()} if protects else {}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(
            source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"), symlinks=True
        )
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def _moved(folder: Path, built: Path) -> list[str] | None:
    """Compare the numbers with the accepted ones, within the tolerance of config.yaml."""
    if not (folder / BASELINE).is_file():
        return None
    config = load_config(folder, check_files=False)
    changes = compare(load(folder / BASELINE), load(built / NUMBERS), config.regression)
    return [
        (
            f"{change.id}: {' -> '.join(change.printed())}"
            if change.kind == "changed"
            else f"{change.id} is {change.kind}"
        )
        for change in changes
    ]


def show(found: Verified, surroundings: tuple[Surroundings, ...] = UNLIKE) -> str:
    """Return what was found in words."""
    lines = [f"Built twice: once in {surroundings[0]}; once in {surroundings[1]}."]
    same = found.files - len(found.unlike)
    lines.append(f"{same} of {found.files} outputs have the same bytes.")
    for name, what in found.unlike.items():
        lines += [f"  {name}", *(f"    {line}" for line in what)]
    if found.moved is None:
        lines.append("No numbers have been accepted yet (evidentia accept).")
    else:
        word = (
            "All numbers are the accepted ones, within their tolerance."
            if not found.moved
            else "Not the accepted numbers:"
        )
        lines += [word, *(f"  {line}" for line in found.moved)]
    return "\n".join(lines)


def as_json(found: Verified) -> str:
    """Return what was found for programs."""
    return to_json(
        {"files": found.files, "unlike": found.unlike, "moved": found.moved, "passed": found.passed}
    )
