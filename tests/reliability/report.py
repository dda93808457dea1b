"""Writes docs/reliability.md: brings about every fault, tries every hostile input, builds twice, and says
what came of it.

    python tests/reliability/report.py [--only PART ...]

The parts are bytes, faults, hostile, growth, escaped and speed; what each found is kept in
build/reliability.json, so that a part can be done again alone. The figures of the mutation run are taken from
build/mutation.json, which `evidentia mutate` writes.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ENGINE / "tests"), str(ENGINE / "src"), str(ENGINE / "benchmarks")]

from evidentia.audit.verify import UNLIKE, verify  # noqa: E402
from evidentia.core.errors import EvidentiaError  # noqa: E402
from evidentia.core.files import read_json, to_json, write_whole  # noqa: E402
from folders import snakemake  # noqa: E402
from reliability import escaped  # noqa: E402
from reliability.faults import FAULTS, Skip  # noqa: E402
from reliability.growth import FUNCTIONS, UNITS, growth  # noqa: E402
from reliability.hostile import Attempt  # noqa: E402
from reliability.kinds import ATTEMPTS  # noqa: E402
from reliability.listener import Listener  # noqa: E402
from reliability.rooms import ROOMS  # noqa: E402
from reliability.small import run_rules, write_small  # noqa: E402

KEPT, MUTATION, DOCUMENT = (
    ENGINE / name for name in ("build/reliability.json", "build/mutation.json", "docs/reliability.md")
)
ALL = [*ATTEMPTS, *ROOMS]
Row = list[str]  # what was tried, how it ended, and what was said
WELL = ("same bytes", "whole", "refused", "handled", "printed as it is", "met", "skipped")


def same_bytes(work: Path) -> list[Row]:
    found = verify(ENGINE)
    same = found.files - len(found.unlike)
    rows = [
        [
            "Two builds: " + "; ".join(map(str, UNLIKE)),
            "same bytes" if not found.unlike else "FAILED",
            f"{same} of {found.files} outputs",
        ]
    ]
    rows += [[name, "FAILED", "; ".join(what)] for name, what in found.unlike.items()]
    moved = found.moved or []
    return [
        *rows,
        [
            "Numbers beside the accepted ones, within tolerance",
            "FAILED" if moved else "met",
            "; ".join(moved) or "all agree",
        ],
    ]


def faults(work: Path) -> list[Row]:
    rows = []
    with ProcessPoolExecutor(2) as workers:
        for row in workers.map(_fault, range(len(FAULTS)), [work] * len(FAULTS)):
            rows.append(row)
            print(*row, sep=": ", flush=True)
    return rows


def _fault(number: int, work: Path) -> Row:
    """Bring a fault about; each process has good builds of its own to compare with."""
    fault, root, place = FAULTS[number], work / f"references-{os.getpid()}", work / f"fault-{number}"
    root.mkdir(exist_ok=True)
    try:
        row = [fault.what, "whole", fault.run(root, place, **fault.options)]
    except Skip as reason:
        row = [fault.what, "skipped", str(reason)]
    except AssertionError as error:
        row = [fault.what, "FAILED", str(error)[-600:]]
    shutil.rmtree(place, ignore_errors=True)
    return [*row[:2], _plain(row[2], place)]


def hostile(work: Path) -> list[Row]:
    rows = []
    with ProcessPoolExecutor() as workers:
        for row in workers.map(_numbered, range(len(ALL)), [work] * len(ALL)):
            rows.append(row)
            print(*row, sep=": ", flush=True)
    return rows


def _numbered(number: int, work: Path) -> Row:
    try:
        return _attempt(ALL[number], work / f"attempt-{number}" / "study")
    finally:
        shutil.rmtree(work / f"attempt-{number}", ignore_errors=True)


def _attempt(attempt: Attempt, folder: Path) -> Row:
    """Run the rules on the hostile input, and say how that ended."""
    write_small(folder)
    attempt.make(folder)
    told = "the report is built" if attempt.run is run_rules else "nothing runs, and it is read"
    faulty: list[str] = []
    with Listener(folder) as listener:
        try:
            attempt.run(folder)
            faulty += ["it was not refused"] if attempt.says else []
        except EvidentiaError as refused:
            told = str(refused)
            faulty += [f"it does not say '{part}'" for part in attempt.says if part not in told]
            faulty += [] if attempt.says else [told]
        except Exception as error:
            faulty.append(f"{type(error).__name__}: {error}")
    faulty += [f"asked for {path}" for path in listener.asked] + [
        "something ran" for _ in folder.parent.rglob("pwned")
    ]
    result = "FAILED" if faulty else "refused" if attempt.says else "handled"
    return [f"{attempt.group}: {attempt.what}", result, _plain("; ".join(faulty) or told, folder)]


def grows(work: Path) -> list[Row]:
    with ProcessPoolExecutor() as workers:
        return list(workers.map(_growth, UNITS))


def _growth(what: str) -> Row:
    """Say how much longer a megabyte takes than a quarter of one, in the function that takes longest beside
    it.
    """
    found = {name: growth(function, UNITS[what], 250_000, 1_000_000) for name, function in FUNCTIONS.items()}
    worst = max(found, key=lambda name: found[name])
    quick = "too quick to be compared, in every function"
    told = f"at most {found[worst]:.1f} times as long, in {worst}" if found[worst] > 1 else quick
    return [f"1 MB of {what}", "met" if found[worst] < 8 else "FAILED", told]


def named(work: Path) -> list[Row]:
    folder = escaped.write(work / "named")
    with Listener(folder) as listener:
        done = snakemake(folder, "all", "review")
    found = [
        *(escaped.faults(folder / "build") if done.returncode == 0 else [done.stdout[-300:]]),
        *listener.asked,
    ]
    what = (
        "Names, labels, units, facts and cells with HTML, scripts, Jinja, shortcodes, Markdown, TeX, formulas"
        " and addresses in one study"
    )
    where = "HTML, PDF, SVG, XLSX, CSV and the review's pages: nothing runs, no formula, no address asked for"
    return [[what, "FAILED" if found else "printed as it is", "; ".join(found) or where]]


def speed(work: Path) -> list[Row]:
    import validation

    goal = f"goal {validation.SECONDS:.0f} s and {validation.MEMORY:.0f} MiB"
    return [
        [
            f"Validation of {what}",
            "met" if busy <= validation.SECONDS and size <= validation.MEMORY else "FAILED",
            f"{busy:.1f} s of the processor ({seconds:.1f} s elapsed) and {size:.0f} MiB; {goal}",
        ]
        for what, (seconds, busy, size) in validation.measure(1_000_000).items()
    ]


PARTS: dict[str, tuple[str, str, Callable[[Path], list[Row]]]] = {
    "bytes": ("Same bytes", "What was built", same_bytes),
    "faults": ("Faults", "What was done during a build", faults),
    "hostile": ("Hostile input", "What was given", hostile),
    "growth": ("Growth", "What was read", grows),
    "escaped": ("Hostile names", "What was given", named),
    "speed": ("Speed", "What was timed", speed),
}
AT_ONCE = ("hostile", "faults")
"""Parts that mostly wait, for one build after another; the others time something, or use all cores."""
INTRODUCTION = """# Reliability

