"""The numbers of the PDF matched with those of the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping

from evidentia.core.number_words import TOKEN, around, fold
from evidentia.core.pdf_piece import Piece
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.blocks import Block, Found, PageText
from evidentia.prove.origins import Origins
from evidentia.prove.page_reader import PLACE

_CONTEXTS = ((12, 12), (12, 0), (0, 12), (4, 4), (5, 0), (0, 5))
"""Letters and digits before and after a number that have to agree, the strictest first; where the order
differs, one side has to do.
"""


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
    owners = [piece for piece in body for _ in TOKEN.finditer(piece.text)]
    left = _pair_calls(printed, owners, found, on_page)
    left = _pair(left, printed, on_paper, found, on_page)
    _allow(left, printed, owners)
    margins = [piece for piece in pieces if piece.role in ("margin", "bookmark")]
    return [*printed, *added, *_margins(margins, labels, page, origins)], [
        found[position] for position in on_page
    ]


def _pair_calls(
    printed: list[Found], owners: list[Piece], found: list[Found], on_page: dict[int, tuple[str, str]]
) -> list[int]:
    """Give each call of a note the kind of the page's that leads to the same note; return the places of all
    other numbers of the PDF. Calls side by side have a note between them on paper, and so no words in common.
    """
    calls = {found[position].id: position for position in on_page if found[position].kind == "footnote mark"}
    left = []
    for number, owner in enumerate(owners):
        called = calls.get(owner.target)
        if called in on_page and found[called].text == printed[number].text:
            del on_page[called]
            printed[number].kind, printed[number].id = "footnote mark", owner.target
        else:
            left.append(number)
    return left


def _pair(
    left: list[int],
    printed: list[Found],
    on_paper: list[tuple[str, str]],
    found: list[Found],
    on_page: dict[int, tuple[str, str]],
) -> list[int]:
    """Give each number of the PDF, of some places, the kind of the one of the page that stands in the same
    words, which is taken out of `on_page`; return the places of those that have none.
    """
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
    return left


def _allow(left: list[int], printed: list[Found], owners: list[Piece]) -> None:
    """Allow numbers that paper alone has: those of a heading that a table repeats."""
    headings = {
        fold(owner.text)
        for owner, item in zip(owners, printed, strict=True)
        if owner.tag == "TH" and item.kind
    }
    for number in left:
        owner = owners[number]
        again = owner.tag == "TH" and fold(owner.text) in headings
        printed[number].kind = "repeated heading" if again else ""


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


def otherwise_marked(expected: list[str], pdf: FinishedPdf) -> list[str]:
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


def _says(text: str, title: str) -> bool:
    """Tell whether a text is of a heading, or one without its formulas, which heads of pages lack."""
    words = [fold(word) for word in text.split()]
    begins = len(words) > 1 and title.startswith("".join(words[:2]))
    return fold(text) in title or (begins and bool(re.fullmatch(".*".join(map(re.escape, words)), title)))


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
        heading = any(_says(rest, title) for title in titles) if fold(rest) else False
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
