"""The cells of a data file, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evidentia.core.cell_texts import as_texts


@dataclass(frozen=True)
class LeftOut:
    """Rows of a file that are no records, and why."""

    reason: str
    rows: list[int]


@dataclass(frozen=True)
class Cells:
    """All cells of a file.

    Attributes
    ----------
    frame : pandas.DataFrame
        Texts, empty where the file has nothing, or numbers where the format stores numbers; indexed by the
        row as the file counts it.
    sha256 : str
        Hash of the bytes that were read.
    top : int
        Row with the names of the columns; 0 where a format has none.
    left_out : tuple of LeftOut
    labels : dict of str to str
        What the file says of a column, such as the question that was asked.
    levels : dict of str to list of str
        The labels of a column's values, in the order of their codes.
    coded : dict of str to pandas.Series
        The codes behind labels.
    missing : dict of str to dict of str to int
        Values that the file itself declares missing, by column, and how often they stand.
    cleaned : int
        Cells from which blanks at the ends and unseen signs were taken.
    stored_dates : bool
        Whether the format knows dates, which then are read as 2019-03-31 whatever the schema's format.
    notes : tuple of str
    layout : str
        The layout that config.yaml names, such as ``ees``.
    """

    frame: pd.DataFrame
    sha256: str
    top: int = 1
    left_out: tuple[LeftOut, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    levels: dict[str, list[str]] = field(default_factory=dict)
    coded: dict[str, pd.Series[Any]] = field(default_factory=dict)
    missing: dict[str, dict[str, int]] = field(default_factory=dict)
    cleaned: int = 0
    stored_dates: bool = False
    notes: tuple[str, ...] = ()
    layout: str = ""

    @property
    def header(self) -> str:
        """Where the names of the columns stand, to follow the path in a message."""
        return f", row {self.top}" if self.top else ""

    def texts(self) -> pd.DataFrame:
        """Return all cells as texts, for those who compare what a file says and not what it means."""
        return pd.DataFrame(
            {name: as_texts(self.frame[name]) for name in self.frame.columns},
            index=self.frame.index,
            dtype=object,
        )


__all__ = ["Cells", "LeftOut", "as_texts"]
