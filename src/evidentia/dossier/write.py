"""The dossier: every file of build/dossier, from the ledger, the words and config.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidentia.assurance.sign import assured
from evidentia.audit.quality import software
from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import to_json, write_whole
from evidentia.core.paths import BUILD
from evidentia.dossier.archive import archive
from evidentia.dossier.checklist_places import Places
from evidentia.dossier.checklists import answers, as_csv, as_markdown, guidelines_for, headings_of, unfilled
from evidentia.dossier.dates import corrections, corrections_page, dates
from evidentia.dossier.govspeak import govspeak
from evidentia.dossier.ods import write_ods
from evidentia.dossier.registry import registry_entry
from evidentia.dossier.spreadsheets import check, read_xlsx
from evidentia.plan.frozen import load_frozen

DOSSIER = BUILD / "dossier"
TO_WRITE = "to_write.md"


@dataclass
class Dossier:
    """The files of a dossier by their name in it, and what a person must still write."""

    files: dict[str, bytes] = field(default_factory=dict)
    to_write: list[str] = field(default_factory=list)

    def add(self, name: str, content: str | bytes, missing: list[str] | None = None) -> None:
        """Add a file."""
        self.files[name] = content.encode() if isinstance(content, str) else content
        self.to_write += missing or []


def dossier(config: Config, folder: Path, present: Present) -> Dossier:
    """Return the dossier of a folder that is built.

    Raises
    ------
    EvidentiaError
        Or `Problems`: nothing is built, or not the newest; a spreadsheet that is not accessible; a checklist
        that no design asks for.
    """
    build = folder / BUILD
    if not present.rebuilt or not (build / "report.html").is_file():
        raise EvidentiaError(
            "there is no finished report of the newest values",
            where=str(build / "report.html"),
            remedy="run evidentia build until it ends well, then evidentia publish",
        )
    made = Dossier()
    page = (build / "report.html").read_text(encoding="utf-8")
    _checklists(made, config, folder, present, page)
    _tables(made, config, build)
    text, images = govspeak(page)
    made.add(
        "page/page.md",
        text,
        [f"Page: the image {name} has no words" for name, alt in images.items() if not alt],
    )
    evaluation = config.evaluation
    about = {
        "title": evaluation.title,
        "summary": evaluation.subtitle,
        "published": evaluation.date.isoformat(),
        "by": evaluation.organisation,
        "images": images,
    }
    made.add("page/page.json", to_json(about))
    for name in images:
        made.add(f"page/{name}", (build / "figures" / name).read_bytes())
    entry, missing = registry_entry(config)
    made.add("registry.json", to_json(entry), missing)
    days, missing = dates(assured(config, folder, build))
    made.add("dates.json", to_json(days), missing)
    made.add("corrections.md", corrections_page(config.evaluation.title, corrections(folder)))
    package, missing = archive(config, folder, software())
    made.add("archive.zip", package, missing)
    made.add(TO_WRITE, _listed(made.to_write))
    return made


def _checklists(made: Dossier, config: Config, folder: Path, present: Present, page: str) -> None:
    given: Mapping[str, Mapping[str, str]] = config.publish.checklists if config.publish else {}  # type: ignore[assignment]
    places = Places(config, present, headings_of(page), load_frozen(folder))
    for name, guideline in guidelines_for(config).items():
        filled = answers(guideline, given.get(name, {}), places)
        made.add(f"checklists/{name}.csv", as_csv(filled))
        made.add(f"checklists/{name}.md", as_markdown(guideline, filled, config.evaluation.title))
        guessed = [one.asked.number for one in filled if one.guessed]
        if guessed:
            made.to_write.append(
                f"{guideline.name}: check the items that were filled by a heading alone: {', '.join(guessed)}"
            )
        made.to_write += [
            f"{guideline.name}, item {one.asked.number}: {one.asked.words}"
            f" (publish.checklists.{name}, or a section that says so)"
            for one in unfilled(filled)
        ]


def _tables(made: Dossier, config: Config, build: Path) -> None:
    if not (build / "tables.xlsx").is_file():
        return
    workbook = (build / "tables.xlsx").read_bytes()
    check(workbook, "tables.xlsx")
    sheets, title = read_xlsx(workbook)
    evaluation = config.evaluation
    when = datetime.datetime.combine(evaluation.date, datetime.time())
    sheet = write_ods(sheets, title, evaluation.organisation or "Evidentia", when, evaluation.language)
    check(sheet, "tables.ods")
    made.add("tables.xlsx", workbook)
    made.add("tables.ods", sheet)


def _listed(to_write: list[str]) -> str:
    lines = ["# What a person must still write", ""]
    return "\n".join([*lines, *([f"* {text}" for text in to_write] or ["Nothing is left."]), ""])


def write_dossier(made: Dossier, folder: Path) -> Path:
    """Write the files into build/dossier, take away what an earlier one had more, and return the folder."""
    place = folder / DOSSIER
    for name, content in made.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(place / name, content)
    for path in sorted(place.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(place).as_posix() not in made.files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return place
