"""Numbers that state no quantity: years and dates, references, headings, names, addresses, levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.numbers import Number
from evidentia.core.language import MONTHS

_MONTH = "|".join([*MONTHS, *(month[:3] for month in MONTHS), "Sept"])
_YEAR = r"(?:19|20)\d\d"
_DASH = r"[-\N{EN DASH}]"
_TO = rf"\s*(?:to|and|or|{_DASH}|,|&|/)\s*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PARTS = (
    r"figures?|figs?\.?|tables?|sections?|chapters?|appendix|appendices|annex(?:es)?|pages?|pp?\."
    r"|paragraphs?|paras?\.?|notes?|footnotes?|boxe?s?|questions?|steps?|phases?|waves?|rounds?"
    r"|cohorts?|years?|key stages?|levels?|options?|parts?|stages?|tiers?|bands?|forms?|articles?|schedules?"
    r"|versions?|objectives?"
    r"|recommendations?|models?|panels?|equations?|lines?|items?|columns?|rows?|grades?|types?|groups?|goals?"
    r"|volumes?|vol\.?|issues?|no\.|numbers?|bulletins?|rule|standards?"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("address", r"(?i)(?:https?://|www\.)\S+|\b10\.\d{4,}/\S+|\S+@\S+\.\w+"),
    ("address", r"(?i)\b(?:ISBN|ISSN|tel\.?|telephone|phone|ext\.?)[:\s]*[\d\s+()Xx-]{4,}"),
    ("date", rf"\b{_DAY}(?:{_TO}{_DAY})?\s+(?:{_MONTH})\b(?:,?\s+{_YEAR})?"),
    ("date", rf"\b(?:{_MONTH})\s+{_DAY},?\s+{_YEAR}\b"),
    ("date", rf"\b{_YEAR}-\d\d(?:-\d\d)?\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d\d)?\d\d\b|\b\d{{1,2}}:\d\d\b"),
    (
        "year",
        rf"(?<![\d.,£€$-]){_YEAR}(?:\s?(?:{_DASH}|/)\s?(?:{_YEAR}|\d\d))?s?\b"
        r"(?!\.\d|,\d{3}|%|\s*(?:per\s?cent|%))",
    ),
    (
        "unit",
        r"\b(?:per|in every|for every)[\s\N{NO-BREAK SPACE}](?:every\s)?"
        r"(?:1,000,000|100,000|10,000|1,000|100)\b",
    ),
    (
        "level",
        r"(?i)\b\d{2}(?:\.\d+)?\s?(?:%|per\s?cent)[\s-]+"
        r"(?:confidence|credible|prediction|uncertainty|limits?|intervals?|CIs?\b|C\.I\.)",
    ),
    (
        "level",
        r"(?i)\b(?:significan\w+|alpha|level)\b[^.;,]{0,20}?(?:at|of|=|the)?\s(?:the\s)?"
        r"(?:10|5|1|0\.1)\s?(?:%|per\s?cent)(?:\s+level)?",
    ),
    ("level", r"(?i)\b(?:10|5|1|0\.1)\s?(?:%|per\s?cent)\s+(?:significance\s+)?level"),
    ("level", r"(?i)\bp\s*[<>]\s*0?\.(?:10?|05|01|001)(?!\d)"),
    (
        "reference",
        rf"(?i)\b(?:{_PARTS})\s*(?:\(?[A-Z]?\.?\d+(?:\.\d+)*[a-z]?\)?)(?:{_TO}[A-Z]?\d+(?:\.\d+)*[a-z]?)*"
        r"(?![\d%,]*\d|\s?%)(?=\W|$)",
    ),
    ("note mark", r"(?<=[a-z][,.;:)])\d{1,2}(?=\s|$)"),
    ("citation", rf"\[\d{{1,3}}(?:\s*(?:,|{_DASH})\s*\d{{1,3}})*\]"),
    (
        "age",
        rf"(?i)\b(?:aged?|ages|aged between|under|over)[\s-]+\d{{1,2}}s?"
        rf"(?:\s*(?:to|and|{_DASH})\s*\d{{1,2}})?"
        r"(?!\s*%|[\d.,]*\d)(?=\s*(?:years?\b|\)|,|;|\.|and\b|to\b|s\b|$))",
    ),
    (
        "age",
        rf"(?i)\b\d{{1,2}}(?:\s*(?:to|and|or|{_DASH})\s*\d{{1,2}})?[\s-]?years?[\s-]olds?\b|\b\d{{1,2}}\+"
        r"|\b(?:under|over)-?\d{1,2}s\b",
    ),
    (
        "scale",
        rf"(?i)\b(?:scale|score|range|rating)\s+(?:of|from)\s+\d+\s*(?:to|{_DASH})\s*\d+|\b\d+-point\b",
    ),
    (
        "fraction",
        r"(?i)\b(?:one|two|three|four|five|nine)[\s-](?:third|quarter|fifth|sixth|tenth|half|halve)s?\b",
    ),
    (
        "name",
        r"(?<![\w.])(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z][A-Za-z0-9]*-?\d[A-Za-z0-9-]*(?:\.\d+)*"
        r"|\b\d+(?:st|nd|rd|th)\b",
    ),
)
_KINDS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_WHOLE = {
    "contents": "contents",
    "margin": "page margin",
    "reference": "bibliography",
    "code": "code",
}
_LEADING = re.compile(r"^\s*(?:(?:Appendix|Annex)\s+)?(?:\(?\d+(?:\.\d+)*[.):]?)(?=\s+\S)")
_SOURCES = re.compile(r"(?:\d+\.?\s*)?(?:references|bibliography|works cited|literature)\s*$", re.IGNORECASE)
_LISTED = re.compile(r"^\s*\(?\d{1,2}[.)]\s+\S")


def ordinary(passage: Passage) -> Callable[[Number], str]:
    """Return what tells of a number of a passage which kind without quantity it is; empty for a quantity."""
    whole = _WHOLE.get(passage.role, "")
    if any(_SOURCES.match(heading) for heading in passage.headings[-1:]):
        whole = "bibliography"
    stretches = list(_stretches(passage))

    def kind(number: Number) -> str:
        if whole:
            return whole
        return next(
            (
                name
                for name, start, end in stretches
                if start <= number.start < end and (name not in ("year", "name") or not _measured(number))
            ),
            "",
        )

    return kind


def _measured(number: Number) -> bool:
    """Tell whether a number carries a unit that no year or name has."""
    return number.unit in ("proportion", "percentage_points", "pounds", "euros", "dollars", "p_value")


def _stretches(passage: Passage) -> Iterator[tuple[str, int, int]]:
    text = passage.text
    if passage.role == "heading" and (match := _LEADING.match(text)):
        yield "heading number", 0, match.end()
    if passage.role in ("text", "note") and (match := _LISTED.match(text)):
        yield "list number", 0, match.end() - 1
    for name, pattern in _KINDS:
        for match in pattern.finditer(text):
            yield name, match.start(), match.end()
