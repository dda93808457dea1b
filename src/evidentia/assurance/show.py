"""What is signed, on the screen and as a page of the review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidentia.assurance.sign import Assured
from evidentia.assurance.validity import Signed
from evidentia.compare.pages import fill
from evidentia.config.model import Config

LONGEST = 90


def summary(found: Assured) -> str:
    """Return how many signatures stand and how many lapsed."""
    if not found.signed:
        return "Nothing is signed yet."
    standing = len(found.signed) - len(found.lapsed)
    lapsed = f"; {len(found.lapsed)} lapsed" if found.lapsed else ""
    return f"{standing} of {len(found.signed)} signatures stand{lapsed}."


def screen_lines(found: Assured, *, every: bool = False) -> Iterator[str]:
    """Yield lines for the screen; with `every`, all items, signed or not."""
    yield summary(found)
    signed: dict[str, list[Signed]] = {}
    for one in found.signed:
        signed.setdefault(one.signature.item, []).append(one)
    for id in [*found.items, *(id for id in signed if id not in found.items)] if every else signed:
        label = found.items[id].label if id in found.items else signed[id][0].label
        yield f"{id}  {label[:LONGEST]}"
        for one in signed.get(id, []):
            state = "stands" if one.stands else f"LAPSED: {one.told}"
            yield f"  {one.signature.role}: {one.signature.name}, {one.signature.date}, {state}"
    if found.lacking:
        yield "A final report lacks:"
        yield from (f"  {fault.what}" for fault in found.lacking)


def as_json(found: Assured) -> dict[str, Any]:
    """Return the same for programs."""
    rows = [
        {
            "item": one.signature.item,
            "label": one.label,
            "role": one.signature.role,
            "name": one.signature.name,
            "date": one.signature.date.isoformat(),
            "note": one.signature.note,
            "stands": one.stands,
            "moved": list(one.moved),
        }
        for one in found.signed
    ]
    return {"signed": rows, "items": list(found.items), "lacking": [fault.what for fault in found.lacking]}


def assurance_page(found: Assured, config: Config) -> str:
    """Return build/assurance.html."""
    signed = {one.signature.item for one in found.signed}
    unsigned = [item for id, item in found.items.items() if id not in signed]
    return fill(
        "assurance.html.jinja",
        config,
        title="Assurance",
        summary=summary(found),
        signed=found.signed,
        lacking=[fault.what for fault in found.lacking],
        unsigned=unsigned,
    )
