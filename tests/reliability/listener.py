"""A web server of this machine that notes who asks."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Listener:
    """While it is open, every file of a folder that names the port {port} names its own.

    Attributes
    ----------
    asked : list of str
        Paths that somebody asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *arguments) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        for path in folder.rglob("*"):
            if path.is_file() and b"{port}" in path.read_bytes():
                path.write_bytes(path.read_bytes().replace(b"{port}", str(self.server.server_port).encode()))

    def __enter__(self) -> "Listener":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.server.shutdown()
        self.server.server_close()
