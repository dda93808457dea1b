"""Makes the data of this example. Tillbrook, its reading clubs and every record are invented.

    python synthesise.py [FOLDER]

The file is committed, because random streams differ between versions of numpy.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

SCHOOLS, SEED = 14, 2024
HEADER = ["pupil", "arm", "school", "age", "reading_before", "reading", "days_absent", "confidence"]


def pupils(rng: np.random.Generator) -> Iterable[list[Any]]:
    """Yield a row for each pupil; within each school half are assigned to a club at random."""
    number = 0
    for school in range(1, SCHOOLS + 1):
        level = rng.normal(0, 4)
        size = int(rng.integers(28, 34))
        arms = rng.permutation(["club", "usual"] * (size // 2 + 1))[:size]
        for arm in arms:
            number += 1
            club = arm == "club"
            age = round(float(rng.uniform(8, 9)), 1)
            before = rng.normal(96 + level + 5 * (age - 8.5), 11)
            after = 0.75 * before + 26 + 2.6 * club + 7 * (age - 8.5) + rng.normal(0, 8)
            absent = rng.gamma(3.0, 3.0)
            confidence = rng.normal(3.25 + 0.09 * club, 0.8)
            known = rng.random() > 0.04
            yield [
                f"T{number:03d}",
                arm,
                f"S{school:02d}",
                age,
                round(float(before)),
                round(float(after)) if known else "",
                round(float(absent)) if known else "",
                round(float(np.clip(confidence, 1, 5)), 1) if known else "",
            ]


def main(folder: Path) -> None:
    """Write data/pupils.csv."""
    with (folder / "data" / "pupils.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(pupils(np.random.default_rng(SEED)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
