"""A line of the quality log."""

from __future__ import annotations

from dataclasses import dataclass

RIGOUR = ("Repeatable", "Independent", "Grounded in reality", "Objective", "Uncertainty-managed", "Robust")


@dataclass(frozen=True)
class Check:
    """A line of the log.

    Attributes
    ----------
    aspect : str
        One of `RIGOUR`.
    what : str
    by : str
        The rule or command that checked it.
    result : str
    inputs : str
        Files that it read.
    passed : bool or None
        None if nothing has checked it.
    """

    aspect: str
    what: str
    by: str
    result: str
    inputs: str
    passed: bool | None
