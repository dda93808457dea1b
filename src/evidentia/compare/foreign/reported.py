"""Statistics that do not agree with themselves, without any ledger: tests and their p-values, percentages of
counts, estimates and their intervals.

The p-value of a reported test is computed again, as statcheck does (Nuijten and others 2016), for every value
of the statistic that rounds to the one that is printed. A percentage of so many is held against the counts
that it could come from, as GRIM does (Brown and Heathers 2017).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.verdict import Remark

_N = r"[-\N{MINUS SIGN}]?\d*\.?\d+"
_WHOLE = r"\d{1,3}(?:,\d{3})+|\d+"
_P_VALUE = r"[,;]?\s*\(?p(?:[- ]value)?\s*(?P<is>=|<|>|≤|≥)\s*(?P<p>0?\.\d+|\d\.\d+)"
_TESTS = re.compile(
    rf"\b(?:(?P<t>t)\s*\(\s*(?P<t_df>\d+(?:\.\d+)?)\s*\)|(?P<r>r)\s*\(\s*(?P<r_df>\d+)\s*\)"
    rf"|(?P<F>F)\s*\(\s*(?P<f1>\d+(?:\.\d+)?)\s*,\s*(?P<f2>\d+(?:\.\d+)?)\s*\)"
    rf"|(?P<chi>(?:χ|chi)(?:2|²|[- ]?squared?)?)\s*\(\s*(?P<c_df>\d+)\s*(?:,\s*N\s*=\s*[\d,]+)?\s*\)"
    rf"|(?P<z>z))"
    rf"\s*(?:=|:)\s*(?P<value>{_N}){_P_VALUE}",
    re.IGNORECASE,
)
_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)"
_PEOPLE = (
    "people|children|families|staff|respondents|participants|pupils|young people|carers|cases|adults|women"
    "|men|schools|interviewees|practitioners|social workers|patients|students|users"
)
_OUT_OF = rf"(?P<k>{_WHOLE})\s*(?:of|out of|/)\s*(?:(?:the|all|these)\s)?(?P<n>{_WHOLE})"
_OF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d,.]){_OUT_OF}\b[^.;()%\d]{{0,40}}\(\s*{_PERCENT}",
        rf"{_PERCENT}\s*\(\s*(?:n\s*=\s*)?{_OUT_OF}\s*\)",
        rf"{_PERCENT}\s*\(\s*(?-i:N)\s*=\s*(?P<n>{_WHOLE})\s*\)",
        rf"{_PERCENT}\s+of\s+(?:(?:the|all|these)\s)?(?P<n>{_WHOLE})\s+(?:{_PEOPLE})\b",
    )
)
_MARK = r"\s?(?:%|percentage points?|pp)?\s*"
_INTERVAL = re.compile(
    rf"(?P<value>{_N}){_MARK}[,;]?\s*[\[(]\s*(?:9\d(?:\.\d+)?\s?%\s*)?(?:CI|confidence interval|C\.I\.)"
    rf"\s*[:=,]?\s*(?:from\s)?(?P<low>{_N}){_MARK}(?:to|,|;|\N{{EN DASH}}|-)\s*(?P<high>{_N}){_MARK}[\])]",
    re.IGNORECASE,
)
_ONE_SIDED = re.compile(r"\bone[- ](?:tailed|sided)\b", re.IGNORECASE)
_LARGEST = 10_000_000


def reported(passage: Passage) -> Iterator[Remark]:
    """Yield what does not agree with itself in a passage."""
    if passage.role in ("code", "reference", "contents"):
        return
    text = passage.text
    for match in _TESTS.finditer(text):
        what = _test(match, one_sided=bool(_ONE_SIDED.search(text)))
        if what:
            yield Remark("test", passage.place, what, _around(text, match))
    seen: set[tuple[int, int]] = set()
    for pattern in _OF:
        for match in pattern.finditer(text):
            if match.span("percent") in seen:
                continue
            seen.add(match.span("percent"))
            what = _percentage(match)
            if what:
                yield Remark("percentage", passage.place, what, _around(text, match))
    for match in _INTERVAL.finditer(text):
        value, low, high = (_float(match[name]) for name in ("value", "low", "high"))
        if low <= high and not low <= value <= high and not (value >= 0 and low <= -value <= high):
            what = (
                f"the estimate {match['value']} lies outside its interval, {match['low']} to {match['high']}"
            )
            yield Remark("interval", passage.place, what, _around(text, match))


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 40), min(len(text), match.end() + 40)
    return re.sub(r"\s+", " ", text[start:end]).strip()


def _float(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def _half(text: str) -> float:
    """Return half of what a number's last digit counts."""
    return 0.5 * 10 ** -len(text.partition(".")[2])


