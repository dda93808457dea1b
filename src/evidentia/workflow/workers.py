"""Processes that share tasks among them."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

Work = Callable[..., Any]


class Crew:
    """Processes forked from this one, so that they know all that it knows.

    With one process, the work is done in this one. The processes end when this one does, however it ends.

    Parameters
    ----------
    work : callable
        Does a task: takes the name of a thing and what is to be done with it. All tasks of a name are done in the same
        process, which may keep something from one to the next. The result travels from process to process.
    size : int
        Number of processes.
    """

    def __init__(self, work: Work, size: int) -> None:
        self._work = work
        self._waiting: list[tuple[int, int, Any]] = []
        self._members: list[_Member] = []
        self._homes: dict[int, _Member] = {}
        if size > 1:
            context = multiprocessing.get_context("fork")
            for _ in range(size):
                self._members.append(_Member(context, work, [member.connection for member in self._members]))

    def submit(self, name: int, task: Any, rank: int = 0) -> None:
        """Give a task; those of a lower rank are done first, and a name has one at a time."""
        self._waiting.append((rank, name, task))
        self._waiting.sort(key=lambda item: item[0])
        self._hand_out()

    def next(self) -> tuple[int, Any]:
        """Wait until a task is done; return its name and its result.

        Raises
        ------
        MemoryError
            If the system has ended a process.
        Exception
            What the task raised.
        """
        if not self._members:
            _, name, task = self._waiting.pop(0)
            return name, self._work(name, task)
        busy = {member.connection: member for member in self._members if member.busy_with is not None}
        member = busy[wait(list(busy))[0]]
        try:
            result, error = member.connection.recv()
        except (EOFError, ConnectionError):
            raise MemoryError("the system has ended a process") from None
        if error is not None:
            raise error
        name, member.busy_with = member.busy_with, None
        self._hand_out()
        return name, result

    def _hand_out(self) -> None:
        for item in list(self._waiting):
            _, name, task = item
            home = self._homes.get(name)
            free = [member for member in ([home] if home else self._members) if member.busy_with is None]
            if free:
                self._waiting.remove(item)
                self._homes[name] = free[0]
                free[0].busy_with = name
                free[0].connection.send((name, task))

    def close(self) -> None:
        """End the processes."""
        for member in self._members:
            member.connection.close()
            member.process.terminate()
            member.process.join()


class _Member:
    """One process, and the name of the thing that it works on."""

    def __init__(self, context: Any, work: Work, others: list[Connection]) -> None:
        self.busy_with: Any = None
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(work, theirs, [*others, self.connection]), daemon=True)
        self.process.start()
        theirs.close()


def _serve(work: Work, connection: Connection, others: list[Connection]) -> None:
    """Do what comes, until the process at the other end is gone."""
    for other in others:  # as long as any process holds them open, nobody sees that end
        other.close()
    while True:
        try:
            name, task = connection.recv()
            try:
                answer: tuple[Any, Exception | None] = work(name, task), None
            except Exception as error:
                error.add_note(traceback.format_exc())
                answer = None, error
            connection.send(answer)
        except (EOFError, ConnectionError, KeyboardInterrupt):
            return
