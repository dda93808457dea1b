"""Makes the synthetic staff survey, data/survey/wave_1.csv and wave_2.csv, so that its panel gives the
published figures.

    python data/synthesise/survey.py [FOLDER]

Nobody's answers stand behind it. The numbers of people invited and answering, the panel's positive answers at
each wave and the verbal statements ("almost all", "the majority") are the published ones. How many of the
panel changed their answer, what the others answered, and how answers of a person go together are invented. No
count that the report shows lies between 1 and 4. The files are committed, because random streams differ
between versions of numpy.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PANEL, COMPLETED = 91, (242, 204)
AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
SATISFACTION = (
    "Totally dissatisfied",
    "Mostly dissatisfied",
    "Neither",
    "Mostly satisfied",
    "Totally satisfied",
)
FAMILIARITY = ("Not at all familiar", "Slightly familiar", "Fairly familiar", "Very familiar")
FREQUENCY = ("Never", "Rarely", "Sometimes", "Often", "Always")
GROUPS = {
    "Children's Services staff": (0.68, ("Early Help", "Family support", "Children in care", "Future4Me")),
    "School staff": (0.2, ("School",)),
    "Foster carer": (0.12, ("Fostering",)),
}


@dataclass(frozen=True)
class Question:
    """A question: its answers, and how many people of the panel, and of the others, gave each of them at each
    wave.

    `top` is how many answers at the end of the scale are positive; `stayed` of the panel were positive twice.
    """

    scale: tuple[str, ...]
    top: int
    stayed: int
    panel: tuple[tuple[int, ...], tuple[int, ...]]
    others: tuple[tuple[int, ...], tuple[int, ...]]


QUESTIONS = {
    "retention": Question(
        AGREEMENT, 2, 58, ((5, 8, 11, 45, 22), (5, 7, 10, 46, 23)), ((8, 16, 20, 70, 30), (6, 11, 15, 53, 22))
    ),
    "remain": Question(
        AGREEMENT, 2, 55, ((6, 9, 12, 38, 26), (7, 8, 12, 39, 25)), ((9, 15, 22, 61, 35), (7, 12, 17, 47, 25))
    ),
    "recruitment": Question(
        AGREEMENT,
        2,
        52,
        ((6, 10, 13, 44, 18), (6, 12, 13, 43, 17)),
        ((10, 17, 23, 64, 26), (8, 13, 18, 47, 18)),
    ),
    "turnover": Question(
        AGREEMENT,
        2,
        44,
        ((8, 14, 14, 38, 17), (9, 15, 15, 36, 16)),
        ((14, 23, 25, 55, 24), (11, 17, 18, 39, 18)),
    ),
    "morale": Question(
        AGREEMENT,
        2,
        51,
        ((6, 11, 14, 40, 20), (6, 10, 14, 41, 20)),
        ((9, 19, 25, 65, 27), (7, 12, 18, 48, 21)),
    ),
    "training": Question(
        SATISFACTION,
        2,
        56,
        ((5, 5, 7, 49, 25), (7, 11, 12, 44, 17)),
        ((7, 13, 18, 77, 31), (9, 15, 17, 48, 19)),
    ),
    "signs_of_safety_familiarity": Question(
        FAMILIARITY, 2, 86, ((0, 5, 30, 56), (0, 5, 26, 60)), ((5, 6, 50, 83), (5, 5, 35, 63))
    ),
    "relationship_familiarity": Question(
        FAMILIARITY, 2, 81, ((0, 10, 34, 47), (0, 5, 33, 53)), ((5, 6, 57, 74), (5, 5, 39, 58))
    ),
    "restorative_familiarity": Question(
        FAMILIARITY, 2, 80, ((0, 11, 38, 42), (0, 6, 36, 49)), ((5, 6, 62, 66), (5, 5, 41, 54))
    ),
    "signs_of_safety_use": Question(
        FREQUENCY, 2, 52, ((5, 9, 17, 38, 22), (5, 8, 16, 38, 24)), ((9, 15, 29, 55, 32), (7, 11, 21, 41, 24))
    ),
    "relationship_use": Question(
        FREQUENCY, 2, 60, ((5, 6, 12, 40, 28), (5, 5, 11, 41, 29)), ((7, 10, 24, 59, 40), (5, 8, 17, 44, 31))
    ),
    "restorative_use": Question(
        FREQUENCY,
        1,
        6,
        ((10, 15, 30, 25, 11), (6, 11, 24, 26, 24)),
        ((18, 26, 43, 35, 17), (11, 17, 30, 24, 20)),
    ),
}


def answers_of(
    question: Question, regard: np.ndarray, wave: int, rng: np.random.Generator, before: np.ndarray | None
) -> np.ndarray:
    """Return each person's place on the scale: the panel's first, exactly as counted; who leaves the question
    out has -1.
    """
    score = regard + rng.normal(0, 0.8, len(regard))
    if before is not None:  # as many of the panel as asked for stay positive
        positive = before >= len(question.scale) - question.top
        target = sum(question.panel[wave][-question.top :])
        chosen = np.zeros(PANEL, dtype=bool)
        for group, number in ((positive, question.stayed), (~positive, target - question.stayed)):
            members = np.flatnonzero(group)
            chosen[members[np.argsort(-score[members])[:number]]] = True
        score[:PANEL] += np.where(chosen, 100.0, 0.0)
    places = np.full(len(regard), -1)
    for first, counts, people in (
        (0, question.panel[wave], PANEL),
        (PANEL, question.others[wave], len(regard) - PANEL),
    ):
        order = first + np.argsort(score[first : first + people])
        answering = np.sort(rng.choice(people, sum(counts), replace=False))
        places[order[answering]] = np.repeat(np.arange(len(counts)), counts)
    return places


def people(number: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return role and team of each person."""
    roles = rng.choice(list(GROUPS), number, p=[share for share, _ in GROUPS.values()])
    return [(str(role), str(rng.choice(GROUPS[str(role)][1]))) for role in roles]


def main(folder: Path) -> None:
    rng = np.random.default_rng(1029)
    everyone = COMPLETED[0] + COMPLETED[1] - PANEL
    ids = [f"S{number:04d}" for number in rng.choice(np.arange(1, 2000), everyone, replace=False)]
    who, regard = people(everyone, rng), rng.normal(0, 0.6, everyone)
    members = [
        np.arange(COMPLETED[0]),
        np.concatenate([np.arange(PANEL), np.arange(COMPLETED[0], everyone)]),
    ]
    first: dict[str, np.ndarray] = {}
    for wave, member in enumerate(members):
        answers = {}
        for name, question in QUESTIONS.items():
            places = answers_of(question, regard[member], wave, rng, first[name][:PANEL] if wave else None)
            answers[name] = ["" if place < 0 else question.scale[place] for place in places]
            first.setdefault(name, places)
        rows = sorted(
            [ids[person], *who[person], *(answers[name][row] for name in QUESTIONS)]
            for row, person in enumerate(member)
        )
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"wave_{wave + 1}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(["respondent", "role", "team", *QUESTIONS])
            writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/survey"))
