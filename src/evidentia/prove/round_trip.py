"""The round trip: every number of the finished HTML and PDF is found again and proved.

The page's numbers are explained one by one (`evidentia.prove.origins`); then the PDF, which is made from
the page, is read back, and each of its numbers is matched with the page's by the words round it. What a page
on paper adds (page numbers, running heads, marks of footnotes and lists) is proved by itself.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.chapter_lines import ChapterLines
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.ledger import Entry, load
from evidentia.core.number_words import TOKEN, fold
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.blocks import Found, PageText
from evidentia.prove.match_pdf import match_pdf, otherwise_marked
from evidentia.prove.origins import Origins
from evidentia.prove.page_text import read_page, style_texts
from evidentia.prove.word import match_word, read_word

MOST = 10  # numbers that are reported one by one


@dataclass
class RoundTrip:
    """What was found: every number of the page, of the PDF and of the Word document, and what is left without
    an origin; a document that is not made is None.
    """

    html: list[Found]
    pdf: list[Found] | None
    faults: list[str]
    docx: list[Found] | None = None
    brief: dict[str, list[Found]] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        """Return counts by kind for both documents, and what is left."""
        documents = {}
        read = {"html": self.html, "pdf": self.pdf, "docx": self.docx}
        for name, found in (read | {f"brief.{kind}": found for kind, found in self.brief.items()}).items():
            if found is None:
                continue
            kinds = Counter(item.kind or "without origin" for item in found)
            proved = sum(count for kind, count in kinds.items() if kind != "without origin")
            documents[name] = {
                "numbers": len(found),
                "reconciled": proved,
                "kinds": dict(sorted(kinds.items())),
            }
        return {**documents, "left": self.faults}

    def as_json(self) -> dict[str, Any]:
        """Return the summary and every number of the PDF, or else of the page, with what explains it."""
        rows = [
            {"printed": item.text, "where": item.where, "kind": item.kind, "id": item.id, "words": item.words}
            for item in (self.html if self.pdf is None else self.pdf)
        ]
        return {**self.summary(), "numbers": rows}

    def raise_if_left(self) -> None:
        """Raise with each number that has no origin, its page and its words."""
        if not self.faults:
            return
        more = len(self.faults) - MOST
        faults = [
            EvidentiaError(text, remedy="bind it to the ledger, or take it out")
            for text in self.faults[:MOST]
        ]
        raise_all(
            [*faults, *([EvidentiaError(f"and {more} more numbers without an origin")] if more > 0 else [])]
        )


def round_trip(config: Config, folder: Path, build: Path, comparison: Comparison | None = None) -> RoundTrip:
    """Read the finished documents back and prove their numbers.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    build : Path
        Where the documents are, with the ledger and the data behind their figures and tables.
    comparison : Comparison, optional
        With the accepted numbers, which the annex of changes prints.
    """
    ledger = load(build / "numbers.json")
    formats = config.report.formats if config.report else []
    page = read_page(build / "report.html")
    origins = Origins(config, folder, ledger, build, comparison)
    found = [number for block in page.blocks for number in origins.numbers_in(block)]
    done = RoundTrip(found, None, _page_faults(page, found, build))
    unmatched: list[Found] = []
    if "pdf" in formats:
        pdf = FinishedPdf(build / "report.pdf")
        done.pdf, unmatched = match_pdf(page, found, pdf, origins)
        done.faults += otherwise_marked(page.marks, pdf)
    done.faults += _unused(ledger, page, unmatched)
    known = {(item.text, fold(item.words)[:20]) for item in done.pdf or [] if not item.kind}
    homes = ChapterLines.of(build)
    done.faults += [_fault(item, homes) for item in done.pdf or [] if not item.kind]
    done.faults += [
        _fault(item, homes)
        for item in found
        if not item.kind and (item.text, fold(item.words)[:20]) not in known
    ]
    if "docx" in formats:
        done.docx, faults = match_word(page, found, read_word(build / "report.docx"))
        done.faults += faults
    done.faults = list(dict.fromkeys(done.faults))
    return done


def _fault(item: Found, homes: ChapterLines) -> str:
    place = item.where if item.where.startswith("page ") else f"build/report.html, under '{item.where}'"
    home = homes.near(item.words.strip("."))
    place = f"{home} ({place})" if home else place
    return f"the number '{item.text}' has no origin: \"{item.words}\"\n  where: {place}"


def _page_faults(page: PageText, found: list[Found], build: Path) -> list[str]:
    """Return faults of what the page carries besides its text: downloads that differ from the data, numbers
    typed in style sheets.
    """
    faults = []
    for name, address in page.downloads.items():
        data = base64.b64decode(address.partition("base64,")[2])
        file = build / "figures" / name
        if not file.is_file() or file.read_bytes() != data:
            faults.append(f"the download {name} is not the data of build/figures\n  where: build/report.html")
    faults += [
        f"the style sheet prints a number: '{text}'\n  where: build/report.html"
        for text in style_texts(page.styles)
        if TOKEN.search(text)
    ]
    return faults


def _unused(ledger: Mapping[str, Entry], page: PageText, unmatched: list[Found]) -> list[str]:
    """Return a fault for each place of the ledger that the page or the PDF lacks."""
    texts = {
        mark.anchor: block.text[mark.start : mark.end]
        for block in page.blocks
        for mark in block.marks
        if mark.kind == "ledger"
    }
    faults = []
    for id, entry in ledger.items():
        for use in entry["uses"]:
            if use["anchor"].startswith("n-") and fold(texts.get(use["anchor"], "")) != fold(use["printed"]):
                printed = texts.get(use["anchor"])
                said = f"prints '{printed}'" if printed else "has nothing"
                place = f"at {use['anchor']}; the page {said}\n  where: build/report.html"
                faults.append(f"the ledger says that {id} is printed as '{use['printed']}' {place}")
    for item in unmatched:
        if item.kind == "ledger" and not item.screen_only:
            faults.append(
                f"the number '{item.text}' ({item.id}) of the page is missing from the PDF:"
                f" \"{item.words}\"\n  where: under '{item.where}'"
            )
    return faults
