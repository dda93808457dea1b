"""What a design is: one object with the models of its settings and references to its functions.

The functions are named rather than imported, because the Snakefile reads every design on each start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from evidentia.config.base import Section
from evidentia.config.presentation import Figure, Table
from evidentia.core.errors import EvidentiaError
from evidentia.core.reference import Reference, absolute
from evidentia.core.standard import Standard


def tag_of(model: type[Section], key: str) -> str:
    """Return the one word that a model's field `key` allows, as in ``design: Literal["ipw"]``."""
    field = model.model_fields.get(key)
    words = get_args(field.annotation) if field else ()
    if len(words) != 1 or not isinstance(words[0], str):
        raise EvidentiaError(
            f"the settings '{model.__name__}' do not say their own name",
            where=model.__module__,
            remedy=f'give the model the field {key}: Literal["..."] with one name',
        )
    return words[0]


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure that shows a design's results.

    Attributes
    ----------
    settings : subclass of Figure
        Its keys in config.yaml; ``kind: Literal["..."]`` names it.
    draw : reference
        Called with the figure's settings, the analysis's settings and its `Result`; returns a matplotlib
        figure and the `Frame` of the data that it shows.
    data : reference
        Called with the same; returns a `Frame` with presentable column names and units, for readers
        who do not see the picture.
    narrow : bool
        `draw` heeds `evidentia.charts.width.width`, so that the figure is drawn for phones too; one that
        is not returns None as its picture there.
    """

    settings: type[Figure]
    draw: Reference
    data: Reference
    narrow: bool = False

    @property
    def name(self) -> str:
        """What ``kind`` says in config.yaml."""
        return tag_of(self.settings, "kind")


@dataclass(frozen=True)
class TableKind:
    """A kind of table that shows a design's results.

    Attributes
    ----------
    settings : subclass of Table
        Its keys in config.yaml; ``kind: Literal["..."]`` names it.
    rows : reference
        Called with the table's settings, the analysis's settings and its `Result`; returns
        `evidentia.core.tables.Rows`.
    """

    settings: type[Table]
    rows: Reference

    @property
    def name(self) -> str:
        """What ``kind`` says in config.yaml."""
        return tag_of(self.settings, "kind")


@dataclass(frozen=True)
class Design:
    """A way to analyse, with all that the engine needs to know of it.

    Attributes
    ----------
    settings : subclass of Section
        The keys of an analysis in config.yaml; ``design: Literal["..."]`` names the design. It has a
        method ``datasets()``, the ids of the data sets that are read, and may have ``files()``, other files
        by the key that names them, and ``after()``, the ids of analyses whose results it reads.
    about : str
        What the design does, in a line for those who choose one.
    analyse : reference
        Called with the settings and a dict of `DataTable` by data set id; returns a `Result`. Where the
        settings have ``after()`` it also gets ``results``, a dict of those analyses' results by id.
    disclosure : {"declared", "none"}
        ``declared``: the analysis says in ``Result.links`` how its counts of people hang together, so
        that it may read protected data. ``none``: it does not, and protected data are refused.
    figures : tuple of FigureKind
    tables : tuple of TableKind
    starter : Path, optional
        Folder with the design's part of a new evaluation.
    title : str
        What the design is called in a table.
    standard : callable, optional
        Grades an analysis on the Maryland Scientific Methods Scale, for designs that estimate or suggest an
        effect. Called with the settings as in config.yaml, the analysis's numbers by id, and the covariate
        that measures the outcome before the start (or ""); the function itself, of a light module.
    light : bool
        An analysis takes moments, whatever its data, so that several share a job rather than start one each.
    """

    settings: type[Section]
    about: str
    analyse: Reference
    disclosure: Literal["declared", "none"] = "none"
    figures: tuple[FigureKind, ...] = ()
    tables: tuple[TableKind, ...] = ()
    starter: Path | None = None
    title: str = ""
    standard: Callable[..., Standard] | None = None
    light: bool = False

    @property
    def name(self) -> str:
        """What ``design`` says in config.yaml."""
        return tag_of(self.settings, "design")


def with_absolute_references(design: Design, module: str) -> Design:
    """Return a design whose references can be read outside its own module."""
    from dataclasses import replace

    return replace(
        design,
        analyse=absolute(design.analyse, module),
        figures=tuple(
            replace(kind, draw=absolute(kind.draw, module), data=absolute(kind.data, module))
            for kind in design.figures
        ),
        tables=tuple(replace(kind, rows=absolute(kind.rows, module)) for kind in design.tables),
    )


REFERENCES: dict[type, tuple[str, ...]] = {FigureKind: ("draw", "data"), TableKind: ("rows",)}
"""The functions of each kind."""


def faults_of(design: Design) -> Iterator[str]:
    """Yield what is wrong with a design's object."""
    if not (isinstance(design.settings, type) and issubclass(design.settings, Section)):
        yield "its settings are no subclass of evidentia.config.base.Section"
        return
    if not hasattr(design.settings, "datasets"):
        yield f"its settings {design.settings.__name__} have no method datasets()"
    if not isinstance(design.about, str) or not design.about.strip():
        yield "its about is no text that says what it does"
    if design.disclosure not in ("declared", "none"):
        yield f"its disclosure is {design.disclosure!r}; it can be 'declared' or 'none'"
    if design.starter is not None and not (isinstance(design.starter, Path) and design.starter.is_dir()):
        yield f"its starter {design.starter!r} is no folder; write Path(__file__).with_name('starter')"
    references: list[object] = [design.analyse]
    parts: tuple[tuple[str, Any, type, type], ...] = (
        ("figures", design.figures, FigureKind, Figure),
        ("tables", design.tables, TableKind, Table),
    )
    for name, kinds, of, base in parts:
        if not isinstance(kinds, tuple) or not all(isinstance(kind, of) for kind in kinds):
            yield f"its {name} are no tuple of {of.__name__}; write {name}=({of.__name__}(...),)"
            continue
        references += [getattr(kind, part) for kind in kinds for part in REFERENCES[of]]
        for kind in kinds:
            if not (isinstance(kind.settings, type) and issubclass(kind.settings, base)):
                yield (
                    f"the settings {kind.settings!r} are no subclass of"
                    f" evidentia.config.presentation.{base.__name__}"
                )
    for reference in references:
        if isinstance(reference, str) and not all(reference.partition(":")[::2]):
            yield f"the reference '{reference}' is not of the form module:function"
        if not isinstance(reference, str) and not callable(reference):
            yield f"{reference!r} is no function, and no reference of the form module:function"
