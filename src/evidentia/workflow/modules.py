"""The modules of the engine that a script uses, and the digest that stands for them in a step's key."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from evidentia.core.files import digest
from evidentia.core.paths import ENGINE, source_of
from evidentia.core.reference import Reference, module_of
from evidentia.workflow.versions import versions

_IMPORT = re.compile(
    r"^\s*(?:from\s+(evidentia[\w.]*)\s+import\s+(\([\w\s,]*\)|[\w ,]*)|import\s+(evidentia[\w.]*))",
    re.MULTILINE,
)
_REFERENCE = re.compile(r'"(evidentia(?:\.\w+)+):\w+"')


@cache
def code(script: str, *references: Reference, engine: Path = ENGINE) -> str:
    """Return a digest of a script, of every module of the engine that it uses, and of the versions of what
    these import.

    As a part of a step's key it makes a changed module re-run the steps that depend on it, and no others.

    Parameters
    ----------
    script : str
        Path from the engine's root.
    references
        Functions of designs that the script calls.
    engine : Path
    """
    texts = {path: _text(path) for path in modules(script, *references, engine=engine)}
    named = [reference if isinstance(reference, str) else module_of(reference) for reference in references]
    others = {path: _text(path) for reference in references for path in _of_others(module_of(reference))}
    own = [[os.path.relpath(path, engine), _known(path)] for path in texts]
    return digest([own, [[path.name, _known(path)] for path in others], named, versions({**texts, **others})])


def modules(script: str, *references: Reference, engine: Path = ENGINE) -> list[Path]:
    """Return a script and every module of the engine that it imports, directly or through others.

    Imports inside functions count, and so do references of the form ``"evidentia.module:function"``. The
    registry of designs is taken to import every design's object, and with it the settings; the functions
    of a design count only where `references` names them.
    """
    found: dict[Path, None] = {}
    package = source_of(engine) / "evidentia"
    waiting = [
        engine / script,
        *(file for one in references for file in _module_files(module_of(one), engine)),
    ]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            waiting += [file for module in _imported(path) for file in _module_files(module, engine)]
            if path == package / "config" / "registry.py":
                waiting += sorted((package / "designs").glob("*/design.py"))
    return sorted(found)


@cache
def _of_others(module: str) -> list[Path]:
    """Return the files of the package that a module of another distribution belongs to."""
    top = module.partition(".")[0]
    spec = find_spec(top) if top != "evidentia" else None
    if spec is None or spec.origin is None:
        return []
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]


def folder_digest(folder: Path) -> str:
    """Return a digest of the files of a folder, such as the templates."""
    return digest([[path.name, _text(path)] for path in sorted(folder.iterdir()) if path.is_file()])


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _known(path: Path) -> str:
    return digest(_text(path))


@cache
def _imported(path: Path) -> list[str]:
    names = []
    for package, imported, plain in _IMPORT.findall(_text(path)):
        names += [
            plain or package,
            *(f"{package}.{name}" for name in re.findall(r"\w+", imported) if package),
        ]
    return names + _REFERENCE.findall(_text(path))


@cache
def _module_files(module: str, engine: Path) -> list[Path]:
    source = source_of(engine)
    parts = module.split(".")
    base = source.joinpath(*parts)
    packages = [source.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts))]
    own = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    return [path for path in [*packages, own] if path.is_file()]
