"""Freezing a plan, recording changes of it, and what has changed without a record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.core.keyed_hashes import keyed
from evidentia.core.language import later
from evidentia.core.paths import result_of
from evidentia.plan.differences import Difference, differences
from evidentia.plan.frozen import (
    CHANGES,
    PLAN,
    READ,
    STATES,
    Frozen,
    Recorded,
    load_frozen,
    save_changes,
    save_frozen,
)
from evidentia.plan.ground import ABSENT, ground_of
from evidentia.plan.state import planned_analyses, state_of

AMENDMENT = later("Amendment, before the outcomes were read")
DEVIATION = later("Deviation, after the outcomes were read")
NO_REASON = later("No reason has been given yet.")


@dataclass(frozen=True)
class Change:
    """A change of the plan, as readers see it.

    Attributes
    ----------
    difference : Difference
    date : date or None
        None if nobody has recorded it.
    reason : str
    data : str
        State of the data on that day.
    touches : frozenset of str
        The analyses whose effects rest on what was changed.
    """

    difference: Difference
    date: datetime.date | None
    reason: str
    data: str
    touches: frozenset[str] = frozenset()

    @property
    def deviates(self) -> bool:
        """Whether the outcomes were read by then."""
        return self.data == READ

    @property
    def kind(self) -> str:
        """Amendment or deviation, in words."""
        return DEVIATION if self.deviates else AMENDMENT


def freeze(folder: Path, config: Config, today: datetime.date) -> Frozen:
    """Freeze the plan of config.yaml in plan.yaml.

    Raises
    ------
    EvidentiaError
        If config.yaml has no plan, one is frozen, or the outcomes were computed here and the plan says that
        nobody has read them.
    """
    plan = config.plan
    if plan is None:
        raise EvidentiaError(
            "there is no plan to freeze",
            where=str(folder / "config.yaml"),
            remedy="add the section 'plan' with at least data and outcomes; docs/plan.md shows one",
        )
    if (folder / PLAN).is_file():
        frozen = load_frozen(folder)
        raise EvidentiaError(
            f"the plan is frozen since {frozen.date.isoformat() if frozen else '?'}",
            where=str(folder / PLAN),
            remedy='record what has changed with its reason: evidentia plan change --reason "..."',
        )
    state = state_of(config, folder)
    _refuse_unread(folder, config, state)
    registered = {
        "link": plan.registered.link,
        "date": plan.registered.date.isoformat(),
    } if plan.registered else {}  # fmt: skip
    frozen = Frozen(today, plan.data, _files(folder, config, state), state, registered, "")
    return replace(frozen, hash=save_frozen(folder, frozen))


def record(folder: Path, config: Config, reason: str, today: datetime.date) -> list[Difference]:
    """Record how the plan of config.yaml differs from what was recorded last, with the reason.

    Raises
    ------
    EvidentiaError
        If no plan is frozen, there is no reason, nothing changed, or the data are said to be unread again.
    """
    frozen = required(folder)
    if config.plan is None:
        raise _lost(folder)
    if not reason.strip():
        raise EvidentiaError(
            "there is no reason", remedy='say why the plan changed: evidentia plan change --reason "..."'
        )
    state = state_of(config, folder)
    found = differences(frozen.last, state)
    if not found:
        raise EvidentiaError(
            "config.yaml says what the plan says",
            where=str(folder / PLAN),
            remedy="there is nothing to record",
        )
    order = list(STATES)
    if order.index(config.plan.data) < order.index(frozen.data_now):
        raise EvidentiaError(
            f"the outcomes were recorded as {STATES[frozen.data_now]}, and plan.data now says"
            f" {config.plan.data}",
            where=str(folder / "config.yaml"),
            remedy=f"write plan.data: {frozen.data_now}",
        )
    _refuse_unread(folder, config, state)
    last = frozen.changes[-1].date if frozen.changes else frozen.date
    if today < last:
        raise EvidentiaError(
            f"the day {today.isoformat()} lies before {last.isoformat()}, when the plan was last recorded",
            remedy="give a later day",
        )
    changes = (*frozen.changes, Recorded(today, " ".join(reason.split()), config.plan.data, state))
    save_changes(folder, replace(frozen, changes=changes))
    return found


def required(folder: Path) -> Frozen:
    """Return the frozen plan, or raise if there is none."""
    frozen = load_frozen(folder)
    if frozen is None:
        raise EvidentiaError(
            "no plan is frozen here",
            where=str(folder / PLAN),
            remedy="freeze it first: evidentia plan freeze",
        )
    return frozen


def changes_of(frozen: Frozen, config: Config, folder: Path) -> list[Change]:
    """Return every change since the plan was frozen, in order; those without a record last.

    Raises
    ------
    EvidentiaError
        If config.yaml has no plan any more.
    """
    if config.plan is None:
        raise _lost(folder)
    return [replace(change, touches=touched(change, config)) for change in _all(frozen, config, folder)]


def _all(frozen: Frozen, config: Config, folder: Path) -> Iterator[Change]:
    before = frozen.state
    for change in frozen.changes:
        for difference in differences(before, change.state):
            yield Change(difference, change.date, change.reason, change.data)
        before = change.state
    for difference in differences(before, state_of(config, folder)):
        yield Change(difference, None, NO_REASON, READ)


def touched(change: Change, config: Config) -> frozenset[str]:
    """Return the analyses whose effects a change is about; another breakdown leaves them as they were."""
    part, *rest = change.difference.keys
    if part == "plan" or "breakdown" in rest:
        return frozenset()
    if part == "families":
        effects = config.families[rest[0]].effects if rest[0] in config.families else []
        return frozenset(effect.partition(".")[0] for effect in effects)
    if part in ("derived", "facts"):
        return frozenset([rest[0].partition(".")[0]])
    return frozenset(name for name in config.analyses if ground_of(config, [name]).holds(part, rest[0]))


def _lost(folder: Path) -> EvidentiaError:
    return EvidentiaError(
        "a plan is frozen, and config.yaml has no section 'plan' any more",
        where=str(folder / PLAN),
        remedy=f"put the section back; or take {PLAN} and {CHANGES} away, and say so in the report",
    )


def _refuse_unread(folder: Path, config: Config, state: dict[str, object]) -> None:
    """Raise if the outcomes were computed here and the plan says that nobody has read them."""
    made = [result_of(name) for name in planned_analyses(state) if (folder / result_of(name)).is_file()]
    if made and config.plan is not None and config.plan.data == "not_yet_read":
        raise EvidentiaError(
            "plan.data says that the outcomes are not yet read, and they have been computed here",
            where=str(folder / made[0]),
            remedy=(
                "write plan.data: read, or blinded if nobody could see who had what; if it was a trial run"
                " with invented records, take the folder build away"
            ),
        )


def _files(folder: Path, config: Config, state: dict[str, dict[str, object]]) -> dict[str, str]:
    """Return the hash of each file that the planned analyses read, keyed where it is protected."""
    found = {}
    for name in state.get("data", {}):
        dataset = config.data[name]
        for path in [*([] if dataset.run else [dataset.path]), *dataset.files]:
            there = (folder / path).is_file()
            plain = sha256(folder / path) if there else ABSENT
            found[path] = keyed(plain) if there and dataset.disclosure.protects else plain
    return found
