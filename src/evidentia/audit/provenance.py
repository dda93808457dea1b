"""Where a build is from, for machines: a Workflow Run RO-Crate and a list of hashes. The same bytes for the
same build.

The crate is the folder build/. Files outside it (data, words, code) are named by their content, as
``ni:///sha-256;...`` (RFC 6920), so that the description holds wherever the folder lies and copies no record.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.core.files import read_json, sha256
from evidentia.core.keyed import keyed, short
from evidentia.core.paths import ENGINE
from evidentia.data.package import NAME as DATAPACKAGE

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
}
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".qmd": "text/markdown",
    ".yaml": "application/yaml",
    ".bib": "application/x-bibtex",
    ".py": "text/x-python",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WORKFLOW = "build/workflow/Snakefile"
"""A copy of the Snakefile, because a crate holds its workflow."""

SNAKEMAKE = "https://w3id.org/workflowhub/workflow-ro-crate#snakemake"


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
    root["license"] = _licence(folder)
    root["conformsTo"] = [{"@id": profile} for profile in PROFILES]
    entities = [*_profiles(), *_software(software)]
    data = {config.data[name].path: name for name in config.data}
    protected = protected_paths(config)
    read = [
        (
            _protected(folder / name, name)
            if name in protected
            else _file(_by_content(folder / name), folder / name, name)
        )
        for name in inputs
    ]
    written = [_file(name.removeprefix("build/"), folder / name, name) for name in outputs]
    asked = [
        _parameter(f"#input-{data[item['alternateName']]}", data[item["alternateName"]], item)
        for item in _among(read, data)
    ]
    given = [_parameter(f"#output-{_slug(item['@id'])}", item["@id"], item) for item in written]
    scripts = [_script(path, software["evidentia"]) for path in _scripts()]
    workflow = _workflow(asked, given, scripts, software)
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


def _by_content(path: Path) -> str:
    """Return the URI that names a file by its content."""
    digest = (
        base64.urlsafe_b64encode(bytes.fromhex(sha256(path).removeprefix("sha256:")))
        .decode("ascii")
        .rstrip("=")
    )
    return f"ni:///sha-256;{digest}"


def _file(id: str, path: Path, name: str) -> dict[str, Any]:
    return {
        "@id": id,
        "@type": "File",
        "name": path.name,
        "alternateName": name,
        "encodingFormat": MEDIA.get(path.suffix, "text/plain"),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path).removeprefix("sha256:"),
    }


def _protected(path: Path, name: str) -> dict[str, Any]:
    """Return a protected file without its size and plain hash, from which somebody who knows most of it could
    find the rest.
    """
    known = keyed(sha256(path))
    plain = {
        key: value for key, value in _file("", path, name).items() if key not in ("contentSize", "sha256")
    }
    return {**plain, "@id": f"urn:uuid:{uuid.UUID(hex=short(known, 32))}", "identifier": known}


def _parameter(id: str, name: str, item: dict[str, Any]) -> dict[str, Any]:
    """Return what the workflow asks for or gives; its file is tied to it both ways."""
    item["exampleOfWork"] = {"@id": id}
    return {
        "@id": id,
        "@type": "FormalParameter",
        "additionalType": "File",
        "name": name,
        "encodingFormat": item["encodingFormat"],
        "valueRequired": True,
        "workExample": {"@id": item["@id"]},
        "conformsTo": {"@id": "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"},
    }


def _workflow(
    asked: list[Any], given: list[Any], scripts: list[Any], software: dict[str, str]
) -> dict[str, Any]:
    return {
        **_file(WORKFLOW.removeprefix("build/"), ENGINE / "Snakefile", "Snakefile"),
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
        "encodingFormat": "text/plain",
        "programmingLanguage": {"@id": SNAKEMAKE},
        "version": software["evidentia"],
        "input": [{"@id": item["@id"]} for item in asked],
        "output": [{"@id": item["@id"]} for item in given],
        "hasPart": [{"@id": item["@id"]} for item in scripts],
        "softwareRequirements": [{"@id": _package(name, version)} for name, version in software.items()],
        "conformsTo": {"@id": "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"},
    }


def _scripts() -> list[Path]:
    return sorted((ENGINE / "scripts").glob("*.py"))


def _script(path: Path, version: str) -> dict[str, Any]:
    """Return a rule's script, with what it does in its own words."""
    first = re.match(r'"""(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL)
    described = {"description": " ".join(first[1].split())} if first else {}
    return {
        **_file(_by_content(path), path, f"scripts/{path.name}"),
        "@type": ["File", "SoftwareSourceCode"],
        "version": version,
        **described,
    }


def _profiles() -> list[dict[str, Any]]:
    profiles = [
        {"@id": id, "@type": "CreativeWork", "name": name, "version": version}
        for id, (name, version) in PROFILES.items()
    ]
    language = {
        "@id": SNAKEMAKE,
        "@type": "ComputerLanguage",
        "name": "Snakemake",
        "identifier": {"@id": "https://doi.org/10.1093/bioinformatics/bts480"},
        "url": {"@id": "https://snakemake.readthedocs.io"},
    }
    return [*profiles, language]


def _software(software: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "@id": _package(name, version),
            "@type": "SoftwareApplication",
            "name": name,
            "softwareVersion": version,
        }
        for name, version in software.items()
    ]


def _package(name: str, version: str) -> str:
    """Return the package URL of a software."""
    kind = "generic" if name in ("Python", "evidentia") else "pypi"
    return f"pkg:{kind}/{name.lower()}@{version}"


def _licence(folder: Path) -> str:
    """Return the licences that the datapackage names, as words."""
    path = folder / DATAPACKAGE
    raw = read_json(path) if path.is_file() else {}
    named = [
        *raw.get("licenses", []),
        *(item for resource in raw.get("resources", []) for item in resource.get("licenses", [])),
    ]
    titles = list(dict.fromkeys(str(item.get("title") or item.get("name")) for item in named))
    return f"Data: {', '.join(titles)}" if titles else "No licence is stated"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
