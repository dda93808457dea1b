"""The round trip: every number of the finished HTML and PDF is found again and proved.

The page's numbers are explained one by one (`evidentia.prove.origins`); then the PDF, which is made from
the page, is read back, and each of its numbers is matched with the page's by the words round it. What a page
on paper adds (page numbers, running heads, marks of footnotes and lists) is proved by itself.
"""

from __future__ import annotations

import base64
import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.homes import Homes
from evidentia.core.ledger import Entry, load
from evidentia.core.number_words import TOKEN, around, fold
from evidentia.core.pdf_piece import Piece
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.blocks import Block, Found, PageText
from evidentia.prove.origins import Origins
from evidentia.prove.page_text import PLACE, read_page, style_texts
from evidentia.prove.word import match_word, read_word

MOST = 10  # numbers that are reported one by one
_CONTEXTS = ((12, 12), (12, 0), (0, 12), (4, 4), (5, 0), (0, 5))
"""Letters and digits before and after a number that have to agree, the strictest first; where the order
differs, one side has to do.
"""


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
        done.faults += _otherwise_marked(page.marks, pdf)
    done.faults += _unused(ledger, page, unmatched)
    known = {(item.text, fold(item.words)[:20]) for item in done.pdf or [] if not item.kind}
    homes = Homes.of(build)
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


def _fault(item: Found, homes: Homes) -> str:
    place = item.where if item.where.startswith("page ") else f"build/report.html, under '{item.where}'"
    home = homes.near(item.words.strip("."))
    place = f"{home} ({place})" if home else place
    return f"the number '{item.text}' has no origin: \"{item.words}\"\n  where: {place}"


def match_pdf(
    page: PageText, found: list[Found], pdf: FinishedPdf, origins: Origins
) -> tuple[list[Found], list[Found]]:
    """Match each number of the PDF with one of the page.

    Returns
    -------
    printed : list of Found
        The PDF's numbers; each that is matched has the kind and id of the page's.
    unmatched : list of Found
        The page's numbers that the PDF does not have.
    """
    pieces = list(pdf.pieces())
    labels = _page_labels(pieces, len(pdf))
    body = [piece for piece in pieces if piece.role in ("text", "alt")]
    leading = {id(piece) for piece in body if _leads_there(piece, pdf.anchors(), labels)}
    added = [
        _in_piece(piece, match, "page number")
        for piece in body
        if id(piece) in leading
        for match in TOKEN.finditer(piece.text)
    ]
    of_paper = [(piece, _added(piece, piece.text.strip())) for piece in body if id(piece) not in leading]
    added += [
        _in_piece(piece, match, kind)
        for piece, kind in of_paper
        if kind
        for match in TOKEN.finditer(piece.text)
    ]
    body = [piece for piece, kind in of_paper if not kind]
    printed = [_in_piece(piece, match) for piece in body for match in TOKEN.finditer(piece.text)]
    on_paper = _stream([piece.text for piece in body])
    paper = [position for position, item in enumerate(found) if not item.screen_only]
    on_page = dict(zip(paper, _stream([_for_paper(block) for block in page.blocks]), strict=True))
    left = list(range(len(printed)))
    for before, after in _CONTEXTS:
        index: dict[tuple[str, str, str], deque[int]] = defaultdict(deque)
        for position in on_page:
            index[_key(found[position].text, on_page[position], before, after)].append(position)
        still = []
        for number in left:
            candidates = index[_key(printed[number].text, on_paper[number], before, after)]
            if candidates:
                position = candidates.popleft()
                del on_page[position]
                printed[number].kind, printed[number].id = found[position].kind, found[position].id
            else:
                still.append(number)
        left = still
    owners = [piece for piece in body for _ in TOKEN.finditer(piece.text)]
    headings = {
        fold(owner.text)
        for owner, item in zip(owners, printed, strict=True)
        if owner.tag == "TH" and item.kind
    }
    for number in left:
        owner = owners[number]
        again = owner.tag == "TH" and fold(owner.text) in headings
        printed[number].kind = "repeated heading" if again else ""
    margins = [piece for piece in pieces if piece.role in ("margin", "bookmark")]
    return [*printed, *added, *_margins(margins, labels, page, origins)], [
        found[position] for position in on_page
    ]


