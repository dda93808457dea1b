"""A reader who tries to work suppressed counts out: an own formulation, which shares
no code with the stage."""

import math

import numpy as np
from scipy.optimize import linprog


def possible(names, sums, published, wanted, least=()):
    """Return the least and the most that a count can be, by linear programming over all counts at once.

    `sums` are pairs of a total and its parts, `published` the values that are printed; counts in `least` are
    at least 1.
    """
    place = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(sums), len(names)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, place[total]] += 1
        for part in parts:
            matrix[row, place[part]] -= 1
    bounds = [
        (published[name], published[name]) if name in published else (1 if name in least else 0, None)
        for name in names
    ]
    ends = []
    for sign in (1, -1):
        goal = np.zeros(len(names))
        goal[place[wanted]] = sign
        found = linprog(
            goal, A_eq=matrix if sums else None, b_eq=np.zeros(len(sums)) if sums else None, bounds=bounds
        )
        assert found.status in (0, 3), found.message
        ends.append(sign * found.fun if found.status == 0 else -sign * math.inf)
    return ends


def published_counts(protected, links):
    """Return what a reader knows: the counts that are printed, in numbers and frames, and those that shares
    give away.
    """
    known = {
        number.id: number.value
        for number in protected.numbers
        if number.unit == "count" and number.value is not None
    }
    for (frame, row, column), count in links.shown.items():
        cell = protected.frames[frame].rows[row][column]
        if isinstance(cell, int | float):
            known[count] = cell
    printed = {number.id for number in protected.numbers if number.value is not None}
    for item in links.follows:
        if printed.intersection(item.numbers):
            known |= {cell: links.hidden[cell] for cell in item.of if cell in links.hidden}
    return known


def recovered(result, protected, minimum):
    """Return the small counts of a result that a reader can place in an interval
    narrower than the minimum."""
    links = result.links
    values = {
        number.id: number.value
        for number in result.numbers
        if number.unit == "count" and number.id not in links.things and number.basis != "configured"
    }
    values |= links.hidden
    known = {name: value for name, value in published_counts(protected, links).items() if name in values}
    sums = [
        (total, parts)
        for total, parts in links.sums
        if total in values and all(part in values for part in parts)
    ]
    hidden = {number.id for number in protected.numbers if number.suppressed} & set(values)
    found = []
    for name, value in values.items():
        if isinstance(value, int) and 0 < value < minimum:
            low, high = possible(list(values), sums, known, name, least=hidden)
            if high - low < minimum - 1e-6:
                found.append((name, value, low, high))
    return found
