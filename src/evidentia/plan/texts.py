"""All that the report may print of a plan, for the proof that each of its numbers has an origin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.formats import printed
from evidentia.plan.changes import changes_of
from evidentia.plan.differences import capital, in_language
from evidentia.plan.frozen import load_frozen


def plan_texts(config: Config, folder: Path) -> Iterator[str]:
    """Yield the words of the frozen plan and of its changes, and their days as they are printed."""
    frozen = load_frozen(folder)
    if frozen is None:
        return
    plan = frozen.in_force.get("plan", {})
    yield from (expected["words"] for expected in plan.get("expected", {}).values())
    days = [frozen.date.isoformat()]
    if frozen.registered:
        yield frozen.registered["link"]
        days.append(frozen.registered["date"])
    for change in changes_of(frozen, config, folder):
        difference = change.difference
        yield from (in_language(difference.before), in_language(difference.after), change.reason)
        yield capital(difference.called())
        days += [change.date.isoformat()] if change.date else []
    yield from (f" {printed(day, 'date')} " for day in days)
