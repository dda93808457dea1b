"""The PDF: the finished page, rearranged for paper, through WeasyPrint as tagged PDF/UA-1."""

from __future__ import annotations

import datetime
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.paper import for_paper
from evidentia.render.pdf.press import print_pdf

KEPT = Path(".cache", "pdf")
"""Where parts are kept, in build/."""


def write_pdf(config: Config, build: Path, processes: int = 1) -> bytes:
    """Return build/report.html as a PDF with the numbers and the figures' data attached.

    Parameters
    ----------
    config : Config
    build : Path
    processes : int
        How many parts may be set at the same time.

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
    page = HTML(string=(build / "report.html").read_text(encoding="utf-8"), url_fetcher=fetcher)
    for_paper(page.etree_element)
    return print_pdf(page, build / KEPT, processes, config.evaluation.id, attachments=attachments)


def _attached(config: Config, build: Path) -> list[tuple[Path, str]]:
    files = [(build / "numbers.csv", "Every number of the report, with its source")]
    files += [(build / "numbers.json", "The same as a ledger, with each place where a number is printed")]
    files += [(build / "figures" / f"{name}.csv", f"Data behind the figure {name}") for name in config.figures]
    return [(path, described) for path, described in files if path.is_file()]
