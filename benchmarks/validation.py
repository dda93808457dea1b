"""Times the validation of a data file of 1,000,000 rows with every kind of column and constraint, against the
goals.

    python benchmarks/validation.py [--rows N]

Writes the file and its Table Schema into a temporary folder, reads and checks it as rule values does, in a
process of its own, and prints seconds, seconds of the processor and peak memory; then the same with one wrong
cell in the last row, which must be named. The goal counts the processor's seconds, which are the same while
others use the machine.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ENGINE = Path(__file__).resolve().parents[1]
MIB = 1024 * 1024
SECONDS, MEMORY = 10.0, 1024.0
READ = """
import sys
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.workflow.analysis import imports_of, read_datasets
try:
    config = load_config(".")
    imports_of(config, read_datasets(config, list(config.data)))
except EvidentiaError as error:
    sys.exit(str(error))
"""
FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "p\\d{7}"}},
    {"name": "age", "type": "integer", "constraints": {"required": True, "minimum": 0, "maximum": 120}},
    {"name": "score", "type": "number", "constraints": {"minimum": 0}},
    {"name": "area", "type": "string", "constraints": {"enum": ["North", "South", "East", "West"]}},
    {"name": "month", "type": "yearmonth", "constraints": {"minimum": "2010-01"}},
    {"name": "treated", "type": "boolean", "constraints": {"required": True}},
]


def write(folder: Path, rows: int) -> Path:
    """Write an evaluation folder with one data file; return the file."""
    (folder / "data").mkdir()
    config = {
        "evaluation": {"id": "large", "title": "A large file", "date": "2021-06-30"},
        "data": {"people": {"path": "data/people.csv"}},
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    resource = {"name": "people", "path": "people.csv", "schema": {"fields": FIELDS, "primaryKey": "id"}}
    (folder / "data" / "datapackage.json").write_text(
        json.dumps({"name": "large", "resources": [resource]}), encoding="utf-8"
    )
    areas = FIELDS[3]["constraints"]["enum"]
    path = folder / "data" / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(field["name"] for field in FIELDS) + "\n")
        for row in range(rows):
            month = f"{2010 + row % 10}-{1 + row % 12:02d}"
            stream.write(f"p{row:07d},{row % 90},{row % 1000 / 8},{areas[row % 4]},{month},{row % 2}\n")
    return path


def validate(folder: Path) -> tuple[float, float, float, int, str]:
    """Run the rule's script; return seconds, seconds of the processor, peak memory in MiB, exit code and what
    it said.
    """
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ENGINE / "src")}
    with (folder / "said.txt").open("w", encoding="utf-8") as said:
        process = subprocess.Popen([sys.executable, "-c", READ], cwd=folder, env=environment, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    scale = 1 if sys.platform == "darwin" else 1024
    message = (folder / "said.txt").read_text(encoding="utf-8")
    return (
        time.perf_counter() - start,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * scale / MIB,
        os.waitstatus_to_exitcode(status),
        message,
    )


def measure(rows: int) -> dict[str, tuple[float, float, float]]:
    """Return seconds, seconds of the processor and MiB for a file without a fault and for one whose last row
    has one.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder, rows)
        *measures, code, message = validate(folder)
        if code:
            raise SystemExit(f"the file without a fault was refused: {message}")
        measured = {f"{rows:,} rows without a fault": tuple(measures)}
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[-1] = lines[-1].replace("p", "q", 1)
        path.write_text("".join(lines), encoding="utf-8")
        *measures, code, message = validate(folder)
        if code == 0 or f"row {rows + 1}, column id" not in message:
            raise SystemExit(f"the fault in the last row was not named: {message}")
        measured[f"{rows:,} rows, the last with a fault"] = tuple(measures)
        return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    for what, (seconds, busy, memory) in measure(parser.parse_args().rows).items():
        word = "met" if busy <= SECONDS and memory <= MEMORY else "MISSED"
        measured = f"{seconds:6.2f} s   {busy:6.2f} s of the processor   {memory:7.1f} MiB"
        print(f"{what:36s} {measured}   goal {SECONDS:.0f} s and {MEMORY:.0f} MiB: {word}")


if __name__ == "__main__":
    main()
