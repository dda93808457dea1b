"""What a program of the evaluation folder gives is looked through for records before anything of it is
written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evidentia.config.load import programs_for
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Result
from evidentia.disclosure.record_values import RARE, record_values_of
from evidentia.disclosure.scan import records_of


def refuse_records(config: Config, analysis: str, result: Result) -> None:
    """Raise if a program's numbers, tables or figures hold ids of people or whole records of its data.

    Data sets that are protected, or whose records have an id, are looked for.
    """
    settings = config.analyses[analysis]
    datasets = [config.data[name] for name in settings.datasets() if config.data[name].holds_records]
    if not datasets:
        return
    values = record_values_of(records_of(dataset, Path()) for dataset in datasets)
    found: Counter[tuple[str, str]] = Counter()
    for place, text in _texts(result):
        kinds = sorted(what for _, what in values.found(text) if not what.startswith(RARE))
        found.update((place, what) for what in kinds)
    if found:
        (place, what), count = next(iter(found.items()))
        raise EvidentiaError(
            f"the program gives records, not aggregates: its {place} holds {count} × {what}",
            where=programs_for(settings)[0],
            remedy="give counts, shares or means of groups; records stay in the data",
        )


def _texts(result: Result) -> Iterator[tuple[str, str]]:
    """Yield the texts of a result, each with what it is."""
    values = {number.id: number.value for number in result.numbers}
    for name, frame in result.frames.items():
        kind, _, own = name.partition(".")
        rows = ["\t".join(str(values.get(cell, cell)) for cell in row) for row in frame.rows]
        columns = [
            "\t".join(str(values.get(row[place], row[place])) for row in frame.rows)
            for place, _ in enumerate(frame.columns)
        ]
        yield f"{kind} '{own}'", "\n".join([*rows, "", *columns])
    for name, drawing in result.drawings.items():
        yield f"drawing '{name}'", drawing
    yield "list of numbers", "\n".join(f"{number.label}\t{number.value}" for number in result.numbers)