def _leads_there(piece: Piece, pages: Mapping[str, int], labels: Mapping[int, str]) -> bool:
    """Tell whether a piece is a link's page number, and the right one; the link from a number to its row is
    none.
    """
    target = pages.get(piece.target, 0)
    return not piece.target.startswith("row-") and target > 0 and piece.text.strip() == labels[target]


def _added(piece: Piece, text: str) -> str:
    """Return the kind of a piece that paper adds: the mark of an item, or of a note, from where it leads back
    to its call; empty for any other.
    """
    if piece.tag == "Lbl" and len(text.split()) == 1:
        return "list number"
    return "footnote mark" if text.isdigit() and piece.target == f"fnref{text}" else ""


def _for_paper(block: Block) -> str:
    """Return a block's text as it goes on paper."""
    text = "" if block.screen_only else block.text
    for mark in block.marks:
        if mark.kind == PLACE:
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text


def _in_piece(piece: Piece, match: re.Match[str], kind: str = "") -> Found:
    words = around(piece.text, match.start(), match.end())
    return Found(
        match[0],
        kind,
        "",
        words,
        f"page {piece.page} of build/report.pdf",
        start=match.start(),
        end=match.end(),
    )


def _stream(texts: list[str]) -> list[tuple[str, str]]:
    """Return, for each number of texts that follow each other, the letters and digits before and after it."""
    folded, places = "", []
    parts: list[str] = []
    length = 0
    for text in texts:
        end = 0
        for match in TOKEN.finditer(text):
            between, token = fold(text[end : match.start()]), fold(match[0])
            parts += [between, token]
            length += len(between)
            places.append((length, length + len(token)))
            length += len(token)
            end = match.end()
        rest = fold(text[end:])
        parts.append(rest)
        length += len(rest)
    folded = "".join(parts)
    return [(folded[max(start - 12, 0) : start], folded[end : end + 12]) for start, end in places]


def _key(text: str, context: tuple[str, str], before: int, after: int) -> tuple[str, str, str]:
    return text, context[0][len(context[0]) - before :] if before else "", context[1][:after]


def _otherwise_marked(expected: list[str], pdf: FinishedPdf) -> list[str]:
    """Return a fault for the first item of a list that has another mark on paper than on the page."""
    found = [
        (mark, piece.page)
        for piece in pdf.pieces()
        if piece.tag == "Lbl" and (mark := piece.text.strip()).strip("().").isalnum()
    ]
    for place, (mark, sheet) in enumerate(found):
        wanted = expected[place] if place < len(expected) else ""
        if mark != wanted:
            where = f"page {sheet} of build/report.pdf"
            return [f"the item '{mark}' of a list is '{wanted}' on the page\n  where: {where}"]
    return []


def _page_labels(pieces: list[Piece], pages: int) -> dict[int, str]:
    """Return the number that each page carries: the count of pages, less the offset that most page numbers
    have.
    """
    offsets = Counter(
        piece.page - int(text)
        for piece in pieces
        if piece.role == "margin"
        for text in piece.text.split()
        if text.isdigit()
    )
    offset = offsets.most_common(1)[0][0] if offsets else 0
    return {page: str(page - offset) for page in range(1, pages + 1)}


def _margins(pieces: list[Piece], labels: Mapping[int, str], page: PageText, origins: Origins) -> list[Found]:
    """Explain the numbers in margins and bookmarks: the page's own, or a heading said again."""
    titles = [fold(text) for text in page.headings.values()]
    found = []
    for piece in pieces:
        own = (
            re.search(rf"(?<!\S){labels.get(piece.page, '?')}\s*$", piece.text)
            if piece.role == "margin"
            else None
        )
        rest = piece.text[: own.start()] if own else piece.text
        heading = any(fold(rest) in title for title in titles) if fold(rest) else False
        if own:
            found.append(
                Found(
                    own[0].strip(),
                    "page number",
                    "",
                    own[0].strip(),
                    f"page {piece.page} of build/report.pdf",
                )
            )
        for item in origins.numbers_in(Block(rest, f"page {piece.page} of build/report.pdf")):
            item.kind = "heading" if heading else item.kind
            found.append(item)
    return found


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
