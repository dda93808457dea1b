"""Faults of the machine and of timing: each is brought about, then the last report must be whole and the next
build the same.

The tests run the short ones; the command that writes docs/reliability.md runs all.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from evidentia.compare.differences import differing, manifest
from folders import ENGINE, snakemake
from reliability.small import write_small

KEPT = ("report.html", "report.pdf", "numbers.json", "numbers.csv", "tables.xlsx", "claims.json")
"""What readers have in hand: after a fault each of these is the old one or the new one, whole."""


class Skip(Exception):
    """A fault cannot be brought about on this machine; says why."""


@dataclass
class EvaluationFolder:
    """A built evaluation, and the same with one input changed.

    Attributes
    ----------
    folder : Path
        Built, with the change made but not built yet.
    old, new : dict of str to str
        Manifests of a build before and after the change.
    """

    folder: Path
    old: dict[str, str]
    new: dict[str, str]

    def whole(self) -> None:
        """Assert that each file that readers have is the old one or the new one."""
        now = manifest(self.folder / "build")
        for name in KEPT:
            assert now.get(name) in (
                self.old[name],
                self.new[name],
            ), f"{name} is neither the old one nor the new one"

    def same_after(self, *arguments: str) -> None:
        """Build again and assert that every output is that of a build without a fault, and nothing else is
        left.
        """
        done = snakemake(self.folder, *arguments)
        assert done.returncode == 0, done.stdout
        unlike = differing(manifest(self.folder / "build"), self.new)
        assert not unlike, f"not the same after the fault: {unlike}"
        assert not list((self.folder / "build").rglob(".*.part"))


def change(folder: Path) -> None:
    """Change an input, so that nearly everything is to be built again."""
    path = folder / "data" / "rates.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Hereford,44.0", "Hereford,45.0"), encoding="utf-8"
    )


@cache
def _references(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Build the small evaluation before and after the change, once."""
    old, new = write_small(root / "old"), write_small(root / "new")
    change(new)
    for folder in (old, new):
        done = snakemake(folder)
        assert done.returncode == 0, done.stdout
    return manifest(old / "build"), manifest(new / "build")


def evaluation(work: Path, root: Path) -> EvaluationFolder:
    """Return a evaluation to do harm to.

    Parameters
    ----------
    work : Path
        A new folder for it.
    root : Path
        Where the references are, shared by all faults.
    """
    old, new = _references(root)
    shutil.copytree(root / "old", work)
    change(work)
    return EvaluationFolder(work, old, new)


@contextlib.contextmanager
def started(
    folder: Path, *arguments: str, before: tuple[str, ...] = (), engine: Path = ENGINE
) -> Iterator[subprocess.Popen]:
    """Start a build in a process group of its own."""
    command = [
        *before,
        sys.executable,
        "-m",
        "snakemake",
        "--cores",
        "2",
        "--snakefile",
        str(engine / "Snakefile"),
        "--directory",
        str(folder),
    ]
    command += ["--workflow-profile", str(ENGINE / "profiles" / "default"), *arguments]
    said = subprocess.PIPE
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=said,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stopped(folder: Path, **how) -> str:
    """Run a build that must not succeed, and return what it said."""
    with started(folder, **how) as process:
        said, _ = process.communicate(timeout=600)
    assert process.returncode != 0, said
    return said


def jobs(process: subprocess.Popen) -> dict[int, str]:
    """Return the scripts that a build is running, by process id."""
    found = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            script = next(
                (
                    Path(word.decode()).name.partition(".")[2]
                    for word in words[1:]
                    if b".snakemake/scripts/" in word
                ),
                "",
            )
            if (
                script
                and os.getpgid(int(entry.name)) == process.pid
                and words[0].endswith(Path(sys.executable).name.encode())
            ):
                found[int(entry.name)] = script
    return found


