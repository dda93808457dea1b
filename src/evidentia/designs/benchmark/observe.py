"""An indicator from whatever file its data set is."""

from __future__ import annotations

from evidentia.core.errors import EvidentiaError
from evidentia.data.ees import is_ees
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.long import from_long
from evidentia.designs.benchmark.observations import Observations
from evidentia.designs.benchmark.official import from_official
from evidentia.designs.benchmark.places import Areas
from evidentia.designs.benchmark.settings import Indicator


def observe(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
    """Return the values of an indicator.

    Raises
    ------
    EvidentiaError
        For a column, an area or an indicator that the data lack, a doubled record, a text where a number
        belongs, a period that is no year, or an unknown unit.
    """
    if table.cells is not None and table.cells.layout == "ees":
        return from_official(name, indicator, areas, table)
    if is_ees(table.frame.columns) and "indicator" not in table.frame.columns:
        raise EvidentiaError(
            "the file has the layout of official statistics (Explore education statistics)",
            where=table.path,
            remedy=(
                "say so in config.yaml, beside its path: format: ees; and give each indicator its 'column'"
                " and 'unit'"
            ),
        )
    return from_long(name, indicator, areas, table)
