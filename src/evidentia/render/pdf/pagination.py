"""The parts set, until every page number that is printed is right.

Chapters that print no page numbers are laid out first, at the same time where there is more than one process. A part
that prints some (contents, lists, annex) is laid out when they are known, or at once with those of the last time; if
they turn out to be others, or the number of its pages changes, what prints numbers goes round once more. What is laid
out is drawn when there is nothing to lay out, or when many pages wait for it, because they take memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.parts import UNKNOWN, Part
from evidentia.render.pdf.typeset import Setting
from evidentia.workflow.workers import Crew

ROUNDS = 8
DRAW_NOW, LAY_OUT, DRAW = 0, 1, 2  # what is done first
MANY_PAGES = 150  # that are laid out and not drawn


def settle(parts: list[Part], known: list[Setting | None], crew: Crew, guess: Mapping[str, str] | None = None) -> list[Setting]:
    """Set all parts with the right page numbers.

    Parameters
    ----------
    parts : list of Part
    known : list of (Setting or None)
        The parts as they were set before, where that is known.
    crew : Crew
        Lays parts out and draws them: `evidentia.render.pdf.typeset.Typesetter`.
    guess : mapping of str to str, optional
        Page numbers that ids may have.

    Raises
    ------
    EvidentiaError
        If a part has a fault, prints the page of what is on none, or changes the pages for ever.
    """
    settings = list(known)
    longest_first = sorted(range(len(parts)), key=lambda index: -len(parts[index].markup))
    busy: set[int] = set()
    rounds: Counter[int] = Counter()
    while True:
        for index in longest_first:
            if index in busy:
                continue
            numbers, setting = _due(parts, settings, index, guess or {}), settings[index]
            if numbers is not None:
                rounds[index] += 1
                if rounds[index] > ROUNDS:
                    raise EvidentiaError("the page numbers in contents and annexes change the pages for ever", where="build/report.html")
                crew.submit(index, numbers, LAY_OUT)
            elif setting and not setting.drawn and UNKNOWN not in setting.numbers:
                waiting = sum(len(other.leaves) for other in settings if other and not other.drawn)
                crew.submit(index, None, DRAW_NOW if waiting > MANY_PAGES else DRAW)
            else:
                continue
            busy.add(index)
        if not busy:
            break
        index, result = crew.next()
        busy.remove(index)
        before = settings[index]
        settings[index] = replace(before, drawn=result) if before and isinstance(result, bytes) else result
    done = [setting for setting in settings if setting is not None]
    numbered = page_numbers(done)
    lost = [place for part in parts for place in part.pages_of if place not in numbered]
    if lost:
        raise EvidentiaError(f"no page holds {', '.join(f'#{place}' for place in lost)}, whose page is printed", where="build/report.html")
    return done


def _due(parts: list[Part], settings: list[Setting | None], index: int, guess: Mapping[str, str]) -> list[str] | None:
    """Return the page numbers with which a part is to be laid out now; None if it is right as it is, or has to wait.

    The front matter does not wait for its numbers, because all others wait for its number of pages.
    """
    setting, wanted = settings[index], parts[index].pages_of
    if not wanted:
        return [] if setting is None else None
    if any(before is None for before in settings[:index]):
        guessed = [guess.get(place, UNKNOWN) for place in wanted]
        return guessed if setting is None and UNKNOWN not in guessed else None
    known = page_numbers(settings)
    numbers = [known.get(place, UNKNOWN) for place in wanted]
    if setting is None:
        return [known.get(place) or guess.get(place, UNKNOWN) for place in wanted]
    return numbers if numbers != setting.numbers and UNKNOWN not in numbers else None


def page_numbers(settings: Sequence[Setting | None]) -> dict[str, str]:
    """Return the page number of each id, as far as all parts before it are laid out."""
    found: dict[str, str] = {}
    first = 1
    for setting in settings:
        if setting is None:
            break
        found |= {place: str(first + page) for place, page in setting.places.items()}
        first += len(setting.leaves)
    return found
