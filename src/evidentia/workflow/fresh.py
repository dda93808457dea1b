"""Whether what is built was made from the folder's data, words and settings as they are now."""

from __future__ import annotations

from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import BUILD
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import Flow


def are_fresh(folder: Path) -> bool:
    """Tell whether every number was made from the data and settings as they are now, by this user's builds.

    Raises
    ------
    EvidentiaError
        If config.yaml or the data's description cannot be read.
    """
    flow = Flow(EvaluationFolder(folder))
    return all((folder / step.record).is_file() for step in [*flow.analyses, flow.values])


def refuse_stale(folder: Path, command: str) -> None:
    """Raise if the documents were not made from the data, words and settings as they are now.

    Parameters
    ----------
    folder : Path
        The evaluation folder.
    command : str
        What to run after the build, for the message.
    """
    flow = Flow(EvaluationFolder(folder))
    proved = flow.round_trip if flow.evaluation.config.report else flow.values
    if not (folder / proved.record).is_file():
        raise EvidentiaError(
            "there is no finished report of the data, words and settings as they are now",
            where=str(folder / BUILD),
            remedy=f"run evidentia build until it ends well, then evidentia {command}",
        )
