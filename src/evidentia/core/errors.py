"""Errors that a user can act on: what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from itertools import islice


class EvidentiaError(Exception):
    """A fault in the user's files, said in one message without a traceback.

    Parameters
    ----------
    what : str
        What is wrong, in one sentence.
    where : str, optional
        File and, where it helps, line, row, column or key.
    remedy : str, optional
        What the user can do about it.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.remedy:
            lines.append(f"  to do: {self.remedy}")
        return visible("\n".join(lines))


MOST, WIDEST = 200, 2000
"""Faults that are said in one run, and characters of one line of a message."""
_LONGEST_NAME = 200
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return a message in which no character steers the terminal: such characters
    are written out as escapes.
    """
    text = "\n".join(line if len(line) <= WIDEST else line[: WIDEST - 3] + "..." for line in text.split("\n"))
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Problems(EvidentiaError):
    """Several faults that were found in one go, each said in full.

    Parameters
    ----------
    faults : iterable of EvidentiaError
        At least one; their messages are joined in the order given.
    """

    def __init__(self, faults: Iterable[EvidentiaError]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __str__(self) -> str:
        return self.what


def raise_all(faults: Iterable[EvidentiaError]) -> None:
    """Raise what was found: nothing for no fault, the fault itself for one, `Problems` for several."""
    found = list(islice(faults, MOST + 1))
    if len(found) > MOST:
        found[MOST:] = [EvidentiaError("there are more faults", remedy="correct these first")]
    if len(found) == 1:
        raise found[0]
    if found:
        raise Problems(found)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that looks most like `name`, or an empty string if none comes close."""
    if len(name) > _LONGEST_NAME:
        return ""
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(name: str, known: Iterable[str], *, most: int = 12) -> str:
    """Return a remedy that names the nearest known name, or lists the known names if none is near."""
    names = sorted(set(known))
    guess = nearest(name, names)
    if guess:
        return f"did you mean '{guess}'?"
    if len(names) > 4 * most:
        return f"none of the {len(names)} known names is like it"
    listed = ", ".join(names[:most]) + (", ..." if len(names) > most else "")
    return f"known here: {listed}" if names else "nothing of the kind is known here"
