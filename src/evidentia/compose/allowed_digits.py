"""Digits that belong to what they stand in and are no results: dates, times, laws, ages, addresses, names.

The words of the chapters and those of the finished pages are looked through with the same patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidentia.config.names import BEHIND, NUMBER

_S = r"\s"
_D, _Q, _L = "\N{EN DASH}", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{LEFT SINGLE QUOTATION MARK}"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_RAISED = r"(?:\s?\^?(?:st|nd|rd|th)\^?(?:\s(?=\s))?)"  # 1st, 1^st^, and what a page makes of it
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]){_RAISED}?"
_AND = rf"(?:\s?[-{_D}]\s?|\s(?:to|and|or|until)\s|,\s)"
_TO = rf"(?:\s?[-{_D}]\s?|\s(?:to|and|or)\s)"
_START = r"(?<![\w.,:/%£$-])"
_AGE = r"\d{1,3}"

_PATTERNS = {
    "date": rf"""{_START}{_DAY}(?:{_AND}{_DAY})*{_S}(?:of{_S})?{_MONTH}\b\.?(?:{_S}(?:19|20)\d\d\b)?
        |\b{_MONTH}{_S}{_DAY},?{_S}(?:19|20)\d\d\b
        |{_START}\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d\b
        |{_START}(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])
        |(?:(?<!\w)['{_Q}{_L}]|\b(?:18|19|20))\d0s\b
        |\b(?:18|19|20)\d\d{_S}?[-{_D}]{_S}?(?:18|19|20)\d\d(?![\d%]|[.,]\d)
        |\b(?:18|19|20)\d\d[-{_D}]\d\d(?![\d%-]|[.,]\d)""",
    "time": rf"""{_START}(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?(?:{_AND}(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?)?
            {_S}?(?:[ap]m\b|[ap]\.m\.|noon\b)
            (?:\s?[-{_D}]\s?(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?{_S}?(?:[ap]m\b|[ap]\.m\.|noon\b))?
        |{_START}(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]|\.\d)
        |\b24/7\b|\b24{_S}hours{_S}a{_S}day\b|\b7{_S}days{_S}a{_S}week\b|\b24-hour\b""",
    "law": rf"""\b(?:[Ss]ections?|[Aa]rticles?|[Rr]egulations?|[Ss]chedules?|[Cc]lauses?|[Pp]aragraphs?
            |[Pp]aras?\.?|[Pp]ages?
            |[Ss]ubsections?|ss?\.|pp?\.|Parts?|Rules?|[Vv]olumes?|[Vv]ol\.|[Ii]ssue|Directive|Protocol|Order|Standard){_S}?
            {NUMBER}(?:{_AND}{NUMBER})*{BEHIND}
        |\b(?:Cmnd|Cmd|Cm|HC|HL)\.?{_S}\d{{1,5}}{BEHIND}
        |\b(?:EU|EC|EEC|SI|UKSI)\)?{_S}(?:No\.?{_S})?\d+/\d+\b""",
    "telephone": r"""(?<![\w.,£$-])(?:\+\d{1,3}[\s(]{1,2}(?:0\)\s?)?|\(?0)
            \d(?:[\s()-]{0,2}\d){7,13}(?![\d%]|[.,]\d)
        |\b0800\s?1111\b
        |(?<=[Cc]all\s)(?:999|112|111|101)\b|(?<=[Dd]ial\s)(?:999|112|111|101)\b|\b(?:NHS)\s111\b|\b116\s?\d{3}\b(?!,)""",
    "identifier": r"""\bISBN(?:-1[03])?:?\s*(?:\d[\s-]?){9,12}[\dX]\b|\bISSN:?\s*\d{4}-?\d{3}[\dX]\b
        |\b10\.\d{4,9}/[^\s)]+|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b
        |\b(?i:charity|company|registration|reference|grant|contract|project|trial|case|licence|award|patent|serial|VAT|study)
            (?:\s\w+)?\s(?i:number|no\.?|ID|ref\.?)[:\s]\s?[A-Z]{0,4}\d[\w/-]{3,}(?![.,]\d|%)
        |\b(?:UKPRN|UPRN|URN|DUNS|ISRCTN|NCT)[:\s]?\s?\d{5,}\b""",
    "address": rf"""\b[A-Z]{{1,2}}\d[A-Z\d]?{_S}\d[A-Z]{{2}}\b|\bPO{_S}Box{_S}\d+\b
        |\b(?:Flat|Unit|Suite|Room|Floor|Block|Apartment|Studio|Gate|Platform|Junction){_S}\d+(?:\.\d+)?[A-Za-z]?{BEHIND}
        |{_START}\d{{1,4}}[A-Za-z]?(?:[-{_D}]\d{{1,4}})?{_S}(?:[A-Z][\w'{_Q}-]*{_S}){{1,4}}
            (?:Street|Road|Lane|Avenue|Close|Drive|Way|Place|Square|Court|House|Terrace|Gardens|Crescent|Row|Hill|Walk|Mews|Grove|Parade|Quay)\b
        |{_START}\d+{_RAISED}{_S}(?:floor|centur(?:y|ies)|edition|anniversary|birthdays?)\b""",
    "software": r"""\b(?:[Vv]ersions?|[Rr]eleases?|Stata|SPSS|NVivo|SAS|Excel|Python|Windows|iOS|Android
            |Office|MAXQDA|Word)\s+v?\d+(?:\.\d+)*(?![\w%]|,\d)
        |\bR\s\d+\.\d+(?:\.\d+)?\b|\b[A-Z]\w+\s[2-9]\.0\b""",
    "age": rf"""\b[Aa]ges?d?{_S}(?:between{_S}|from{_S}|over{_S}|under{_S}|up{_S}to{_S})?{_AGE}
            (?:{_TO}(?:{_AGE}|over|under|above|older|younger)(?:\b|(?=s\b)))*{BEHIND}
        |{_START}{_AGE}(?:-?{_AND}{_AGE})?[\s-]years?[\s-]olds?\b
        |\b(?:[Uu]nder|[Oo]ver)[\s-]{_AGE}s\b
        |{_START}\d{{1,2}}\s?[-{_D}]\s?\d{{1,2}}s\b|{_START}(?:16|18|19|25)[\s-]plus\b
        |{_START}(?:16|18|19|25)\+(?={_S}(?:age{_S}|services?|teams?|provision|pathway|accommodation|support|panel|learners?))
        |\bin{_S}(?:their|his|her){_S}(?:early{_S}|mid[\s-]|late{_S})?\d0s\b
        |{_START}\d{{1,2}}(?:\s?[-{_D}]\s?|{_S}to{_S})\d{{1,2}}{_S}(?:[A-Z]\w*{_S}|health(?:y{_S}child)?{_S}|public{_S}health{_S}
            |early{_S}help{_S})?(?:age{_S}(?:group|range|band)|services?|teams?|workforce|provision|pathway|offer|schools?|SEND|nursing)\b""",
    "scale": r"""(?<![\w.,])\d{1,3}-(?:item|point)\b|(?<![\w.,:/])1:1(?![\d:]|\.\d)|\b1-to-1\b|\b1-2-1\b
        |(?<![\w.,%£$-])\d{1,2}(?:\s?[-–]\s?|\sto\s)\d{1,3}\s(?:rating\s|response\s)?scale\b
        |\bscale\s(?:of|from)\s\d{1,2}(?:\s?[-–]\s?|\sto\s)\d{1,3}\b(?!%|\sper\scent)|\b360[\s-]degree\b|\b[23]D\b""",
    "sector": rf"""\b(?:[Kk]ey{_S}[Ss]tages?){_S}\d(?:{_AND}\d)*{BEHIND}
        |\bYears?{_S}(?:1[0-3]|[1-9])(?:{_AND}(?:1[0-3]|[1-9]))*{BEHIND}
        |\byears?{_S}(?:1[0-3]|[1-9])(?:{_AND}(?:1[0-3]|[1-9]))*{_S}(?:pupils?|students?|class(?:es)?|groups?|teachers?|cohorts?|child(?:ren)?)\b
        |\b(?:Progress|Attainment){_S}8\b|\b(?:15|30){_S}hours{_S}(?:of{_S})?(?:free{_S})?(?:childcare|early{_S}education|entitlement)\b
        |\b(?:First{_S})?1,?00[01]{_S}(?:[Cc]ritical{_S})?[Dd]ays\b""",
}
_BELONGING = {kind: re.compile(pattern, re.VERBOSE) for kind, pattern in _PATTERNS.items()}
_LABELLED = re.compile(
    rf"\b(?i:phases?|stages?|steps?|tiers?|levels?|bands?|strands?|waves?|rounds?|cohorts?|objectives?|questions?"
    rf"|domains?|themes?|modules?|sessions?|grades?|goals?|zones?|principles?|criterion|criteria|groups?|types?"
    rf"|priority|priorities|models?|sites?|wards?|areas?|options?|weeks?|days?|terms?|hypothes[ie]s|lessons?){_S}(?:[1-9]|1\d|20)[a-z]?(?:{_AND}(?:[1-9]|1\d|20)[a-z]?)*{BEHIND}"
)
_BEFORE = re.compile(r"([A-Za-z]+)[\s]+$")
_COUNTED = frozenset(
    [
        "a",
        "all",
        "an",
        "any",
        "both",
        "each",
        "every",
        "first",
        "last",
        "most",
        "next",
        "one",
        "other",
        "per",
        "some",
        "that",
        "the",
        "their",
        "these",
        "this",
    ]
)
_MEAN = frozenset(["average", "mean", "median", "modal"])
REACH = 30


def belonging(text: str, names: Iterable[re.Pattern[str]] = ()) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text whose digits belong to it, with their kind.

    Parameters
    ----------
    text : str
    names : iterable of pattern
        Those of `report.names`.
    """
    if not any(character.isdigit() for character in text):
        return
    for kind, pattern in _BELONGING.items():
        for match in pattern.finditer(text):
            if kind != "age" or _before(text, match.start()) not in _MEAN:
                yield *match.span(), kind
    for match in _LABELLED.finditer(text):
        if match[0][0].isupper() or _before(text, match.start()) not in _COUNTED:
            yield *match.span(), "label"
    for name in names:
        for match in name.finditer(text):
            yield *match.span(), "name"


def _before(text: str, place: int) -> str:
    """Return the word before a place, in small letters."""
    found = _BEFORE.search(text, max(place - REACH, 0), place)
    return found[1].casefold() if found else ""
