"""Running a rule's script as a job: the same environment everywhere, a record of what it made, one clear
message on failure.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256, write_whole
from evidentia.core.paths import BUILD
from evidentia.workflow.records import read_record, write_record
from evidentia.workflow.seal import seal_of
from evidentia.workflow.system_faults import BEGUN, ENDED, ended_silently, explain_fault, write_log

if TYPE_CHECKING:
    from evidentia.config.model import Config

PATIENCE = 30.0
"""Seconds to wait for files that another machine of a cluster has written."""

MANY = 50_000
"""Objects after which Python looks for cycles among them; nearly all that a job makes lives until its end."""

NOTES_AT_END = "EVIDENTIA_NOTES_AT_END"
"""Environment variable by which `evidentia build` says that its own screen tells the notes."""


class Job:
    """One step's job, in the evaluation folder.

    Parameters
    ----------
    step : str
        Its name.
    subject : str
        Id of the analysis, where the step is about one.
    sources : mapping of str to str
        Files that it reads, with the hashes that they had when the build began.
    before : sequence of str
        Records of the steps before it.
    beside : Job, optional
        Another one of the same process, whose configuration it shares.
    """

    def __init__(
        self,
        step: str = "",
        subject: str = "",
        sources: Mapping[str, str] | None = None,
        before: Iterable[str] = (),
        beside: Job | None = None,
    ) -> None:
        self._beside = beside
        self.step = step
        self.subject = subject
        self.sources = sources or {}
        self.before = tuple(before)
        self.made: dict[str, str] = {}
        self.kept: dict[str, str] = {}

    @cached_property
    def config(self) -> Config:
        """The configuration of the evaluation folder, in whose language the job then writes."""
        from evidentia.config.load import load_config
        from evidentia.core.language import speak

        if self._beside:
            return self._beside.config
        config = load_config(".", check_files=False)
        speak(config.evaluation.language)
        return config

    def write(self, path: Path | str, content: str | bytes) -> None:
        """Write one of the step's outputs whole, and keep its hash for the record."""
        self.wrote(write_whole(path, content))

    def wrote(self, *paths: Path) -> None:
        """Keep the hashes of outputs that are written already."""
        self.made |= {path.as_posix(): sha256(path) for path in paths}

    def keep(self, path: Path) -> None:
        """Keep the hash of an output that may hold records, so that nobody else can try contents."""
        self.kept[path.as_posix()] = seal_of(sha256(path))

    def say(self, message: str) -> None:
        """Print what the user is to know."""
        print(f"evidentia: {message}", flush=True)

    def say_note(self, message: str) -> None:
        """Print a note of the ledger, or of the build's course, unless the build's own screen tells it."""
        if not os.environ.get(NOTES_AT_END):
            self.say(message)

    def check_sources(self) -> None:
        """Raise if an input is no longer what it was when the build began."""
        changed = [name for name, known in self.sources.items() if _hash(name) != known]
        if changed:
            raise EvidentiaError(
                f"{', '.join(changed)} changed while the build ran, so that parts of the report may be from"
                " before and parts from after",
                remedy="run the same command again; the last report is as it was",
            )

    def check_before(self) -> None:
        """Raise if what an earlier step made is no longer as it was made."""
        for path in map(Path, self.before):
            record = read_record(path)
            for name, known in record.get("made", {}).items():
                _wait_for(os.path.relpath(path.parents[2] / name), known)
            for name, known in record.get("kept", {}).items():
                _wait_for(os.path.relpath(path.parents[2] / name), known, seal_of)


def _wait_for(name: str, known: str, told: Callable[[str], str] = str) -> None:
    """Wait until a file is there as it was made, which on a shared file system may take some seconds."""
    end = time.monotonic() + PATIENCE
    while told(found := _hash(name)) != known:
        if found or time.monotonic() > end:
            raise EvidentiaError(
                f"{name} changed while the build ran",
                remedy="run the same command again; the last report is as it was",
            )
        time.sleep(0.2)


def _hash(name: str) -> str:
    try:
        return sha256(name)
    except OSError:
        return ""


