"""Makes the data of this example. Open Table, the councils and every figure are invented.

    python synthesise.py [FOLDER]

The file has the layout of official statistics (Explore education statistics), with the year in which a
council began added to it. It is committed, because random streams differ between versions of numpy.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

SEED = 2742
FIRST, LAST = 2014, 2023
WAVES = {2017: 14, 2019: 18, 2021: 14}
"""First financial year with the programme to how many councils began then."""
NEVER = 74
REGIONS = ("North", "Midlands", "East", "South")
HEADER = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
    "new_la_code",
    "children",
    "starts_count",
    "starts_per_10000",
    "re_referral_percent",
    "deprivation_score",
    "programme_start",
]


def label(year: int) -> str:
    """Return a financial year as official statistics write it."""
    return f"{year}{(year + 1) % 100:02d}"


def shock(year: int) -> float:
    """Return what all councils share in a year, among it two years of few starts."""
    return 0.25 * (year - FIRST) - 2.0 * (year == 2020) - 0.8 * (year == 2021)


def councils(rng: np.random.Generator) -> Iterable[list[Any]]:
    """Yield a row for each council and year; councils with more deprivation began more often, and their rates
    rise a little faster, so they have to be compared with others like them.
    """
    deprivation = rng.normal(22, 7, sum(WAVES.values()) + NEVER).clip(6, 42).round(1)
    tendency = deprivation + rng.normal(0, 14, len(deprivation))
    order = np.argsort(-tendency)
    began = np.full(len(order), 0)
    began[order[: sum(WAVES.values())]] = rng.permutation(np.repeat(list(WAVES), list(WAVES.values())))
    for place in range(len(order)):
        code = f"X{place + 1:03d}"
        size = int(rng.integers(28, 260)) * 500
        level, trouble = rng.normal(24 + 0.35 * (deprivation[place] - 22), 4), rng.normal(20.5, 2.5)
        drift = 0.0
        for year in range(FIRST, LAST + 1):
            since = year - began[place] if began[place] else -1
            drift = 0.6 * drift + rng.normal(0, 1.0)
            effect = -1.1 - 0.75 * min(since, 4) if since >= 0 else 0.0
            slope = 0.02 * (deprivation[place] - 22) * (year - FIRST)
            expected = size * max(level + shock(year) + slope + drift + effect, 4) / 10_000
            count = int(rng.poisson(expected))
            again = trouble + 0.1 * (year - FIRST) + rng.normal(0, 1.6)
            start = label(int(began[place])) if began[place] else ""
            yield [
                label(year),
                "Financial year",
                "Local authority",
                "X92",
                "Example nation",
                f"R{place % 4 + 1}",
                REGIONS[place % 4],
                f"{800 + place}",
                f"Council {code}",
                code,
                size,
                count,
                f"{count / size * 10_000:.1f}",
                f"{again:.1f}",
                deprivation[place],
                start,
            ]


def main(folder: Path) -> None:
    """Write the file; two councils changed their records and gave no re-referrals for a year."""
    rows = list(councils(np.random.default_rng(SEED)))
    for code, year in (("X017", 2018), ("X044", 2016)):
        for row in rows:
            if row[9] == code and row[0] == label(year):
                row[13] = "x"
    with (folder / "children_starting.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
