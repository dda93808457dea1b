"""Entities of a Workflow Run RO-Crate: files, parameters, scripts, software and licence."""

from __future__ import annotations

import base64
import re
import uuid
from pathlib import Path
from typing import Any

from evidentia.core.files import read_json, sha256
from evidentia.core.keyed_hashes import keyed, short
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


def by_content(path: Path) -> str:
    """Return the URI that names a file by its content."""
    digest = (
        base64.urlsafe_b64encode(bytes.fromhex(sha256(path).removeprefix("sha256:")))
        .decode("ascii")
        .rstrip("=")
    )
    return f"ni:///sha-256;{digest}"


def file_entity(id: str, path: Path, name: str) -> dict[str, Any]:
    """Return a file with its type and size."""
    return {
        "@id": id,
        "@type": "File",
        "name": path.name,
        "alternateName": name,
        "encodingFormat": MEDIA.get(path.suffix, "text/plain"),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path).removeprefix("sha256:"),
    }


def protected_entity(path: Path, name: str) -> dict[str, Any]:
    """Return a protected file without its size and plain hash, from which somebody who knows most of it could
    find the rest.
    """
    known = keyed(sha256(path))
    plain = {
        key: value
        for key, value in file_entity("", path, name).items()
        if key not in ("contentSize", "sha256")
    }
    return {**plain, "@id": f"urn:uuid:{uuid.UUID(hex=short(known, 32))}", "identifier": known}


def parameter_entity(id: str, name: str, item: dict[str, Any]) -> dict[str, Any]:
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


def workflow_entity(
    asked: list[Any], given: list[Any], scripts: list[Any], software: dict[str, str]
) -> dict[str, Any]:
    """Return the workflow, with what it asks for, what it gives and what runs it."""
    return {
        **file_entity(WORKFLOW.removeprefix("build/"), ENGINE / "Snakefile", "Snakefile"),
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


def script_files() -> list[Path]:
    """Return the scripts of the rules."""
    return sorted((ENGINE / "scripts").glob("*.py"))


def script_entity(path: Path, version: str) -> dict[str, Any]:
    """Return a rule's script, with what it does in its own words."""
    first = re.match(r'"""(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL)
    described = {"description": " ".join(first[1].split())} if first else {}
    return {
        **file_entity(by_content(path), path, f"scripts/{path.name}"),
        "@type": ["File", "SoftwareSourceCode"],
        "version": version,
        **described,
    }


def profile_entities() -> list[dict[str, Any]]:
    """Return the profiles that the crate keeps to."""
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


def software_entities(software: dict[str, str]) -> list[dict[str, Any]]:
    """Return the packages that made the build."""
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


def licence_entity(folder: Path) -> str:
    """Return the licences that the datapackage names, as words."""
    path = folder / DATAPACKAGE
    raw = read_json(path) if path.is_file() else {}
    named = [
        *raw.get("licenses", []),
        *(item for resource in raw.get("resources", []) for item in resource.get("licenses", [])),
    ]
    titles = list(dict.fromkeys(str(item.get("title") or item.get("name")) for item in named))
    return f"Data: {', '.join(titles)}" if titles else "No licence is stated"
