"""Makes the data of this example. Aldermere, Steady Ground and every record are invented.

    python synthesise.py [FOLDER]

The files are committed, because random streams differ between versions of numpy.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

PEOPLE, SEED = 436, 1871
MONTHS, BEFORE = 60, 36
AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
ITEMS = {
    "prepared": (3, 4, 9, 24, 19),
    "matched": (5, 6, 11, 23, 14),
    "time": (7, 16, 13, 17, 6),
    "advisers": (5, 12, 14, 20, 8),
    "continue": (2, 3, 7, 21, 26),
}
"""Item to how many of those who answered gave each answer of the scale."""


def young_people(rng: np.random.Generator) -> Iterable[list[Any]]:
    """Yield a row for each care leaver; mentors went first to those whose start was hardest, so a plain
    comparison misleads.
    """
    for number in range(1, PEOPLE + 1):
        place = str(rng.choice(["Town", "Coast", "Villages"], p=[0.5, 0.3, 0.2]))
        placements = 1 + int(rng.poisson(2.6))
        need = int(rng.random() < 0.28 + 0.03 * placements)
        before = float(
            np.clip(rng.normal(33 - 2.1 * placements - 4 * need - 2 * (place == "Coast"), 9), 0, 52)
        )
        score = float(np.clip(rng.normal(31 + 0.35 * (before - 26), 9), 0, 80))
        tendency = (
            -1.25 + 0.24 * (placements - 3.6) + 0.5 * need - 0.03 * (before - 26) + 0.35 * (place == "Town")
        )
        mentored = int(rng.random() < 1 / (1 + np.exp(-tendency)))
        after = (
            9 + 0.5 * before + 0.25 * score - 0.8 * placements - 3 * need + 6.5 * mentored + rng.normal(0, 9)
        )
        yield [
            f"Y{number:04d}",
            mentored,
            place,
            placements,
            need,
            round(score),
            round(before),
            round(float(np.clip(after, 0, 52))),
        ]


def housing(rng: np.random.Generator) -> Iterable[list[Any]]:
    """Yield a row for each month: homeless applications by care leavers, more of them in winter, and how many
    care leavers there were.
    """
    for month in range(MONTHS):
        year, calendar = divmod(2018 * 12 + 3 + month, 12)
        care_leavers = 820 + 3 * month + int(rng.integers(-6, 7))
        since = month - BEFORE
        effect = -0.16 - 0.011 * since if since >= 0 else 0.0
        expected = (
            care_leavers * 0.0165 * np.exp(0.006 * month + 0.26 * np.cos(2 * np.pi * calendar / 12) + effect)
        )
        count = int(rng.negative_binomial(28, 28 / (28 + expected)))
        yield [f"{year}-{calendar + 1:02d}", count, care_leavers]


def survey(rng: np.random.Generator) -> Iterable[list[Any]]:
    """Yield a row for each person who answered; some left an item out or called it not applicable."""
    people = sum(ITEMS["prepared"])
    roles = rng.permutation(["Mentor"] * 41 + ["Personal adviser"] * (people - 41))
    regard = rng.normal(0, 0.7, people)
    answers = {}
    for item, counts in ITEMS.items():
        order = np.argsort(regard + rng.normal(0, 0.8, people))
        places = np.empty(people, dtype=int)
        places[order] = np.repeat(np.arange(len(counts)), counts)
        answers[item] = [AGREEMENT[place] for place in places]
    for row in np.flatnonzero(roles == "Personal adviser")[:7]:
        answers["continue"][row] = "Not applicable"
    for row in range(people):
        yield [f"R{row + 1:02d}", str(roles[row]), *(answers[item][row] for item in ITEMS)]


FILES = {
    "young_people.csv": (
        [
            "person",
            "mentored",
            "place",
            "placements",
            "support_need",
            "school_score",
            "weeks_before",
            "weeks_after",
        ],
        young_people,
    ),
    "housing.csv": (["month", "applications", "care_leavers"], housing),
    "survey.csv": (["respondent", "role", *ITEMS], survey),
}


def main(folder: Path) -> None:
    """Write the files, each from a random stream of its own."""
    for seed, (name, (header, rows)) in enumerate(FILES.items(), start=SEED):
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows(np.random.default_rng(seed)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