def run(main: Callable[[Job], None], told: Any) -> None:
    """Run a script's `main` as a job of one step or several, in the evaluation folder; record what each made.

    An `EvidentiaError` is printed without a traceback; any other fault as one line. Both leave the traceback
    in the step's log and exit with 1, after the other steps. What an `EvidentiaError` says is not written
    there, because it may quote a record.

    Parameters
    ----------
    main : callable
        Takes the `Job`.
    told : object
        What Snakemake tells the script: ``params`` has ``steps``, each as `Step.told`; ``input`` and
        ``output`` are records, one of output a step; ``log`` lies beside the logs of the steps.
    """
    same_everywhere()
    gc.set_threshold(MANY)
    steps = list(told.params.steps)
    place = Path(str(told.log)).absolute().parent
    logs = [place / f"{one['step']}.log" for one in steps]  # itself, if it is a link
    records: list[Any] = [Path(path).resolve() for path in told.output] or [None]
    before = tuple(str(Path(path).resolve()) for path in told.input)
    os.chdir(steps[0]["folder"])
    if steps[0]["tolerant"] and told.output:
        _tolerate({path: one["step"] for path, one in zip(records, steps, strict=True)}, before, logs)
    faults, first = list[str](), None
    for one, record, log in zip(steps, records, logs, strict=True):
        write_log(log, BEGUN)
        job = Job(one["step"], one["subject"], one["sources"], before, first)
        first = first or job
        if fault := _fault(main, job, record, log):
            faults.append(fault)
            print(f"\nevidentia: {fault}{_member()}\n", file=sys.stderr, flush=True)
        else:
            log.unlink(missing_ok=True)
    if faults:
        sys.exit(1)
    gc.freeze()  # the end: a last search for cycles among all that was made would only take time


def _tolerate(steps: Mapping[Path, str], before: tuple[str, ...], logs: list[Path]) -> None:
    """Go on in a child process, and record the failure of steps, by their records, however it ends, so that
    others need not fail for it.
    """
    failed = next((old["failed"] for old in map(read_record, map(Path, before)) if "failed" in old), "")
    child = 0 if failed else os.fork()
    if child == 0 and not failed:
        return
    code = 0 if failed else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0 or any(map(ended_silently, logs)):
        print(f"\nevidentia: {ENDED}{_member()}\n", file=sys.stderr, flush=True)
    if failed or code:
        for record, step in steps.items():
            if not record.is_file():
                write_record(record, {"step": step, "made": {}, "failed": failed or step})
    os._exit(0)


def _fault(main: Callable[[Job], None], job: Job, record: Path | None, log: Path) -> str:
    """Run a job and write its record; return what is wrong, if anything is, with the traceback in the log."""
    try:
        job.check_sources()
        job.check_before()
        main(job)
        job.check_sources()
        if record:
            sources = {
                name: seal_of(known) for name, known in job.sources.items()
            }  # nobody else can try contents
            kept = {"kept": job.kept} if job.kept else {}
            write_record(record, {"step": job.step, "made": job.made, "sources": sources, **kept})
        return ""
    except EvidentiaError as error:
        place = "".join(traceback.format_tb(error.__traceback__))
        write_log(
            log, f"Traceback (most recent call last):\n{place}{type(error).__name__} (said on the screen)\n"
        )
        return str(error)
    except Exception as error:
        write_log(log, traceback.format_exc())
        return explain_fault(error, log)
    except KeyboardInterrupt:
        write_log(log, "The build was interrupted.\n")
        raise


def same_everywhere() -> None:
    """Let neither the machine's core count nor its time zone nor its fonts' cache decide a byte."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["TZ"] = "UTC"
    os.environ["SOURCE_DATE_EPOCH"] = "315532800"  # the time that fontTools writes into a font
    os.environ.setdefault("MPLCONFIGDIR", str(Path(BUILD, ".cache", "matplotlib").resolve()))


def _member() -> str:
    """Say which member of a portfolio this is, because paths in messages begin in its folder."""
    portfolio = os.environ.get("EVIDENTIA_PORTFOLIO", "")
    folder = os.path.relpath(Path.cwd(), portfolio) if portfolio else "."
    return "" if folder == "." else f"\n  member: {folder}"
