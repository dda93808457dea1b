"""A figure of a published report beside the number that the data give."""

from __future__ import annotations

from dataclasses import dataclass

from evidentia.core.language import later

REPRODUCED, DIFFERS, STATED = STATUSES = (later("reproduced"), later("differs"), later("stated only"))


@dataclass(frozen=True)
class Reconciled:
    """One figure of the published report.

    Attributes
    ----------
    id : str
        Number id, or empty for a cross-reference or statement.
    subject : str
        What the number is; for a statement, where it stands.
    published : str
        As printed.
    chapter : str
    here : str
        What the data, or the stated facts, give at the same precision.
    status : str
        ``reproduced``, ``differs`` or ``stated only``.
    note : str
        What a check found, and why the figures differ.
    check : str
        The condition that was checked, if there was one.
    """

    id: str
    subject: str
    published: str
    chapter: str
    here: str
    status: str
    note: str
    check: str
