"""Several returned copies as one: what two have in common once, what they disagree about as a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidentia.compare.comments.model import Comment, Conflict, Edit, Returned, Typed


def merge(found: Sequence[Returned]) -> Returned:
    """Return all copies as one.

    Parameters
    ----------
    found : sequence of Returned
        At least one.
    """
    if len(found) == 1:
        result = found[0]
        result.conflicts = list(_conflicts(result))
        return result
    result = Returned([name for copy in found for name in copy.copies])
    result.notes = [note for copy in found for note in copy.notes]
    versions = {copy.version for copy in found if copy.version}
    result.evaluation = next((copy.evaluation for copy in found if copy.evaluation), "")
    if len(versions) == 1:
        result.version = versions.pop()
    elif versions:
        result.notes.append(
            "the copies are of different versions: each is placed against its own, and lines may differ"
        )
    result.comments = _together([item for copy in found for item in copy.comments], _same_comment)
    result.edits = _together([item for copy in found for item in copy.edits], _same_edit)
    result.typed = _together([item for copy in found for item in copy.typed], _same_typed)
    result.conflicts = list(_conflicts(result))
    return result


def _together(items: list[Any], key: Any) -> list[Any]:
    """Return each item once, with all the copies that have it; of a comment, with all replies."""
    known: dict[Any, Any] = {}
    for item in items:
        own = key(item)
        before = known.get(own)
        if before is None:
            known[own] = item
            continue
        copies = tuple(dict.fromkeys([*before.copies, *item.copies]))
        if isinstance(item, Comment):
            replies = tuple(dict.fromkeys([*before.replies, *item.replies]))
            resolved = before.resolved or item.resolved
            known[own] = replace(before, copies=copies, replies=replies, resolved=resolved)
        else:
            known[own] = replace(before, copies=copies)
    return list(known.values())


def _same_comment(item: Comment) -> Any:
    return item.said, item.words, item.place.bookmark


def _same_edit(item: Edit) -> Any:
    place = item.place
    return item.kind, item.before, item.after, item.author, item.date, place.bookmark, place.file, place.start


def _same_typed(item: Typed) -> Any:
    return item.id, item.sent, item.now, item.author, item.date, item.place.bookmark, item.place.start


def _conflicts(found: Returned) -> Iterator[Conflict]:
    """Yield the words and numbers of which two copies, or two reviewers of one, say different things."""
    words = [item for item in found.edits if item.kind != "moved"]
    yield from _clashes(words, lambda item: item.after, lambda item: item.before or "(added here)")
    yield from _clashes(found.typed, lambda item: item.now, lambda item: f"{item.id} ({item.sent})")


def _clashes(items: Sequence[Edit | Typed], said: Any, what: Any) -> Iterator[Conflict]:
    groups: dict[str, list[Edit | Typed]] = {}
    for item in items:
        if item.place.bookmark:
            groups.setdefault(item.place.bookmark, []).append(item)
    for group in groups.values():
        group.sort(key=lambda item: (item.place.start, item.place.end))
        told: set[int] = set()
        for index, first in enumerate(group):
            against = [
                other
                for other in group[index + 1 :]
                if id(other) not in told and _overlap(first, other) and said(first) != said(other)
            ]
            if not against or id(first) in told:
                continue
            told.update(map(id, (first, *against)))
            yield Conflict(
                first.place,
                what(first),
                tuple((_who(item), said(item) or "(taken out)") for item in (first, *against)),
            )


def _who(item: Edit | Typed) -> str:
    return ", ".join(part for part in (item.author, *(Path(name).name for name in item.copies)) if part)


def _overlap(one: Edit | Typed, other: Edit | Typed) -> bool:
    """Tell whether two changes touch the same words; two additions at one place do as well."""
    if set(one.copies) & set(other.copies) and (one.author, one.date) == (other.author, other.date):
        return False
    first, second = one.place, other.place
    if first.start == first.end or second.start == second.end:
        return first.start <= second.start <= first.end and second.start <= first.start <= second.end
    return first.start < second.end and second.start < first.end
