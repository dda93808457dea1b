"""The files of an evaluation folder that a build reads, and those that it leaves."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from evidentia.assurance.logs import FOLDER as LOGGED
from evidentia.charts.width import drawing_of
from evidentia.compose.picture_files import pictures_of
from evidentia.config.brand import Brand, load_brand
from evidentia.config.load import other_files
from evidentia.core.facts import stored_sources
from evidentia.core.files import leads_out
from evidentia.core.font_files import fonts_of
from evidentia.core.language import own_catalogue
from evidentia.core.paths import BASELINE, BUILD
from evidentia.core.trust import check_trust
from evidentia.data.package import Package, load_package
from evidentia.plan.frozen import FILES
from evidentia.workflow.mistakes import checked_config


class FolderFiles:
    """Which files of an evaluation folder a build reads, and which it leaves.

    Parameters
    ----------
    folder : path
        Holds config.yaml; the rules run there.
    made : collection of str
        Files that the workflow makes, so that they need not exist yet.
    """

    def __init__(self, folder: Path | str = ".", made: Collection[str] = ()) -> None:
        self.folder = Path(folder)
        self.made = frozenset(made)
        self.config = checked_config(self.folder, made)
        self.programs = check_trust(self.folder)
        self.package: Package = load_package(folder)

    @staticmethod
    def _kind(exhibit: Any) -> str:
        kind: str = exhibit.kind
        return kind

    @cached_property
    def data_files(self) -> list[str]:
        """All data files, and the datapackage if there is one."""
        package = [name for name in ("data/datapackage.json",) if (self.folder / name).is_file()]
        data = self.config.data.values()
        files = [path for one in data for path in (*([] if one.run else [one.path]), *one.files)]
        return list(dict.fromkeys([*package, *files]))

    @cached_property
    def brand(self) -> Brand:
        """The look of the organisation."""
        return load_brand(self.folder)

    def _narrow(self, figure: Any) -> bool:
        """Tell whether a figure is drawn for phones too."""
        return self.config.registry.figures[self._kind(figure)].narrow

    @property
    def report_files(self) -> list[str]:
        """The chapters with the pictures and fonts that they may show, the bibliography and its style, the
        catalogue of the language, and the brand.
        """
        report = self.config.report
        if not report:
            return []
        shown = [*pictures_of(self.folder, report.chapters), *fonts_of(self.folder)]
        own = own_catalogue(self.config.evaluation.language, self.folder)
        named = filter(None, (report.bibliography, report.csl))
        return [*report.chapters, *shown, *named, *own, *self.brand.files]

    @property
    def plan_files(self) -> list[str]:
        """The frozen plan and its changes, where config.yaml has a plan or one was frozen."""
        there = [name for name in FILES if (self.folder / name).is_file()]
        return list(FILES) if self.config.plan else there

    @property
    def assurance_files(self) -> list[str]:
        """The signatures, and the logs of assumptions and data."""
        place = self.folder / LOGGED
        return sorted(path.relative_to(self.folder).as_posix() for path in place.glob("*.yaml"))

    @property
    def reference(self) -> list[str]:
        """The document whose styles the Word document takes, if the evaluation has one of its own."""
        report = self.config.report
        return [report.reference] if report and report.reference and "docx" in report.formats else []

    @property
    def published(self) -> list[str]:
        """The published figures to reconcile, if there are any."""
        reproduces = self.config.evaluation.reproduces
        return [self.config.data[reproduces.published].path] if reproduces and reproduces.published else []

    @property
    def compared(self) -> list[str]:
        """The accepted numbers, if an annex compares with them."""
        return self.baseline if self.config.report and "changes" in self.config.report.annexes else []

    @property
    def inputs(self) -> list[str]:
        """Every file of the folder from which the outputs are made."""
        frozen = [name for name in self.plan_files if (self.folder / name).is_file()]
        return [
            "config.yaml",
            *self.data_files,
            *self.report_files,
            *self.reference,
            *self.facts,
            *frozen,
            *self.programs.files,
        ]

    @property
    def sources(self) -> list[str]:
        """Every file of the folder that any rule reads."""
        others = [
            path for analysis in self.config.analyses.values() for path in other_files(analysis).values()
        ]
        return [*self.inputs, *others, *self.baseline]

    @property
    def outputs(self) -> list[str]:
        """The files that a build leaves for its readers."""
        config = self.config
        report = (
            [
                *(f"report.{name}" for name in config.report.formats),
                *(f"brief.{name}" for name in config.report.formats if config.report.summary),
                *("report.qmd", "claims.json", "round_trip.json"),
            ]
            if config.report
            else []
        )
        drawn = [f"figures/{id}.{type}" for id in config.figures for type in ("svg", "csv")]
        drawn += [
            f"figures/{drawing_of(id, narrow=True)}"
            for id, figure in config.figures.items()
            if self._narrow(figure) and self._is_drawn_narrow(id)
        ]
        tables = [f"tables/{id}.csv" for id in config.tables] if config.report else []
        report += ["plan.json"] if config.report and config.plan else []
        report += ["tables.xlsx"] if config.report and (config.figures or config.tables) else []
        return [
            f"build/{name}"
            for name in [
                *report,
                "numbers.json",
                "numbers.csv",
                "validation.json",
                "import.json",
                *drawn,
                *tables,
            ]
        ]

    def _is_drawn_narrow(self, figure: str) -> bool:
        """Tell whether a figure has a form for phones, as far as is known: a program may give none."""
        place = self.folder / BUILD / "figures"
        wide, narrow = ((place / drawing_of(figure, narrow=one)).is_file() for one in (False, True))
        return narrow or not wide

    @property
    def optional(self) -> list[str]:
        """Files that the review reads where they are: the accepted numbers, their reasons, and the results of
        further checks.
        """
        names = ("tests/regression/CHANGES.md", "build/checks.json")
        return [BASELINE, *names]

    @property
    def baseline(self) -> list[str]:
        """The accepted numbers, if there are any."""
        return [name for name in (BASELINE,) if (self.folder / name).is_file()]

    @property
    def facts(self) -> list[str]:
        """The file of stated facts, if there is one, and the stored sources that they are quoted from."""
        report = self.config.report
        if not report or not report.facts:
            return []
        sources = stored_sources(self.folder / report.facts)
        return [report.facts, *(name for name in sources if not leads_out(self.folder, name))]
