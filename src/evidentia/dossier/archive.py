"""The archive package: all that somebody else needs to make the results again, but no protected record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.audit.crate_entities import MEDIA
from evidentia.audit.provenance import protected_paths
from evidentia.config.load import other_files
from evidentia.config.model import Config
from evidentia.core.facts import stored_sources
from evidentia.core.files import csv_text, leads_out, read_json, sha256
from evidentia.core.keyed_hashes import keyed
from evidentia.core.paths import BUILD, ENGINE, PROTECTED
from evidentia.core.programs import programs_of
from evidentia.core.text import read_bytes
from evidentia.data.package import NAME as DATAPACKAGE
from evidentia.dossier.readme import readme
from evidentia.dossier.zips import zipped
from evidentia.plan.frozen import FILES as PLAN_FILES

RESULTS = tuple(f"report.{kind}" for kind in ("html", "pdf", "docx")) + (
    "numbers.json",
    "numbers.csv",
    "claims.json",
    "plan.json",
)
BASELINE = ("tests/regression/CHANGES.md", "tests/regression/numbers.json")
MANIFEST = "manifest.sha256"


def archive(config: Config, folder: Path, software: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """Return archive.zip, and what a person must still write for it.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder, built.
    software : mapping of str to str
        Name to version.
    """
    members = {
        **_syntax(config, folder),
        **_data(config, folder),
        **_results(config, folder),
        "requirements.lock": (ENGINE / "requirements.lock").read_bytes(),
        "codebook.csv": codebook(config, folder).encode(),
    }
    text, missing = readme(config, folder, sorted(members), withheld(config, folder), software)
    members["README.md"] = text.encode()
    members["ro-crate-metadata.json"] = _crate(config, members).encode()
    members[MANIFEST] = _manifest(members).encode()
    return zipped(members), missing


def _syntax(config: Config, folder: Path) -> dict[str, bytes]:
    """Return the words, settings and programs from which the report is made."""
    report = config.report
    named = ["config.yaml", *PLAN_FILES, "_brand.yml", *BASELINE]
    if report:
        named += [*report.chapters, *filter(None, (report.facts, report.bibliography, report.csl))]
    for analysis in config.analyses.values():
        named += other_files(analysis).values()
    named += programs_of(folder).files
    named += [path.relative_to(folder).as_posix() for path in sorted((folder / "assurance").glob("*.yaml"))]
    found = {f"evaluation/{name}": _bytes(folder, name) for name in named if (folder / name).is_file()}
    return {**found, "workflow/Snakefile": (ENGINE / "Snakefile").read_bytes()}


def _data(config: Config, folder: Path) -> dict[str, bytes]:
    """Return the data that are not protected, as they came, with their description."""
    protected = protected_paths(config)
    names = [_path(dataset) for dataset in config.data.values()]
    open_ = [name for name in [*names, DATAPACKAGE] if name and name not in protected]
    return {f"evaluation/{name}": _bytes(folder, name) for name in open_ if (folder / name).is_file()}


def _results(config: Config, folder: Path) -> dict[str, bytes]:
    build = folder / BUILD
    names = [name for name in RESULTS if (build / name).is_file()]
    names += [f"figures/{id}.{kind}" for id in config.figures for kind in ("svg", "csv")]
    names += [f"tables/{id}.csv" for id in config.tables]
    return {f"results/{name}": _bytes(build, name) for name in names if (build / name).is_file()}


def _path(dataset: Any) -> str:
    return "" if dataset.run else dataset.path or ""  # what a program makes is made again from its sources


def _bytes(folder: Path, name: str) -> bytes:
    if leads_out(folder, name):
        return b""
    return read_bytes(folder / name, name)[0]


def withheld(config: Config, folder: Path) -> list[tuple[str, str, str]]:
    """Return what the archive leaves out: path, hash, and why. The hash of a protected file is keyed."""
    rows = [
        (path, keyed(sha256(folder / path)), "records of people")
        for path in sorted(protected_paths(config))
        if (folder / path).is_file() and not path.startswith(f"{PROTECTED}/")
    ]
    facts = config.report.facts if config.report else None
    for name in stored_sources(folder / facts) if facts else []:
        if (folder / name).is_file() and not leads_out(folder, name):
            rows.append((name, sha256(folder / name), "a document of others"))
    return rows


def codebook(config: Config, folder: Path) -> str:
    """Return a row for each column of each data set: what it is, its type and its missing values."""
    path = folder / BUILD / "import.json"
    imported = read_json(path)["data"] if path.is_file() else {}
    described = _described(folder)
    rows = []
    for name in config.data:
        report = imported.get(name, {})
        for column in report.get("columns", []):
            own = described.get((report.get("path", ""), column["name"]), {})
            words = own.get("description") or own.get("title") or ""
            declared = column.get("declared_missing", {})
            codes = "; ".join(f"{code} ({said})" for code, said in declared.items())
            missing = "" if report.get("protected") else column.get("missing", "")
            kind = own.get("type") or column.get("role", "")
            rows.append([name, report.get("path", ""), column["name"], kind, words, missing, codes])
    header = ["data_set", "file", "column", "type", "description", "missing", "missing_codes"]
    return csv_text(header, rows)


def _described(folder: Path) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return what datapackage.json says of each column, by file and name."""
    path = folder / DATAPACKAGE
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for resource in read_json(path).get("resources", []):
        schema = resource.get("schema")
        fields = schema.get("fields", []) if isinstance(schema, dict) else []
        for field in fields:
            found[f"data/{resource.get('path', '')}", str(field.get("name"))] = field
    return found


def _crate(config: Config, members: Mapping[str, bytes]) -> str:
    """Return the description of the archive as an RO-Crate."""
    evaluation, publish = config.evaluation, config.publish
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{evaluation.title}: archive package",
        "description": "Words, settings, open data and results from which the report can be made again.",
        "datePublished": evaluation.date.isoformat(),
        "hasPart": [{"@id": name} for name in sorted(members)],
    }
    if publish and publish.licence:
        root["license"] = publish.licence
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    files = [
        {
            "@id": name,
            "@type": "File",
            "name": Path(name).name,
            "contentSize": str(len(content)),
            "encodingFormat": MEDIA.get(Path(name).suffix, "text/plain"),
        }
        for name, content in sorted(members.items())
    ]
    graph = [descriptor, root, *files]
    return json.dumps(
        {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}, ensure_ascii=False, indent=1
    )


def _manifest(members: Mapping[str, bytes]) -> str:
    import hashlib

    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    )
