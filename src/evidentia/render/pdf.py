"""The PDF: the finished page, rearranged for paper, through WeasyPrint as tagged PDF/UA-1."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evidentia.config.model import Config
from evidentia.errors import EvidentiaError

Element = Any
SVG = "{http://www.w3.org/2000/svg}"


def write_pdf(config: Config, build: Path) -> bytes:
    """Return build/report.html as a PDF with the numbers and the figures' data attached.

    Raises
    ------
    EvidentiaError
        If Pango is missing, or WeasyPrint reports an error (an image without text, a missing anchor).
    """
    try:
        from weasyprint import HTML, Attachment
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise EvidentiaError(
            f"WeasyPrint cannot find Pango ({error})", remedy="install it: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        ) from None

    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)  # nothing but what the page carries itself
    when = datetime.datetime.combine(config.evaluation.date, datetime.time(), datetime.UTC)
    attachments = [
        Attachment(string=path.read_bytes(), name=path.name, description=described, created=when, modified=when, url_fetcher=fetcher)
        for path, described in _attached(config, build)
    ]
    document = HTML(string=(build / "report.html").read_text(encoding="utf-8"), url_fetcher=fetcher)
    for_paper(document.etree_element)
    faults = _Faults()
    logging.getLogger("weasyprint").addHandler(faults)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", attachments=attachments, pdf_identifier=config.evaluation.id.encode())
    if faults.messages:
        raise EvidentiaError("the page has faults: " + "; ".join(dict.fromkeys(faults.messages)), where="build/report.html")
    return pdf


class _Faults(logging.Handler):
    """Keeps what WeasyPrint reports as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _attached(config: Config, build: Path) -> list[tuple[Path, str]]:
    files = [(build / "numbers.csv", "Every number of the report, with its source")]
    files += [(build / "figures" / f"{name}.csv", f"Data behind the figure {name}") for name in config.figures]
    return [(path, described) for path, described in files if path.is_file()]


def for_paper(root: Element) -> None:
    """Rearrange the page for paper, in place: footnotes where they are called, pictures with a title, no widgets."""
    parents = {child: parent for parent in root.iter() for child in parent}
    notes = {item.get("id"): item for item in root.iter("li") if item.get("id", "").startswith("fn")}
    for link in [item for item in root.iter("a") if "footnote-ref" in item.get("class", "")]:
        _set_footnote(link, parents[link], notes[link.get("href", "")[1:]])
    for section in [item for item in root.iter("section") if "footnotes" in item.get("class", "")]:
        parents[section].remove(section)
    for details in list(root.iter("details")):
        parents[details].remove(details)
    for svg in root.iter(f"{SVG}svg"):
        title = ElementTree.Element(f"{SVG}title")
        title.text = svg.get("aria-label", "")
        svg.insert(0, title)


def _set_footnote(link: Element, parent: Element, note: Element) -> None:
    """Replace a footnote's mark by the note itself, which the style sheet sends to the foot of the page."""
    span = ElementTree.Element("span", {"class": "footnote"})
    span.tail = link.tail
    for paragraph in note.iter("p"):
        span.text = (span.text or "") + (paragraph.text or "")
        for child in paragraph:
            if "footnote-back" in child.get("class", ""):
                continue
            span.append(child)
    index = list(parent).index(link)
    parent.remove(link)
    parent.insert(index, span)
