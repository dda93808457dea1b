"""The PDF: the finished page, rearranged for paper, as one WeasyPrint document, tagged PDF/UA-1."""

from __future__ import annotations

import datetime
import logging
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.font_files import FONTS
from evidentia.core.language import translate
from evidentia.render.html.places import places
from evidentia.render.pdf.characters import lacking, named
from evidentia.render.pdf.edges import Find, cut_off
from evidentia.render.pdf.footnotes import laid_out
from evidentia.render.pdf.paper import as_text, for_paper
from evidentia.render.pdf.tags import complete, one_area_a_link

VARIANT = "pdf/ua-1"
_FONTCONFIG = "FONTCONFIG_FILE"  # the variable in which fontconfig looks for its settings
_ANCHOR = re.compile(r"No anchor #([\w.:-]+)")
MOST_NAMED = 5  # characters in one message


def write_pdf(config: Config, build: Path, folder: Path = Path(), page: str = "") -> bytes:
    """Return the page as a PDF with the numbers and the figures' data attached.

    Parameters
    ----------
    config : Config
    build : Path
        Where report.html, the numbers and the figures are.
    folder : Path
        The evaluation folder, whose files are named where a character has no glyph.
    page : str
        HTML of another page than the report's, to which no data are attached.

    Raises
    ------
    EvidentiaError
        If Pango is missing, or WeasyPrint reports an error (an image without text, a missing anchor).
    """
    try:
        from weasyprint import Attachment
    except OSError as error:
        raise EvidentiaError(
            f"WeasyPrint cannot find Pango ({error})",
            remedy="install it: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        ) from None

    when = datetime.datetime.combine(config.evaluation.date, datetime.time(), datetime.UTC)
    attachments = [
        Attachment(
            string=path.read_bytes(),
            name=path.name,
            description=described,
            created=when,
            modified=when,
            relationship="Data",
        )
        for path, described in ([] if page else _attached(config, build))
    ]
    root = for_paper(page or (build / "report.html").read_text(encoding="utf-8"))
    raise_all(_without_glyph(config, folder, lacking(root)))
    return to_pdf(root, places(config, folder).find, attachments=attachments)


def _without_glyph(config: Config, folder: Path, characters: dict[str, str]) -> Iterator[EvidentiaError]:
    """Yield a fault for the characters that the report's font lacks, by their first places in the folder's
    words.
    """
    files = [*(config.report.chapters if config.report else []), "config.yaml"]
    lines = [
        (path, number, line) for path in files for number, line in enumerate(_lines(folder / path), start=1)
    ]
    places: dict[str, list[str]] = {}
    for character, heading in characters.items():
        place = next((f"{path}, line {number}" for path, number, line in lines if character in line), "")
        places.setdefault(place or f"build/report.html, under '{heading}'", []).append(named(character))
    for place, names in places.items():
        listed = ", ".join(names[:MOST_NAMED]) + (
            f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        )
        yield EvidentiaError(
            f"the report's font has no character {listed}",
            where=place,
            remedy=(
                f"put a font that has it into {FONTS} (one of Noto's is free to use), or write it in Latin,"
                " Greek, Cyrillic or Hebrew letters: a name as its bearer writes it in English"
            ),
        )


def _lines(path: Path) -> list[str]:
    return (
        unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).splitlines() if path.is_file() else []
    )


def to_pdf(root: Any, find: Find = lambda *_: "", **options: Any) -> bytes:
    """Return a page for paper as a tagged PDF.

    Parameters
    ----------
    root : lxml element
        As `evidentia.render.pdf.paper.for_paper` returned it.
    find : callable
        Returns the file and line in which one of some texts stands, for messages.
    options
        For `weasyprint.Document.write_pdf`.

    Raises
    ------
    EvidentiaError
        If WeasyPrint reports an error, a footnote finds no room, or something is wider than its page.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(
        allowed_protocols={"data"}, fail_on_errors=True
    )  # nothing but what the page carries itself
    with _no_fonts_of_the_machine(), _faults_raised(find):
        document = laid_out(HTML(string=as_text(root), url_fetcher=fetcher), pdf_variant=VARIANT)
        raise_all(cut_off(document, find))
        one_area_a_link(document)
        pdf: bytes = document.write_pdf(finisher=complete, pdf_variant=VARIANT, **options)
    return pdf


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Let the page's own fonts decide: fontconfig would prefer an installed font of the same name.

    The fonts that matplotlib brings stay, because Pango ends the process where there is none at all.
    """
    installed = metadata.files("matplotlib") or ()  # which are listed without importing it
    brought = next(Path(str(file.locate())) for file in installed if file.name == "DejaVuSans.ttf").parent
    before = os.environ.get(_FONTCONFIG)
    with tempfile.TemporaryDirectory(prefix="evidentia-") as place:
        settings = Path(place, "fonts.conf")
        settings.write_text(f"<fontconfig><dir>{escape(str(brought))}</dir></fontconfig>", encoding="utf-8")
        os.environ[_FONTCONFIG] = str(settings)
        try:
            yield
        finally:
            os.environ.pop(_FONTCONFIG)
            os.environ |= {} if before is None else {_FONTCONFIG: before}


def _attached(config: Config, build: Path) -> list[tuple[Path, str]]:
    files = [(build / "numbers.csv", translate("Every number of the report, with its source"))]
    files += [
        (build / "numbers.json", translate("The same as a ledger, with each place where a number is printed"))
    ]
    files += [
        (build / "figures" / f"{name}.csv", translate("Data behind the figure {name}", name=name))
        for name in config.figures
    ]
    return [(path, described) for path, described in files if path.is_file()]


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(re.sub(r"data:[^\"]{40,}", "data:...", record.getMessage()))


@contextmanager
def _faults_raised(find: Callable[..., str]) -> Iterator[None]:
    """Raise what WeasyPrint reports as an error, each with its place: an image without text, a missing
    anchor.
    """
    log, keep = logging.getLogger("weasyprint"), _Keep()
    passed_on = log.propagate
    log.addHandler(keep)
    log.propagate = False  # a library that draws formulas prints whatever reaches the root
    try:
        yield
    finally:
        log.removeHandler(keep)
        log.propagate = passed_on
    faults = []
    for message in dict.fromkeys(keep.messages):
        named = _ANCHOR.search(message)
        place = find(f"@{named[1]}", f"#{named[1]}", named[1]) if named else ""
        what = f"nothing has the label '{named[1]}', to which a link leads" if named else message
        faults.append(EvidentiaError(f"the page has a fault: {what}", where=place or "build/report.html"))
    raise_all(faults)
