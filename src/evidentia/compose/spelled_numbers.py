"""Numbers in words that are results: beside a unit or a comparison, and as parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNIT = f"(?:{_UNITS.replace(' ', '|')})"
_TEEN = f"(?:{_TEENS.replace(' ', '|')})"
_TEN = f"(?:{_TENS.replace(' ', '|')})"
_SMALL = rf"(?:{_TEN}(?:[-\s](?:one|{_UNIT}))?|{_TEEN}|{_UNIT}|one)"
_LARGE = r"(?:hundred|thousand|million|billion)"
_NUMBER = rf"(?:(?:a|{_SMALL})\s{_LARGE}(?:\s(?:and\s)?{_SMALL}(?:\s{_LARGE})?)?|{_SMALL})"
_PARTS = r"(?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?)"
_MEASURE = (
    r"(?:per\s?cent|percent|percentage\spoints?|points?\b(?!\sof\sview)|pounds|pence"
    r"|(?:in|out\sof)\s(?:every\s)?(?:ten|five|four|three|twenty|a\shundred|one\shundred|six|seven|eight|nine|twelve))"
)
_MORE = (
    r"(?:more\sthan|fewer\sthan|less\sthan|at\sleast|at\smost|up\sto|nearly|almost|roughly|approximately|just\sover|just\sunder"
    r"|well\sover|exceeding)"
)
_SPELLED = re.compile(
    rf"\b{_NUMBER}[-\s]{_MEASURE}\b"
    rf"|\b{_MORE}\s(?:an?\s)?(?:{_TEN}(?:[-\s](?:one|{_UNIT}))?|{_TEEN}|{_UNIT}|{_NUMBER}(?<!one)|{_PARTS})\b(?!\s(?:of\sthe\s)?(?:way|ways|kind|kinds)\b)"
    rf"|\b(?:an?|one|{_UNIT})[-\s]{_PARTS}\sof\b"
    rf"|\b(?:twice|{_UNIT}\stimes|{_TEEN}\stimes)\s(?:as|higher|more|lower|greater|larger|the)\b",
    re.IGNORECASE,
)


def spelled(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the words of each number in words that is a result.

    Parameters
    ----------
    text : str
        The author's words, without those under a claim.
    """
    for match in _SPELLED.finditer(text):
        yield match.start(), " ".join(match[0].split())
