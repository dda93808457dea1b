"""Which analyses rest on the same protected data."""

from __future__ import annotations

from evidentia.config.model import Config
from evidentia.config.prepared import sources_of


def related(config: Config, analysis: str) -> list[str]:
    """Return the analyses, in their order, that share a protected data set with one, or with one that does,
    and so on.
    """
    protected = {name for name, dataset in config.data.items() if dataset.disclosure.protects}
    of = {
        name: (
            protected
            & {dataset for own in settings.datasets() for dataset in (own, *sources_of(own, config.data))}
        )
        for name, settings in config.analyses.items()
    }
    found = {analysis}
    while more := {
        name for name, mine in of.items() if name not in found and any(mine & of[other] for other in found)
    }:
        found |= more
    return [name for name in config.analyses if name in found]
