"""Reading config.yaml: every fault found, each said with its key, its line and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidentia.config.model import Config, config_model
from evidentia.config.order import order_faults
from evidentia.config.own_designs import registry_of
from evidentia.config.prepared import preparation_faults
from evidentia.config.registry import Registry
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import leads_out
from evidentia.core.language import language
from evidentia.core.version import check_version
from evidentia.core.yamlio import line_of, read_yaml

NAME = "config.yaml"


def load_config(folder: Path | str = ".", *, check_files: bool = True, made: Collection[str] = ()) -> Config:
    """Load and check the configuration of an evaluation folder.

    Parameters
    ----------
    folder : path
        The evaluation folder, which holds config.yaml.
    check_files : bool
        Also check that every file that the configuration names exists.
    made : collection of str
        Files that another part of the workflow makes, and that need not exist yet.

    Raises
    ------
    EvidentiaError
        Or `Problems`, if there are several: an unknown key, a wrong type, a reference to a data set
        or an analysis that is not there, a missing file.
    """
    path = Path(folder) / NAME
    raw = read_yaml(path)
    model = config_model(registry_of(Path(folder), raw))
    if not isinstance(raw, dict):
        raise EvidentiaError(
            "the configuration is empty", where=str(path), remedy="give at least evaluation and data"
        )
    try:
        config = model.model_validate(raw)
    except ValidationError as error:
        raise_all(translate(fault, path, model.registry) for fault in error.errors(include_url=False))
        raise
    if config.engine:
        check_version(config.engine, _where(path, ["engine"]))
    order = order_faults(config.analyses, lambda keys: _where(path, keys))
    prepared = preparation_faults(config.data, lambda keys: _where(path, keys))
    raise_all(
        [
            *_references(config, path),
            *order,
            *prepared,
            *_not_synthetic(config, path),
            *_unprotected(config, path),
        ]
    )
    if check_files:
        language(config.evaluation.language, Path(folder))
        raise_all(_missing_files(config, Path(folder), path, made))
    return config


def _where(path: Path, keys: Sequence[Any]) -> str:
    line = line_of(path, keys)
    return f"{path}{f', line {line}' if line else ''}, key {'.'.join(map(str, keys))}" if keys else str(path)


def translate(fault: Any, path: Path, registry: Registry | None = None) -> EvidentiaError:
    """Turn one of Pydantic's errors into one of ours."""
    registry = registry or Registry()
    tags = {*registry.designs, *registry.figures, *registry.tables}
    given = [key for index, key in enumerate(fault["loc"]) if not _is_tag(fault["loc"], index, tags)]
    keys = [key for key in given if key != "[key]"]
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "unknown_key":
        return EvidentiaError(
            f"unknown key '{context['key']}'",
            where=_where(path, [*keys, context["key"]]),
            remedy=context["remedy"],
        )
    if kind == "missing":
        return EvidentiaError(
            f"the key '{keys[-1]}' is missing", where=_where(path, keys), remedy=f"add '{keys[-1]}'"
        )
    if kind == "missing_key":
        key = context["key"]
        return EvidentiaError(
            f"the key '{key}' is missing", where=_where(path, [*keys, key]), remedy=f"add '{key}'"
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = context["discriminator"].strip("'")
        known = [name.strip().strip("'") for name in context.get("expected_tags", "").split(",")]
        if kind == "union_tag_not_found":
            known = registry.names(keys[0])
            return EvidentiaError(
                f"the key '{tag}' is missing",
                where=_where(path, keys),
                remedy=f"add '{tag}', one of {', '.join(known)}",
            )
        return EvidentiaError(
            f"unknown {tag} '{context['tag']}'",
            where=_where(path, [*keys, tag]),
            remedy=did_you_mean(context["tag"], known),
        )
    if kind == "string_pattern_mismatch" and given[-1:] == ["[key]"]:
        return EvidentiaError(
            f"'{fault['input']}' cannot be an id",
            where=_where(path, keys),
            remedy="begin with a letter, then letters, digits, _ or -",
        )
    if kind == "contradiction":  # settings that cannot stand together, as a model says it
        return EvidentiaError(context["what"], where=_where(path, keys), remedy=context["remedy"])
    message = fault["msg"].removeprefix("Value error, ")
    return EvidentiaError(
        f"'{_short(fault['input'])}' does not fit the key '{keys[-1] if keys else NAME}':"
        f" {message[:1].lower()}{message[1:]}",
        where=_where(path, keys),
        remedy="give a value of the kind that it asks for",
    )


def _is_tag(loc: Sequence[Any], index: int, tags: set[str]) -> bool:
    """Pydantic puts the chosen member of a union into the path, third, where the file has no key."""
    return index == 2 and loc[0] in ("analyses", "figures", "tables") and loc[index] in tags


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _references(config: Config, path: Path) -> Iterator[EvidentiaError]:
    """Yield a fault for each id that names a data set or an analysis that is not there."""
    for name, analysis in config.analyses.items():
        for dataset in analysis.datasets():
            if dataset not in config.data:
                yield EvidentiaError(
                    f"the analysis '{name}' asks for the data set '{dataset}', which 'data' does not name",
                    where=_where(path, ["analyses", name, "data"]),
                    remedy=did_you_mean(dataset, config.data),
                )
    reproduces = config.evaluation.reproduces
    if reproduces and reproduces.published and reproduces.published not in config.data:
        yield EvidentiaError(
            f"the published figures are to be in the data set '{reproduces.published}', which 'data' does not"
            " name",
            where=_where(path, ["evaluation", "reproduces", "published"]),
            remedy=did_you_mean(reproduces.published, config.data),
        )
    for section, exhibits in (("figures", config.figures), ("tables", config.tables)):
        for name, exhibit in exhibits.items():
            if exhibit.analysis not in config.analyses:
                yield EvidentiaError(
                    f"'{name}' shows the analysis '{exhibit.analysis}', which 'analyses' does not name",
                    where=_where(path, [section, name, "analysis"]),
                    remedy=did_you_mean(exhibit.analysis, config.analyses),
                )
        for name in sorted(set(config.figures) & set(config.tables)) if section == "tables" else ():
            yield EvidentiaError(
                f"a figure and a table have the same id '{name}'",
                where=_where(path, ["tables", name]),
                remedy="rename one",
            )


def _not_synthetic(config: Config, path: Path) -> Iterator[EvidentiaError]:
    """Yield a fault if all records are said to be synthetic, and a data set is not marked so."""
    real = [name for name, dataset in config.data.items() if not dataset.synthetic]
    if real and config.evaluation.synthetic_records == "all":
        yield EvidentiaError(
            f"all records are said to be synthetic, and the data set '{real[0]}' is not marked so",
            where=_where(path, ["evaluation", "synthetic_records"]),
            remedy=f"write true here if some are, or synthetic: true in data.{real[0]}",
        )


def _unprotected(config: Config, path: Path) -> Iterator[EvidentiaError]:
    """Yield a fault for each protected data set that an analysis reads whose design cannot protect it."""
    for name, analysis in config.analyses.items():
        for dataset in analysis.datasets():
            protects = dataset in config.data and config.data[dataset].disclosure.protects
            if protects and config.registry.designs[analysis.design].disclosure == "none":
                yield EvidentiaError(
                    f"the design '{analysis.design}' does not say how its counts of people hang together, so"
                    f" it cannot read the protected data set '{dataset}'",
                    where=_where(path, ["analyses", name, "data"]),
                    remedy=(
                        "give the analysis data without records of people, or take 'disclosure' out of"
                        f" data.{dataset}"
                    ),
                )


def _missing_files(
    config: Config, folder: Path, path: Path, made: Collection[str]
) -> Iterator[EvidentiaError]:
    named: list[tuple[list[Any], str]] = [
        (["data", name, "path"], dataset.path) for name, dataset in config.data.items() if not dataset.run
    ]
    for name, dataset in config.data.items():
        named += [(["data", name, "files"], path) for path in dataset.files]
        named += [(["data", name, "run"], path) for path in dataset.programs()]
    for name, analysis in config.analyses.items():
        named += [(["analyses", name, *key.split(".")], path) for key, path in other_files(analysis).items()]
        named += [(["analyses", name, "run"], path) for path in programs_for(analysis)]
    if config.report:
        named += [(["report", "chapters", index], name) for index, name in enumerate(config.report.chapters)]
        for key in ("facts", "bibliography", "csl", "reference"):
            if name := getattr(config.report, key):
                named.append((["report", key], name))
    for keys, name in named:
        if name in made:
            continue
        if leads_out(folder, name):
            yield EvidentiaError(
                f"the file {name} is a link, or lies behind one, that leads out of the evaluation folder",
                where=_where(path, keys),
                remedy="put a copy of the file into the folder",
            )
        elif not (folder / name).is_file():
            near = did_you_mean(name, _files_beside(folder, name))
            yield EvidentiaError(
                f"the file {name} does not exist",
                where=_where(path, keys),
                remedy=f"create it, or correct the path; {near}",
            )


def other_files(analysis: Any) -> dict[str, str]:
    """Return the files that an analysis reads beside its data sets, by the key of its settings that names
    them.
    """
    given = getattr(analysis, "files", {})
    if callable(given):
        files: dict[str, str] = given()
        return files
    return {f"files.{place}": path for place, path in enumerate(given)}


def programs_for(entry: Any) -> list[str]:
    """Return the programs of the folder that an analysis, or a data set that is prepared, runs."""
    programs: list[str] = entry.programs() if hasattr(entry, "programs") else []
    return programs


def _files_beside(folder: Path, name: str) -> list[str]:
    parent = (folder / name).parent
    files = [file for file in sorted(parent.iterdir()) if file.is_file()] if parent.is_dir() else []
    return [file.relative_to(folder).as_posix() for file in files]
