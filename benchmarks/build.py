"""Times whole builds of the default evaluation beside the floor of the same machine: what cannot be saved.

    python benchmarks/build.py [--repeats N]

Prints, in seconds (the best of N): an empty Snakemake workflow, the HTML engine and WeasyPrint alone on the
finished files, a cold build, an unchanged rebuild and a rebuild after one word changed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


def snakemake(folder: Path, snakefile: Path) -> float:
    profile = ["--workflow-profile", str(ENGINE / "profiles" / "default")]
    command = [PYTHON, "-m", "snakemake", "--snakefile", str(snakefile), "--directory", str(folder), *profile]
    return seconds(command, folder)


def seconds(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def fresh(folder: Path) -> Path:
    for name in ("data", "report"):
        shutil.copytree(ENGINE / name, folder / name)
    shutil.copy(ENGINE / "config.yaml", folder)
    return folder


def measure(repeats: int) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for repeat in range(repeats):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            (root / "empty").mkdir()
            (root / "empty" / "Snakefile").write_text("rule all:\n")
            folder = fresh(root / "evaluation")
            times = {"empty Snakemake workflow": snakemake(root / "empty", root / "empty" / "Snakefile")}
            times["cold build"] = snakemake(folder, ENGINE / "Snakefile")
            times["unchanged rebuild"] = snakemake(folder, ENGINE / "Snakefile")
            chapter = next((folder / "report").glob("key-messages*"))
            chapter.write_text(chapter.read_text() + f"\nA new word, {'again ' * repeat}here.\n")
            times["one-word rebuild"] = snakemake(folder, ENGINE / "Snakefile")
            times["HTML from composed words"] = seconds([PYTHON, str(ENGINE / "scripts" / "webpage.py")], folder)
            code = "from weasyprint import HTML; HTML('build/report.html').write_pdf('alone.pdf', pdf_variant='pdf/ua-1')"
            times["WeasyPrint alone on the finished HTML"] = seconds([PYTHON, "-c", code], folder)
        for what, value in times.items():
            found.setdefault(what, []).append(value)
    return {what: min(values) for what, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=3)
    times = measure(parser.parse_args().repeats)
    empty = times["empty Snakemake workflow"]
    for what, value in times.items():
        print(f"{what:40s} {value:6.2f} s   {value / empty:5.2f} times the empty workflow")


if __name__ == "__main__":
    main()
