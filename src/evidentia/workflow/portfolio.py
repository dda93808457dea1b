"""A portfolio: many evaluation folders that one workflow builds, and the synthesis of their ledgers.

portfolio.yaml names the members. The folder that holds it may be an evaluation folder itself, whose design
``synthesis`` reads what rule members writes of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidentia.config.load import translate
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import leads_out, sha256
from evidentia.core.paths import MEMBERS
from evidentia.core.yamlio import read_yaml
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import PREPARED, Flow
from evidentia.workflow.hashes import Hashes
from evidentia.workflow.members import NAME, FoundMember, Member, PortfolioSettings
from evidentia.workflow.modules import code
from evidentia.workflow.records import Step, read_record, step


@dataclass
class Portfolio:
    """The members of a portfolio folder.

    Parameters
    ----------
    folder : Path
        Holds portfolio.yaml.
    failed : dict of str to str
        Folder of each member that cannot be built, to what is wrong.
    """

    folder: Path = Path()
    failed: dict[str, str] = field(default_factory=dict)
    faults: list[EvidentiaError] = field(default_factory=list)

    def __post_init__(self) -> None:
        path = self.folder / NAME
        raw = read_yaml(path)
        if not isinstance(raw, dict):
            raise EvidentiaError(
                "the portfolio is empty",
                where=str(path),
                remedy="give 'members', a list of evaluation folders",
            )
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
                if Path(folder).is_absolute() or leads_out(self.folder, folder):
                    raise EvidentiaError(
                        f"the member '{folder}' lies outside the portfolio's folder",
                        where=str(self.folder / NAME),
                        remedy="put the evaluation folder, or a copy of it, into the portfolio's folder",
                    )
                found.setdefault(folder, member.model_copy(update={"folder": folder}))
        return list(found.values())

    def _matching(self, pattern: str) -> list[str]:
        if "*" not in pattern:
            return [Path(pattern).as_posix()]
        folders = [
            path.parent.relative_to(self.folder).as_posix()
            for path in sorted(self.folder.glob(f"{pattern}/config.yaml"))
        ]
        if not folders:
            raise EvidentiaError(
                f"no evaluation folder matches '{pattern}'",
                where=str(self.folder / NAME),
                remedy="correct the pattern, or add a member",
            )
        return folders

    @cached_property
    def members(self) -> list[FoundMember]:
        """The members that can be built; what is wrong with the others is in `faults`.

        Raises
        ------
        EvidentiaError
            If two members have one id, because their numbers could not be told apart.
        """
        found: dict[str, FoundMember] = {}
        for place in self.places:
            try:
                evaluation = self._evaluation_folder(place.folder)
            except EvidentiaError as fault:
                self.failed[place.folder] = "config.yaml"
                self.faults.append(EvidentiaError(f"the member {place.folder} cannot be built\n{fault}"))
                continue
            known = evaluation.config.evaluation
            if known.id in found:
                raise EvidentiaError(
                    f"two members have the id '{known.id}': {found[known.id].folder} and {place.folder}",
                    where=str(self.folder / NAME),
                    remedy="give each its own evaluation.id in its config.yaml",
                )
            found[known.id] = FoundMember(
                known.id, place.folder, place.label or known.title, place.before, evaluation
            )
        return list(found.values())

    def _evaluation_folder(self, folder: str) -> EvaluationFolder:
        if not (self.folder / folder / "config.yaml").is_file():
            beside = (self.folder / folder).parent
            near = (
                [path.relative_to(self.folder).as_posix() for path in beside.iterdir() if path.is_dir()]
                if beside.is_dir()
                else []
            )
            raise EvidentiaError(
                "there is no config.yaml",
                where=folder,
                remedy=f"correct the folder; {did_you_mean(folder, near)}",
            )
        return EvaluationFolder(self.folder / folder)

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The steps of each member, by its folder; the module of portfolio.smk that builds it takes them from
        there.
        """
        PREPARED.update({member.folder: Flow(member.evaluation, tolerant=True) for member in self.members})
        return {member.folder: PREPARED[member.folder] for member in self.members}

    @cached_property
    def recorded(self) -> Step:
        """Records the members, whatever came of them."""
        decides = [
            code("scripts/members.py"),
            self.failed,
            [one.evaluation.section("evaluation", "analyses") for one in self.members],
        ]
        return step(
            "members", self.folder, Hashes(), decides, [NAME], [flow.publish for flow in self.flows.values()]
        )

    @cached_property
    def synthesis(self) -> Flow | None:
        """The steps of the synthesis, if the folder is an evaluation folder itself."""
        if (self.folder / "config.yaml").is_file():
            PREPARED["."] = Flow(EvaluationFolder(self.folder, {MEMBERS.as_posix()}), members=self.recorded)
        return PREPARED.get(".")

    @cached_property
    def complete(self) -> Step:
        """Comes last, and fails where members have failed."""
        before = [self.recorded, *([self.synthesis.publish] if self.synthesis else [])]
        return step("complete", self.folder, Hashes(), code("scripts/complete.py"), [], before)

    @property
    def steps(self) -> list[Step]:
        """Every step of the portfolio."""
        own = self.synthesis.all if self.synthesis else []
        return [
            *(one for flow in self.flows.values() for one in flow.all),
            self.recorded,
            *own,
            self.complete,
        ]

    def rows(self, records: Iterable[str]) -> list[dict[str, Any]]:
        """Return every member with its settings and its ledger's hash, or where it failed.

        Parameters
        ----------
        records : iterable of str
            The record of each member's last step.
        """
        built = {member.folder: member for member in self.members}
        folders = {
            path.parents[2].relative_to(self.folder.resolve()).as_posix(): path for path in map(Path, records)
        }
        failed = self.failed | {
            name: found for name, path in folders.items() if (found := read_record(path).get("failed"))
        }
        return [
            (
                {"folder": place.folder, "label": place.label or place.folder, "failed": failed[place.folder]}
                if place.folder in failed
                else self._row(built[place.folder])
            )
            for place in self.places
        ]

    def _row(self, member: FoundMember) -> dict[str, Any]:
        ledger = f"{member.folder}/build/numbers.json"
        config = member.evaluation.config
        return {
            "id": member.id,
            "folder": member.folder,
            "label": member.label,
            "title": config.evaluation.title,
            "date": config.evaluation.date.isoformat(),
            "ledger": ledger,
            "sha256": sha256(self.folder / ledger),
            "before": dict(member.before),
            "analyses": {name: model.model_dump(mode="json") for name, model in config.analyses.items()},
        }


def folders_of(folder: Path) -> list[Path]:
    """Return the evaluation folders of a portfolio, its own among them; of any other folder, that one."""
    if not (folder / NAME).is_file():
        return [folder]
    members = [folder / member.folder for member in Portfolio(folder).places]
    own = [folder] if (folder / "config.yaml").is_file() else []
    return [*own, *(member for member in members if (member / "config.yaml").is_file())]
