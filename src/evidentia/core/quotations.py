"""Whether a quotation stands in a source, and holds the value that it is to prove.

Texts are compared word by word without regard to line breaks, hyphens, kinds of quotation marks and dashes,
so that the layout of a PDF does not matter; letters and digits have to be the same. Where a source may not
be copied, a *passage* stands for the quotation: the number of its words and their hash.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.patience import patience
from evidentia.core.text import read_bytes
from evidentia.core.units import UNITS

TYPES = (".txt", ".md", ".html", ".htm", ".pdf")
LARGEST, MOST_PAGES, LEAST_WORDS, MOST_WORDS = 50_000_000, 2_000, 4, 120
"""Bytes and pages of a source, and words of a quotation."""
_OMITTED = re.compile(r"\[?(?:\.\.\.|…)\]?")
_WORD = re.compile(r"[^\W_]+(?:[.,][^\W_]+)*%?|[£€$%]")
_HYPHENS = re.compile("[\u00ad\u200b\u2060\ufeff]|(?<=[^\\W\\d_])[-\u2010\u2011]\\s*(?=[^\\W\\d_])")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NAMED = (
    {word: float(value) for value, word in enumerate(_ONES)}
    | {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
    | {f"{ten}{one}": 10.0 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[1:10], 1)}
    | {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "once": 1.0, "twice": 2.0}
    | {"half": 0.5, "quarter": 0.25, "both": 2.0}
)
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHARES = {"a quarter": 0.25, "three quarters": 0.75, "a third": 1 / 3, "two thirds": 2 / 3}
_PERCENT = ("%", "per", "percent", "percentage")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th|m|bn|%)?$")


def words_of(text: str) -> list[str]:
    """Return the words of a text in the form in which texts are compared."""
    plain = _HYPHENS.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(plain)


def read_source(file: Path, path: str) -> tuple[list[str], str]:
    """Return a source's words and its hash.

    Raises
    ------
    EvidentiaError
        If it is missing, too large, or of a type that cannot be read.
    """
    suffix = file.suffix.lower()
    if suffix not in TYPES:
        raise EvidentiaError(
            f"a source of the type '{suffix}' cannot be read",
            where=path,
            remedy=f"store it as {', '.join(TYPES)}",
        )
    data, known = read_bytes(file, path, "store the document there, or correct the path", most=LARGEST)
    with patience(path):
        return words_of(_text(data, suffix, path)), known


def _text(data: bytes, suffix: str, path: str) -> str:
    if suffix == ".pdf":
        return _of_pdf(data, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EvidentiaError("the source is not in UTF-8", where=path, remedy="save it as UTF-8") from None
    return _of_html(text) if suffix in (".html", ".htm") else text


def _of_html(text: str) -> str:
    from lxml import html

    if not text.strip():
        return ""
    root = html.fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    for element in root.xpath("//script | //style | //template"):
        element.drop_tree()
    return " ".join(root.itertext())


def _of_pdf(data: bytes, path: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(data)).pages
        if len(pages) > MOST_PAGES:
            raise EvidentiaError(
                f"the source has more than {MOST_PAGES:,} pages",
                where=path,
                remedy="store the pages that are quoted",
            )
        return "\n".join(page.extract_text() for page in pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EvidentiaError(
            f"the source is no PDF that can be read: {error}", where=path, remedy="store its text as .txt"
        ) from None


def stands(quotation: str, source: Sequence[str]) -> bool:
    """Tell whether a quotation stands in a source's words; where it leaves words out (...), its pieces stand
    in this order.
    """
    start = 0
    text = _joined(source)
    for piece in _OMITTED.split(quotation):
        wanted = _joined(words_of(piece))
        if wanted.strip():
            place = text.find(wanted, start)
            if place < 0:
                return False
            start = place + len(wanted) - 1
    return True


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def passage_of(quotation: str) -> dict[str, int | str]:
    """Return the number of words of a quotation and their hash."""
    words = words_of(quotation)
    return {"words": len(words), "sha256": _hash(words)}


def find_passage(length: int, known: str, source: Sequence[str]) -> str:
    """Return the words of a source that have this hash; empty if none do."""
    for start in range(len(source) - length + 1):
        found = source[start : start + length]
        if _hash(found) == known:
            return " ".join(found)
    return ""


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def holds(value: int | float | str, unit: str, quotation: str) -> bool:
    """Tell whether a quotation holds a value: in digits or words, as a percentage, a date, with million."""
    apart = re.sub("(?<=\\w)[-\u2010\u2011](?=\\w)", " ", quotation)
    words = [word.casefold() for text in (quotation, apart) for word in words_of(text)]
    if unit == "date":
        return _holds_date(str(value), words)
    if isinstance(value, str):
        return _joined([word.casefold() for word in words_of(value)]) in _joined(words)
    wanted = abs(float(value))
    said = _numbers(words, shares=UNITS[unit].scale == 100)
    return any(abs(number - wanted) <= 1e-9 * max(1.0, wanted) for number in said)


def _numbers(words: Sequence[str], *, shares: bool) -> Iterator[float]:
    """Yield each number that stands in words; a percentage is a share, and nothing else is one."""
    for place, word in enumerate(words):
        match = _NUMBER.match(word)
        number = float(match[1].replace(",", "")) if match else _NAMED.get(word)
        if number is None:
            continue
        ending = (match and match[2]) or (words[place + 1] if place + 1 < len(words) else "")
        if shares:
            yield number / 100 if ending in _PERCENT else number
        elif ending != "%":
            yield number
            yield number * _SCALES.get(ending, 1.0)
    yield from (share for told, share in _SHARES.items() if told in " ".join(words))


def _holds_date(value: str, words: Sequence[str]) -> bool:
    year, *rest = value.split("-")
    if year not in words and not any(word.startswith(year) for word in words):
        return False
    if not rest:
        return True
    month = int(rest[0])
    named = any(word in (_MONTHS[month - 1], _MONTHS[month - 1][:3]) for word in words)
    if not named:
        return value in " ".join(words) or f"{month:02}" in words
    return len(rest) < 2 or any(re.fullmatch(rf"0?{int(rest[1])}(?:st|nd|rd|th)?", word) for word in words)
