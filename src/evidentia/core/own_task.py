"""A task for a program of the evaluation folder: a Python function gets frames, any other program paths of
CSV files.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.core.programs import home_of
from evidentia.core.running import Task
from evidentia.core.scratch import OUT

_DRAWS = re.compile(r"\b(?:matplotlib|seaborn|plotnine)\b")


def task_for(program: str, name: str, child: str, frames: Mapping[str, Any], given: Any) -> Task:
    """Return what is to run.

    Parameters
    ----------
    program : str
    name : str
        What it is for.
    child : str
        Reference to what runs a Python function.
    frames : dict of str to pandas.DataFrame
        Its data sets.
    given : object
        ``files``, ``settings``, ``minutes`` and ``check_twice``, as config.yaml says them.
    """
    told = json.dumps(given.settings, default=str, sort_keys=True)
    more: dict[str, Any] = {"minutes": given.minutes, "twice": given.check_twice, "files": tuple(given.files)}
    if program.endswith(".py"):
        content = {
            "program": program,
            "closed": str(Path().resolve()),
            "tables": {id: f"in/{id}.pickle" for id in frames},
            "settings": json.loads(told),
        }
        inputs = {f"in/{id}.pickle": _pickled(frame) for id, frame in frames.items()}
        inputs["in/task.json"] = json.dumps(content).encode()
        inputs |= _fonts() if draws(Path(home_of(program))) else {}
        command = (
            sys.executable,
            "-P",
            "-X",
            "pycache_prefix={scratch}/tmp/pycache",
            "-m",
            child.partition(":")[0],
        )
        return Task(program, name, (*command, "in/task.json"), inputs=inputs, **more)
    inputs = {f"in/{id}.csv": _csv(frame) for id, frame in frames.items()}
    variables = {"EVIDENTIA_SETTINGS": told} | {
        f"SETTING_{key.upper()}": str(value)
        for key, value in given.settings.items()
        if isinstance(value, str | int | float)
    }
    return Task(program, name, inputs=inputs, arguments=(*inputs, OUT), variables=variables, **more)


def draws(home: Path) -> bool:
    """Tell whether a Python program in a folder draws with matplotlib, by what its files import."""
    return any(
        _DRAWS.search(path.read_text(encoding="utf-8", errors="ignore")) for path in home.rglob("*.py")
    )


def _fonts() -> dict[str, bytes]:
    """Return matplotlib's list of fonts, which takes seconds to make; this process makes it if there is none
    yet.
    """
    import matplotlib as mpl
    import matplotlib.font_manager

    kept = Path(mpl.get_cachedir()).glob("fontlist-*.json")
    return {f"tmp/matplotlib/{path.name}": path.read_bytes() for path in kept}


def _pickled(frame: Any) -> bytes:
    import io

    content = io.BytesIO()
    frame.reset_index(drop=True).to_pickle(content)
    return content.getvalue()


def _csv(frame: Any) -> bytes:
    """Return a table as it was read and checked, as CSV: whole numbers without a point, nothing for what is
    missing.
    """
    from evidentia.core.cell_texts import as_texts

    return bytes(
        frame.reset_index(drop=True).apply(as_texts).to_csv(index=False, lineterminator="\n").encode()
    )
