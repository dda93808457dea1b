"""The steps of a build and what decides each: files, settings, modules and their versions, and the steps
before it.

The Snakefile has a rule for each. Only light modules are imported here, because this runs on every start of
Snakemake.
"""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

from evidentia.core.paths import ENGINE
from evidentia.workflow.modules import code, folder_digest
from evidentia.workflow.number_steps import NumberSteps
from evidentia.workflow.records import Step, read_record

PREPARED: dict[str, Flow] = {}
"""Flows of the folders of a portfolio, which builds each by a module that is the Snakefile."""


class Flow(NumberSteps):
    """The steps of one evaluation folder: those that make its numbers, its documents and their proof."""

    @cached_property
    def compose(self) -> Step:
        """The chapters with their numbers, and the ledger with its uses."""
        evaluation = self.evaluation
        decides = [
            evaluation.code_of_exhibits("scripts/compose.py"),
            folder_digest(ENGINE / "templates" / "quarto"),
        ]
        sections = ("evaluation", "analyses", "figures", "tables", "report")
        decides.append(evaluation.section(*sections, *evaluation.planned_sections))
        reads = [*evaluation.report_files, *evaluation.plan_files]
        return self._step("compose", decides, reads, [*self.analyses, self.values])

    @cached_property
    def html(self) -> Step:
        """The page."""
        evaluation = self.evaluation
        quarto = (
            self._quarto() if evaluation.config.report and evaluation.config.report.engine != "pandoc" else []
        )
        decides = [
            code("scripts/webpage.py"),
            folder_digest(ENGINE / "templates"),
            evaluation.section("evaluation", "report"),
            quarto,
        ]
        return self._step(
            "html",
            decides,
            [*evaluation.report_files, *evaluation.compared],
            [*self.analyses, self.values, self.compose],
        )

    def _quarto(self) -> list[str]:
        """Return what tells one Quarto from another, and from none: its program, and the file with its
        version.
        """
        program = shutil.which("quarto")
        if not program:
            return []
        place = Path(program).resolve()
        return [self.hashes.of(place), self.hashes.of(place.parents[1] / "share" / "version")]

    @cached_property
    def pdf(self) -> Step:
        """The page on paper."""
        decides = [code("scripts/pdf.py"), self.evaluation.section("evaluation", "figures")]
        return self._step("pdf", decides, [], [*self.analyses, self.compose, self.html])

    @cached_property
    def docx(self) -> Step:
        """The page as a Word document."""
        evaluation = self.evaluation
        decides = [
            code("scripts/word.py"),
            folder_digest(ENGINE / "templates" / "word"),
            evaluation.section("evaluation", "report"),
        ]
        reads = [*evaluation.report_files, *evaluation.reference]
        return self._step("docx", decides, reads, [*self.analyses, self.compose, self.html])

    @property
    def documents(self) -> list[Step]:
        """The documents that are made from the page, by ``report.formats``."""
        report = self.evaluation.config.report
        made = {"pdf": lambda: self.pdf, "docx": lambda: self.docx}
        brief = [self.brief] if report and report.summary else []
        return [*(made[name]() for name in made if report and name in report.formats), *brief]

    @cached_property
    def brief(self) -> Step:
        """The short version, in every format."""
        evaluation = self.evaluation
        decides = [
            code("scripts/brief.py"),
            folder_digest(ENGINE / "templates"),
            evaluation.section("evaluation", "report"),
        ]
        reads = [*evaluation.report_files, *evaluation.reference]
        return self._step("brief", decides, reads, [*self.analyses, self.compose, self.html])

    @cached_property
    def workbook(self) -> Step:
        """The spreadsheet of record."""
        decides = [
            self.evaluation.code_of_exhibits("scripts/workbook.py"),
            self.evaluation.section("evaluation", "analyses", "figures", "tables"),
        ]
        return self._step("workbook", decides, [], [*self.analyses, self.values, self.compose, self.html])

    @cached_property
    def round_trip(self) -> Step:
        """The proof of the finished documents."""
        evaluation = self.evaluation
        decides = [
            code("scripts/round_trip.py"),
            evaluation.section("evaluation", "analyses", "figures", "tables", "report"),
        ]
        before = [*self.analyses, self.values, self.compose, self.html, *self.documents]
        reads = [*evaluation.report_files, *evaluation.compared, *evaluation.plan_files]
        return self._step("round_trip", decides, reads, before)

    @property
    def has_workbook(self) -> bool:
        """Whether there is anything to put into a spreadsheet."""
        config = self.evaluation.config
        return bool(config.report and (config.figures or config.tables))

    @cached_property
    def numbers(self) -> Step:
        """Publishes the ledger alone."""
        return self._published(
            "numbers",
            [
                *self.prepared,
                *self.analyses,
                self.values,
                *([self.compose] if self.evaluation.config.report else []),
            ],
        )

    @cached_property
    def publish(self) -> Step:
        """Publishes everything together."""
        steps = [*self.prepared, *self.analyses, self.values]
        if self.evaluation.config.report:
            steps += [self.compose, self.html, *self.documents, self.round_trip]
        return self._published("publish", steps + ([self.workbook] if self.has_workbook else []))

    def _published(self, name: str, steps: list[Step]) -> Step:
        reads = [path for one in steps for path in one.sources]
        decides = [code("scripts/publish.py")]
        if name == "publish" and self.evaluation.config.assurance:
            reads += self.evaluation.assurance_files
            decides.append(self.evaluation.section("evaluation", "assurance"))
        return self._step(name, decides, reads, steps)

    @cached_property
    def review(self) -> Step:
        """The pages for reviewers."""
        evaluation = self.evaluation
        decides = [code("scripts/review.py"), folder_digest(ENGINE / "templates" / "review")]
        decides.append(evaluation.section("evaluation", "data", "regression", *evaluation.planned_sections))
        decides.append(evaluation.section("assurance", "figures", "tables"))
        reads = [*evaluation.inputs, *evaluation.optional, *evaluation.assurance_files]
        return self._step("review", decides, reads, [self.publish])

    @cached_property
    def check(self) -> Step:
        """The checks of the finished pages, made each time."""
        return self._step("check", "", [], [self.publish])

    @property
    def files(self) -> list[str]:
        """Files that a user might ask for, though rules make them: their outputs are records."""
        listed = [
            path
            for one in self.all
            for path in read_record(self.evaluation.folder / one.record).get("made", {})
        ]
        return [*self.evaluation.outputs, *listed]

    @cached_property
    def all(self) -> list[Step]:
        """Every step of a whole build."""
        report = self.evaluation.config.report
        written = [self.compose, self.html, *self.documents, self.round_trip] if report else []
        return [
            *self.prepared,
            *self.analyses,
            self.values,
            *written,
            *([self.workbook] if self.has_workbook else []),
            self.publish,
        ]