def _test(match: re.Match[str], *, one_sided: bool) -> str:
    """Return what is wrong with a test's p-value; empty if it follows from the statistic as printed."""
    value, half = abs(_float(match["value"])), _half(match["value"])
    ends = sorted((_p(match, max(0.0, value - half)), _p(match, value + half)))
    spans = [ends, [end / 2 for end in ends]] if one_sided and not match["F"] and not match["chi"] else [ends]
    printed, around = float(match["p"]), _half(match["p"])
    for low, high in spans:
        if match["is"] == "=" and low - around <= printed <= high + around:
            return ""
        if match["is"] in "<≤" and low < printed + (around if match["is"] == "≤" else 0):
            return ""
        if match["is"] in ">≥" and high > printed - (around if match["is"] == "≥" else 0):
            return ""
    low, high = spans[0]
    again = f"{low:.3f}" if f"{low:.3f}" == f"{high:.3f}" else f"{low:.3f} to {high:.3f}"
    turns = ", which changes what is significant at 5%" if (printed < 0.05) != (high < 0.05) else ""
    test = re.split(r"[,;]?\s*\(?p(?:[- ]value)?\s*[=<>≤≥]", match[0], flags=re.IGNORECASE)[0]
    return f"p {match['is']} {match['p']} does not follow from {test}: it gives {again}{turns}"


def _p(match: re.Match[str], value: float) -> float:
    from scipy import stats

    if match["t"]:
        return float(2 * stats.t.sf(value, float(match["t_df"])))
    if match["r"]:
        freedom = float(match["r_df"])
        if value >= 1 or freedom <= 0:
            return 0.0
        return float(2 * stats.t.sf(value * math.sqrt(freedom / (1 - value**2)), freedom))
    if match["F"]:
        return float(stats.f.sf(value, float(match["f1"]), float(match["f2"])))
    if match["chi"]:
        return float(stats.chi2.sf(value, float(match["c_df"])))
    return float(2 * stats.norm.sf(value))


def _percentage(match: re.Match[str]) -> str:
    """Return what is wrong with a percentage of so many; empty if some count gives it."""
    whole, percent = int(_float(match["n"])), _float(match["percent"])
    half = _half(match["percent"]) + 1e-9
    if not 0 < whole <= _LARGEST or percent > 100:
        return ""
    count = match.groupdict().get("k")
    if count is not None:
        part = int(_float(count))
        share = 100 * part / whole
        if part > whole or abs(share - percent) <= half:
            return ""
        places = max(1, len(match["percent"].partition(".")[2]))
        return f"{part:,} of {whole:,} is {share:.{places}f}%, not {match['percent']}%"
    near = round(percent * whole / 100)
    if any(abs(100 * part / whole - percent) <= half for part in (near - 1, near, near + 1) if part >= 0):
        return ""
    exact = percent * whole / 100
    below, above = 100 * math.floor(exact) / whole, 100 * math.ceil(exact) / whole
    nearest = f"the nearest are {below:.2f}% and {above:.2f}%"
    return f"no count out of {whole:,} gives {match['percent']}%: {nearest}"
