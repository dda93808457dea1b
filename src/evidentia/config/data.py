"""The section ``data``: each data set's file and how it is protected."""

from __future__ import annotations

from pydantic import Field

from evidentia.config.base import FolderPath, Section


class Disclosure(Section):
    """What may be published from a data set."""

    minimum_cell: int = Field(0, ge=0, description="A count of people from 1 to one below this is suppressed as 'c'")
    rounding: int = Field(0, ge=0, description="Counts of people that are published are rounded to the nearest multiple of this")

    @property
    def protects(self) -> bool:
        """Whether the data set holds records that may not be published."""
        return self.minimum_cell > 1 or self.rounding > 1


class Dataset(Section):
    """One input file."""

    path: FolderPath = Field(description="CSV, Parquet (.parquet) or Excel (.xlsx) file, relative to the evaluation folder")
    synthetic: bool = Field(False, description="Records are invented; each result from them says so")
    disclosure: Disclosure = Field(default_factory=lambda: Disclosure(minimum_cell=0, rounding=0))
