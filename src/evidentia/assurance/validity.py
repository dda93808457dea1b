"""Which signatures still stand, what lapsed because what moved, and what a final report lacks."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidentia.assurance.items import Item
from evidentia.assurance.signatures import Signature
from evidentia.config.assurance import Assurance, same
from evidentia.core.errors import EvidentiaError

MOST_TOLD = 8
"""Changes of an item that are named."""
GONE = "it is no longer in the report"


@dataclass(frozen=True)
class Signed:
    """A signature of a role on an item, and whether it stands.

    Attributes
    ----------
    signature : Signature
    label : str
        What the item is called now.
    moved : tuple of str
        What changed since it was signed; empty if it stands.
    """

    signature: Signature
    label: str
    moved: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing that it covers has moved."""
        return not self.moved

    @property
    def told(self) -> str:
        """What changed, in words; of very much the first."""
        more = len(self.moved) - MOST_TOLD
        return "; ".join([*self.moved[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


def standing(signatures: Iterable[Signature], items: Mapping[str, Item]) -> list[Signed]:
    """Return for each role and item the signature that stands, or else the last one, in the items' order."""
    judged: dict[tuple[str, str], Signed] = {}
    for one in signatures:
        item = items.get(one.item)
        found = Signed(one, item.label if item else one.label, tuple(moved(one, item)) if item else (GONE,))
        key = one.item, one.role
        if found.stands or key not in judged or not judged[key].stands:
            judged[key] = found
    order = {id: place for place, id in enumerate(items)}
    return sorted(
        judged.values(),
        key=lambda one: (
            order.get(one.signature.item, len(order)),
            one.signature.item,
            one.signature.role,
        ),
    )


def moved(signature: Signature, item: Item) -> Iterator[str]:
    """Yield what of an item is not as it was signed."""
    for key in dict.fromkeys([*signature.parts, *item.parts]):
        then, now = signature.parts.get(key), item.parts.get(key)
        if then is None and now is not None:
            yield f"{key} is new" + (f": {now['printed']}" if now.get("printed") else "")
        elif now is None:
            yield f"{key} is gone"
        elif then is not None and then["hash"] != now["hash"]:
            before, after = then.get("printed", ""), now.get("printed", "")
            shown = f"{before} to {after}" if before != after else f"still prints {after}"
            yield f"{key} moved: {shown}" if after else f"the {key} changed"


def lacking(
    assurance: Assurance | None, signed: Iterable[Signed], items: Mapping[str, Item]
) -> list[EvidentiaError]:
    """Return a fault for each signature that a final report needs and has not, or no longer."""
    known = {(one.signature.item, one.signature.role): one for one in signed}
    faults = []
    for needed in assurance.final if assurance else ():
        for pattern in needed.items:
            matched = fnmatch.filter(items, pattern)
            if not matched:
                faults.append(
                    EvidentiaError(
                        f"status: final asks the {needed.role} to sign {pattern}, and nothing is so called",
                        where="config.yaml, key assurance.final",
                        remedy="evidentia assurance --items lists what can be signed",
                    )
                )
            for id in matched:
                fault = _lack(needed.role, id, known.get((id, needed.role)))
                faults += [fault] if fault else []
    return faults


def _lack(role: str, id: str, signed: Signed | None) -> EvidentiaError | None:
    command = f'evidentia sign {role} {id} --name "..."'
    if signed is None:
        return EvidentiaError(
            f"status: final needs the {role}'s signature on {id}",
            where="config.yaml, key assurance.final",
            remedy=f"build with another status, let the {role} read it, then: {command}",
        )
    if signed.stands:
        return None
    one = signed.signature
    return EvidentiaError(
        f"the {role}'s signature on {id} has lapsed: {'; '.join(signed.moved[:3])}",
        where=f"signed by {one.name} on {one.date.isoformat()}",
        remedy=f"build with another status, let the {role} read it again, then: {command}",
    )


def not_allowed(
    assurance: Assurance | None, role: str, name: str, chosen: Iterable[Item], earlier: Iterable[Signature]
) -> Iterator[EvidentiaError]:
    """Yield why a person may not sign items in a role."""
    may = assurance.roles.get(role) if assurance else None  # type: ignore[call-overload]
    if assurance and assurance.roles and may is None:
        yield EvidentiaError(
            f"config.yaml lets nobody sign as {role}",
            where="config.yaml, key assurance.roles",
            remedy=f"add {role}: {{names: [{name}]}}, or sign in another role: {', '.join(assurance.roles)}",
        )
    if may and same(name) not in map(same, may.names):
        yield EvidentiaError(
            f"{name} may not sign as {role}",
            where=f"config.yaml, key assurance.roles.{role}",
            remedy=f"the {role} is {' or '.join(may.names)}; or add the name there",
        )
    if may and may.kinds:
        for item in chosen:
            if item.kind not in may.kinds:
                yield EvidentiaError(
                    f"the {role} may not sign {item.id}",
                    where=f"config.yaml, key assurance.roles.{role}.kinds",
                    remedy=f"the {role} signs: {', '.join(may.kinds)}",
                )
    yield from two_roles(role, name, earlier)


def two_roles(role: str, name: str, earlier: Iterable[Signature]) -> Iterator[EvidentiaError]:
    """Yield a fault if the analyst is to assure, or the assurer to analyse."""
    other = {"analyst": "assurer", "assurer": "analyst"}.get(role)
    before = next((one for one in earlier if one.role == other and same(one.name) == same(name)), None)
    if before:
        yield EvidentiaError(
            f"{name} has signed as {other} and cannot sign as {role} too",
            where=f"{before.item}, on {before.date.isoformat()}",
            remedy="let somebody else assure what the analyst has done",
        )


def conflicts(signatures: Iterable[Signature]) -> Iterator[EvidentiaError]:
    """Yield a fault for each person who signed as analyst and as assurer."""
    seen: list[Signature] = []
    told: set[str] = set()
    for one in signatures:
        for fault in two_roles(one.role, one.name, seen):
            if same(one.name) not in told:
                told.add(same(one.name))
                yield fault
        seen.append(one)
