"""An evaluation folder as the Snakefile sees it: which files and settings each rule depends on.

Only light modules are imported here, because this runs on every start of Snakemake.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evidentia.assurance.logs import FOLDER as LOGGED
from evidentia.charts.width import drawing_of
from evidentia.compose.picture_files import pictures_of
from evidentia.config.brand import Brand, load_brand
from evidentia.config.design import Design
from evidentia.config.load import other_files, programs_for
from evidentia.config.related import related
from evidentia.core.facts import stored_sources
from evidentia.core.files import digest, leads_out, sha256
from evidentia.core.font_files import fonts_of
from evidentia.core.language import language, own_catalogue
from evidentia.core.paths import BASELINE, BUILD, ENGINE, source_of
from evidentia.core.reference import Reference, module_of
from evidentia.core.text import read_words
from evidentia.core.trust import check_trust
from evidentia.data.package import Package, load_package
from evidentia.data.requirements import versions_of
from evidentia.plan.frozen import FILES
from evidentia.workflow.mistakes import checked_config
from evidentia.workflow.versions import versions

_IMPORT = re.compile(
    r"^\s*(?:from\s+(evidentia[\w.]*)\s+import\s+(\([\w\s,]*\)|[\w ,]*)|import\s+(evidentia[\w.]*))",
    re.MULTILINE,
)
_REFERENCE = re.compile(r'"(evidentia(?:\.\w+)+):\w+"')


class EvaluationFolder:
    """What the rules of the Snakefile need to know of an evaluation folder.

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
        self.figure_order = self._figure_order()

    def code_of_analysis(self, analysis: str) -> str:
        """Return a digest of the modules with which an analysis's design computes and draws."""
        drawn = [
            self.config.registry.figures[self._kind(self.config.figures[name])].draw
            for name in self.figures_of(analysis)
        ]
        designs = {self._design(name).analyse: None for name in related(self.config, analysis)}
        return code("scripts/analyse.py", *designs, *drawn)

    def _design(self, analysis: str) -> Design:
        return self.config.registry.designs[self.config.analyses[analysis].design]

    def code_of_exhibits(self, script: str) -> str:
        """Return a digest of a script and of the modules that give the data of figures and the rows of
        tables.
        """
        registry = self.config.registry
        data = [registry.figures[self._kind(figure)].data for figure in self.config.figures.values()]
        return code(
            script, *data, *(registry.tables[self._kind(table)].rows for table in self.config.tables.values())
        )

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

    def data_of(self, analysis: str) -> list[str]:
        """Return the data files of an analysis and of those that are protected with it, and the other files
        that they read.
        """
        models = [self.config.analyses[name] for name in related(self.config, analysis)]
        named = [self.config.data[name] for model in models for name in model.datasets()]
        data = [dataset.path for dataset in named if not dataset.run]
        others = [
            path for model in models for path in (*other_files(model).values(), *self._programs_of(model))
        ]
        return list(dict.fromkeys([*data, *others]))

    def datasets_of(self, analysis: str) -> list[str]:
        """Return the data sets of an analysis and of those that are protected with it."""
        models = [self.config.analyses[name] for name in related(self.config, analysis)]
        return list(dict.fromkeys(name for model in models for name in model.datasets()))

    def sources_of_data(self, name: str) -> list[str]:
        """Return the files from which a prepared data set is made, but for other prepared ones."""
        dataset = self.config.data[name]
        files = [self.config.data[other].path for other in dataset.from_ if not self.config.data[other].run]
        return list(dict.fromkeys([*files, *dataset.files, *self._programs_of(dataset)]))

    def preparation(self, name: str) -> list[Any]:
        """Return what the configuration, the schemas and the versions say of how a data set is made."""
        dataset = self.config.data[name]
        made_of = [self.config.data[other] for other in dataset.from_]
        models = [one.model_dump(mode="json") for one in (dataset, *made_of)]
        schemas = self._schemas([one.path for one in made_of])
        return [digest([models, schemas]), *versions_of(self.folder, dataset.run)]

    @cached_property
    def own_designs(self) -> list[Any]:
        """What decides what the folder's designs do: all that lies with them, and the versions of their
        packages.
        """
        named = self.config.designs
        files = {path: known for design in named for path, known in self.programs.beside(design).items()}
        return [files, *(known for design in named for known in versions_of(self.folder, design))]

    def _programs_of(self, entry: Any) -> list[str]:
        """Return the programs that an analysis or a data set runs, with all that lies with them."""
        return [path for program in programs_for(entry) for path in self.programs.beside(program)]

    def own_versions(self, analysis: str) -> list[str]:
        """Return the versions of interpreters and packages that the programs of an analysis, and of those
        protected with it, run with.
        """
        models = [self.config.analyses[name] for name in related(self.config, analysis)]
        programs = [program for model in models for program in programs_for(model)]
        return [known for program in programs for known in versions_of(self.folder, program)]

    def settings(self, analysis: str) -> str:
        """Return a digest of all that the configuration, and the schema of its data, say of an analysis and
        those protected with it.
        """
        models = [self.config.analyses[name] for name in related(self.config, analysis)]
        datasets = {
            name: self.config.data[name].model_dump(mode="json")
            for model in models
            for name in model.datasets()
        }
        synthetic = [
            name for name, dataset in self.config.data.items() if dataset.synthetic
        ]  # marks what conditions rest on
        return digest(
            [
                [model.model_dump(mode="json") for model in models],
                datasets,
                self._schemas(self.data_of(analysis)),
                synthetic,
                self.words,
            ]
        )

    def _schemas(self, paths: list[str]) -> list[Any]:
        return [repr(self.package.schema(path)) for path in paths]

    def section(self, *names: str) -> str:
        """Return a digest of sections of the configuration."""
        said = [self.words] if "evaluation" in names else []
        return digest([*(self.config.model_dump(mode="json", include={name}) for name in names), said])

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of the report's language; none for English, whose words are the engine's own."""
        return dict(language(self.config.evaluation.language, self.folder).words)

    def figures_of(self, analysis: str) -> list[str]:
        """Return the ids of the figures that show an analysis."""
        return [name for name, figure in self.config.figures.items() if figure.analysis == analysis]

    def drawing(self, analysis: str) -> str:
        """Return a digest of what the configuration says of an analysis's figures, but for their words."""
        words = {"caption", "subtitle", "alt", "source", "note"}
        figures = [self.config.figures[name] for name in self.figures_of(analysis)]
        drawn = [[figure.model_dump(mode="json", exclude=words), self._narrow(figure)] for figure in figures]
        return digest([drawn, self.look if drawn else []])

    @cached_property
    def look(self) -> list[list[str]]:
        """The files of the brand with their hashes; none without a brand."""
        return [[name, sha256(self.folder / name)] for name in self.brand.files]

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
    def planned_sections(self) -> list[str]:
        """Sections of config.yaml that a plan can freeze, where there is one."""
        return ["plan", "data", "derived", "families"] if self.plan_files else []

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

    def _figure_order(self) -> str:
        """A digest of the order in which chapters show figures, which the published figures' cross-references
        are checked against.
        """
        from evidentia.compose.figure_order import figure_order

        chapters = self.config.report.chapters if self.config.report and self.published else []
        return digest(figure_order(read_words(self.folder / name, name) for name in chapters))

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


