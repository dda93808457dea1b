"""How long a file of somebody else may keep this program busy."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from evidentia.core.errors import EvidentiaError

SECONDS = 120
"""Of the processor, so that a machine with much else to do is as patient."""


class _Enough(BaseException):
    """Passes whatever a library catches on the way."""


@contextmanager
def patience(where: str, seconds: float = SECONDS) -> Iterator[None]:
    """Give up what takes longer than it may, with a message.

    Parameters
    ----------
    where : str
        The file, for the message.
    seconds : float
        Of the processor. Only the main thread of a program can be stopped so, and not on Windows.

    Raises
    ------
    EvidentiaError
    """
    timer = getattr(signal, "ITIMER_PROF", None)
    if timer is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise _Enough

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(timer, seconds, 1.0)  # again, should anything swallow it
    try:
        yield
    except _Enough:
        raise EvidentiaError(
            f"reading it takes more than {seconds:g} seconds",
            where=where,
            remedy="give a part of it, or save it anew in another program",
        ) from None
    finally:
        signal.setitimer(timer, 0)
        signal.signal(signal.SIGPROF, before)