def until(condition: Callable[[], object], process: subprocess.Popen, seconds: float = 240) -> None:
    """Wait until a condition holds, or the build ends."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.01)


def message(text: str) -> str:
    """Return our message from what was said on the screen, which must be one and no traceback."""
    assert "Traceback" not in text, text
    found = re.findall(r"^evidentia: (.*\n(?:[^\n]+\n)*?\s+to do: [^\n]*)", text, re.MULTILINE)
    assert found, text
    return " / ".join(dict.fromkeys(" ".join(part.split()) for part in found))


# What is done to a build.


SCRIPTS = (
    "analyse.py",
    "values.py",
    "compose.py",
    "webpage.py",
    "pdf.py",
    "workbook.py",
    "round_trip.py",
    "publish.py",
)


def killed(root: Path, work: Path, script: str, moment: float) -> str:
    """Kill -9 the whole process group once a script has run for a moment, then build again."""
    harmed = evaluation(work, root)
    with started(harmed.folder) as process:
        until(lambda: script in jobs(process).values(), process)
        time.sleep(moment)
        running = sorted(set(jobs(process).values()))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    harmed.whole()
    harmed.same_after()
    return f"in {' and '.join(running) or f'Snakemake itself, after {script}'}"


def killed_at_random(root: Path, work: Path, scripts: tuple[str, ...] = SCRIPTS) -> str:
    """Kill a build in each of its stages, at a moment drawn at random with a fixed seed."""
    chance = random.Random(20200331)
    places = [killed(root, work / script, script, chance.uniform(0, 1.5)) for script in scripts]
    return (
        f"killed {len(places)} times ({'; '.join(places)}): the last report whole, the next build the same"
        " bytes each time"
    )


def killed_anywhere(root: Path, work: Path, times: int = 20) -> str:
    """Kill a build of a changed input at moments drawn at random over its whole length, over an existing
    report.
    """
    chance = random.Random(20191105)
    begun = time.monotonic()
    evaluation(work / "whole", root).same_after()
    length, new = time.monotonic() - begun, 0
    for number in range(times):
        harmed = evaluation(work / str(number), root)
        with started(harmed.folder) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0, length))
            with contextlib.suppress(ProcessLookupError):  # it has ended before
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        now = manifest(harmed.folder / "build")
        sets = [{name: known[name] for name in KEPT} for known in (harmed.old, harmed.new)]
        held = {name: now.get(name) for name in KEPT}
        assert held in sets, f"neither the old set nor the new one after kill {number}"
        new += held == sets[1]
        harmed.same_after()
    return (
        f"{times} kills: the published set was the old one {times - new} times and the new one {new} times,"
        " whole; then the same bytes"
    )


def killed_alone(root: Path, work: Path) -> str:
    """Kill -9 Snakemake alone while a job runs, so that the job goes on without it."""
    harmed = evaluation(work, root)
    with started(harmed.folder) as process:
        until(lambda: jobs(process), process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        end = time.monotonic() + 30
        while jobs(process) and time.monotonic() < end:
            time.sleep(0.05)
    harmed.whole()
    harmed.same_after()
    return "the last report whole, the next build the same bytes, without --unlock"


def job_killed(root: Path, work: Path) -> str:
    """Kill -9 one job, as a system does that has no more memory."""
    harmed = evaluation(work, root)
    with started(harmed.folder) as process:
        until(lambda: jobs(process), process)
        os.kill(next(iter(jobs(process))), signal.SIGKILL)
        said, _ = process.communicate(timeout=600)
    assert process.returncode != 0
    told = message(said)
    assert "memory ran out" in told, said
    harmed.whole()
    harmed.same_after()
    return told


def two_at_once(root: Path, work: Path) -> str:
    """Start a second build of the folder while the first runs."""
    harmed = evaluation(work, root)
    with started(harmed.folder) as first:
        until(lambda: jobs(first), first)
        second = snakemake(harmed.folder)
        said, _ = first.communicate(timeout=600)
    assert first.returncode == 0, said
    assert second.returncode != 0
    told = message(second.stdout)
    assert "another build of this folder is running" in told
    harmed.whole()
    harmed.same_after()
    return told


def _changed(
    root: Path,
    work: Path,
    name: str,
    other: Callable[[bytes], bytes],
    read: Callable[[Path], bool],
    keep_time: bool,
) -> str:
    """Begin with another content of an input, put its own back once a build has read it, and return what was
    said.
    """
    harmed = evaluation(work, root)
    path = harmed.folder / name
    own, times = path.read_bytes(), path.stat()

    def put(content: bytes) -> None:
        path.write_bytes(content)
        if keep_time:
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    put(other(own))
    with started(harmed.folder) as process:
        until(lambda: read(harmed.folder), process)
        put(own)
        said, _ = process.communicate(timeout=600)
    assert process.returncode != 0, said
    told = message(said)
    assert f"{name} changed while the build ran" in told
    harmed.same_after()
    return told


def input_changes(root: Path, work: Path) -> str:
    """Change a data file while the build runs, after it was read."""

    def read(folder: Path) -> bool:
        result = Path("build", "results", "rates.json")
        return (folder / result).read_bytes() != (root / "old" / result).read_bytes()

    return _changed(
        root,
        work,
        "data/rates.csv",
        lambda own: own.replace(b"Westshire,71.0", b"Westshire,99.0"),
        read,
        keep_time=False,
    )


def chapter_changes(root: Path, work: Path) -> str:
    """Change a chapter while the build runs, and change it back so that its time stamp is old again."""

    def read(folder: Path) -> bool:
        return b"further sentence" in (folder / "build" / "report.qmd").read_bytes()

    return _changed(
        root, work, "report/one.qmd", lambda own: own + b"\nA further sentence.\n", read, keep_time=True
    )


def largest_file(root: Path, work: Path) -> str:
    """Build where no file may be larger than 100 kB, as on a disk that fills up while a file is written."""
    harmed = evaluation(work, root)
    told = message(stopped(harmed.folder, before=("prlimit", "--fsize=100000")))
    assert not list((harmed.folder / "build").rglob(".*.part"))
    harmed.whole()
    harmed.same_after()
    return told


def _mounted(place: Path, size: str) -> None:
    place.mkdir(parents=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, text=True
    )
    if done.returncode:
        raise Skip(f"a file system cannot be mounted here: {done.stderr.strip()}")


def _fill(place: Path) -> Path:
    """Take all room of a file system."""
    filler = place / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"\0" * 65536)
    with contextlib.suppress(OSError), filler.open("ab", buffering=0) as stream:
        while True:
            stream.write(b"\0")
    return filler


def full_disk(root: Path, work: Path) -> str:
    """Build on a disk that is full at the start, and on one that fills up once the jobs run."""
    _mounted(work, "90m")
    try:
        harmed = evaluation(work / "study", root)
        filler = _fill(work)
        told = message(snakemake(harmed.folder).stdout)
        assert "the disk is full" in told
        harmed.whole()
        filler.unlink()
        with started(harmed.folder) as process:
            until(lambda: jobs(process), process)
            filler = _fill(work)
            said, _ = process.communicate(timeout=600)
        assert process.returncode != 0, said
        assert "the disk is full" in said, said
        harmed.whole()
        filler.unlink()
        harmed.same_after()
        return f"at the start: {told}; in the middle: the disk is full, with the same remedy"
    finally:
        subprocess.run(["umount", str(work)], check=False)


def without_rights() -> tuple[str, ...]:
    """Return the command that runs another without root's right to read and write everything."""
    if os.geteuid() != 0:
        return ()
    command = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if not shutil.which("setpriv") or subprocess.run([*command, "true"], capture_output=True).returncode:
        raise Skip("root may read and write everything, and that right cannot be dropped here")
    return command


