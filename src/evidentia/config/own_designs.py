"""Designs of an evaluation folder: loaded once they are trusted, and from exactly the bytes that were
trusted.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from evidentia.config.registry import Registry, installed
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import digest
from evidentia.core.programs import Programs
from evidentia.core.text import read_bytes
from evidentia.core.trust import check_trust
from evidentia.data.requirements import check_requirements

PREFIX = "evidentia_own_"
"""What begins the name of the package that holds a folder's designs."""

_KNOWN: dict[str, Registry] = {}


def registry_of(folder: Path, raw: Any) -> Registry:
    """Return the designs that a configuration can name: those installed, and those of its own folder.

    Parameters
    ----------
    folder : Path
    raw : object
        config.yaml as it was read.

    Raises
    ------
    EvidentiaError
        If the folder's designs are not trusted, are not there, or cannot be loaded.
    """
    named = raw.get("designs") if isinstance(raw, dict) else None
    if not isinstance(named, list) or not named or not all(isinstance(path, str) for path in named):
        return installed()
    programs = check_trust(folder)
    key = digest([str(folder.resolve()), named, dict(programs.files)])
    if key not in _KNOWN:
        _KNOWN[key] = _registry(folder, named, programs, f"{PREFIX}{key}")
    return _KNOWN[key]


def _registry(folder: Path, named: Sequence[str], programs: Programs, package: str) -> Registry:
    registry = Registry()
    for module, design in installed().objects:
        registry.add(design, module)
    for path in named:
        if path not in programs.files or not path.endswith(".py"):
            raise EvidentiaError(
                f"the design {path} is not there, or is no Python file",
                where=str(folder / "config.yaml"),
                remedy=f"create it, or correct the path; {did_you_mean(path, programs.files)}",
            )
        check_requirements(folder, path)
        module = _module_of(path, package)
        registry.add(_loaded(folder, path, module, programs), module, path)
    return registry


def _module_of(path: str, package: str) -> str:
    return ".".join([package, *Path(path).with_suffix("").parts])


def _loaded(folder: Path, path: str, module: str, programs: Programs) -> Any:
    """Return the object DESIGN of a file."""
    package = module.partition(".")[0]
    if package not in sys.modules:
        sys.meta_path.append(_Finder(folder.resolve(), package, programs.files))
        importlib.import_module(package)
    try:
        found = importlib.import_module(module)
    except EvidentiaError:
        raise
    except (Exception, SystemExit) as error:
        own = [
            step
            for step in traceback.extract_tb(error.__traceback__)
            if step.filename.startswith(str(folder.resolve()))
        ]
        line = f", line {own[-1].lineno}" if own else ""
        raise EvidentiaError(
            f"the design cannot be loaded: {type(error).__name__}: {error}",
            where=f"{path}{line}",
            remedy="correct it; docs/own_design.md shows a whole one",
        ) from error
    return getattr(found, "DESIGN", None)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of a folder's designs among the files that were trusted."""

    def __init__(self, folder: Path, package: str, files: Mapping[str, str]) -> None:
        self.folder, self.package, self.files = folder, package, files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return how a module is loaded, if it is one of these."""
        if fullname == self.package:
            return importlib.machinery.ModuleSpec(fullname, None, is_package=True)
        if not fullname.startswith(f"{self.package}."):
            return None
        own = fullname.removeprefix(f"{self.package}.").replace(".", "/")
        for name in (f"{own}.py", f"{own}/__init__.py"):
            if name in self.files:
                loader = _Loader(fullname, self.folder / name, name, self.files[name])
                return importlib.util.spec_from_file_location(
                    fullname,
                    self.folder / name,
                    loader=loader,
                    submodule_search_locations=_inside(self.folder, name),
                )
        if any(name.startswith(f"{own}/") for name in self.files):
            return importlib.machinery.ModuleSpec(fullname, None, is_package=True)
        return None


def _inside(folder: Path, name: str) -> list[str] | None:
    return [str((folder / name).parent)] if name.endswith("/__init__.py") else None


class _Loader(importlib.abc.SourceLoader):
    """Loads a module from the bytes that were trusted, never from what a cache beside it holds."""

    def __init__(self, module: str, file: Path, path: str, known: str) -> None:
        self.module, self.file, self.path, self.known = module, file, path, known

    def get_filename(self, fullname: str) -> str:
        """Return the module's file."""
        return str(self.file)

    def get_data(self, path: str | bytes) -> bytes:
        """Return the module's text."""
        data, now = read_bytes(self.file, self.path)
        if now != self.known:
            raise EvidentiaError(
                f"{self.path} changed while it was loaded", remedy="run the same command again"
            )
        return data

    def path_stats(self, path: str | bytes) -> Mapping[str, Any]:
        """Say that no cache is to be used."""
        raise OSError(f"{self.path} is always compiled")


def shown_module(name: str) -> str:
    """Return a module's name as a reader knows it: the file, for one of a folder's designs."""
    package, _, own = name.partition(".")
    return f"{own.replace('.', '/')}.py" if package.startswith(PREFIX) else name
