"""An evaluation folder as the Snakefile sees it: which files and settings each rule depends on.

Only light modules are imported here, because this runs on every start of Snakemake.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from evidentia.config.design import Design
from evidentia.config.load import other_files, programs_for
from evidentia.config.related import related
from evidentia.core.files import digest, sha256
from evidentia.core.language import language
from evidentia.core.text import read_words
from evidentia.data.requirements import versions_of
from evidentia.workflow.folder_files import FolderFiles
from evidentia.workflow.modules import code


class EvaluationFolder(FolderFiles):
    """What the rules of the Snakefile need to know of an evaluation folder: the files and settings of each
    analysis, figure and data set. The parameters are those of `FolderFiles`.
    """

    def __init__(self, folder: Path | str = ".", made: Collection[str] = ()) -> None:
        super().__init__(folder, made)
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

    @property
    def planned_sections(self) -> list[str]:
        """Sections of config.yaml that a plan can freeze, where there is one."""
        return ["plan", "data", "derived", "families"] if self.plan_files else []

    def _figure_order(self) -> str:
        """A digest of the order in which chapters show figures, which the published figures' cross-references
        are checked against.
        """
        from evidentia.compose.figure_order import figure_order

        chapters = self.config.report.chapters if self.config.report and self.published else []
        return digest(figure_order(read_words(self.folder / name, name) for name in chapters))
