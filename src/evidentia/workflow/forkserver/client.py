"""Runs a script through the server of `evidentia.workflow.forkserver`, or by itself.

    python -I -S client.py SCRIPT [ARGUMENT ...]

It loads nothing but what is built in, because it is started once a job.
"""

import _signal
import _socket
import os
import sys
from array import array

STANDARD = (0, 1, 2)
KILLED = 137  # what a shell reports for a process that was killed


def main() -> None:
    """Run the script of the command line and end with its exit code."""
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    place = os.environ.get("EVIDENTIA_FORKSERVER")
    server = handed_over(place) if place else None
    if server is None:
        os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
    try:
        code = server.recv(1)
    except OSError:
        code = b""
    os._exit(code[0] if code else KILLED)


def handed_over(place: str) -> _socket.socket | None:
    """Hand the script over to the server; return the connection, or None if there is no server."""
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    folder = os.getcwd()  # noqa: PTH109, because pathlib takes long to load
    environment = [f"{name}={value}" for name, value in os.environ.items()]
    request = "\0".join([folder, str(len(sys.argv) - 1), *sys.argv[1:], *environment]).encode("utf-8", "surrogateescape")
    try:
        server.connect(place)
        server.sendmsg([len(request).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array("i", STANDARD))])
        sent = 0
        while sent < len(request):
            sent += server.send(request[sent:])
        return server if server.recv(1) else None  # without that sign, the server has ended before it began
    except OSError:
        return None


if __name__ == "__main__":
    main()
