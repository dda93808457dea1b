"""Where a build is from, for machines: a Workflow Run RO-Crate and a list of hashes. The same bytes for the
same build.

The crate is the folder build/. Files outside it (data, words, code) are named by their content, as
``ni:///sha-256;...`` (RFC 6920), so that the description holds wherever the folder lies and copies no record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidentia.audit.crate_entities import (
    PROFILES,
    TERMS,
    by_content,
    file_entity,
    licence_entity,
    parameter_entity,
    profile_entities,
    protected_entity,
    script_entity,
    script_files,
    software_entities,
    workflow_entity,
)
from evidentia.config.model import Config
from evidentia.core.files import sha256
from evidentia.core.keyed_hashes import keyed


def manifest(config: Config, folder: Path, files: Iterable[str]) -> str:
    """Return the SHA-256 of files as ``sha256sum --check`` reads it, in the order of their names.

    Protected data have hashes made with a key, in comments, which the program passes over.
    """
    lines, protected = [], protected_paths(config)
    for name in sorted(set(files)):
        plain = sha256(folder / name)
        lines.append(
            f"# {keyed(plain)}  {name}\n"
            if name in protected
            else f"{plain.removeprefix('sha256:')}  {name}\n"
        )
    return "".join(lines)


def protected_paths(config: Config) -> set[str]:
    """Return the paths of protected data sets."""
    return {dataset.path for dataset in config.data.values() if dataset.disclosure.protects}


def crate(
    config: Config, folder: Path, inputs: list[str], outputs: list[str], software: dict[str, str]
) -> str:
    """Return build/ro-crate-metadata.json.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    inputs, outputs : list of str
        Files relative to the folder; the outputs lie in build/.
    software : dict of str to str
        Name to version.
    """
    from rocrate.rocrate import ROCrate

    made = ROCrate(version="1.1")
    made.metadata.extra_terms.update(TERMS)
    evaluation = config.evaluation
    root = made.root_dataset
    root["name"] = f"{evaluation.title}, rebuilt by Evidentia"
    root["description"] = (
        f"Report, numbers, figures and tables of {evaluation.title}, made from data by a Snakemake workflow."
    )
    root["datePublished"] = evaluation.date.isoformat()
    root["license"] = licence_entity(folder)
    root["conformsTo"] = [{"@id": profile} for profile in PROFILES]
    entities = [*profile_entities(), *software_entities(software)]
    data = {config.data[name].path: name for name in config.data}
    protected = protected_paths(config)
    read = [
        (
            protected_entity(folder / name, name)
            if name in protected
            else file_entity(by_content(folder / name), folder / name, name)
        )
        for name in inputs
    ]
    written = [file_entity(name.removeprefix("build/"), folder / name, name) for name in outputs]
    asked = [
        parameter_entity(f"#input-{data[item['alternateName']]}", data[item["alternateName"]], item)
        for item in _among(read, data)
    ]
    given = [parameter_entity(f"#output-{_slug(item['@id'])}", item["@id"], item) for item in written]
    scripts = [script_entity(path, software["evidentia"]) for path in script_files()]
    workflow = workflow_entity(asked, given, scripts, software)
    action: dict[str, Any] = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": f"Build of {evaluation.title}",
        "description": (
            "All outputs made from the inputs by one run of the workflow; its time is left out, so that each"
            " build is the same."
        ),
        "instrument": {"@id": workflow["@id"]},
        "object": [{"@id": item["@id"]} for item in read],
        "result": [{"@id": item["@id"]} for item in written],
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    if evaluation.organisation:
        entities.append({"@id": "#organisation", "@type": "Organization", "name": evaluation.organisation})
        action["agent"] = root["author"] = root["publisher"] = {"@id": "#organisation"}
    root["mainEntity"] = {"@id": workflow["@id"]}
    root["mentions"] = {"@id": "#build"}
    root["hasPart"] = [{"@id": item["@id"]} for item in (workflow, *scripts, *read, *written)]
    for entity in [*entities, *asked, *given, *read, *written, *scripts, workflow, action]:
        made.add_jsonld(entity)
    graph = made.metadata.generate()
    graph["@graph"].sort(
        key=lambda entity: (entity["@id"] not in ("ro-crate-metadata.json", "./"), entity["@id"])
    )
    return json.dumps(graph, ensure_ascii=False, indent=1) + "\n"


def _among(items: list[dict[str, Any]], paths: dict[str, str]) -> list[dict[str, Any]]:
    return [item for item in items if item["alternateName"] in paths]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
