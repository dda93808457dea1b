"""A portfolio of invented evaluations: each with people, monthly counts and coded evidence, and a synthesis
of all.

    python examples/portfolio/generate.py FOLDER [--members N] [--seed N]
    snakemake --cores all --keep-going --snakefile portfolio.smk --directory FOLDER

Nobody and nothing in it is real. The evaluations differ in size, in effect, in how alike their groups are,
and in how much evidence they have, so that the synthesis has something to say.
"""

from __future__ import annotations

import argparse
import csv
import shutil
from pathlib import Path
from string import Template

import numpy as np

WORDS = Path(__file__).resolve().parent / "words"
PLACES = (
    "Ashdale", "Birchford", "Calderwick", "Dunmere", "Elmstow",
    "Fernleigh", "Gorsebridge", "Hollin Vale", "Inglewater", "Juniper Bay",
)  # fmt: skip
FEATURES = ("strengths", "systemic", "disciplines", "discussion", "intensity", "whole_family", "direct_work")
OUTCOMES = ("stability", "risk", "wellbeing", "days_in_care", "staff_wellbeing", "workforce", "value")
SOURCES = ("impact", "survey", "interviews", "families", "monitoring")
MEAN_EFFECT, SPREAD = -0.09, 0.04  # of the effects on the share who come back, over the evaluations
MONTHS = [f"{year}-{month:02d}" for year in (2020, 2021, 2022) for month in range(1, 13)]
START = 18  # months before the programme


def place_name(index: int) -> str:
    """Return the name of an evaluation's area; there are more names than anyone needs."""
    round_, place = divmod(index, len(PLACES))
    return PLACES[place] + (f" {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[round_ - 1]}" if round_ else "")


def people(random: np.random.Generator, number: int, effect: float, skew: float) -> list[list[object]]:
    """Return people: supported or not, age, earlier referrals, and whether they came back."""
    age = np.clip(random.normal(14.5, 1.6, number), 10, 18).round(1)
    before = random.poisson(1.4, number)
    supported = random.random(number) < 1 / (1 + np.exp(-skew * (age - 14.5) - 0.25 * skew * (before - 1.4)))
    risk = np.clip(0.36 + 0.05 * (before - 1.4) - 0.02 * (age - 14.5) + effect * supported, 0.02, 0.98)
    back = random.random(number) < risk
    header: list[object] = ["supported", "age", "referrals_before", "came_back"]
    rows = zip(supported, age, before, back, strict=True)
    return [header, *([int(one), float(years), int(count), int(again)] for one, years, count, again in rows)]


def months(random: np.random.Generator, level: float, jump: float) -> list[list[object]]:
    """Return monthly calls, with a trend and a jump where the programme starts."""
    time = np.arange(len(MONTHS))
    mean = level + 0.4 * time + jump * (time >= START)
    return [
        ["month", "calls"],
        *([month, int(count)] for month, count in zip(MONTHS, random.poisson(mean), strict=True)),
    ]


def evidence(random: np.random.Generator, support: float) -> list[list[object]]:
    """Return a judgement for each practice feature and outcome by each source."""
    shares = [support, (1 - support) / 2, (1 - support) / 4, (1 - support) / 4]
    rows: list[list[object]] = [
        ["kind", "item", "source", "direction", "strength", "reason", "condition", "sections"]
    ]
    for kind, items in (("practice feature", FEATURES), ("outcome", OUTCOMES)):
        for item in items:
            for source in SOURCES:
                if random.random() < 0.4:
                    rows.append(
                        [kind, item, source, "no evidence", "none", "This source says nothing of it", "", ""]
                    )
                    continue
                way = str(random.choice(["positive", "mixed", "no change", "negative"], p=shares))
                strength = str(random.choice(["weak", "moderate", "strong"]))
                rows.append(
                    [kind, item, source, way, strength, "As coded from this source", "", "sec-evidence"]
                )
    return rows


def write_csv(path: Path, rows: list[list[object]]) -> None:
    """Write rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def member(folder: Path, index: int, seed: int, size: int = 0) -> None:
    """Write one evaluation folder; `size` is its number of people, which is drawn if it is 0."""
    random = np.random.default_rng([seed, index])
    name = place_name(index)
    effect = float(random.normal(MEAN_EFFECT, SPREAD))
    number = int(random.integers(220, 620))
    write_csv(
        folder / "data" / "people.csv",
        people(random, size or number, effect, float(random.uniform(0.2, 0.6))),
    )
    write_csv(
        folder / "data" / "months.csv",
        months(random, float(random.uniform(60, 140)), float(random.normal(-12, 8))),
    )
    write_csv(folder / "data" / "evidence.csv", evidence(random, float(random.uniform(0.35, 0.75))))
    fill("member", folder, {"name": name, "id": name.lower().replace(" ", "-")})


def fill(kind: str, folder: Path, words: dict[str, str]) -> None:
    """Copy the words of a kind of folder, with $name and the like filled in."""
    for source in sorted((WORDS / kind).rglob("*")):
        if source.is_file():
            target = folder / source.relative_to(WORDS / kind)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8"
            )


def write(folder: Path, members: int = 10, seed: int = 2023) -> Path:
    """Write a portfolio folder with so many evaluations; return it."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty; name another folder")
    for index in range(members):
        member(folder / "members" / f"{index + 1:03d}", index, seed)
    fill("synthesis", folder, {})
    lines = [f"  - {{folder: members/{index + 1:03d}, label: {place_name(index)}" for index in range(members)]
    ends = [", before: {support: referrals_before}}" if index % 3 == 0 else "}" for index in range(members)]
    text = "members:\n" + "\n".join(line + end for line, end in zip(lines, ends, strict=True)) + "\n"
    (folder / "portfolio.yaml").write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--members", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--replace", action="store_true", help="empty the folder first")
    options = parser.parse_args()
    if options.replace and (options.folder / "portfolio.yaml").is_file():
        shutil.rmtree(options.folder)
    print(f"{options.members} evaluations in {write(options.folder, options.members, options.seed)}")


if __name__ == "__main__":
    main()
