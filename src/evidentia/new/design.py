"""`evidentia new-design`: a repository with a design of one's own, and a test that passes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from evidentia.config.registry import installed
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import write_whole
from evidentia.new.write import check_folder

_NAMES = {"dot-pyproject": "pyproject.toml", "dot-gitignore": ".gitignore"}
"""Files whose own names would mean something here."""

TEMPLATE = Path(__file__).resolve().parent / "design_template"


def write_design(name: str, folder: Path) -> list[str]:
    """Write a repository with a design and return its files.

    Parameters
    ----------
    name : str
        Of the design, and of its package.
    folder : Path
        New or empty.

    Raises
    ------
    EvidentiaError
        If the name cannot be one or is taken, or the folder is not empty.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise EvidentiaError(
            f"'{name}' cannot be the name of a design",
            remedy="begin with a small letter, then small letters, digits or _: evidentia new-design medians",
        )
    if name in installed().designs or name in sys.stdlib_module_names or name == "evidentia":
        raise EvidentiaError(f"there is a design or a module '{name}' already", remedy="choose another name")
    check_folder(folder)
    values = {"name_of_design": name, "name-of-design": name.replace("_", "-")}
    written = {f"src/{name}/__init__.py": f'"""The design `{name}`."""\n'}
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            place = path.relative_to(TEMPLATE).as_posix().replace("src/", f"src/{name}/")
            place = _NAMES.get(place, place)
            text = path.read_text(encoding="utf-8")
            for mark, value in values.items():
                text = text.replace(mark, value)
            written[place] = text
    for place, text in written.items():
        write_whole(folder / place, text)
    return sorted(written)
