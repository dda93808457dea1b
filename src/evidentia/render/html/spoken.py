"""A formula in words, as it is read to those who do not see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from evidentia.core.markup import Element

_SIGNS = {
    "=": "equals",
    "+": "plus",
    "-": "minus",
    "\N{MINUS SIGN}": "minus",
    "\N{PLUS-MINUS SIGN}": "plus or minus",
    "\N{MULTIPLICATION SIGN}": "times",
    "\N{DOT OPERATOR}": "times",
    "\N{MIDDLE DOT}": "times",
    "/": "over",
    "<": "is less than",
    ">": "is greater than",
    "\N{LESS-THAN OR EQUAL TO}": "is at most",
    "\N{GREATER-THAN OR EQUAL TO}": "is at least",
    "\N{NOT EQUAL TO}": "is not equal to",
    "\N{ALMOST EQUAL TO}": "is about",
    "\N{TILDE OPERATOR}": "is distributed as",
    "~": "is distributed as",
    "\N{ELEMENT OF}": "in",
    "\N{DIVIDES}": "given",
    "\N{VERTICAL LINE}": "bar",
    "\N{RIGHTWARDS ARROW}": "tends to",
    "(": "open bracket",
    ")": "close bracket",
    "[": "open square bracket",
    "]": "close square bracket",
    "{": "open brace",
    "}": "close brace",
    ",": ",",
    ".": ".",
    ";": ";",
    ":": ":",
    "%": "per cent",
    "\N{N-ARY SUMMATION}": "the sum",
    "\N{N-ARY PRODUCT}": "the product",
    "\N{INTEGRAL}": "the integral",
    "\N{INFINITY}": "infinity",
    "\N{PARTIAL DIFFERENTIAL}": "partial",
    "\N{HORIZONTAL ELLIPSIS}": "and so on",
    "\N{MIDLINE HORIZONTAL ELLIPSIS}": "and so on",
    "\N{PRIME}": "prime",
    "\N{FUNCTION APPLICATION}": "",
    "\N{INVISIBLE TIMES}": "",
    "\N{INVISIBLE SEPARATOR}": "",
}
_ACCENTS = {
    "^": "hat",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "hat",
    "~": "tilde",
    "\N{COMBINING TILDE}": "tilde",
    "\N{MACRON}": "bar",
    "\N{OVERLINE}": "bar",
    "\N{COMBINING OVERLINE}": "bar",
    "\N{COMBINING MACRON}": "bar",
    "\N{LOW LINE}": "underlined",
    "\N{DOT ABOVE}": "dot",
    "\N{COMBINING DOT ABOVE}": "dot",
    "\N{RIGHTWARDS ARROW}": "vector",
    "\N{COMBINING RIGHT ARROW ABOVE}": "vector",
    "\N{TOP CURLY BRACKET}": "under a brace",
    "\N{BOTTOM CURLY BRACKET}": "over a brace",
}
_POWERS = {"2": "squared", "3": "cubed", "prime": "prime"}
_LARGE = {"\N{N-ARY SUMMATION}", "\N{N-ARY PRODUCT}", "\N{INTEGRAL}"}


def spoken(formula: Element) -> str:
    """Return a formula in words.

    Parameters
    ----------
    formula : lxml element
        ``<math>``, or an element in it.
    """
    words = " ".join(_said(formula).split())
    for mark in (",", ".", ";", ":"):
        words = words.replace(f" {mark}", mark)
    return words


def _said(element: Element) -> str:
    if not isinstance(element.tag, str) or element.tag in ("annotation", "mprescripts", "none"):
        return ""
    text = (element.text or "").strip()
    if element.tag in ("mi", "mn", "mo", "mtext", "ms"):
        return text if element.tag in ("mn", "mtext", "ms") else _sign(text)
    said = _WAYS.get(element.tag, _row)
    return said(element)


def _sign(text: str) -> str:
    """Return the name of a sign or a Greek letter; other letters and words as they are."""
    if text in _SIGNS:
        return _SIGNS[text]
    if len(text) != 1 or text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    if plain != text:
        return _sign(plain)
    name = unicodedata.name(text, text).lower()
    capital = "capital " if "capital" in name else ""
    return capital + name.split(" letter ")[-1] if " letter " in name else name


def _row(element: Element) -> str:
    """Return the words of what stands in a row; upright letters beside each other are one word."""
    words: list[str] = []
    upright = False
    for child in element:
        letter = child.tag == "mi" and child.get("mathvariant") == "normal" and (child.text or "").isalpha()
        if letter and upright and words:
            words[-1] += child.text
        else:
            words.append(_said(child))
        upright = letter
    return " ".join(words)


def _fraction(element: Element) -> str:
    above, below = _said(element[0]), _said(element[1])
    if element.get("linethickness", "").startswith("0"):
        return f"{above} above {below}"
    if " " in above.strip() or " " in below.strip():
        return f"the fraction {above} over {below}, end of fraction,"
    return f"{above} over {below}"


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return f"the square root of {_row(element)}, end of root,"
    return f"the root of order {_said(element[1])} of {_said(element[0])}, end of root,"


def _large(element: Element) -> bool:
    return (element.text or "").strip() in _LARGE


def _sub(element: Element) -> str:
    if _large(element[0]):
        return f"{_said(element[0])} over {_said(element[1])} of"
    if mark := _ACCENTS.get((element[1].text or "").strip()):
        return f"{_said(element[0])} {mark}"
    return f"{_said(element[0])} {'with below it' if element.tag == 'munder' else 'sub'} {_said(element[1])}"


def _sup(element: Element) -> str:
    base, above = _said(element[0]), _said(element[1])
    if (mark := _ACCENTS.get((element[1].text or "").strip())) and element.tag == "mover":
        return f"{base} {mark}"
    if element.tag == "mover":
        return f"{base} with above it {above}"
    return f"{base} {_power(above)}"


def _both(element: Element) -> str:
    base, below, above = (_said(child) for child in element[:3])
    if _large(element[0]):
        return f"{base} from {below} to {above} of"
    return f"{base} sub {below} {_power(above)}"


def _power(above: str) -> str:
    return _POWERS.get(above, f"to the power {above}")


def _table(element: Element) -> str:
    rows = [", ".join(_said(cell).strip() for cell in row) for row in element]
    numbered = zip(_ORDER, rows, strict=False)
    return ", ".join([*(f"line {place} {row}" for place, row in numbered), *rows[len(_ORDER) :]])


_ORDER = ("one:", "two:", "three:", "four:", "five:", "six:", "seven:", "eight:", "nine:", "ten:")
_WAYS: dict[str, Callable[[Element], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msub": _sub,
    "munder": _sub,
    "msup": _sup,
    "mover": _sup,
    "msubsup": _both,
    "munderover": _both,
    "mtable": _table,
}