@cache
def code(script: str, *references: Reference, engine: Path = ENGINE) -> str:
    """Return a digest of a script, of every module of the engine that it uses, and of the versions of what
    these import.

    As a part of a step's key it makes a changed module re-run the steps that depend on it, and no others.

    Parameters
    ----------
    script : str
        Path from the engine's root.
    references
        Functions of designs that the script calls.
    engine : Path
    """
    texts = {path: _text(path) for path in modules(script, *references, engine=engine)}
    named = [reference if isinstance(reference, str) else module_of(reference) for reference in references]
    others = {path: _text(path) for reference in references for path in _of_others(module_of(reference))}
    own = [[os.path.relpath(path, engine), _known(path)] for path in texts]
    return digest([own, [[path.name, _known(path)] for path in others], named, versions({**texts, **others})])


def modules(script: str, *references: Reference, engine: Path = ENGINE) -> list[Path]:
    """Return a script and every module of the engine that it imports, directly or through others.

    Imports inside functions count, and so do references of the form ``"evidentia.module:function"``. The
    registry of designs is taken to import every design's object, and with it the settings; the functions
    of a design count only where `references` names them.
    """
    found: dict[Path, None] = {}
    package = source_of(engine) / "evidentia"
    waiting = [
        engine / script,
        *(file for one in references for file in _module_files(module_of(one), engine)),
    ]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            waiting += [file for module in _imported(path) for file in _module_files(module, engine)]
            if path == package / "config" / "registry.py":
                waiting += sorted((package / "designs").glob("*/design.py"))
    return sorted(found)


@cache
def _of_others(module: str) -> list[Path]:
    """Return the files of the package that a module of another distribution belongs to."""
    top = module.partition(".")[0]
    spec = find_spec(top) if top != "evidentia" else None
    if spec is None or spec.origin is None:
        return []
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]


def folder_digest(folder: Path) -> str:
    """Return a digest of the files of a folder, such as the templates."""
    return digest([[path.name, _text(path)] for path in sorted(folder.iterdir()) if path.is_file()])


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _known(path: Path) -> str:
    return digest(_text(path))


@cache
def _imported(path: Path) -> list[str]:
    names = []
    for package, imported, plain in _IMPORT.findall(_text(path)):
        names += [
            plain or package,
            *(f"{package}.{name}" for name in re.findall(r"\w+", imported) if package),
        ]
    return names + _REFERENCE.findall(_text(path))


@cache
def _module_files(module: str, engine: Path) -> list[Path]:
    source = source_of(engine)
    parts = module.split(".")
    base = source.joinpath(*parts)
    packages = [source.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts))]
    own = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    return [path for path in [*packages, own] if path.is_file()]
