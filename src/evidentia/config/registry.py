"""The registry: every design that is installed, with its kinds of figures and tables.

A design is found as the object ``DESIGN`` of a module ``design`` in a package below `BUILT_IN`, or through
the entry point group `GROUP` of an installed package. Neither is listed anywhere else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any

from evidentia.config.design import Design, FigureKind, TableKind, faults_of, with_absolute_references
from evidentia.core.errors import EvidentiaError, raise_all

BUILT_IN = "evidentia.designs"
GROUP = "evidentia.designs"


class Registry:
    """Designs, kinds of figures and kinds of tables by the names that config.yaml uses.

    Attributes
    ----------
    designs : dict of str to Design
    figures : dict of str to FigureKind
    tables : dict of str to TableKind
    objects : list of tuple of str and Design
        Each design after the module that gives it.
    """

    def __init__(self) -> None:
        self.designs: dict[str, Design] = {}
        self.figures: dict[str, FigureKind] = {}
        self.tables: dict[str, TableKind] = {}
        self.objects: list[tuple[str, Design]] = []
        self._places: dict[tuple[str, str], str] = {}

    def add(self, design: Any, module: str, shown: str = "") -> None:
        """Add a design that a module gives; `shown` is what messages call the module, its name by default.

        Raises
        ------
        EvidentiaError
            Or `Problems`: the object is none of a design, or a name is taken.
        """
        shown = shown or module
        if not isinstance(design, Design):
            raise EvidentiaError(
                f"DESIGN is {type(design).__name__}, not evidentia.config.design.Design",
                where=shown,
                remedy="give the module one object DESIGN = Design(...); docs/designs.md shows one",
            )
        remedy = "correct the object; docs/designs.md shows a whole one"
        raise_all(
            EvidentiaError(f"the design cannot be used: {fault}", where=shown, remedy=remedy)
            for fault in faults_of(design)
        )
        design = with_absolute_references(design, module)
        self._take("design", design.name, design, self.designs, shown)
        for figure in design.figures:
            self._take("kind of figure", figure.name, figure, self.figures, shown)
        for table in design.tables:
            self._take("kind of table", table.name, table, self.tables, shown)
        self.objects.append((module, design))

    def names(self, section: str) -> list[str]:
        """Return the names that a section of config.yaml, such as ``figures``, can use."""
        return list(
            {"analyses": self.designs.keys(), "figures": self.figures.keys(), "tables": self.tables.keys()}[
                section
            ]
        )

    def _take(self, what: str, name: str, thing: Any, into: dict[str, Any], module: str) -> None:
        if name in into:
            raise EvidentiaError(
                f"there are two designs with the {what} '{name}': in {self._places[what, name]} and in"
                f" {module}",
                where=module,
                remedy="rename one of them, or uninstall its package",
            )
        into[name] = thing
        self._places[what, name] = module


def _built_in() -> Iterable[str]:
    package = importlib.import_module(BUILT_IN)
    for found in pkgutil.iter_modules(package.__path__, f"{BUILT_IN}."):
        if found.ispkg and find_spec(f"{found.name}.design"):
            yield f"{found.name}.design"


@cache
def installed() -> Registry:
    """Return the registry of the designs that are installed: the engine's own, then those of other packages.

    Raises
    ------
    EvidentiaError
        If a module gives no design, or two give one of the same name.
    """
    registry = Registry()
    for name in _built_in():
        registry.add(importlib.import_module(name).DESIGN, name)
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        registry.add(_loaded(point), point.module)
    return registry


def _loaded(point: Any) -> Any:
    """Return the object that an entry point names: a design, or a module that has one."""
    try:
        found = point.load()
    except (Exception, SystemExit) as error:
        raise EvidentiaError(
            f"the design '{point.name}' cannot be loaded: {type(error).__name__}: {error}",
            where=f"{point.value}, of the package {point.dist.name if point.dist else 'unknown'}",
            remedy="install it again, or uninstall it",
        ) from error
    return getattr(found, "DESIGN", found)
