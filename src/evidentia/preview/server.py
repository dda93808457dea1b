"""The preview's server: loopback alone, read only, and for nobody but who holds the address.

A page of the web could send a browser here under another name (DNS rebinding), and another person on the same
machine could ask: so the name is checked, and every path begins with a key that only the terminal tells.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
"""Under which a browser may ask."""

PULSE = 15.0
"""Seconds after which a browser that waits hears something, so that one that has gone is noticed."""

_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Answer = tuple[str, str, str]
"""A body, its type, and its Content-Security-Policy."""


class Server(ThreadingHTTPServer):
    """A server on loopback.

    Parameters
    ----------
    port : int
        0 for any that is free.
    answer : callable
        Takes a path and a chapter; returns an `Answer`, or None where there is nothing.
    news : callable
        Takes the number of the last news that a browser has, and seconds to wait; returns the next, or None.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        port: int,
        answer: Callable[[str, str], Answer | None],
        news: Callable[[int, float], dict[str, Any] | None],
    ) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.answer = answer
        self.news = news
        self.key = secrets.token_urlsafe(16)

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.key}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version, sys_version = "Evidentia", ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer: the page, what is new of it, or news as they come."""
        refused = self._refused()
        if refused:
            self.send_error(refused)
            return
        asked = urlsplit(self.path)
        key, _, path = asked.path.removeprefix("/").partition("/")
        if not hmac.compare_digest(key.encode(), self.server.key.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path == "events":
            self._events()
        else:
            chapter = parse_qs(asked.query).get("chapter", [""])[0]
            found = self.server.answer(path, chapter)
            if found is None:
                self.send_error(HTTPStatus.NOT_FOUND)
            else:
                self._send(*found)

    def _refused(self) -> HTTPStatus | None:
        """Return why a request is not answered, if it is not."""
        hosts = {f"{name}:{self.server.server_port}" for name in NAMES}
        if self.headers.get_all("Host", []) not in [[host] for host in hosts]:
            return HTTPStatus.MISDIRECTED_REQUEST
        origin = self.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return HTTPStatus.FORBIDDEN
        from_elsewhere = self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        if from_elsewhere and self.headers.get("Sec-Fetch-Mode") != "navigate":
            return HTTPStatus.FORBIDDEN
        return None

    def _send(self, body: str, kind: str, policy: str) -> None:
        data = body.encode("utf-8")
        self.send_response(HTTPStatus.OK)
        self._head(kind, policy)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _head(self, kind: str, policy: str) -> None:
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        for name, value in _ALWAYS.items():
            self.send_header(name, value)

    def _events(self) -> None:
        """Send news as server-sent events for as long as the browser listens."""
        self.send_response(HTTPStatus.OK)
        self._head("text/event-stream", "default-src 'none'")
        self.end_headers()
        last = -1
        while True:
            news = self.server.news(last, PULSE)
            if news is None:
                self.wfile.write(b": still here\n\n")
            else:
                last = news["number"]
                self.wfile.write(f"data: {json.dumps(news)}\n\n".encode())
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what concerns the report."""
