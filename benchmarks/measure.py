"""What the benchmarks share: a command with its seconds and the memory of all its processes, and builds of a
folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
SNAKEFILE = ENGINE / "Snakefile"
PORTFOLIO = ENGINE / "portfolio.smk"
MIB = 1024 * 1024
PAUSE = 0.3  # seconds between two looks at the memory; looking takes time from what is measured


@dataclass(frozen=True)
class Run:
    """A finished command: seconds of the clock, seconds of the processors, and MiB at its peak over all its
    processes.
    """

    seconds: float
    processor: float
    memory: float

    def rounded(self) -> dict[str, float]:
        """Return it for the results."""
        return {
            "seconds": round(self.seconds, 3),
            "processor": round(self.processor, 3),
            "memory_mib": round(self.memory, 1),
        }


def alone(script: str, subject: str = "") -> list[str]:
    """Return the command that runs a rule's script without Snakemake, in the evaluation folder."""
    code = (
        "import runpy, sys; from evidentia.workflow.job import Job, same_everywhere; same_everywhere();"
        "runpy.run_path(sys.argv[1])['main'](Job(subject=sys.argv[2]))"
    )
    return [sys.executable, "-c", code, str(ENGINE / "scripts" / script), subject]


def adopt() -> None:
    """Let processes that lose their parent become children of this one, so that their time is counted; Linux
    only.
    """
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def run(command: list[str], folder: Path, **environment: str) -> Run:
    """Run a command in a folder and measure it; its output is shown only if it fails."""
    adopt()
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONPATH": str(ENGINE / "src"), **environment},
    )  # fmt: skip
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - start
    watcher.join()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{said[-3000:]}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, processor, peak[0])


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_share(number) for number in _family(process.pid)) / MIB)
        time.sleep(PAUSE)


def _family(root: int) -> list[int]:
    """Return a process and all that it started, from /proc."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
        except OSError:
            continue
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [child for child, parent in parents.items() if parent == one]
    return found


def _share(number: int) -> float:
    """Return a process's memory in bytes, pages shared with others counted in part."""
    try:
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1]) * 1024
    except OSError:
        pass
    return 0.0


def build(folder: Path, snakefile: Path = SNAKEFILE, *arguments: str) -> Run:
    """Build a folder with Snakemake, as a user would."""
    profile = ["--workflow-profile", str(ENGINE / "profiles" / "default")]
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--snakefile",
        str(snakefile),
        "--directory",
        str(folder),
        *profile,
        *arguments,
    ]
    return run(command, folder)


def empty(folder: Path) -> Run:
    """Run an empty workflow: what Snakemake itself costs."""
    (folder / "empty").mkdir(parents=True, exist_ok=True)
    (folder / "empty" / "Snakefile").write_text("rule all:\n")
    return build(folder / "empty", folder / "empty" / "Snakefile")


def renderers(folder: Path) -> dict[str, Run]:
    """Run pandoc and WeasyPrint alone on a folder's finished files."""
    target = folder / "build"
    program = "import pypandoc; print(pypandoc.get_pandoc_path())"
    pandoc = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    alone = [pandoc, "report.qmd", "--standalone", "--citeproc", "--output", str(folder / "alone.html")]
    paper = (
        "from weasyprint import HTML; HTML('report.html').write_pdf('../alone.pdf', pdf_variant='pdf/ua-1')"
    )
    return {
        "pandoc alone": run(alone, target),
        "WeasyPrint alone": run([sys.executable, "-c", paper], target),
    }


def rebuilds(folder: Path, chapter: str, change_datum: object, snakefile: Path = SNAKEFILE) -> dict[str, Run]:
    """Build a folder cold, unchanged, after one word and after one datum have changed.

    Parameters
    ----------
    folder : Path
    chapter : str
        File that gets a word more.
    change_datum : callable
        Changes one value in the folder's data.
    snakefile : Path
    """
    times = {"cold build": build(folder, snakefile), "unchanged rebuild": build(folder, snakefile)}
    path = folder / chapter
    path.write_text(path.read_text(encoding="utf-8") + "\nA new word stands here.\n", encoding="utf-8")
    times["one-word rebuild"] = build(folder, snakefile)
    change_datum(folder)  # type: ignore[operator]
    times["one-datum rebuild"] = build(folder, snakefile)
    return times


def best(rounds: list[dict[str, Run]]) -> dict[str, dict[str, float]]:
    """Return the quickest of each over several rounds, with the most memory."""
    found = {}
    for name in rounds[0]:
        runs = [one[name] for one in rounds]
        quickest = min(runs, key=lambda item: item.seconds)
        found[name] = Run(quickest.seconds, quickest.processor, max(item.memory for item in runs)).rounded()
    return found


def machine() -> dict[str, object]:
    """Return what the times depend on."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 2),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []
