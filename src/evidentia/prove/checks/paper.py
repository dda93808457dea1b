"""Checks of build/report.pdf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evidentia.prove.checks.check import CannotRun
from evidentia.render.html.scripts import FALLBACK
from evidentia.render.html.webfonts import FAMILY

MOST_BYTES = 3 * 1024 * 1024


def conforms(path: Path) -> tuple[str, list[str]]:
    """Check PDF/UA-1 with page-validation, against the same rules as veraPDF."""
    try:
        import page
    except ImportError:
        raise CannotRun("page-validation is not installed") from None
    report = page.validate_pdf(str(path), profile="ua1")
    findings = [
        f"{failure.message} (clause {getattr(failure, 'clause', '?')})" for failure in report.failures
    ]
    if not report.is_compliant and not findings:
        findings.append("not compliant")
    return f"PDF/UA-1, {len(findings)} findings", findings


def _reader(path: Path) -> Any:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise CannotRun("pypdf is not installed") from None
    return PdfReader(path)


def fonts_embedded(path: Path, own: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Check that each font travels with the file, and is the report's own: a character that it lacks takes
    one from the machine. `own` are the names of further fonts that the report brings.
    """
    known = {_folded(name) for name in (FAMILY, *own)}
    names, findings = set(), []
    for number, page in enumerate(_reader(path).pages, start=1):
        for name, descriptor in _fonts(page.get("/Resources", {})):
            names.add(name.partition("+")[2] or name)
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                findings.append(f"page {number}: {name} is not embedded")
            if FALLBACK not in name and not any(one in _folded(name) for one in known):
                findings.append(f"page {number}: {name} is a font of this machine")
    return ", ".join(sorted(names)) or "no text", list(dict.fromkeys(findings))


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _fonts(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and descriptor of the fonts of a page, and of the drawings on it."""
    resources = resources.get_object() if hasattr(resources, "get_object") else resources
    for item in (resources.get("/Font") or {}).values():
        font = item.get_object()
        for descendant in font.get("/DescendantFonts", [font]):
            inner = descendant.get_object()
            descriptor = inner.get("/FontDescriptor")
            yield str(inner.get("/BaseFont", "?"))[1:], descriptor.get_object() if descriptor else {}
    for item in (resources.get("/XObject") or {}).values():
        inner = item.get_object().get("/Resources")
        if inner:
            yield from _fonts(inner)


def described(path: Path, title: str, language: str, attached: list[str]) -> tuple[str, list[str]]:
    """Check title, language, bookmarks and attachments.

    Parameters
    ----------
    path : Path
    title, language : str
        As config.yaml has them.
    attached : list of str
        Names of the files that must be attached.
    """
    reader = _reader(path)
    root = reader.trailer["/Root"]
    findings = []
    if (reader.metadata or {}).get("/Title") != title:
        findings.append("the title in the metadata is not the report's")
    if root.get("/Lang") != language:
        findings.append(f"the language is {root.get('/Lang')}, not {language}")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        findings.append("a viewer shows the file's name instead of the title")
    if not root.get("/MarkInfo", {}).get("/Marked"):
        findings.append("the file is not tagged")
    bookmarks = len(reader.outline)
    if not bookmarks:
        findings.append("there are no bookmarks")
    findings += [f"{name} is not attached" for name in attached if name not in reader.attachments]
    return f"{bookmarks} bookmarks of chapters, {len(reader.attachments)} attachments", findings


def pictures_described(path: Path, figures: int) -> tuple[str, list[str]]:
    """Check that each figure's text alternative is in the structure tree."""
    found = [
        str(element.get("/Alt", "")) for element in _elements(_reader(path)) if element.get("/S") == "/Figure"
    ]
    findings = [
        f"figure {number} has no text alternative"
        for number, text in enumerate(found, start=1)
        if len(text) < 20
    ]
    if len(found) < figures:
        findings.append(f"{len(found)} pictures are tagged, but the report has {figures} figures")
    return f"{len(found)} pictures", findings


def _elements(reader: Any) -> Iterator[Any]:
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        kids = waiting.pop().get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            element = kid.get_object()
            if hasattr(element, "get") and "/S" in element:
                yield element
                waiting.append(element)


def size(path: Path) -> tuple[str, list[str]]:
    """Check that the file is small enough to mail."""
    bytes_ = path.stat().st_size
    pages = len(_reader(path).pages)
    findings = [f"larger than {MOST_BYTES // 1024 // 1024} MiB"] if bytes_ > MOST_BYTES else []
    return f"{pages} pages, {bytes_ / 1024:,.0f} KiB", findings
