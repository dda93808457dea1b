"""Who is whom: the areas that config.yaml names, found in the data by name or code, as one, as parts or as
successors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cells import as_texts
from evidentia.data.cleaning import same
from evidentia.data.ees import parts_of
from evidentia.data.readers import read_cells
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.settings import BenchmarkSettings, Neighbours

LEVELS = ("local authority", "regional", "national", "local authority district", "school")
"""Where an area is sought first, if a name stands at several levels; the nation the other way round."""


@dataclass(frozen=True)
class Areas:
    """The areas of an analysis.

    Attributes
    ----------
    area, nation : str
    neighbours : list of str
    successors : dict of str to list of str
    inputs : dict of str to str
        The list of neighbours and its hash, if it is a file.
    """

    area: str
    neighbours: list[str]
    nation: str
    successors: dict[str, list[str]]
    inputs: dict[str, str]

    @property
    def all(self) -> list[str]:
        """Every area that is looked for."""
        return [self.area, *self.neighbours, self.nation]


def read_areas(settings: BenchmarkSettings, tables: dict[str, DataTable]) -> Areas:
    """Return the areas, with the neighbours from their file if config.yaml names one.

    Raises
    ------
    EvidentiaError
        If the file does not list the area, or not that many neighbours.
    """
    if not isinstance(settings.neighbours, Neighbours):
        return Areas(settings.area, settings.neighbours, settings.nation, settings.successors, {})
    named = settings.neighbours
    cells = read_cells(Path(named.file), named.file)
    texts = cells.texts()
    columns = [name for name in texts.columns if re.fullmatch(rf"{re.escape(named.model)}_?\d+", name)]
    columns.sort(key=lambda name: int(re.sub(r".*?(\d+)$", r"\1", name)))
    if len(columns) < named.first:
        raise EvidentiaError(
            f"the list has {len(columns)} columns of neighbours ({named.model}_1, ...), fewer than the"
            f" {named.first} that are asked for",
            where=f"{named.file}{cells.header}",
            remedy=f"correct 'model' or 'first'; columns: {', '.join(map(str, texts.columns[:12]))}",
        )
    wanted = {same(settings.area), *_codes(settings.area, tables)}
    names = [column for column in texts.columns if column not in columns]
    rows = texts[texts[names].map(same).isin(wanted).any(axis=1)]
    if len(rows) != 1:
        raise EvidentiaError(
            f"the list has {len(rows) or 'no'} rows for '{settings.area}'", where=named.file,
            remedy=did_you_mean(settings.area, texts[names[1 if len(names) > 1 else 0]]),
        )  # fmt: skip
    codes = [str(rows.iloc[0][column]).strip() for column in columns[: named.first]]
    known = {
        same(code): name
        for column in names
        for code, name in zip(texts[column], texts[_name_column(names)], strict=True)
    }
    neighbours = [known.get(same(code), code) for code in codes]
    return Areas(settings.area, neighbours, settings.nation, settings.successors, {named.file: cells.sha256})


def _name_column(names: list[str]) -> str:
    """Return the column of names in a list of neighbours."""
    return next(
        (name for name in names if name.lower() in ("la_name", "name", "area", "local_authority")), names[-1]
    )


def _codes(area: str, tables: dict[str, DataTable]) -> set[str]:
    """Return the codes by which an area is known in official data."""
    found: set[str] = set()
    for table in tables.values():
        if "la_name" in table.frame.columns:
            rows = table.frame[as_texts(table.frame["la_name"]).map(same) == same(area)]
            found |= {
                same(code)
                for name in ("old_la_code", "new_la_code")
                if name in rows
                for code in as_texts(rows[name]).unique()
            }
    return found - {""}


def joint_of(area: str, known: set[str]) -> str:
    """Return the name or code under which an area reports together with others, if it does nowhere alone."""
    return next(
        (name for name in sorted(known) if same(area) in map(same, parts_of(name)) and same(area) != name), ""
    )


def members_of(area: str, areas: Areas, known: set[str]) -> list[list[str]]:
    """Return what stands for an area in the data, the best first, each as one place or as several that
    together are it.

    Parameters
    ----------
    area : str
        As config.yaml names it.
    areas : Areas
    known : set of str
        All names and codes of the data, in the form of `same`.
    """
    ways = [[same(area)]] if same(area) in known else []
    heirs = next((names for old, names in areas.successors.items() if same(old) == same(area)), [])
    if heirs:
        joint = [
            name
            for name in known
            if {same(part) for part in parts_of(name)} == {same(heir) for heir in heirs} and len(heirs) > 1
        ]
        ways += [[name] for name in sorted(joint)]
        if all(same(heir) in known for heir in heirs):
            ways.append([same(heir) for heir in heirs])
    return ways
