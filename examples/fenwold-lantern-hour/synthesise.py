"""Makes the data of this example. Fenwold, Lantern Hour and every record are invented.

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
from numpy.typing import NDArray

SEED = 1907
AREAS = {"Coast": 18, "Fens": 24, "Market towns": 18}
"""Area to its number of schools; half of each are drawn into the programme."""

SCALES = {
    "emotional": (3, 8, 13, 16, 24),
    "conduct": (5, 7, 12, 18, 22),
    "hyperactivity": (2, 10, 15, 21, 25),
    "peer": (6, 11, 14, 19, 23),
    "prosocial": (1, 4, 9, 17, 20),
}
REVERSED = (7, 11, 14, 21, 25)
HARDER = {"emotional": 0.1, "conduct": 0.45, "hyperactivity": -0.35, "peer": 0.25}
"""How much rarer a problem is than others, on the scale behind the answers."""

ANSWERS = [f"sdq_{number}" for number in range(1, 26)]
Array = NDArray[np.float64]


def answers(rng: np.random.Generator, trouble: Array) -> NDArray[np.int64]:
    """Return answers of 0 to 2 to the items of the SDQ, as teachers mark them, for pupils whose trouble is
    given on a scale with a standard deviation of about 1.
    """
    found = np.zeros((len(trouble), 25), dtype=np.int64)
    for name, items in SCALES.items():
        own = 0.62 * trouble + 0.55 * rng.normal(size=len(trouble))
        for item in items:
            if name == "prosocial":
                latent = -0.75 * own + 0.85 * rng.normal(size=len(trouble)) + 0.75
                found[:, item - 1] = (latent > -0.55).astype(int) + (latent > 0.35)
                continue
            latent = own + 0.7 * rng.normal(size=len(trouble)) - HARDER[name]
            value = (latent > 0.5).astype(int) + (latent > 1.3)
            found[:, item - 1] = 2 - value if item in REVERSED else value
    return found


def total(marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return total difficulties: the sum of all items but the prosocial ones, reversed items turned."""
    turned = marks.copy()
    for item in REVERSED:
        turned[:, item - 1] = 2 - turned[:, item - 1]
    problems = [item - 1 for name, items in SCALES.items() if name != "prosocial" for item in items]
    return turned[:, problems].sum(axis=1)


def trial(rng: np.random.Generator) -> tuple[list[list[Any]], list[list[Any]]]:
    """Return the pupils, a row each, and their answers, a row for each pupil and time."""
    people: list[list[Any]] = []
    marked: list[list[Any]] = []
    school = 0
    for area, schools in AREAS.items():
        drawn = rng.permutation(["programme"] * (schools // 2) + ["usual"] * (schools // 2))
        for arm in drawn:
            school += 1
            size = int(rng.integers(11, 17))
            where, when = rng.normal(0, 0.30), rng.normal(0, 0.13)
            boy, meals = rng.random(size) < 0.5, rng.random(size) < 0.27 + 0.08 * (area == "Coast")
            before = where + 0.28 * boy + 0.38 * meals + rng.normal(0, 0.95, size) - 0.2
            helped = arm == "programme"
            after = 0.74 * before + when - 0.15 - 0.3 * helped + rng.normal(0, 0.55, size)
            first, second = answers(rng, before), answers(rng, after)
            absent = rng.negative_binomial(
                3.2, 3.2 / (3.2 + np.exp(1.72 + 0.16 * before + 0.3 * (after - 0.7 * before) - 0.08 * helped))
            )
            referred = rng.random(size) < 1 / (1 + np.exp(2.75 - 0.85 * after))
            gone = rng.random(size) < 0.06 + 0.03 * meals
            for row in range(size):
                pupil = f"P{len(people) + 1:04d}"
                sums = int(total(first)[row]), "" if gone[row] else int(total(second)[row])
                own = [int(boy[row]), int(meals[row]), *sums, int(min(absent[row], 60)), int(referred[row])]
                people.append([pupil, f"S{school:02d}", area, arm, *own])
                for time, marks in (("autumn", first), ("summer", second)):
                    if time == "autumn" or not gone[row]:
                        marked.append([pupil, f"S{school:02d}", arm, time, *map(int, marks[row])])
    return people, marked


def main(folder: Path) -> None:
    """Write the files."""
    people, marked = trial(np.random.default_rng(SEED))
    files: dict[str, tuple[list[str], Iterable[list[Any]]]] = {
        "pupils.csv": (
            [
                "pupil",
                "school",
                "area",
                "arm",
                "boy",
                "free_meals",
                "sdq_autumn",
                "sdq_summer",
                "days_absent",
                "referred",
            ],
            people,
        ),
        **{
            f"answers_{arm}.csv": (
                ["pupil", "school", "time", *ANSWERS],
                [[row[0], row[1], *row[3:]] for row in marked if row[2] == arm],
            )
            for arm in ("programme", "usual")
        },
    }
    for name, (header, rows) in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
