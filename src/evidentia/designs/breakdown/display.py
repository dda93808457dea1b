"""The table of a breakdown (no pandas, no matplotlib)."""

from __future__ import annotations

from collections.abc import Sequence

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.core.units import UNITS


def needs_breakdown(result: Result, analysis: str) -> None:
    """Raise if an analysis has no breakdown to show."""
    if "breakdown" not in result.frames:
        raise EvidentiaError(
            f"the analysis '{analysis}' has no breakdown",
            remedy="give it the columns of groups: breakdown: [sex, ethnicity]",
        )


def _of_unknown(id: str) -> str:
    """Return the count of people without a known group, for that of a group: breakdown.sex.girls.n.club."""
    first, column, _, *rest = id.split(".")
    return ".".join([first, column, "not_known", *rest])


def effect_rows(analysis: str, result: Result, sides: Sequence[str], unit: str, what: str) -> Rows:
    """Return a row for each group: people on each side, effect, interval and p-value; and one for each test.

    Parameters
    ----------
    analysis : str
        Its id.
    result : Result
    sides : sequence of str
        Headings of the counts.
    unit : str
        Of the effect.
    what : str
        Heading of the effect.
    """
    spec = f"plain {UNITS[unit].table_places}dp"
    empty = {number.id for number in result.numbers if number.value is None and not number.suppressed}
    values = {number.id: number.value for number in result.numbers}
    rows: list[list[Cell]] = []
    last = ""
    for column, group, stem, counts in result.frames["breakdown"].rows:
        if not counts:
            unknown = [_of_unknown(id) for id in last.split()]
            if unknown and all(id in values for id in unknown) and any(values[id] != 0 for id in unknown):
                cells = [Ref(f"{analysis}.{id}") for id in unknown]
                rows.append([column, translate("Not known"), *cells, "–", "–", "–"])
                last = ""  # once a column, which may have several tests
            rows.append([column, group, *("" for _ in sides), "", "", Ref(f"{analysis}.{stem}.p_value")])
            continue
        last = counts
        numbers = [Ref(f"{analysis}.{id}") for id in counts.split()]
        if f"{stem}.estimate" in empty:
            rows.append([column, group, *numbers, "–", "–", "–"])
            continue
        interval = between(Ref(f"{analysis}.{stem}.ci_low", spec), Ref(f"{analysis}.{stem}.ci_high", spec))
        effect = Ref(f"{analysis}.{stem}.estimate", spec)
        rows.append([column, group, *numbers, effect, interval, Ref(f"{analysis}.{stem}.p_value")])
    words = translate("{what}, percentage points", what=what) if unit == "percentage_points" else what
    names = [translate("Characteristic"), translate("Group"), *sides, words, translate("Interval")]
    header = [*names, translate("p\N{NON-BREAKING HYPHEN}value")]
    return Rows(header, rows, text_columns=2)
