"""What a plan fixes: the section ``plan``, and all that decides how its numbers are computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.core.errors import did_you_mean
from evidentia.core.expression_parser import ids_in
from evidentia.plan.ground import descriptions, ground_of, program_hashes, stated_values

WORDS = ("label", "labels", "groups", "wave_labels", "title", "documents")
"""Settings that say how something is called; to change them changes no plan."""

State = dict[str, Any]


def state_of(config: Config, folder: Path) -> State:
    """Return what an evaluation folder now says of the plan, as JSON-like values; empty without a plan.

    Only what differs from its default is kept, so that a later engine with more settings finds the same.
    """
    if config.plan is None:
        return {}
    names = list(dict.fromkeys(_origins(config, (id for _, id in config.plan.names()))))
    named = [name for name in config.analyses if any(id.partition(".")[0] == name for id in names)]
    ground = ground_of(config, named)
    state = {
        "plan": config.plan.model_dump(mode="json", exclude_defaults=True, exclude={"data", "registered"}),
        "analyses": {name: _settings(config.analyses[name]) for name in ground.analyses},
        "data": {name: _rows_of(config.data[name]) for name in ground.data},
        "descriptions": descriptions(folder, config, ground.data),
        "programs": program_hashes(folder, ground),
        "derived": {id: config.derived[id].formula for id in names if id in config.derived},
        "facts": stated_values(folder, config, names),
        "families": {
            name: family.model_dump(mode="json")
            for name, family in config.families.items()
            if any(effect.partition(".")[0] in ground.analyses for effect in family.effects)
        },
    }
    return {key: value for key, value in state.items() if value}


def planned_analyses(state: State) -> list[str]:
    """Return the ids of the analyses that a plan fixes."""
    return list(state.get("analyses", {}))


def unknown_names(config: Config) -> Iterator[tuple[list[str], str, str]]:
    """Yield each id of the plan that belongs to no analysis and no derived number: its keys, itself, a
    remedy.
    """
    if config.plan is None:
        return
    for keys, id in config.plan.names():
        if id.partition(".")[0] not in config.analyses and id not in config.derived:
            yield keys, id, did_you_mean(id.partition(".")[0], config.analyses)


def _settings(analysis: Any) -> dict[str, Any]:
    settings: dict[str, Any] = _without_words(analysis.model_dump(mode="json", exclude_defaults=True))
    return {"design": analysis.design, **settings}


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(item) for key, item in value.items() if key not in WORDS}
    return [_without_words(item) for item in value] if isinstance(value, list) else value


_NO_ROWS = {"synthetic", "disclosure", "minutes", "check_twice"}
"""What config.yaml says of a data set that decides none of its values."""


def _rows_of(dataset: Any) -> dict[str, Any]:
    """Return where a data set is from, how it is read, and which of its rows and columns count."""
    rows: dict[str, Any] = dataset.model_dump(mode="json", exclude=_NO_ROWS, exclude_defaults=True)
    return rows


def _origins(config: Config, ids: Iterable[str]) -> Iterator[str]:
    """Yield ids, and those from which `config.derived` computes them."""
    waiting, seen = list(ids), set[str]()
    while waiting:
        id = waiting.pop(0)
        if id not in seen:
            seen.add(id)
            yield id
            waiting += ids_in(config.derived[id].formula) if id in config.derived else []