def _forbidden(root: Path, work: Path, name: str, mode: int) -> str:
    """Build where a file or folder has other permissions; return what was said."""
    harmed = evaluation(work, root)
    place = harmed.folder / name
    usual = place.stat().st_mode
    place.chmod(mode)
    try:
        told = message(stopped(harmed.folder, before=without_rights()))
    finally:
        place.chmod(usual)
    assert not differing(manifest(harmed.folder / "build"), harmed.old)
    harmed.same_after()
    return told


def read_only_build(root: Path, work: Path) -> str:
    """Build where build/ cannot be written."""
    told = _forbidden(root, work, "build", 0o555)
    assert "build cannot be written" in told
    return told


def unreadable_input(root: Path, work: Path) -> str:
    """Build where a data file may not be read."""
    told = _forbidden(root, work, "data/rates.csv", 0o000)
    assert "data/rates.csv" in told
    return told


def half_written_result(root: Path, work: Path) -> str:
    """Cut files in build/ in the middle, as a copy that was broken off does, and build on."""
    harmed = evaluation(work, root)
    for name in ("draft/values.json", "results/rates.json", "report.html", ".records/values.json"):
        for path in (harmed.folder / "build").glob(name.replace(".json", "*.json")):
            path.write_bytes(path.read_bytes()[:200])
    harmed.same_after()
    return "no message: what was cut is made again, and the next build has the same bytes"


