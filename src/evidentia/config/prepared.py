"""Data sets that a program makes of others: where they lie, and what they have from those of which they are
made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evidentia.config.data import Dataset, Disclosure
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.paths import PREPARED


def completed(datasets: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """Return data sets in which each prepared one has its place, and is protected and synthetic as its
    sources are.
    """
    return {name: _completed(name, dataset, datasets) for name, dataset in datasets.items()}


def _completed(name: str, dataset: Dataset, datasets: Mapping[str, Dataset]) -> Dataset:
    if not dataset.run:
        return dataset
    behind = [datasets[other] for other in sources_of(name, datasets)]
    policies = [one.disclosure for one in (dataset, *behind)]
    strictest = Disclosure(
        minimum_cell=max(one.minimum_cell for one in policies), rounding=max(one.rounding for one in policies)
    )
    return dataset.model_copy(
        update={
            "path": f"{PREPARED.as_posix()}/{name}.parquet",
            "disclosure": strictest,
            "synthetic": dataset.synthetic or any(one.synthetic for one in behind),
        }
    )


def sources_of(name: str, datasets: Mapping[str, Dataset]) -> list[str]:
    """Return the data sets of which one is made, directly or through others; none for a file."""
    found: dict[str, None] = {}
    waiting = list(datasets[name].from_) if name in datasets else []
    while waiting:
        other = waiting.pop(0)
        if other in datasets and other not in found:
            found[other] = None
            waiting += datasets[other].from_
    return list(found)


def preparation_faults(
    datasets: Mapping[str, Dataset], place: Callable[[list[str]], str]
) -> Iterator[EvidentiaError]:
    """Yield an error for each data set that is made of one that is not there, or of itself."""
    for name, dataset in datasets.items():
        for other in dataset.from_:
            if other not in datasets:
                yield EvidentiaError(
                    f"the data set '{name}' is made of '{other}', which 'data' does not name",
                    where=place(["data", name, "from"]),
                    remedy=did_you_mean(other, datasets),
                )
        if name in sources_of(name, datasets):
            yield EvidentiaError(
                f"the data set '{name}' is made of itself",
                where=place(["data", name, "from"]),
                remedy="take one of the references out",
            )
