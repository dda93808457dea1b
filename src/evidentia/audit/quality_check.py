"""A line of the quality log, and the order of the lines."""

from __future__ import annotations

from dataclasses import dataclass

SCOPING, DESIGN, ANALYSIS = "Engagement and scoping", "Design", "Analysis"
DELIVERY = "Delivery, communication and sign-off"
STAGES = (SCOPING, DESIGN, ANALYSIS, DELIVERY)
"""The stages of an analysis after the AQuA Book of 2025."""

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
    stage : str
        One of `STAGES`.
    """

    aspect: str
    what: str
    by: str
    result: str
    inputs: str
    passed: bool | None
    stage: str = ANALYSIS
