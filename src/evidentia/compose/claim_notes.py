"""Whether a claim allows for the notes on the estimates that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry
from evidentia.core.notes import check_kind, kind_of, notes_on


def unheeded(
    condition: str, words: str, ids: Iterable[str], despite: Iterable[str], ledger: Mapping[str, Entry]
) -> Iterator[EvidentiaError]:
    """Yield a fault for each note on a claim's numbers that it does not allow for, and for each kind of note
    that is none.

    Parameters
    ----------
    condition, words : str
        Of the claim.
    ids : iterable of str
        Numbers that the condition names.
    despite : iterable of str
        Kinds of notes that the claim allows for.
    ledger : mapping of str to entry
    """
    for kind in despite:
        try:
            check_kind(kind)
        except EvidentiaError as fault:
            yield fault
    for note in notes_on(ids, ledger):
        kind = kind_of(note["id"])
        if kind not in despite:
            yield EvidentiaError(
                f'a claim rests on an estimate with a note: "{words}"\n  condition: {condition}\n  note'
                f" {note['id']}: {note['value']}",
                remedy=(
                    f'say so in the words and write {{% claim "...", despite="{kind}" %}}, or rest them on'
                    " other numbers"
                ),
            )
