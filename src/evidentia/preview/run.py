"""``evidentia preview``: the server, the watcher and the numbers, together until the user ends it."""

from __future__ import annotations

import json
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.preview import page
from evidentia.preview.edition import BUILDING, FAILED, as_json
from evidentia.preview.numbers import Numbers
from evidentia.preview.server import Answer, Server
from evidentia.preview.session import Session
from evidentia.preview.watch import changes
from evidentia.workflow.preconditions import check

_PLAIN = "default-src 'none'; frame-ancestors 'none'"
_SAYS = {BUILDING: "The numbers are being rebuilt …", FAILED: "The numbers could not be rebuilt:"}


class Preview:
    """A preview of an evaluation folder.

    Parameters
    ----------
    folder : Path
        With config.yaml.
    port : int
        0 for any that is free.
    cores : str
        For numbers that are rebuilt; a number, or ``all``.
    """

    def __init__(self, folder: Path, port: int = 0, cores: str = "all") -> None:
        self.folder = folder
        self.session = Session(folder)
        self._stop = threading.Event()
        self._news = threading.Condition()
        self._count = 0
        self.server = _serving(port, self._answer, self._next)
        self.numbers = Numbers(folder, self._numbers_changed, cores)

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return self.server.address

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop`, and call `ready` when the page can be asked for."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.numbers.look()
        self._refresh()
        ready()
        try:
            for changed in changes(self.folder, self._stop):
                if _decides_numbers(changed):
                    self.numbers.look()
                self._refresh()
        finally:
            self.numbers.end()
            self.server.shutdown()
            self.server.server_close()

    def stop(self) -> None:
        """End `run`."""
        self._stop.set()

    def _refresh(self) -> None:
        self.session.refresh()
        self._tell()

    def _numbers_changed(self) -> None:
        if self.numbers.state == BUILDING or self._stop.is_set():
            self._tell()
        else:
            self._refresh()

    def _tell(self) -> None:
        with self._news:
            self._count += 1
            self._news.notify_all()

    def _next(self, last: int, seconds: float) -> dict[str, Any] | None:
        """Return the newest news, as soon as they are newer than the last that somebody has."""
        with self._news:
            if not self._news.wait_for(lambda: self._count != last, seconds):
                return None
            said = _SAYS.get(self.numbers.state, "")
            numbers = "\n".join(filter(None, [said, self.numbers.fault]))
            return {"number": self._count, "edition": self.session.number, "numbers": numbers}

    def _answer(self, path: str, chapter: str) -> Answer | None:
        edition = self.session.edition
        if path == "":
            return _page(self.session, chapter)
        if path == "state":
            state = {
                **as_json(edition),
                "edition": self.session.number,
                "waits": self.session.waits,
                "chapters": [[one.path, one.title] for one in edition.chapters if one.path],
                "content": page.content(edition, chapter),
            }
            return json.dumps(state, ensure_ascii=False), "application/json", _PLAIN
        return None


def _page(session: Session, chapter: str) -> Answer:
    text, rules = page.whole(session.edition, chapter)
    return text, "text/html", rules


def _serving(port: int, answer: Callable[[str, str], Answer | None], news: Callable[..., Any]) -> Server:
    try:
        return Server(port, answer, news)
    except OSError as error:
        raise EvidentiaError(
            f"port {port} cannot be served: {error.strerror}",
            remedy="end what uses it, or give another: evidentia preview --port 8123",
        ) from None


def _decides_numbers(changed: set[str]) -> bool:
    """Tell whether a change may be one of numbers; whether it is, the numbers' own records say."""
    return not all(path.endswith((".qmd", ".bib", ".csl")) for path in changed)


def preview(folder: Path, port: int, show: bool, say: Callable[[str], None], cores: str = "all") -> None:
    """Show a folder's report in a browser until the user ends it.

    Parameters
    ----------
    folder : Path
    port : int
    show : bool
        Open a browser.
    say : callable
        Writes a line for the user.
    cores : str
    """
    if not (folder / "config.yaml").is_file():
        raise EvidentiaError(
            "there is no config.yaml",
            where=str(folder.resolve()),
            remedy="name an evaluation folder: evidentia preview FOLDER",
        )
    check(folder)
    load_config(folder)  # a folder that cannot be read is said here, before anything is served
    shown = Preview(folder, port, cores)

    def ready() -> None:
        say(f"Previewing {folder.resolve()}\n\n  {shown.address}\n\nSave a chapter to see it. Ctrl+C ends.")
        if show:
            webbrowser.open(shown.address)

    try:
        shown.run(ready)
    except KeyboardInterrupt:
        shown.stop()