def _engine_with(work: Path, name: str, text: str) -> Path:
    """Return a copy of the engine in which a package is not what it should be."""
    engine = work.with_name(f"{work.name}-engine")
    for part in ("Snakefile", "pyproject.toml", "scripts", "src", "templates"):
        source = ENGINE / part
        (
            shutil.copytree(source, engine / part)
            if source.is_dir()
            else (
                engine.mkdir(exist_ok=True),
                shutil.copy(source, engine / part),
            )
        )
    (engine / "src" / f"{name}.py").write_text(text, encoding="utf-8")
    return engine


def _lacking(root: Path, work: Path, name: str, text: str, *parts: str) -> str:
    harmed = evaluation(work, root)
    told = message(stopped(harmed.folder, engine=_engine_with(work, name, text)))
    for part in parts:
        assert part in told
    harmed.whole()
    harmed.same_after()
    return told


def missing_font(root: Path, work: Path) -> str:
    """Build where the package of the report's font has no font."""
    text = "def path(name):\n    raise FileNotFoundError(name)\n"
    return _lacking(root, work, "fontpkg", text, "the font Arimo is not installed", "pip install")


def missing_pango(root: Path, work: Path) -> str:
    """Build where WeasyPrint does not find Pango (simulated by the error that it raises then)."""
    text = "raise OSError(\"cannot load library 'libpango-1.0-0': error 0x7e\")\n"
    return _lacking(root, work, "weasyprint", text, "cannot find Pango", "apt-get install")


def memory(root: Path, work: Path, limits: tuple[int, ...] = (60, 120, 200)) -> str:
    """Build with limits on the memory of each job, in MiB, under which one job or another cannot finish."""
    found = []
    for limit in limits:
        harmed = evaluation(work / str(limit), root)
        text = f"import resource\nresource.setrlimit(resource.RLIMIT_AS, ({limit * 1024 * 1024},) * 2)\n"
        with started(harmed.folder, engine=_engine_with(work / str(limit), "sitecustomize", text)) as process:
            said, _ = process.communicate(timeout=600)
        if process.returncode == 0:
            found.append(f"{limit} MiB a job: enough")
        else:
            told = message(said)
            assert "memory" in told, said
            found.append(f"{limit} MiB a job: {told}")
            harmed.whole()
        harmed.same_after()
    return "; ".join(found)


@dataclass(frozen=True)
class Fault:
    """A fault, and how long it takes to bring it about."""

    what: str
    run: Callable[..., str]
    quick: bool = False
    options: dict = field(default_factory=dict)


FAULTS = [
    Fault("kill -9 of the whole build, in each stage at a moment drawn at random", killed_at_random),
    Fault(
        "kill -9 of the whole build at 20 moments drawn at random, over an existing report", killed_anywhere
    ),
    Fault("kill -9 of Snakemake alone, while its jobs go on", killed_alone),
    Fault("kill -9 of one job, as a system without memory does", job_killed, quick=True),
    Fault("a disk that is full, at the start and in the middle", full_disk),
    Fault("no file may be larger than 100 kB (ulimit -f)", largest_file),
    Fault("an input that may not be read", unreadable_input),
    Fault("a file in build/ that was cut in the middle", half_written_result),
    Fault("a data file that changes while the build runs", input_changes, quick=True),
    Fault("a chapter that changes while the build runs, and keeps its time stamp", chapter_changes),
    Fault("build/ that cannot be written", read_only_build, quick=True),
    Fault("two builds of one folder at once", two_at_once),
    Fault("no font of the report", missing_font),
    Fault("no Pango", missing_pango, quick=True),
    Fault("too little memory (ulimit -v)", memory),
]
