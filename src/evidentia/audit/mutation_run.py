"""A mutation run over the data: does a wrong cell get past the checks, the claims and the comparison with the
accepted numbers?

Each mutation changes one cell in a copy of an evaluation folder and builds the ledger there. Whether the
change shows in print is judged by the composed words, not by the ledger; whether a claim flips, by its
condition under the new values.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidentia.audit.cause import TRACEBACK, cause_of
from evidentia.audit.mutation import Mutation, write_mutant
from evidentia.compare.ledgers import compare
from evidentia.config.load import load_config
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import evaluate, known_values
from evidentia.core.files import read_json
from evidentia.core.ledger import Entry, load
from evidentia.core.paths import CLAIMS, ENGINE, NUMBERS, REPORT_QMD, VALUES, result_of
from evidentia.core.programs import home_of
from evidentia.core.trust import check_trust

REFUSED, STOPPED, REPORTED, MISSED, SILENT = "refused", "stopped", "reported", "missed", "no effect"
CAUGHT = (REFUSED, STOPPED, REPORTED)
MEANS = {
    REFUSED: "the data do not pass their checks, and the build stops",
    STOPPED: "a claim or a coded piece of evidence no longer holds or cannot be checked, and the build stops",
    REPORTED: "a printed figure is another, and the comparison with the accepted numbers names it",
    MISSED: "it shows in print or flips a claim, and nothing said so",
    SILENT: "no printed figure and no claim is touched",
}
CLAIM_FAULTS = ("a claim no longer holds", "cannot be checked: ", "the evidence no longer points as coded")


@dataclass(frozen=True)
class Verdict:
    """What became of a mutation, and the message or the ids that say so."""

    mutation: Mutation
    outcome: str
    why: str

    def __str__(self) -> str:
        why = f" ({self.why[:160]})" if self.outcome in (MISSED, REFUSED) else ""
        return f"{self.outcome:9} {self.mutation}{why}"


def share_caught(verdicts: Iterable[Verdict]) -> tuple[int, int]:
    """Return how many mutations were caught, and how many matter."""
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    caught = sum(outcomes[outcome] for outcome in CAUGHT)
    return caught, caught + outcomes[MISSED]


def figures(verdicts: Iterable[Verdict]) -> list[tuple[str, str]]:
    """Return how many mutations ended how, each outcome with its meaning, and the share caught."""
    verdicts = list(verdicts)
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    caught, matter = share_caught(verdicts)
    rows = [(f"{outcome}: {MEANS[outcome]}", str(outcomes[outcome])) for outcome in (*CAUGHT, MISSED, SILENT)]
    return [
        *rows,
        ("caught", f"{caught} of {matter} that matter" + (f" ({caught / matter:.1%})" if matter else "")),
    ]


def summary(verdicts: Iterable[Verdict]) -> str:
    """Return the figures as lines for the screen."""
    *outcomes, (caught, share) = figures(verdicts)
    return "\n".join([*(f"{number:>4} {what}" for what, number in outcomes), f"{caught}: {share}"])


class MutationRun:
    """Copies of an evaluation folder in which mutations are built.

    Parameters
    ----------
    folder : Path
        The evaluation folder; only its inputs are read.
    place : Path
        An empty folder for the copies.
    cores : str
        For each build; a number, or ``all``.
    """

    def __init__(self, folder: Path, place: Path, cores: str = "1") -> None:
        self.place, self.cores = place, cores
        self.base = place / "base"
        self.base.mkdir(parents=True)
        programs = check_trust(folder)  # and the builds of copies are told so
        for name in ("data", "report", *sorted({home_of(program) for program in programs.named})):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, self.base / name)
        shutil.copy(folder / "config.yaml", self.base)
        self.config = load_config(self.base)
        done = _build(self.base, cores)
        if done.returncode:
            raise EvidentiaError(
                f"the folder does not build as it is:\n{cause_of(done.stderr)}",
                where=str(folder),
                remedy="mend it first",
            )
        self.accepted = load(self.base / NUMBERS)
        self.text = _printed_text(self.base, self.accepted)
        self.conditions = _conditions(self.base, self.config)

    def judge(self, mutation: Mutation) -> Verdict:
        """Build with one changed cell, and say what noticed it."""
        folder = self.place / "mutant"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder)
        write_mutant(folder, self.config, mutation)
        (folder / VALUES).unlink()
        done = _build(folder, self.cores)
        flipped = self._flipped(folder)
        if done.returncode:
            said = cause_of(done.stderr)
            if TRACEBACK in said or f"evidentia: {said[:40]}" not in done.stderr:
                return Verdict(mutation, MISSED, f"the build fails without a clear message: {said[-200:]}")
            stopped = any(words in said for words in CLAIM_FAULTS)
            return Verdict(
                mutation,
                STOPPED if stopped else REFUSED,
                flipped[0] if stopped and flipped else said.split("\n")[0],
            )
        if flipped:
            return Verdict(mutation, MISSED, f"the build goes on although this no longer holds: {flipped[0]}")
        return self._compared(mutation, folder)

    def _flipped(self, folder: Path) -> list[str]:
        """Return the conditions that the new values do not bear out."""
        path = folder / VALUES
        return (
            [text for text in self.conditions if not _holds(text, known_values(load(path).values()))]
            if path.is_file()
            else []
        )

    def _compared(self, mutation: Mutation, folder: Path) -> Verdict:
        after = load(folder / NUMBERS)
        named = {change.id for change in compare(self.accepted, after, self.config.regression)}
        unnamed = sorted(_printed_otherwise(self.accepted, after) - named)
        if unnamed:
            return Verdict(mutation, MISSED, f"printed otherwise, but not named: {', '.join(unnamed[:3])}")
        if _printed_text(folder, after) == self.text:
            return Verdict(mutation, SILENT, "")
        return Verdict(
            mutation,
            REPORTED if named else MISSED,
            ", ".join(sorted(named)[:3]) or "the words are others, but no number is",
        )


def _build(folder: Path, cores: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "numbers",
        "--cores",
        cores,
        "--snakefile",
        str(ENGINE / "Snakefile"),
    ]
    return subprocess.run(
        [*command, "--directory", str(folder)], cwd=folder, capture_output=True, text=True, check=False
    )


def _printed_text(folder: Path, ledger: Mapping[str, Entry]) -> str:
    """Return all that the report prints: its composed words with its tables and the data of its charts; or
    the ledger's forms.
    """
    path = folder / REPORT_QMD
    return (
        path.read_text(encoding="utf-8")
        if path.is_file()
        else "\n".join(f"{id} {entry['display']}" for id, entry in ledger.items())
    )


def _printed_otherwise(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> set[str]:
    """Return the numbers whose printed forms differ."""
    forms = [
        {id: Counter(use["printed"] for use in entry["uses"]) for id, entry in ledger.items()}
        for ledger in (before, after)
    ]
    return {id for id in forms[0].keys() | forms[1].keys() if forms[0].get(id) != forms[1].get(id)}


def _conditions(folder: Path, config: Config) -> list[str]:
    """Return the conditions of all claims, and of all results that rest on one."""
    path = folder / CLAIMS
    claims = [claim["condition"] for claim in read_json(path)["claims"]] if path.is_file() else []
    results = [read_json(folder / result_of(analysis)) for analysis in config.analyses]
    return list(
        dict.fromkeys([*claims, *(row["text"] for result in results for row in result["conditions"])])
    )


def _holds(condition: str, values: Mapping[str, object]) -> bool:
    try:
        return bool(evaluate(condition, values).value)
    except EvidentiaError:
        return False
