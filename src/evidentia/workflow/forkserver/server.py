"""The server: python -m evidentia.workflow.forkserver.server PLACE, see `evidentia.workflow.forkserver`."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from evidentia.workflow.job import run, same_everywhere

LOADED = (
    "evidentia.config.load", "evidentia.core.results", "numpy", "pandas", "evidentia.data.references",
 "evidentia.disclosure.stage", "evidentia.charts.house", "lxml.html",
    "jinja2", "weasyprint", "pypdf",
)  # fmt: skip
"""What is loaded, in this order; scripts that come meanwhile get what there is."""

STANDARD = (0, 1, 2)


def main() -> None:
    """Listen at the place that the command line names, until the input ends."""
    same_everywhere()  # before numpy reads how many threads it may use
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # see evidentia.data.table
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, bury)
    place = Path(sys.argv[1])
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        server.listen(64)
        waiting = list(LOADED)
        try:
            while True:
                ready, _, _ = select.select([server, sys.stdin], [], [], 0 if waiting else None)
                if sys.stdin in ready:
                    break
                if server in ready:
                    take(server)
                elif waiting:
                    with contextlib.suppress(Exception):  # the script that needs it will say what is wrong
                        importlib.import_module(waiting.pop(0))
                    gc.freeze()  # so that the children leave what they share as it is
        finally:
            shutil.rmtree(place.parent, ignore_errors=True)


def bury(number: int, frame: object) -> None:
    """Take note of children that have ended, so that nothing of them is left."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def take(server: socket.socket) -> None:
    """Fork a process for the next script."""
    connection, _ = server.accept()
    if os.fork() == 0:
        server.close()
        serve(connection)
    connection.close()


def serve(connection: socket.socket) -> NoReturn:
    """Run one script as if it had been started by itself."""
    code = 1
    try:
        folder, arguments, environment = received(connection)
        end_with(connection)
        connection.send(b"!")
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        sys.argv = arguments
        sys.path.insert(0, str(Path(arguments[0]).parent))

        def script(*_: str) -> None:
            runpy.run_path(arguments[0], run_name="__main__")

        run(script)  # so that what fails at its imports is one message too
        code = 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
            connection.send(bytes([code & 255]))
        os._exit(0)


def received(connection: socket.socket) -> tuple[str, list[str], dict[str, str]]:
    """Take over input and output of a script; return its folder, its arguments and its environment."""
    head, sent, _, _ = socket.recv_fds(connection, 4, len(STANDARD))
    for own, theirs in zip(STANDARD, sent, strict=True):
        os.dup2(theirs, own)
        os.close(theirs)
    length, content = int.from_bytes(head, "big"), b""
    while len(content) < length:
        content += connection.recv(1 << 16)
    folder, count, *rest = content.decode("utf-8", "surrogateescape").split("\0")
    environment = dict(entry.split("=", 1) for entry in rest[int(count) :])
    return folder, rest[: int(count)], environment


def end_with(connection: socket.socket) -> None:
    """End this process when the client does, as a script ends that is killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def look(number: int, frame: object) -> None:
        if connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
            os._exit(143)

    signal.signal(signal.SIGIO, look)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)


if __name__ == "__main__":
    main()
