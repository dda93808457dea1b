"""The steps of a build that make its numbers, and what decides each: prepared data, analyses, values."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from evidentia.config.order import others_before
from evidentia.core.paths import RECORDS
from evidentia.workflow.accepted import deciding
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.hashes import Hashes
from evidentia.workflow.modules import code
from evidentia.workflow.records import Step, step


class NumberSteps:
    """The steps that make the numbers of one evaluation folder.

    Parameters
    ----------
    evaluation : EvaluationFolder
    members : Step, optional
        What writes the files of `evaluation.made`, in a portfolio.
    tolerant : bool
        See `Step`.
    """

    def __init__(
        self, evaluation: EvaluationFolder, members: Step | None = None, tolerant: bool = False
    ) -> None:
        self.evaluation = evaluation
        self.hashes = Hashes(evaluation.folder / RECORDS / "hashes")
        self._members = [members] if members else []
        self._tolerant = tolerant
        self._known: dict[str, Step] = {}

    def _step(
        self, name: str, decides: Any, reads: Iterable[str], before: Iterable[Step], subject: str = ""
    ) -> Step:
        own = [path for path in reads if path not in self.evaluation.made]
        if self.evaluation.config.designs:  # which any step may use
            decides = [decides, self.evaluation.own_designs]
        return step(
            name,
            self.evaluation.folder,
            self.hashes,
            decides,
            own,
            before,
            subject=subject,
            tolerant=self._tolerant,
        )

    @cached_property
    def prepared(self) -> list[Step]:
        """One for each data set that a program makes of others."""
        return [self._prepare(name) for name, one in self.evaluation.config.data.items() if one.run]

    def _prepare(self, name: str) -> Step:
        """Return the step of a prepared data set; those of which it is made come before it."""
        known = f"data {name}"
        if known not in self._known:
            evaluation = self.evaluation
            reads = evaluation.sources_of_data(name)
            before = self._prepared_of(evaluation.config.data[name].from_)
            before += list(self._members) if evaluation.made & set(reads) else []
            decides = [code("scripts/prepare.py"), *evaluation.preparation(name)]
            self._known[known] = self._step(f"prepare-{name}", decides, reads, before, name)
        return self._known[known]

    def _prepared_of(self, datasets: Iterable[str]) -> list[Step]:
        data = self.evaluation.config.data
        return [self._prepare(name) for name in dict.fromkeys(datasets) if name in data and data[name].run]

    @cached_property
    def analyses(self) -> list[Step]:
        """One for each analysis, with its figures."""
        return [self._analysis(name) for name in self.evaluation.config.analyses]

    def _analysis(self, name: str) -> Step:
        """Return the step of an analysis; those whose results it reads come before it."""
        if name not in self._known:
            self._known[name] = self._analyse(name)
        return self._known[name]

    def _analyse(self, name: str) -> Step:
        evaluation = self.evaluation
        reads = evaluation.data_of(name)  # of the schema, what is about these files counts in the settings
        before = list(self._members) if evaluation.made & set(reads) else []
        before += [self._analysis(other) for other in others_before(evaluation.config.analyses[name])]
        before += self._prepared_of(evaluation.datasets_of(name))
        decides = [evaluation.code_of_analysis(name), evaluation.settings(name), evaluation.drawing(name)]
        decides += evaluation.own_versions(name)
        decides += deciding(evaluation.config, evaluation.folder, name)
        return self._step(f"analyse-{name}", decides, reads, before, name)

    @cached_property
    def analysis_jobs(self) -> list[tuple[Step, ...]]:
        """The analyses by the job that makes them: light ones that are to be made share one.

        One that is to be made has no record yet, so that a change of one makes that one alone.
        """
        light = tuple(one for one in self.analyses if self._is_light(one))
        shared = light if len(light) > 1 else ()
        return [*([shared] if shared else []), *((one,) for one in self.analyses if one not in shared)]

    def _is_light(self, step: Step) -> bool:
        config = self.evaluation.config
        design = config.registry.designs[config.analyses[step.subject].design]
        return design.light and not step.before and not (self.evaluation.folder / step.record).is_file()

    @cached_property
    def values(self) -> Step:
        """All numbers before any word is written."""
        evaluation = self.evaluation
        decides = [
            code("scripts/values.py"),
            evaluation.section("evaluation", "data", "derived", "families", "totals", "plan"),
            evaluation.figure_order,
        ]
        reads = [*evaluation.data_files, *evaluation.facts, *evaluation.plan_files]
        return self._step("values", decides, reads, [*self.prepared, *self.analyses])
