"""The plan in the quality log: whether there was one, and which changes of it have no reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidentia.audit.quality_check import DELIVERY, DESIGN, Check
from evidentia.config.model import Config
from evidentia.core.files import read_json
from evidentia.core.ledger import load
from evidentia.core.paths import BUILD, NUMBERS
from evidentia.plan.changes import changes_of
from evidentia.plan.frozen import FILES, PLAN, READ, STATES, load_frozen
from evidentia.plan.verdicts import verdicts

ASPECT = "Objective"


def plan_checks(config: Config, folder: Path) -> Iterator[Check]:
    """Yield the lines of the quality log about the plan."""
    what, by = (
        "Outcomes, models and expected claims were fixed before the outcomes were read",
        "evidentia plan",
    )
    frozen = load_frozen(folder)
    if frozen is None:
        said = "there was no plan" if config.plan is None else "the plan in config.yaml was never frozen"
        yield Check(ASPECT, what, by, f"{said}, so no claim is confirmatory", PLAN, None, DESIGN)
        return
    registered = (
        f", registered at {frozen.registered['link']}" if frozen.registered else ", registered nowhere"
    )
    said = f"frozen on {frozen.date}, when the outcomes were {STATES[frozen.data]}{registered}"
    yield Check(ASPECT, what, by, said, f"{PLAN} ({frozen.hash[:19]})", frozen.data != READ, DESIGN)
    changes = changes_of(frozen, config, folder)
    bare = [change for change in changes if change.date is None]
    amended = sum(not change.deviates for change in changes)
    said = f"{amended} amended, {len(changes) - amended} deviating, {len(bare)} without a reason"
    yield Check(
        ASPECT, "Each change of the plan has a day and a reason", by, said, FILES[1], not bare, DESIGN
    )
    if (folder / BUILD / "plan.json").is_file():
        printed = {row["id"]: row["result"] for row in read_json(folder / BUILD / "plan.json")["claims"]}
        judged = {one.id: one.result for one in verdicts(frozen.in_force, load(folder / NUMBERS))}
        results = list(judged.values())
        counts = [f"{results.count(result)} {result}" for result in dict.fromkeys(results)]
        said = ", ".join(counts) or "the plan expected no claim"
        what = "The report prints what became of each claim of the plan"
        yield Check(
            ASPECT,
            what,
            "rule review",
            said or "the plan expected no claim",
            PLAN,
            printed == judged,
            DELIVERY,
        )
