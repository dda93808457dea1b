"""The numbers in the background: the engine's own build, as far as the values, beside the page."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.preview.edition import BUILDING, FAILED, FRESH
from evidentia.workflow.command import command, environment
from evidentia.workflow.fresh import are_fresh

PATIENCE = 20.0
"""Seconds for a build that is told to end."""

BUSY = 3.0
"""Seconds between two looks at a folder in which another build runs."""

_SAID = re.compile(r"^evidentia: (.*(?:\n  .*)*)", re.MULTILINE)
_OTHER = "another build of this folder is running"


class Numbers:
    """Rebuilds the numbers of a folder whenever they are asked for and are not fresh.

    Parameters
    ----------
    folder : Path
    changed : callable
        Called, from another thread, when `state` has changed.
    cores : str
        A number, or ``all``.
    """

    def __init__(self, folder: Path, changed: Callable[[], None], cores: str = "all") -> None:
        self.folder, self.cores = folder, cores
        self.state = FRESH
        self.fault = ""
        self._changed = changed
        self._asked = threading.Event()
        self._ended = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Look whether the numbers are fresh, and rebuild them if not; a build that runs is begun again."""
        with self._lock:
            self._asked.set()
            self._stop()

    def end(self) -> None:
        """Stop for good."""
        with self._lock:
            self._ended.set()
            self._asked.set()
            self._stop()
        self._thread.join(PATIENCE + 1)

    def _stop(self) -> None:
        process = self._process
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)

    def _work(self) -> None:
        while True:
            self._asked.wait()
            if self._ended.is_set():
                return
            self._asked.clear()
            try:
                if are_fresh(self.folder):
                    self._say(FRESH)
                else:
                    self._say(BUILDING)
                    self._build()
            except EvidentiaError as error:
                self._say(FAILED, str(error))

    def _build(self) -> None:
        with self._lock:
            if self._asked.is_set():  # asked again meanwhile
                return
            self._process = subprocess.Popen(
                command(self.folder, False, self.cores, ["values"]),
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
            with contextlib.suppress(ProcessLookupError):  # the page, which somebody waits for, comes first
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)
        try:
            said, _ = self._process.communicate()
        finally:
            code, self._process = self._process.returncode, None
        if self._asked.is_set():
            return
        if code == 0:
            self._say(FRESH)
        elif _OTHER in said:
            self._say(BUILDING, "another build of this folder is running; its numbers are waited for")
            if not self._asked.wait(BUSY):
                self._asked.set()
        else:
            faults = dict.fromkeys(found.strip() for found in _SAID.findall(said))
            self._say(FAILED, "\n".join(faults) or said[-2000:].strip() or f"the build ended with {code}")

    def _say(self, state: str, fault: str = "") -> None:
        self.state, self.fault = state, fault
        self._changed()
