"""Writing a new evaluation folder: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

from evidentia.audit.doctor import LIBRARIES
from evidentia.config.schema import json_schema
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import write_whole
from evidentia.core.programs import programs_of
from evidentia.core.trust import forget, trust
from evidentia.core.version import version
from evidentia.new import starters

COMMON = Path(__file__).resolve().parent / "folder"
MARK = re.compile(r"@([A-Z]+)@")
DOT = "dot-"  # a name that begins with a dot, as a file of the package


@dataclass(frozen=True)
class Plan:
    """What is asked of a new evaluation.

    Attributes
    ----------
    title, area : str
    designs : list of str
    date : date
        Of the report.
    """

    title: str
    area: str
    designs: list[str]
    date: datetime.date

    @property
    def id(self) -> str:
        """A short name from the title."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:40].strip("-")
        return words if words[:1].isalpha() else f"evaluation-{words}".rstrip("-")


def check_folder(folder: Path) -> None:
    """Raise unless a new evaluation can be written to a folder."""
    if folder.is_file():
        raise EvidentiaError("there is a file of this name", where=str(folder), remedy="name another folder")
    if folder.is_dir() and any(folder.iterdir()):
        some = ", ".join(sorted(path.name for path in folder.iterdir())[:3])
        raise EvidentiaError(
            f"the folder is not empty: it holds {some}",
            where=str(folder),
            remedy="name a new folder, or empty this one",
        )


def write_evaluation(folder: Path, plan: Plan) -> list[str]:
    """Write a complete evaluation folder and return its files.

    Parameters
    ----------
    folder : Path
        New or empty.
    plan : Plan

    Raises
    ------
    EvidentiaError
        If the folder is not empty or cannot be written.
    """
    from evidentia.new.baseline import write_baseline

    check_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
            whole = Path(temporary) / "evaluation"
            for name, text in contents(plan).items():
                write_whole(whole / name, text)
            programs = programs_of(whole)
            if programs.files:  # which Evidentia has written for this user
                trust(whole, programs)
            write_baseline(whole)
            forget(whole)
            with contextlib.suppress(FileNotFoundError):
                folder.rmdir()
            shutil.move(str(whole), str(folder))
        if programs.files:
            trust(folder, programs)
    except OSError as error:
        raise EvidentiaError(
            f"the folder cannot be written: {error.strerror}",
            where=str(folder),
            remedy="check its place and permissions",
        ) from None
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(plan: Plan) -> dict[str, str]:
    """Return every file of a new evaluation with its text, but for the baseline."""
    sources = {
        path.relative_to(COMMON).as_posix(): path for path in sorted(COMMON.rglob("*")) if path.is_file()
    }
    sources = {name.replace(DOT, "."): path for name, path in sources.items() if "__pycache__" not in name}
    named = {**sources, **starters.files(plan.designs)}
    values = _values(plan)
    texts = {name: _filled(name, path.read_text(encoding="utf-8"), values) for name, path in named.items()}
    texts["config.yaml"] = re.sub(
        r"^(\w+):\n(?=\n|\w)", "", texts["config.yaml"], flags=re.MULTILINE
    )  # sections without entries
    described = starters.resources(plan.designs)
    package = {"name": plan.id, "title": f"Data behind the evaluation: {plan.title}", "resources": described}
    if described:
        texts["data/datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    texts["config.schema.json"] = json_schema()
    return dict(sorted(texts.items()))


def _values(plan: Plan) -> dict[str, str]:
    parts = starters.sections(plan.designs)
    return {
        **{name.upper(): text for name, text in parts.items()},
        "ID": plan.id,
        "TITLE": plan.title,
        "AREA": plan.area,
        "DATE": plan.date.isoformat(),
        "SYNTHETIC": "true" if parts["data"] else "false",
        "SUMMARY": starters.summary(plan.designs).rstrip("\n"),
        "VERSION": version(),
        "ENGINE": _compatible(version()),
        "LIBRARIES": " ".join(LIBRARIES.values()),
        "CHAPTERS": parts["chapters"].replace("  - ", "    - "),
    }


def _compatible(version: str) -> str:
    """Return the versions that build what a version builds: the same major version, from this one on."""
    this = Version(version)
    return f">={this.major}.{this.minor},<{this.major + 1}"


def _filled(name: str, text: str, values: dict[str, str]) -> str:
    """Return a text with its marks filled in, as the kind of file asks: a title may hold quotation marks, an
    area a comma.
    """
    if name.endswith(".csv"):
        rows = [
            [MARK.sub(lambda match: values[match[1]], cell) for cell in row]
            for row in csv.reader(io.StringIO(text))
        ]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()
    text = re.sub(
        r'"@(ID|TITLE|AREA)@"', lambda match: json.dumps(values[match[1]], ensure_ascii=False), text
    )
    text = MARK.sub(lambda match: values[match[1]], text)
    return re.sub(
        r'"@(ID|TITLE|AREA)@"', lambda match: json.dumps(values[match[1]], ensure_ascii=False), text
    )