What was done to Evidentia, and what came of it. This file is made by `make hostile`; nothing in it is typed.

After each fault the files that readers have in hand (the page, the PDF, the workbook, the numbers and the claims) are compared with those
of the last and of the next good build: each must be one or the other, whole. Then the fault is taken away and the folder is built again:
every output must have the bytes of a build that nothing disturbed.

Each hostile input goes through the scripts of all rules up to the page. It must be refused with a message that says what is wrong, where,
and what to do; or the page must be built unharmed. A web server on the same machine notes whether anything asks for the addresses that
stand in the input; nothing may. The study with hostile names is built by Snakemake, with all outputs and the review.

A megabyte of text that regular expressions dislike takes no more than 8 times as long as a quarter of one, in every function that reads
words (4 times is linear, 16 times quadratic).
"""


def document(found: dict[str, list[Row]], mutation: Any) -> str:
    """Return docs/reliability.md."""
    parts = [INTRODUCTION]
    for key, (title, first, _) in PARTS.items():
        rows = found.get(key, [])
        if rows:
            well = sum(row[1] in WELL for row in rows)
            parts.append(
                f"## {title}\n\n{well} of {len(rows)} as they should"
                f" be.\n\n{_table([first, 'Result', 'What was said or found'], rows)}"
            )
    if mutation:
        parts.append(f"## Mutation run\n\n{_table(['Measure', 'Value'], mutation['rows'])}")
    return "\n".join(parts)


def _table(header: Row, rows: list[Any]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(value: Any) -> str:
    """Return a text as Markdown prints it: nothing of a hostile input may work in this file either."""
    text = " ".join(str(value).split())
    return text if text == "---" else re.sub(r"([\\`*_{}\[\]<>#|$~&@])", r"\\\1", text)


def _plain(text: str, place: Path) -> str:
    """Return a message without this machine's paths and without numbers of ports."""
    for path, name in (
        (place, "."),
        (place.parent, ".."),
        (ENGINE, "ENGINE"),
        (Path(tempfile.gettempdir()), "TEMPORARY"),
    ):
        text = text.replace(str(path), name)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    return text if len(text) <= 420 else text[:417] + "..."


def done(key: str) -> list[Row]:
    """Do one part, and say how long it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="evidentia-") as name:
        rows = PARTS[key][2](Path(name))
    print(f"{PARTS[key][0]}: {time.monotonic() - begun:.0f} s", flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked = parser.parse_args().only
    found: dict[str, list[Row]] = read_json(KEPT) if KEPT.is_file() else {}
    together = [key for key in AT_ONCE if key in asked]
    with ProcessPoolExecutor(len(AT_ONCE)) as workers:
        found |= zip(together, workers.map(done, together), strict=True)
    for key in (key for key in asked if key not in AT_ONCE):
        found[key] = done(key)
        write_whole(KEPT, to_json(found))
    mutation = json.loads(MUTATION.read_text(encoding="utf-8")) if MUTATION.is_file() else None
    write_whole(DOCUMENT, document(found, mutation))
    failed = [row for rows in found.values() for row in rows if row[1] not in WELL]
    for row in failed:
        print("FAILED:", *row, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
