"""Differencing: what two releases together tell that each alone does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidentia.config.model import Config
from evidentia.core.ledger import Entry, display
from evidentia.disclosure.bounds import interval
from evidentia.disclosure.count_table import Table
from evidentia.disclosure.suppress import Suppression, is_small

CLOSE = "differs by fewer people than the minimum cell"
HIDDEN_NOW = "suppressed now, published before"
SHOWN_NOW = "published now, suppressed before"
MOVED = (
    "differs, although its people differ by fewer than the minimum cell: people times it shows those who"
    " came, left or were exchanged"
)

PINNED = "with what the earlier release told, can be placed within fewer people than the minimum cell"


@dataclass(frozen=True)
class Difference:
    """A number by which two releases together point at someone.

    Attributes
    ----------
    id, label : str
    what : str
    before, after : str
        As the releases print it.
    minimum_cell : int
        Of the data sets behind it.
    """

    id: str
    label: str
    what: str
    before: str
    after: str
    minimum_cell: int


def differencing(
    before: Mapping[str, Entry],
    after: Mapping[str, Entry],
    config: Config,
    bases: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Difference]:
    """Return the counts that an earlier release and this one must not both show.

    A count that changed by fewer people than the minimum cell shows the few who came or left; a count that
    one of the releases suppresses and the other does not was suppressed in vain, unless the people behind it
    are others by now. A mean, a share or an effect that differs while its people are as many, or nearly,
    shows by how much those differ who were exchanged.

    Parameters
    ----------
    before, after : mapping of str to entry
        Ledgers, the earlier release first.
    config : Config
        Its disclosure policies; each number's data sets are those in its source.
    bases : mapping of str to tuple of str, optional
        The counts of people on which a number rests, by its id.
    """
    limits = {dataset.path: dataset.disclosure.minimum_cell for dataset in config.data.values()}
    found = []
    for id, new in after.items():
        old, least = (
            before.get(id),
            max((limits.get(path, 0) for path in new["source"].get("inputs", {})), default=0),
        )
        if old is None or least <= 1 or new["source"].get("basis") == "configured":
            continue
        what = _what(old, new, least) or (
            MOVED if _moved(id, before, after, (bases or {}).get(id, ()), least) else ""
        )
        if what:
            found.append(Difference(id, new["label"], what, display(old), display(new), least))
    return found


def _moved(
    id: str, before: Mapping[str, Entry], after: Mapping[str, Entry], people: tuple[str, ...], least: int
) -> bool:
    """Tell whether a number that is no count differs while each count on which it rests is the same but for a
    few.
    """
    values = before[id]["value"], after[id]["value"]
    if (
        after[id]["unit"] == "count"
        or values[0] == values[1]
        or not all(isinstance(value, int | float) for value in values)
    ):
        return False
    counts = [(before.get(name, {}).get("value"), after.get(name, {}).get("value")) for name in people]
    known = [
        (old, new) for old, new in counts if isinstance(old, int | float) and isinstance(new, int | float)
    ]
    far = abs(values[1] - values[0]) > 1e-9 * max(
        1.0, abs(values[0])
    )  # more than another processor's last digits
    return far and bool(known) and all(abs(new - old) < least for old, new in known)


def _what(old: Entry, new: Entry, least: int) -> str:
    hidden = bool(old.get("suppressed")), bool(new.get("suppressed"))
    if hidden[0] != hidden[1]:
        known = old["value"] is not None or new["value"] is not None
        return "" if not known else HIDDEN_NOW if hidden[1] else SHOWN_NOW
    values = old["value"], new["value"]
    if new["unit"] != "count" or old["unit"] != "count" or any(value is None for value in values):
        return ""
    whole = all(float(value).is_integer() for value in values)
    return CLOSE if whole and is_small(abs(values[1] - values[0]), least) else ""


def pinned(table: Table, chosen: Suppression, minimum_cell: int, rounding: int) -> list[Difference]:
    """Return the suppressed or small counts that two releases together give away.

    Parameters
    ----------
    table : Table
        With what the earlier release tells, see `beside`.
    chosen : Suppression
        What the present release suppresses.
    minimum_cell, rounding : int
    """
    if not table.past:
        return []
    published = chosen.published(rounding)
    return [
        Difference(cell, cell, PINNED, "", "", minimum_cell)
        for cell in chosen.cells
        if interval(table, cell, published, enough=minimum_cell).width < minimum_cell
    ]
