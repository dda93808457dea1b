"""Times the preview: from saving a chapter of the default evaluation until a browser shows it.

    python benchmarks/run.py --only preview

Every chapter is saved in turn with one more sentence, and the page of the whole report is open. Without a
Chromium the time until the page can be asked for is measured alone.
"""

import http.client
import json
import shutil
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import measure

GOAL = 1.5
"""Seconds from saving a chapter until it is shown, on 2 cores."""


def copied(folder: Path) -> Path:
    """Copy the default evaluation and build its numbers."""
    for name in ("data", "report"):
        shutil.copytree(measure.ENGINE / name, folder / name)
    shutil.copy(measure.ENGINE / "config.yaml", folder)
    measure.build(folder, measure.SNAKEFILE, "--cores", "2", "values")
    return folder


class Reader:
    """Somebody who looks at the page: a browser where there is one."""

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)
        self.page = None

    def state(self) -> dict[str, object]:
        """Return what the server has."""
        connection = http.client.HTTPConnection(self.address.netloc)
        connection.request("GET", f"{self.address.path}state")
        found: dict[str, object] = json.loads(connection.getresponse().read())
        connection.close()
        return found

    def sees(self, words: str) -> bool:
        """Tell whether words are on the page."""
        if self.page is not None:
            return bool(self.page.evaluate("words => document.body.textContent.includes(words)", words))
        return words in str(self.state()["content"])


def saved(folder: Path, chapters: list[str], reader: Reader) -> list[float]:
    """Save each chapter with a sentence more; return the seconds until it is seen."""
    found = []
    for count, path in enumerate(chapters):
        words = f"This sentence was added as number {'i' * (count + 1)} of all."
        text = (folder / path).read_text(encoding="utf-8")
        start = time.perf_counter()
        (folder / path).write_text(f"{text.rstrip()}\n\n{words}\n", encoding="utf-8")
        while not reader.sees(words):
            time.sleep(0.02)
        found.append(time.perf_counter() - start)
        time.sleep(0.5)
    return found


def measured(folder: Path) -> tuple[str, list[float]]:
    """Return who looked, and the seconds of each save."""
    from evidentia.config.load import load_config
    from evidentia.preview.run import Preview

    chapters = load_config(folder).report.chapters
    preview, ready = Preview(folder), threading.Event()
    runs = threading.Thread(target=preview.run, args=(ready.set,))
    runs.start()
    ready.wait()
    reader = Reader(preview.address)
    while preview.numbers.state != "fresh" or reader.state()["waits"]:
        time.sleep(0.2)
    try:
        return _looked(folder, chapters, reader, preview.address)
    finally:
        preview.stop()
        runs.join()


def _looked(folder: Path, chapters: list[str], reader: Reader, address: str) -> tuple[str, list[float]]:
    from evidentia.prove.checks.browser import QUIET, _chromium
    from evidentia.prove.checks.check import CannotRun

    try:
        program = _chromium()
        from playwright.sync_api import sync_playwright
    except (CannotRun, ImportError):
        return "no browser", saved(folder, chapters, reader)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=[*QUIET, "--no-sandbox"])
        reader.page = browser.new_page()
        reader.page.goto(address)
        reader.page.wait_for_selector("html[data-edition]")
        found = f"Chromium {browser.version.split('.')[0]}", saved(folder, chapters, reader)
        browser.close()
    return found


def main() -> dict[str, object]:
    """Return what was measured beside the goal."""
    with tempfile.TemporaryDirectory() as name:
        reader, seconds = measured(copied(Path(name)))
    ordered = sorted(seconds)
    return {
        "reader": reader,
        "saves": len(seconds),
        "median_seconds": round(ordered[len(ordered) // 2], 3),
        "goals": [
            {
                "goal": "From saving a chapter until it is shown, seconds (slowest chapter)",
                "value": round(ordered[-1], 3),
                "at_most": GOAL,
                "met": ordered[-1] <= GOAL,
            }
        ],
    }
