"""Calling a Python function of the evaluation folder, in the process that `evidentia.core.running` starts for
it.

The function sees what it writes or reads beside what is declared: the process refuses it by name.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from evidentia.core.errors import EvidentiaError

FAULT = Path("tmp/fault").resolve()
"""Where the process says what was wrong, for those who started it."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink")


class MissingSetting(KeyError, AttributeError):
    """A setting that config.yaml does not give."""


class Settings(dict[str, Any]):
    """What config.yaml tells a program: ``settings["start"]`` or ``settings.start``."""

    def __getattr__(self, name: str) -> Any:
        """Return a setting; one that is not there is an error that names those that are."""
        return self[name]

    def __missing__(self, name: str) -> Any:
        """Raise for a setting that config.yaml does not give."""
        known = ", ".join(self) or "none"
        raise MissingSetting(f"config.yaml gives no setting '{name}' to this program; it gives {known}")


def task_of(path: str) -> dict[str, Any]:
    """Return what the process is to do."""
    task: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return task


def refuse(what: str) -> NoReturn:
    """End the process; what is wrong is said as one message."""
    FAULT.write_text(what, encoding="utf-8")
    sys.exit(1)


def with_named_index(frame: Any) -> Any:
    """Return a frame whose index, where it has a name as after groupby, is a column."""
    named = any(name is not None for name in frame.index.names)
    return frame.reset_index() if named else frame


def call(task: dict[str, Any], name: str) -> Any:
    """Return what the function `name` of the task's program gives for its tables and settings."""
    import pandas as pd

    tables = {id: pd.read_pickle(path) for id, path in task["tables"].items()}
    program = Path(task["program"]).resolve()
    sys.path.insert(0, str(program.parent))
    _watch(Path(task["closed"]), Path.cwd())
    spec = importlib.util.spec_from_file_location(program.stem, program)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[program.stem] = module
    try:
        spec.loader.exec_module(module)
        function = getattr(module, name, None)
        if not callable(function):
            refuse(f"the program has no function {name}(tables, settings)")
        return function(tables, Settings(task["settings"]))
    except EvidentiaError as error:
        refuse(error.what + (f"; {error.remedy}" if error.remedy else ""))
    except MissingSetting as error:
        refuse(error.args[0])
    except Exception as error:
        _tell(error, program.parent)
        sys.exit(1)


def _tell(error: Exception, home: Path) -> None:
    """Print where a program failed, from its own first line on: those of its callers help nobody."""
    place = error.__traceback__
    while place is not None and not place.tb_frame.f_code.co_filename.startswith(f"{home}/"):
        place = place.tb_next
    traceback.print_exception(type(error), error, place)


def _watch(closed: Path, scratch: Path) -> None:
    """Refuse, and keep for the message, whatever is written outside the folder of this process, and what is
    read of the evaluation folder.
    """
    free = [str(path) for path in (scratch, Path("/dev"))]
    engine = [
        str(path) for path in (Path(__file__).resolve().parents[2], Path(sys.prefix), Path(sys.base_prefix))
    ]

    def outside(path: str) -> bool:
        return not any(path == place or path.startswith(f"{place}/") for place in free)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if arguments[2] & _WRITES and outside(path):
                _refused(f"the program writes {_told(path, closed)}, outside its output folder")
            inside = path.startswith(f"{closed}/") and not any(
                path.startswith(f"{place}/") for place in engine
            )
            if inside and outside(path) and not Path(path).is_dir():
                _refused(f"the program reads {_told(path, closed)}, which is not declared for it")
        elif event in _CHANGES and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if outside(path):
                _refused(f"the program changes {_told(path, closed)}, outside its output folder")

    sys.addaudithook(hook)


def _told(path: str, closed: Path) -> str:
    return path.removeprefix(f"{closed}/")


def _refused(what: str) -> NoReturn:
    if not FAULT.is_file():
        FAULT.write_text(what, encoding="utf-8")
    raise PermissionError(what)
