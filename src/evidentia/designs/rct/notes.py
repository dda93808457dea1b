"""What a reader must know before a trial's effects are used, as notes in the ledger."""

from __future__ import annotations

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Result
from evidentia.designs.inference.clusters import FEW
from evidentia.designs.rct.models import alike_in_clusters, constant_arm, matrix, on_the_lines
from evidentia.designs.rct.people import Trial
from evidentia.designs.rct.settings import RctSettings
from evidentia.designs.rct.standard import MUCH_LOST

FEW_PEOPLE = 20  # in an arm
UNEVEN = 0.1  # difference of the arms' attrition
ALIKE = "all of an arm have the same outcome"


def add_notes(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Add notes on few people or clusters, attrition, and outcomes that do not vary;
    check the flow's sums.
    """
    values = {number.id: number.value for number in result.numbers}
    about = [id.removesuffix(".estimate") for id in values if id.endswith(".estimate")]
    few = [arm.label for arm in trial.arms if (arm.assigned & trial.analysed).sum() < FEW_PEOPLE]
    if few:
        result.note("few_people", f"fewer than {FEW_PEOPLE} people in {' and '.join(few)}", about)
    if trial.clusters is not None:
        _clusters(result, trial, about)
    shares = [float((~trial.analysed[arm.assigned]).mean()) for arm in trial.arms]
    if (~trial.analysed).mean() > MUCH_LOST or max(shares) - min(shares) > UNEVEN:
        text = (
            f"the outcome, or what it is adjusted for, is not known for more than {MUCH_LOST:.0%} of people,"
            " or for many more in one arm than in another"
        )
        result.note("attrition", text, about)
    _alike(result, settings, trial, about)
    if settings.flow.assessed is not None and settings.flow.assessed - sum(
        settings.flow.excluded.values()
    ) != len(trial.known):
        raise EvidentiaError(
            f"{settings.flow.assessed} people were assessed and {sum(settings.flow.excluded.values())}"
            f" excluded, but the data hold {len(trial.known)} who were assigned",
            where=f"config.yaml, flow; {trial.table.path}",
            remedy=(
                "give one row for each person who was assigned, those without an outcome too, or correct"
                " 'flow'"
            ),
        )


def _alike(result: Result, settings: RctSettings, trial: Trial, about: list[str]) -> None:
    """Add a note where outcomes do not vary enough for a standard error."""
    data = matrix(trial)
    if constant_arm(trial):
        alone = [arm.label for arm in trial.arms if (arm.assigned & trial.analysed).sum() == 1]
        who = f"one person alone is in {' and in '.join(alone)}" if alone else ALIKE
        result.note("no_variation", f"{who}, so the error of the difference is not known", about)
    elif on_the_lines(data):
        words = "the outcomes lie on the lines of the model, so the error of the difference is not known"
        result.note("no_variation", words, [stem for stem in about if "unadjusted" not in stem])
    elif alike_in_clusters(data):
        words = "people of one cluster have the same outcome, so the mixed model has no fit"
        stems = ("effect_mixed", *(("effect", "hedges_g") if settings.estimator == "mixed" else ()))
        result.note("no_variation", words, [stem for stem in about if stem.startswith(stems)])


def _clusters(result: Result, trial: Trial, about: list[str]) -> None:
    clusters = trial.clusters_of(trial.analysed)
    assert clusters is not None
    if clusters.number < FEW:
        words = f"{clusters.number} clusters, fewer than {FEW}: standard errors are uncertain"
        alone = [arm.label for arm in trial.arms if clusters.holding(arm.assigned[trial.analysed]).sum() < 2]
        if alone:
            words += f"; there is none, because {' and '.join(alone)} has one cluster"
        result.note("few_clusters", words, about)
    held = np.sum([clusters.holding(arm.assigned[trial.analysed]) for arm in trial.arms], axis=0)
    if held.max() > 1:
        result.note(
            "arms_in_clusters",
            "people of one cluster are in several arms and may have taken part in both",
            about,
        )
