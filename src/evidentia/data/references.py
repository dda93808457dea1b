"""Foreign keys between data files: a record that points at another file's record must find it."""

from __future__ import annotations

from collections.abc import Iterator

from evidentia.core.errors import EvidentiaError
from evidentia.data.package import Package
from evidentia.data.table import MOST, DataTable


def reference_faults(tables: dict[str, DataTable], package: Package) -> Iterator[EvidentiaError]:
    """Yield a fault for each foreign key with values that the other file does not have.

    Parameters
    ----------
    tables : dict of str to DataTable
        By path.
    package : Package
        Its schemas hold the foreign keys.
    """
    for path, table in tables.items():
        schema = package.schema(path)
        for column, resource, other_column in schema.foreign_keys if schema else ():
            other = tables.get(package.paths.get(resource, ""))
            if other is None:
                continue
            values = table.frame[column]
            orphans = values[values.notna() & ~values.isin(other.frame[other_column])]
            if len(orphans):
                yield EvidentiaError(
                    f"{', '.join(map(repr, list(dict.fromkeys(orphans))[:MOST]))} is not in the column"
                    f" {other_column} of {other.path}",
                    where=table.where(orphans.index, column),
                    remedy=f"add the record to {other.path}, or take these rows out",
                )
