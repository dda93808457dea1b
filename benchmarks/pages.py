"""Times and weighs the pages of a generated report of 60 pages and more, against the goals.

    python benchmarks/run.py --only pages

Builds the report once, then measures for the HTML and the PDF step alone: seconds, peak memory, pages and
size.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import long_report
from measure import alone
from pypdf import PdfReader

ENGINE = Path(__file__).resolve().parents[1]
MIB = 1024 * 1024
GOALS = {
    "HTML from composed words, seconds": 2.0,
    "PDF, seconds": 12.0,
    "PDF, peak memory in MiB": 700.0,
    "HTML, MiB": 3.0,
    "PDF, MiB": 3.0,
}


def build(folder: Path) -> None:
    """Build the report, so that each step can be timed alone."""
    profile = ["--workflow-profile", str(ENGINE / "profiles" / "default")]
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--snakefile",
        str(ENGINE / "Snakefile"),
        "--directory",
        str(folder),
        *profile,
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def step(script: str, folder: Path) -> tuple[float, float]:
    """Run one script; return seconds and peak memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        alone(script), cwd=folder, env={**os.environ, "PYTHONPATH": str(ENGINE / "src")}
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{script} failed")
    scale = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, usage.ru_maxrss * scale / MIB


def measure(chapters: int) -> tuple[int, dict[str, float]]:
    """Return the number of pages and what was measured, by the names of the goals."""
    with tempfile.TemporaryDirectory() as name:
        folder = long_report.write(Path(name), chapters)
        build(folder)
        html_seconds, _ = step("webpage.py", folder)
        pdf_seconds, pdf_memory = step("pdf.py", folder)
        pdf, page = folder / "build" / "draft" / "report.pdf", folder / "build" / "draft" / "report.html"
        pages = len(PdfReader(pdf).pages)
        values = (html_seconds, pdf_seconds, pdf_memory, page.stat().st_size / MIB, pdf.stat().st_size / MIB)
        return pages, dict(zip(GOALS, values, strict=True))


def main(chapters: int = 6) -> dict[str, object]:
    """Return what was measured beside the goals."""
    pages, measured = measure(chapters)
    rows = [
        {"goal": name, "value": round(value, 3), "at_most": GOALS[name], "met": value <= GOALS[name]}
        for name, value in measured.items()
    ]
    return {"pages": pages, "goals": rows}
