"""The steps of a build and what decides each: files, settings, modules and their versions, and the steps before it.

The Snakefile has a rule for each. Only light modules are imported here, because this runs on every start of Snakemake.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from evidentia.config.order import others_before
from evidentia.core.paths import ENGINE
from evidentia.workflow.evaluation import Study, code, folder_digest
from evidentia.workflow.hashes import Hashes
from evidentia.workflow.records import Step, read_record, step

MEMORY = Path("build", ".records", "hashes")

PREPARED: dict[str, Flow] = {}
"""Flows of the folders of a portfolio, which builds each by a module that is the Snakefile."""


class Flow:
    """The steps of one evaluation folder.

    Parameters
    ----------
    study : Study
    members : Step, optional
        What writes the files of `study.made`, in a portfolio.
    tolerant : bool
        See `Step`.
    """

    def __init__(self, study: Study, members: Step | None = None, tolerant: bool = False) -> None:
        self.study = study
        self.hashes = Hashes(study.folder / MEMORY)
        self._members = [members] if members else []
        self._tolerant = tolerant
        self._known: dict[str, Step] = {}

    def _step(self, name: str, decides: Any, reads: Iterable[str], before: Iterable[Step], subject: str = "") -> Step:
        own = [path for path in reads if path not in self.study.made]
        return step(name, self.study.folder, self.hashes, decides, own, before, subject=subject, tolerant=self._tolerant)

    @cached_property
    def analyses(self) -> list[Step]:
        """One for each analysis, with its figures."""
        return [self._analysis(name) for name in self.study.config.analyses]

    def _analysis(self, name: str) -> Step:
        """Return the step of an analysis; those whose results it reads come before it."""
        if name not in self._known:
            self._known[name] = self._analyse(name)
        return self._known[name]

    def _analyse(self, name: str) -> Step:
        study = self.study
        reads = study.data_of(name)  # of the schema, what is about these files counts in the settings
        before = list(self._members) if study.made & set(reads) else []
        before += [self._analysis(other) for other in others_before(study.config.analyses[name])]
        decides = [study.code_of_analysis(name), study.settings(name), study.drawing(name)]
        return self._step(f"analyse-{name}", decides, reads, before, name)

    @cached_property
    def values(self) -> Step:
        """All numbers before any word is written."""
        study = self.study
        decides = [code("scripts/values.py"), study.section("evaluation", "data", "derived", "families", "totals"), study.figure_order]
        return self._step("values", decides, [*study.data_files, *study.facts], self.analyses)

    @cached_property
    def compose(self) -> Step:
        """The chapters with their numbers, and the ledger with its uses."""
        study = self.study
        decides = [study.code_of_exhibits("scripts/compose.py"), folder_digest(ENGINE / "templates" / "quarto")]
        decides.append(study.section("evaluation", "analyses", "figures", "tables", "report"))
        return self._step("compose", decides, study.report_files, [*self.analyses, self.values])

    @cached_property
    def html(self) -> Step:
        """The page."""
        study = self.study
        program = shutil.which("quarto")
        quarto = self.hashes.of(Path(program)) if program and study.config.report and study.config.report.engine != "pandoc" else ""
        decides = [code("scripts/webpage.py"), folder_digest(ENGINE / "templates"), study.section("evaluation", "report"), quarto]
        return self._step("html", decides, [*study.report_files, *study.compared], [*self.analyses, self.values, self.compose])

    @cached_property
    def pdf(self) -> Step:
        """The page on paper."""
        decides = [code("scripts/pdf.py"), self.study.section("evaluation", "figures")]
        return self._step("pdf", decides, [], [*self.analyses, self.compose, self.html])

    @cached_property
    def workbook(self) -> Step:
        """The spreadsheet of record."""
        decides = [self.study.code_of_exhibits("scripts/workbook.py"), self.study.section("evaluation", "analyses", "figures", "tables")]
        return self._step("workbook", decides, [], [*self.analyses, self.values, self.compose, self.html])

    @cached_property
    def round_trip(self) -> Step:
        """The proof of the finished documents."""
        study = self.study
        decides = [code("scripts/round_trip.py"), study.section("evaluation", "analyses", "figures", "tables", "report")]
        before = [*self.analyses, self.values, self.compose, self.html, self.pdf]
        return self._step("round_trip", decides, [*study.report_files, *study.compared], before)

    @property
    def has_workbook(self) -> bool:
        """Whether there is anything to put into a spreadsheet."""
        config = self.study.config
        return bool(config.report and (config.figures or config.tables))

    @cached_property
    def numbers(self) -> Step:
        """Publishes the ledger alone."""
        return self._published("numbers", [*self.analyses, self.values, *([self.compose] if self.study.config.report else [])])

    @cached_property
    def publish(self) -> Step:
        """Publishes everything together."""
        steps = [*self.analyses, self.values]
        if self.study.config.report:
            steps += [self.compose, self.html, self.pdf, self.round_trip]
        return self._published("publish", steps + ([self.workbook] if self.has_workbook else []))

    def _published(self, name: str, steps: list[Step]) -> Step:
        return self._step(name, code("scripts/publish.py"), [path for one in steps for path in one.sources], steps)

    @cached_property
    def review(self) -> Step:
        """The pages for reviewers."""
        study = self.study
        decides = [code("scripts/review.py"), folder_digest(ENGINE / "templates" / "review")]
        decides.append(study.section("evaluation", "data", "regression"))
        return self._step("review", decides, [*study.inputs, *study.optional], [self.publish])

    @cached_property
    def check(self) -> Step:
        """The checks of the finished pages, made each time."""
        return self._step("check", "", [], [self.publish])

    @property
    def files(self) -> list[str]:
        """Files that a user might ask for, though rules make them: their outputs are records."""
        listed = [path for one in self.all for path in read_record(self.study.folder / one.record).get("made", {})]
        return [*self.study.outputs, *listed]

    @cached_property
    def all(self) -> list[Step]:
        """Every step of a whole build."""
        report = self.study.config.report
        written = [self.compose, self.html, self.pdf, self.round_trip] if report else []
        return [*self.analyses, self.values, *written, *([self.workbook] if self.has_workbook else []), self.publish]
