"""Reading config.yaml: every fault found, each said with its key, its line and what to do."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidentia.config.messages import NAME, translate, where_of
from evidentia.config.model import Config, config_model
from evidentia.config.order import order_faults
from evidentia.config.own_designs import registry_of
from evidentia.config.prepared import preparation_faults
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import leads_out
from evidentia.core.language import language
from evidentia.core.version import check_version
from evidentia.core.yamlio import read_yaml


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
    cut: list[EvidentiaError] = []
    raw = read_yaml(path, cut)
    model = config_model(registry_of(Path(folder), raw))
    if not isinstance(raw, dict):
        raise EvidentiaError(
            "the configuration is empty", where=str(path), remedy="give at least evaluation and data"
        )
    config, faults = _validated(model, raw, path)
    faults = [*cut, *faults]
    if config is None:
        raise_all(faults)
    assert config is not None  # a file that no part of which can be read has faults
    if config.engine and not faults:
        check_version(config.engine, where_of(path, ["engine"]))
    faults += [*_references(config, path, raw)]
    faults += order_faults(config.analyses, lambda keys: where_of(path, keys))
    faults += preparation_faults(config.data, lambda keys: where_of(path, keys))
    faults += [*_not_synthetic(config, path), *_unprotected(config, path)]
    if check_files:
        faults += _missing_files(config, Path(folder), path, made)
    raise_all(faults)
    if check_files:
        language(config.evaluation.language, Path(folder))
    return config


def _validated(
    model: type[Config], raw: dict[str, Any], path: Path
) -> tuple[Config | None, list[EvidentiaError]]:
    """Return the configuration, without the parts in which something is wrong, and what is wrong with them.

    So what the other parts name can be checked in the same run.
    """
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        schema = model.model_json_schema()
        wrong = error.errors(include_url=False)
        faults = [translate(fault, path, model.registry, schema) for fault in wrong]
    rest = copy.deepcopy(raw)
    for fault in wrong:
        loc = [*map(str, fault["loc"])]
        if not loc or loc[0] == "evaluation":
            rest["evaluation"] = {"id": "x", "title": "x", "date": "2000-01-01"}
        section = rest.get(loc[0]) if loc else None
        if len(loc) > 1 and isinstance(section, dict) and loc[0] != "evaluation":
            section.pop(loc[1], None)
        elif loc and loc[0] != "evaluation":
            rest.pop(loc[0], None)
    rest = {key: value for key, value in rest.items() if key in schema["properties"]}
    try:
        return model.model_validate(rest), faults
    except ValidationError:
        return None, faults


def _mapping(section: Any) -> dict[str, Any]:
    """Return a section as the file has it; empty if it is no mapping."""
    return section if isinstance(section, dict) else {}


def _references(config: Config, path: Path, raw: dict[str, Any]) -> Iterator[EvidentiaError]:
    """Yield a fault for each id that names a data set or an analysis that is not there."""
    data, analyses = (_mapping(raw.get(section)) for section in ("data", "analyses"))
    for name, analysis in config.analyses.items():
        for dataset in analysis.datasets():
            if dataset not in data:
                yield EvidentiaError(
                    f"the analysis '{name}' asks for the data set '{dataset}', which 'data' does not name",
                    where=where_of(path, ["analyses", name, "data"]),
                    remedy=did_you_mean(dataset, config.data),
                )
    reproduces = config.evaluation.reproduces
    if reproduces and reproduces.published and reproduces.published not in data:
        yield EvidentiaError(
            f"the published figures are to be in the data set '{reproduces.published}', which 'data' does not"
            " name",
            where=where_of(path, ["evaluation", "reproduces", "published"]),
            remedy=did_you_mean(reproduces.published, config.data),
        )
    for section, exhibits in (("figures", config.figures), ("tables", config.tables)):
        for name, exhibit in exhibits.items():
            if exhibit.analysis not in analyses:
                yield EvidentiaError(
                    f"'{name}' shows the analysis '{exhibit.analysis}', which 'analyses' does not name",
                    where=where_of(path, [section, name, "analysis"]),
                    remedy=did_you_mean(exhibit.analysis, config.analyses),
                )
        for name in sorted(set(config.figures) & set(config.tables)) if section == "tables" else ():
            yield EvidentiaError(
                f"a figure and a table have the same id '{name}'",
                where=where_of(path, ["tables", name]),
                remedy="rename one",
            )


def _not_synthetic(config: Config, path: Path) -> Iterator[EvidentiaError]:
    """Yield a fault if all records are said to be synthetic, and a data set is not marked so."""
    real = [name for name, dataset in config.data.items() if not dataset.synthetic]
    if real and config.evaluation.synthetic_records == "all":
        yield EvidentiaError(
            f"all records are said to be synthetic, and the data set '{real[0]}' is not marked so",
            where=where_of(path, ["evaluation", "synthetic_records"]),
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
                    where=where_of(path, ["analyses", name, "data"]),
                    remedy=(
                        "give the analysis data without records of people, or take 'disclosure' out of"
                        f" data.{dataset}"
                    ),
                )


STANDING = ("_brand.yml", "plan.yaml", "plan-changes.yaml", "languages", "assurance", "tests/regression")
"""Files and folders that are read where they stand, without being named in config.yaml."""


def _standing(folder: Path) -> Iterator[str]:
    """Yield the paths that are read where they stand, with what such a folder holds."""
    for name in STANDING:
        yield name
        if (folder / name).is_dir() and not leads_out(folder, name):
            yield from (f"{name}/{one.name}" for one in sorted((folder / name).iterdir()))


def _missing_files(
    config: Config, folder: Path, path: Path, made: Collection[str]
) -> Iterator[EvidentiaError]:
    for name in _standing(folder):
        if leads_out(folder, name):
            yield EvidentiaError(
                f"{name} is a link, or lies behind one, that leads out of the evaluation folder",
                where=str(path),
                remedy="put a copy of the file into the folder",
            )
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
                where=where_of(path, keys),
                remedy="put a copy of the file into the folder",
            )
        elif not (folder / name).is_file():
            near = did_you_mean(name, _files_beside(folder, name))
            yield EvidentiaError(
                f"the file {name} does not exist",
                where=where_of(path, keys),
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
