"""Why each number is suppressed or rounded: for the analyst's eyes, because to publish it would tell which
counts are small.
"""

from __future__ import annotations

from evidentia.disclosure.count_table import Table
from evidentia.disclosure.suppress import Suppression


def reasons(table: Table, chosen: Suppression, minimum_cell: int) -> dict[str, str]:
    """Return by number id why it is not published as it is."""
    found: dict[str, str] = {}
    beside = ", perhaps beside the accepted release" if table.past else ""
    precisely = "given to {decimals} decimals: at full precision it"
    for places, how in ((chosen.rounded, precisely), (chosen.relations, "with other numbers it")):
        for place, sake in places.items():
            relation = table.relations[place]
            words = how.format(decimals=relation.decimals)
            found |= dict.fromkeys(
                relation.numbers, f"{words} would place '{sake}' within fewer than {minimum_cell}{beside}"
            )
    for item in table.follows:
        hidden = [cell for cell in item.of if cell in chosen.cells]
        if hidden:
            found |= dict.fromkeys(item.numbers, f"it would tell '{hidden[0]}'")
    for name, cell in table.names.items():
        if cell in chosen.cells:
            sake = chosen.cells[cell]
            small = f"fewer than {minimum_cell} people"
            found[name] = (
                small
                if sake == cell
                else f"with it '{sake}' could be placed within fewer than {minimum_cell}{beside}"
            )
    return found


def bases(table: Table) -> dict[str, tuple[str, ...]]:
    """Return by number id the printed counts of people on which it rests."""
    printed: dict[str, list[str]] = {}
    for name, cell in table.names.items():
        if cell in table.printed and "[" not in name:
            printed.setdefault(cell, []).append(name)
    found: dict[str, dict[str, None]] = {}
    for item in table.follows:
        for number in item.numbers:
            found.setdefault(number, {}).update(
                dict.fromkeys(name for cell in item.of for name in printed.get(cell, ()))
            )
    return {number: tuple(names) for number, names in found.items() if names}
