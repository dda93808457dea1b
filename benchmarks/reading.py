"""Times the reading and checking of large data files by kind, against the goals.

    python benchmarks/reading.py [--rows N]

Writes 1,000,000 records as CSV, Parquet and SPSS and 300,000 rows in the layout of official statistics into a
temporary folder, reads each in a process of its own, and prints seconds of the processor, which are the same
while others use the machine, and peak memory.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

ENGINE = Path(__file__).resolve().parents[1]
GOALS = {"people.csv": 10.0, "people.parquet": 6.0, "people.sav": 10.0, "official.csv": 3.0}
MEMORY = 1228.8  # MiB
READ = """
import sys
from evidentia.data.import_report import import_report
from evidentia.data.source import Source
from evidentia.data.table import read_table
folder, name = sys.argv[1:]
table = read_table(folder, name, None, Source(format="ees" if name.startswith("official") else ""))
assert import_report(table)["rows"] == len(table.frame)
"""


def write(folder: Path, rows: int) -> None:
    chance = np.random.default_rng(1)
    days = pd.date_range("2015-01-01", periods=2_000).strftime("%Y-%m-%d").to_numpy()
    people = pd.DataFrame(
        {
            "case": [f"C{row:07}" for row in range(rows)],
            "treated": chance.integers(0, 2, rows),
            "age": chance.integers(15, 80, rows),
            "band": chance.choice(["low", "mid", "high"], rows),
            "weeks": chance.normal(30, 8, rows).round(2),
            "start": chance.choice(days, rows),
        }
    )
    people.to_csv(folder / "people.csv", index=False)
    people.to_parquet(folder / "people.parquet", index=False)
    pyreadstat.write_sav(people, str(folder / "people.sav"))
    rows = rows * 3 // 10
    places = [f"Area {place}" for place in range(150)]
    official = pd.DataFrame(
        {
            "time_period": 2000 + np.arange(rows) % 25,
            "time_identifier": "Calendar year",
            "geographic_level": "Local authority",
            "la_name": chance.choice(places, rows),
            "new_la_code": chance.integers(10_000_000, 10_000_150, rows),
            "topic": chance.choice(list("abcd"), rows),
        }
    )
    for column in range(20):
        values = chance.normal(50, 9, rows).round(1).astype(str)
        official[f"rate_{column}"] = np.where(chance.random(rows) < 0.03, "c", values)
    official.to_csv(folder / "official.csv", index=False)


def measure(folder: Path, name: str) -> tuple[float, float]:
    """Return seconds of the processor and peak memory in MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ENGINE / "src")}
    process = subprocess.Popen([sys.executable, "-c", READ, str(folder), name], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, name
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (
        1024 * 1024 if sys.platform == "darwin" else 1024
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rows)
        for file, goal in GOALS.items():
            seconds, size = measure(Path(name), file)
            met = "met" if seconds <= goal and size <= MEMORY else "missed"
            print(f"{file:15} {seconds:5.1f} s of {goal:.0f} s, {size:5.0f} MiB of {MEMORY:.0f} MiB: {met}")


if __name__ == "__main__":
    main()
