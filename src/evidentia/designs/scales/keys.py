"""Scoring keys of published measures: which items make which scale, what is reversed, and bands. No item is
quoted.

Sources
-------
SDQ
    Goodman (1997), Journal of Child Psychology and Psychiatry 38, 581-586: five scales of five items, a scale
    scored from three items on; bands of the three-fold classification for 4 to 17 year olds by who answers. ©
    Robert Goodman; paper forms may be copied without charge where nobody is charged, anything electronic
    needs a licence of Youthinmind.
WEMWBS, SWEMWBS
    Tennant and others (2007), Health and Quality of Life Outcomes 5:63; Stewart-Brown and others (2009),
    Health and Quality of Life Outcomes 7:15, whose table turns the sum of the seven items into an interval
    score. © University of Warwick, NHS Health Scotland and University of Edinburgh; a licence is needed (free
    for non-commercial use). Neither has official bands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evidentia.core.language import later, translate

Bands = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Scale:
    """A score of a measure.

    Attributes
    ----------
    label : str
    items : tuple of int
        From 1, in the order of the questionnaire.
    at_least : int
        Items that must be answered; the mean of these stands for the others.
    parts : tuple of str
        Scales of which it is the sum; it is scored if all of them are.
    bands : dict of str to (lowest, highest)
        In order, from the best.
    better : str
        ``high`` or ``low``.
    """

    label: str
    items: tuple[int, ...]
    at_least: int
    parts: tuple[str, ...] = ()
    bands: Bands = field(default_factory=dict)
    better: str = "high"


@dataclass(frozen=True)
class Measure:
    """A questionnaire: its items' range, what is reversed, and its scales, the main one first under an empty
    name.
    """

    label: str
    items: int
    lowest: int
    highest: int
    scales: dict[str, Scale]
    reversed: frozenset[int] = frozenset()
    whole: bool = False
    mean: bool = False
    convert: tuple[float, ...] = ()


SWEMWBS = (
    7.00,
    9.51,
    11.25,
    12.40,
    13.33,
    14.08,
    14.75,
    15.32,
    15.84,
    16.36,
    16.88,
    17.43,
    17.98,
    18.59,
    19.25,
    19.98,
    20.73,
    21.54,
    22.35,
    23.21,
    24.11,
    25.03,
    26.02,
    27.03,
    28.13,
    29.31,
    30.70,
    32.55,
    35.00,
)
"""The interval score of each sum from 7 to 35 (Stewart-Brown and others 2009, table 4)."""

_ITEMS = {
    "emotional": ("emotional symptoms", (3, 8, 13, 16, 24)),
    "conduct": ("conduct problems", (5, 7, 12, 18, 22)),
    "hyperactivity": ("hyperactivity", (2, 10, 15, 21, 25)),
    "peer": ("peer problems", (6, 11, 14, 19, 23)),
    "prosocial": ("prosocial behaviour", (1, 4, 9, 17, 20)),
}
_REVERSED = frozenset({7, 11, 14, 21, 25})
_RAISED = {  # the scores that are borderline
    "parent": {"": (14, 16), "emotional": (4, 4), "conduct": (3, 3), "hyperactivity": (6, 6), "peer": (3, 3)},
    "teacher": {
        "": (12, 15),
        "emotional": (5, 5),
        "conduct": (3, 3),
        "hyperactivity": (6, 6),
        "peer": (4, 4),
    },
    "self": {"": (16, 19), "emotional": (6, 6), "conduct": (4, 4), "hyperactivity": (6, 6), "peer": (4, 5)},
}


def _sdq(who: str) -> Measure:
    scales = {}
    problems = tuple(name for name in _ITEMS if name != "prosocial")
    twenty = tuple(item for name in problems for item in _ITEMS[name][1])
    raised = {name: _raised(first, last, 10 if name else 40) for name, (first, last) in _RAISED[who].items()}
    scales[""] = Scale("SDQ total difficulties", twenty, 20, problems, raised[""], "low")
    for name in problems:
        scales[name] = Scale(f"SDQ {_ITEMS[name][0]}", _ITEMS[name][1], 3, (), raised[name], "low")
    kind: Bands = {"normal": (6, 10), "borderline": (5, 5), "abnormal": (0, 4)}
    scales["prosocial"] = Scale("SDQ prosocial behaviour", _ITEMS["prosocial"][1], 3, (), kind)
    return Measure("SDQ", 25, 0, 2, scales, _REVERSED, whole=True)


def _raised(first: int, last: int, highest: int) -> Bands:
    return {"normal": (0, first - 1), "borderline": (first, last), "abnormal": (last + 1, highest)}


def _one(label: str, items: int, convert: tuple[float, ...] = ()) -> Measure:
    return Measure(label, items, 1, 5, {"": Scale(label, tuple(range(1, items + 1)), items)}, convert=convert)


MEASURES = {
    "sdq_parent": _sdq("parent"),
    "sdq_teacher": _sdq("teacher"),
    "sdq_self": _sdq("self"),
    "wemwbs": _one("WEMWBS", 14),
    "swemwbs": _one("SWEMWBS", 7, SWEMWBS),
}

_SAID = frozenset(
    [
        later("SDQ total difficulties"),
        later("SDQ emotional symptoms"),
        later("SDQ conduct problems"),
        later("SDQ hyperactivity"),
        later("SDQ peer problems"),
        later("SDQ prosocial behaviour"),
        later("Normal"),
        later("Borderline"),
        later("Abnormal"),
    ]
)


def said(name: str) -> str:
    """Return the name of a scale or band as a report says it: in its language, if it is one of these keys."""
    return translate(name) if name in _SAID else name
