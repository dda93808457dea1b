"""What the effects of an analysis rest on besides its settings: data sets, other analyses, programs, the
description of the data, stated facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.config.order import others_before
from evidentia.config.prepared import sources_of
from evidentia.config.registry import installed
from evidentia.core.files import content_hash, read_json, sha256
from evidentia.core.programs import files_in, home_of
from evidentia.core.yamlio import read_yaml
from evidentia.data.fields import DESCRIBES
from evidentia.data.package import NAME, load_package

ABSENT = "absent"
_WORDS = frozenset(DESCRIBES) - {"name"}


@dataclass(frozen=True)
class Ground:
    """What some analyses rest on.

    Attributes
    ----------
    analyses : tuple of str
        They themselves, and those whose results they read.
    data : tuple of str
        The data sets that these read, and those of which programs make them.
    programs : tuple of str
        The programs of the evaluation folder that run for all this.
    """

    analyses: tuple[str, ...]
    data: tuple[str, ...]
    programs: tuple[str, ...]

    @property
    def homes(self) -> list[str]:
        """The folders in which the programs lie; all that lies there counts as program."""
        return sorted({home_of(program) for program in self.programs})

    def holds(self, part: str, name: str) -> bool:
        """Tell whether it has a part of a plan's state, such as ``programs`` and a file's path."""
        if part == "programs":
            return home_of(name) in self.homes
        return name in {"analyses": self.analyses, "data": self.data, "descriptions": self.data}.get(part, ())


def ground_of(config: Config, names: Iterable[str]) -> Ground:
    """Return what analyses rest on, directly and through others."""
    analyses: dict[str, None] = {}
    waiting = [name for name in names if name in config.analyses]
    while waiting:
        name = waiting.pop(0)
        if name not in analyses:
            analyses[name] = None
            waiting += [other for other in others_before(config.analyses[name]) if other in config.analyses]
    direct = [data for name in analyses for data in config.analyses[name].datasets() if data in config.data]
    data = dict.fromkeys(one for name in direct for one in (name, *sources_of(name, config.data)))
    programs = [program for name in data for program in config.data[name].programs()]
    for name in analyses:
        settings = config.analyses[name]
        programs += settings.programs() if hasattr(settings, "programs") else []
        programs += config.designs if settings.design not in installed().designs else []
    return Ground(
        tuple(name for name in config.analyses if name in analyses),
        tuple(data),
        tuple(dict.fromkeys(programs)),
    )


def program_hashes(folder: Path, ground: Ground) -> dict[str, str]:
    """Return the hash of each program and of what lies with it; one that is not written yet is absent."""
    found = {path: sha256(folder / path) for home in ground.homes for path in files_in(folder, home)}
    return dict.fromkeys(ground.programs, ABSENT) | found


def descriptions(folder: Path, config: Config, names: Iterable[str]) -> dict[str, str]:
    """Return, by data set, a hash of how data/datapackage.json says that its file is read."""
    if not (folder / NAME).is_file():
        return {}
    load_package(folder)
    by_path: dict[str, Any] = {}
    for resource in read_json(folder / NAME).get("resources", []):
        by_path[(Path(NAME).parent / resource["path"]).as_posix()] = resource
    return {
        name: content_hash(_without_words(by_path[config.data[name].path]))
        for name in names
        if config.data[name].path in by_path
    }


def stated_values(folder: Path, config: Config, ids: Iterable[str]) -> dict[str, Any]:
    """Return the values of the stated facts among number ids."""
    path = config.report.facts if config.report else ""
    if not path or not (folder / path).is_file():
        return {}
    raw = read_yaml(folder / path)
    facts = (raw.get("facts") if isinstance(raw, dict) else None) or {}
    return {
        id: str(facts[id]["value"]) for id in ids if isinstance(facts.get(id), dict) and "value" in facts[id]
    }


def _without_words(value: Any) -> Any:
    """Return a description without what only describes: titles, sources, units."""
    if isinstance(value, dict):
        return {key: _without_words(item) for key, item in value.items() if key not in _WORDS}
    return [_without_words(item) for item in value] if isinstance(value, list) else value
