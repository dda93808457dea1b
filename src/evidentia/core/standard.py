"""A level of the Maryland Scientific Methods Scale: how far an analysis rules out other causes.

The scale has 5 levels (Sherman and others 1998; in the form of the What Works Centre for Local Economic
Growth):

1. a comparison with others, or with the time before, without control for other causes
2. such a comparison with adequate control
3. before and after, with a comparison group
4. assignment as good as random
5. random assignment

A design says in its object how its analyses are graded; a level is taken back where the analysis's own
numbers show that the control is not adequate.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """A level of the scale, and what it rests on."""

    level: int
    why: str
