"""A portfolio: many evaluation folders that one workflow builds, and the synthesis of their ledgers.

portfolio.yaml names the members. The folder that holds it may be an evaluation folder itself, whose design
``synthesis`` reads what `record` writes of the members.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from evidentia.config.base import Identifier, Section
from evidentia.config.load import translate
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import sha256, to_json, write_whole
from evidentia.core.yamlio import read_yaml
from evidentia.workflow.evaluation import Study

NAME = "portfolio.yaml"
MEMBERS = "build/members.json"
"""What the workflow knows of each member, for the synthesis."""


def _folder_alone(value: Any) -> Any:
    """Let ``members/north`` stand for ``{folder: members/north}``."""
    return {"folder": value} if isinstance(value, str) else value


class Member(Section):
    """A member of the portfolio: an evaluation folder, or several by a pattern such as ``members/*``."""

    folder: str = Field(min_length=1, description="Evaluation folder, relative to the portfolio's; * stands for any name")
    label: str = Field("", description="Short name in charts and tables; the evaluation's title if it is missing")
    before: dict[Identifier, str] = Field(
        default_factory=dict, description="Analysis id to the covariate that measures its outcome before the start"
    )


class PortfolioSettings(Section):
    """portfolio.yaml."""

    members: list[Annotated[Member, BeforeValidator(_folder_alone)]] = Field(min_length=1)


@dataclass(frozen=True)
class Found:
    """A member whose configuration can be read."""

    id: str
    folder: str
    label: str
    before: Mapping[str, str]
    study: Study


@dataclass
class Portfolio:
    """The members of a portfolio folder.

    Parameters
    ----------
    folder : Path
        Holds portfolio.yaml.
    failed : dict of str to str
        Folder of each member that failed in this run, to the step that failed; these are left out of the workflow.
    """

    folder: Path = Path()
    failed: dict[str, str] = field(default_factory=dict)
    faults: list[EvidentiaError] = field(default_factory=list)

    def __post_init__(self) -> None:
        path = self.folder / NAME
        raw = read_yaml(path)
        if not isinstance(raw, dict):
            raise EvidentiaError("the portfolio is empty", where=str(path), remedy="give 'members', a list of evaluation folders")
        try:
            self.settings = PortfolioSettings.model_validate(raw)
        except ValidationError as error:
            raise_all(translate(fault, path) for fault in error.errors(include_url=False))
            raise

    @cached_property
    def places(self) -> list[Member]:
        """The members with patterns replaced by the folders that they match, each folder once."""
        found: dict[str, Member] = {}
        for member in self.settings.members:
            for folder in self._matching(member.folder):
                found.setdefault(folder, member.model_copy(update={"folder": folder}))
        return list(found.values())

    def _matching(self, pattern: str) -> list[str]:
        if "*" not in pattern:
            return [Path(pattern).as_posix()]
        folders = [path.parent.relative_to(self.folder).as_posix() for path in sorted(self.folder.glob(f"{pattern}/config.yaml"))]
        if not folders:
            raise EvidentiaError(
                f"no evaluation folder matches '{pattern}'", where=str(self.folder / NAME), remedy="correct the pattern, or add a member"
            )
        return folders

    @cached_property
    def members(self) -> list[Found]:
        """The members that can be built; what is wrong with the others is in `faults`.

        Raises
        ------
        EvidentiaError
            If two members have one id, because their numbers could not be told apart.
        """
        found: dict[str, Found] = {}
        for place in self.places:
            if place.folder in self.failed:
                continue
            try:
                study = self._study(place.folder)
            except EvidentiaError as fault:
                self.failed[place.folder] = "config.yaml"
                self.faults.append(EvidentiaError(f"the member {place.folder} cannot be built\n{fault}"))
                continue
            evaluation = study.config.evaluation
            if evaluation.id in found:
                raise EvidentiaError(
                    f"two members have the id '{evaluation.id}': {found[evaluation.id].folder} and {place.folder}",
                    where=str(self.folder / NAME),
                    remedy="give each its own evaluation.id in its config.yaml",
                )
            found[evaluation.id] = Found(evaluation.id, place.folder, place.label or evaluation.title, place.before, study)
        return list(found.values())

    def _study(self, folder: str) -> Study:
        if not (self.folder / folder / "config.yaml").is_file():
            beside = (self.folder / folder).parent
            near = [path.relative_to(self.folder).as_posix() for path in beside.iterdir() if path.is_dir()] if beside.is_dir() else []
            raise EvidentiaError("there is no config.yaml", where=folder, remedy=f"correct the folder; {did_you_mean(folder, near)}")
        return Study(self.folder / folder)

    def outputs(self) -> Iterator[str]:
        """Yield every file that the members leave for their readers."""
        for member in self.members:
            yield from (f"{member.folder}/{name}" for name in member.study.outputs)

    def not_finished(self, jobs: Mapping[str, bool]) -> dict[str, str]:
        """Return the folder of each member that has jobs left, and the step that failed.

        Parameters
        ----------
        jobs : mapping of str to bool
            Name of each rule that has not finished, ``member.rule``, and whether it could have run.
        """
        left = {}
        for member in self.members:
            steps = {name.partition(".")[2]: ready for name, ready in jobs.items() if name.partition(".")[0] == member.id}
            if steps:
                left[member.folder] = next((step for step, ready in steps.items() if ready), next(iter(steps)))
        return left

    def record(self) -> None:
        """Write build/members.json: every member with its settings and its ledger's hash, or where it failed."""
        rows: list[dict[str, Any]] = []
        built = {member.folder: member for member in self.members}
        for place in self.places:
            if place.folder not in built:
                rows.append({"folder": place.folder, "label": place.label or place.folder, "failed": self.failed[place.folder]})
                continue
            member = built[place.folder]
            ledger = f"{place.folder}/build/numbers.json"
            rows.append(
                {
                    "id": member.id,
                    "folder": place.folder,
                    "label": member.label,
                    "title": member.study.config.evaluation.title,
                    "date": member.study.config.evaluation.date.isoformat(),
                    "ledger": ledger,
                    "sha256": sha256(self.folder / ledger),
                    "before": dict(member.before),
                    "analyses": {name: model.model_dump(mode="json") for name, model in member.study.config.analyses.items()},
                }
            )
        write_whole(self.folder / MEMBERS, to_json({"members": rows}, lines="members"))
