"""Reading a Theory of Change from YAML.

::

    origins:
      published: {label: Stated in the published figure}
      chapters: {label: Assembled from the report's chapters, assembled: true}
    stages:
      rationale:
        name: Rationale
        elements:
          - {text: Families have several needs at once, origin: published}
          - {text: Services work apart, origin: chapters, section: sec-context}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import sha256
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.yamlio import line_of, read_yaml
from evidentia.designs.theory_of_change.settings import TheoryOfChangeSettings

KEYS = {
    "origin": ("label", "assembled"),
    "stage": ("name", "elements"),
    "element": ("text", "origin", "section"),
}
NEEDED = {"origin": ("label",), "stage": ("name", "elements"), "element": ("text", "origin")}


def analyse(settings: TheoryOfChangeSettings, tables: dict[str, Any]) -> Result:
    """Return the stages and elements as a frame, and how many elements each stage has.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown or missing key, an origin that is not listed; each with file and line.
    """
    path = settings.file
    raw = read_yaml(path)
    raw = raw if isinstance(raw, dict) else {}
    origins, stages = raw.get("origins") or {}, raw.get("stages") or {}
    if not isinstance(stages, dict) or not stages:
        raise EvidentiaError(
            "there are no stages", where=path, remedy="give 'stages', each with a name and its elements"
        )
    raise_all(_faults(path, origins, stages))
    result = Result(inputs={path: sha256(path)})
    rows = []
    for key, stage in stages.items():
        result.add(
            f"{key}.n",
            len(stage["elements"]),
            "count",
            translate("Theory of Change, {stage}: number of elements", stage=stage["name"]),
        )
        for element in stage["elements"]:
            origin = origins[element["origin"]]
            rows.append(
                [
                    key,
                    stage["name"],
                    element["text"],
                    origin["label"],
                    bool(origin.get("assembled")),
                    element.get("section", ""),
                ]
            )
    result.add("stages.n", len(stages), "count", translate("Stages of the Theory of Change"))
    result.frames["elements"] = Frame(["stage", "name", "text", "origin", "assembled", "section"], rows)
    result.links.count_nobody(*(number.id for number in result.numbers))
    return result


def _faults(path: str, origins: dict[str, Any], stages: dict[str, Any]) -> Iterator[EvidentiaError]:
    """Yield what is wrong with the file."""
    for key, origin in origins.items():
        yield from _key_faults(path, ["origins", key], origin, "origin")
    for key, stage in stages.items():
        yield from _key_faults(path, ["stages", key], stage, "stage")
        elements = stage.get("elements") if isinstance(stage, dict) else None
        for index, element in enumerate(elements if isinstance(elements, list) else []):
            place = ["stages", key, "elements", index]
            yield from _key_faults(path, place, element, "element")
            origin = element.get("origin", "") if isinstance(element, dict) else ""
            if origin and origin not in origins:
                yield EvidentiaError(
                    f"the origin '{origin}' is not listed",
                    where=_where(path, place),
                    remedy=did_you_mean(origin, origins),
                )


def _key_faults(path: str, place: list[Any], found: Any, what: str) -> Iterator[EvidentiaError]:
    if not isinstance(found, dict):
        yield EvidentiaError(
            f"the {what} is not a mapping",
            where=_where(path, place),
            remedy=f"give {', '.join(NEEDED[what])}",
        )
        return
    for key in found:
        if key not in KEYS[what]:
            yield EvidentiaError(
                f"unknown key '{key}'",
                where=_where(path, [*place, key]),
                remedy=did_you_mean(str(key), KEYS[what]),
            )
    for key in NEEDED[what]:
        if not found.get(key):
            yield EvidentiaError(
                f"the key '{key}' is missing",
                where=_where(path, place),
                remedy=f"a {what} needs {', '.join(NEEDED[what])}",
            )


def _where(path: str, place: list[Any]) -> str:
    return f"{path}, line {line_of(path, place)}, {'.'.join(map(str, place))}"
