"""plan.yaml and plan-changes.yaml: the plan as it was frozen, and what was changed since.

Each holds a hash of what it says, so that an edit is noticed; that of plan.yaml can stand in a public
register.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import content_hash, write_whole
from evidentia.core.yamlio import read_yaml
from evidentia.plan.state import State

PLAN, CHANGES = "plan.yaml", "plan-changes.yaml"
FILES = (PLAN, CHANGES)
CHAPTER = "plan-and-changes"
"""The chapter that compares plan and report, where no other does."""
READ = "read"
STATES = {"not_yet_read": "not yet read", "blinded": "read without who had what", READ: "read"}
"""State of the data to the words for it, after "when the outcomes were"."""
_HEAD = "# {what}. Written by `evidentia plan {command}`; an edit by hand is noticed by its hash.\n"


@dataclass(frozen=True)
class Recorded:
    """A change of the plan that has a day and a reason.

    Attributes
    ----------
    date : date
    reason : str
    data : str
        State of the data on that day.
    state : dict
        What the plan fixes after the change.
    """

    date: datetime.date
    reason: str
    data: str
    state: State


@dataclass(frozen=True)
class Frozen:
    """The frozen plan with its recorded changes.

    Attributes
    ----------
    date : date
    data : str
        State of the data when it was frozen.
    files : dict of str to str
        Data file to its hash on that day, or ``absent``.
    state : dict
        What it fixes.
    registered : dict
        Link and date; empty if it is registered nowhere.
    hash : str
    changes : tuple of Recorded
    """

    date: datetime.date
    data: str
    files: dict[str, str]
    state: State
    registered: dict[str, str]
    hash: str
    changes: tuple[Recorded, ...] = ()

    @property
    def in_force(self) -> State:
        """The plan as it stood before the outcomes were read: frozen, with the amendments of that time."""
        before = [change.state for change in self.changes if change.data != READ]
        return before[-1] if before else self.state

    @property
    def last(self) -> State:
        """The plan with all recorded changes."""
        return self.changes[-1].state if self.changes else self.state

    @property
    def data_now(self) -> str:
        """State of the data that was recorded last."""
        return self.changes[-1].data if self.changes else self.data


def load_frozen(folder: Path) -> Frozen | None:
    """Return a folder's frozen plan; None if none is frozen.

    Raises
    ------
    EvidentiaError
        If plan.yaml or plan-changes.yaml was changed by hand.
    """
    path = folder / PLAN
    if not path.is_file():
        return None
    raw = _checked(
        path, "the plan was changed after it was frozen", {"frozen", "data", "state", "registered"}
    )
    changes = []
    if (folder / CHANGES).is_file():
        what = "the changes of the plan were edited by hand"
        listed = _checked(folder / CHANGES, what, {"plan", "changes"})
        if listed["plan"] != raw["hash"]:
            raise EvidentiaError(
                "the changes belong to another plan",
                where=str(folder / CHANGES),
                remedy=f"restore the {PLAN} that they belong to, or take {CHANGES} away",
            )
        changes = [
            Recorded(_day(row["date"]), row["reason"], row["data"], row["state"]) for row in listed["changes"]
        ]
    return Frozen(
        _day(raw["frozen"]),
        raw["data"]["state"],
        raw["data"]["files"],
        raw["state"],
        raw["registered"],
        raw["hash"],
        tuple(changes),
    )


def save_frozen(folder: Path, frozen: Frozen) -> str:
    """Write plan.yaml and return its hash."""
    content = {
        "frozen": frozen.date.isoformat(),
        "data": {"state": frozen.data, "files": frozen.files},
        "registered": frozen.registered,
        "state": frozen.state,
    }
    return _save(folder / PLAN, content, what="The plan as it was frozen", command="freeze")


def save_changes(folder: Path, frozen: Frozen) -> None:
    """Write plan-changes.yaml."""
    rows = [
        {"date": change.date.isoformat(), "reason": change.reason, "data": change.data, "state": change.state}
        for change in frozen.changes
    ]
    content = {"plan": frozen.hash, "changes": rows}
    _save(folder / CHANGES, content, what="Changes of the plan", command="change")


def _save(path: Path, content: dict[str, Any], **head: str) -> str:
    known = content_hash(content)
    body = yaml.safe_dump({**content, "hash": known}, sort_keys=False, allow_unicode=True, width=100)
    write_whole(path, _HEAD.format(**head) + body)
    return known


def _checked(path: Path, what: str, keys: set[str]) -> dict[str, Any]:
    raw = read_yaml(path)
    content = {key: value for key, value in raw.items() if key != "hash"} if isinstance(raw, dict) else {}
    if set(content) != keys or raw.get("hash") != content_hash(content):
        raise EvidentiaError(
            what,
            where=f"{path}, key hash",
            remedy=(
                "restore the file, for example with git checkout; change the plan in config.yaml and give the"
                ' reason with: evidentia plan change --reason "..."'
            ),
        )
    return content | {"hash": raw["hash"]}


def _day(text: Any) -> datetime.date:
    return datetime.date.fromisoformat(str(text))
