"""What differs between two files of the same name, said by what the file is: lines, parts, pages, fonts,
attachments.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

MOST = 6  # differing lines that are shown of one part of a file
_EMBEDDED = re.compile(r"data:([\w/+.-]+);base64,([A-Za-z0-9+/=]+)")
_TEXT = {".csv", ".html", ".json", ".qmd", ".svg", ".yml", ".csl", ".sha256", ""}


def manifest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder that is meant for its readers, by its path.

    Parameters
    ----------
    folder : Path
        A folder build/; logs, the draft and caches (hidden folders) are left out.
    """
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder), path) for path in files)
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in named
        if name.parts[0] not in ("logs", "draft") and not any(part.startswith(".") for part in name.parts)
    }


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """Return the names that only one of two manifests has, or that have another hash in each."""
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def differences(first: Path, second: Path) -> list[str]:
    """Return what differs between two files, in words; an empty list if nothing does."""
    if not first.is_file() or not second.is_file():
        return ["only the second build has it" if second.is_file() else "only the first build has it"]
    before, after = first.read_bytes(), second.read_bytes()
    if before == after:
        return []
    kind = first.suffix.lower()
    try:
        if kind == ".pdf":
            found = _parts(_pdf(before), _pdf(after))
        elif kind == ".xlsx":
            found = _parts(_archive(before), _archive(after))
        elif kind in _TEXT:
            found = _parts(_written(before, kind), _written(after, kind))
        else:
            found = []
    except Exception as error:  # a file that is broken differs all the same
        found = [f"one of them cannot be read: {type(error).__name__}"]
    return found or [_bytes(before, after)]


def _parts(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> list[str]:
    """Compare part by part; a part is a list of lines."""
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, []), after.get(name, [])
        if old == new:
            continue
        lines = [
            line
            for line in difflib.unified_diff(old, new, lineterm="", n=0)
            if not line.startswith(("---", "+++", "@@"))
        ]
        found += [f"{name}: {line[:160]}" for line in lines[:MOST]]
        if len(lines) > MOST:
            found.append(f"{name}: and {len(lines) - MOST} more lines")
    return found


def _written(content: bytes, kind: str) -> dict[str, list[str]]:
    """Return a text in lines, for HTML a tag each, with embedded files named by their hash."""
    text = content.decode("utf-8")
    embedded = [f"{name} {_short(data.encode())}" for name, data in _EMBEDDED.findall(text)]
    text = _EMBEDDED.sub("data:embedded", text)
    if kind == ".html":
        text = re.sub(r"(<[^/])", r"\n\1", text)
    return {"line": text.split("\n"), "embedded": embedded}


def _archive(content: bytes) -> dict[str, list[str]]:
    """Return the members of a zip file, XML a tag each, and when and how each was packed."""
    parts: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts["packing"] = [
            f"{item.filename} {item.date_time} {item.compress_type} {item.file_size}"
            for item in book.infolist()
        ]
        for name in book.namelist():
            parts[name] = re.sub(r"(<[^/])", r"\n\1", book.read(name).decode("utf-8", "replace")).split("\n")
    return parts


def _pdf(content: bytes) -> dict[str, list[str]]:
    """Return a PDF's text by page, its fonts, attachments and metadata."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    parts = {
        f"page {number}": page.extract_text().split("\n") for number, page in enumerate(reader.pages, start=1)
    }
    parts["fonts"] = sorted(set(_fonts(reader.pages)))
    parts["attachments"] = [
        f"{name} {_short(data)}" for name, versions in sorted(reader.attachments.items()) for data in versions
    ]
    parts["metadata"] = [f"{key}: {value}" for key, value in sorted((reader.metadata or {}).items())]
    root: Any = reader.trailer["/Root"]
    if "/Metadata" in root:
        parts["XMP metadata"] = (
            root["/Metadata"].get_object().get_data().decode("utf-8", "replace").split("\n")
        )
    parts["identifier"] = [repr(reader.trailer.get("/ID"))]
    for number, page in enumerate(reader.pages, start=1):
        drawn = page.get_contents()
        parts[f"drawing of page {number}"] = [_short(drawn.get_data())] if drawn is not None else []
    return parts


def _fonts(pages: Iterable[Any]) -> Iterator[str]:
    """Yield each font's name and the hash of its file."""
    for page in pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            inner = font.get_object()
            for below in inner.get("/DescendantFonts", [inner]):
                descriptor = below.get_object().get("/FontDescriptor", {}).get_object()
                file = next(
                    (
                        descriptor[key]
                        for key in ("/FontFile", "/FontFile2", "/FontFile3")
                        if key in descriptor
                    ),
                    None,
                )
                yield (
                    f"{inner.get('/BaseFont')}"
                    f" {_short(file.get_object().get_data()) if file is not None else 'not embedded'}"
                )


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _bytes(before: bytes, after: bytes) -> str:
    place = next(
        (index for index, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    return f"bytes from {place} on; {len(before)} and {len(after)} bytes"
