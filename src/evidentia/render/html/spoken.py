"""A formula in words, as it is read to those who do not see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from evidentia.core.language import later, translate
from evidentia.core.markup import Element

_SIGNS = {
    "=": later("equals"),
    "+": later("plus"),
    "-": later("minus"),
    "\N{MINUS SIGN}": later("minus"),
    "\N{PLUS-MINUS SIGN}": later("plus or minus"),
    "\N{MULTIPLICATION SIGN}": later("times"),
    "\N{DOT OPERATOR}": later("times"),
    "\N{MIDDLE DOT}": later("times"),
    "/": later("over"),
    "<": later("is less than"),
    ">": later("is greater than"),
    "\N{LESS-THAN OR EQUAL TO}": later("is at most"),
    "\N{GREATER-THAN OR EQUAL TO}": later("is at least"),
    "\N{NOT EQUAL TO}": later("is not equal to"),
    "\N{ALMOST EQUAL TO}": later("is about"),
    "\N{TILDE OPERATOR}": later("is distributed as"),
    "~": later("is distributed as"),
    "\N{ELEMENT OF}": later("in"),
    "\N{DIVIDES}": later("given"),
    "\N{VERTICAL LINE}": later("bar"),
    "\N{RIGHTWARDS ARROW}": later("tends to"),
    "(": later("open bracket"),
    ")": later("close bracket"),
    "[": later("open square bracket"),
    "]": later("close square bracket"),
    "{": later("open brace"),
    "}": later("close brace"),
    ",": ",",
    ".": ".",
    ";": ";",
    ":": ":",
    "%": later("per cent"),
    "\N{N-ARY SUMMATION}": later("the sum"),
    "\N{N-ARY PRODUCT}": later("the product"),
    "\N{INTEGRAL}": later("the integral"),
    "\N{INFINITY}": later("infinity"),
    "\N{PARTIAL DIFFERENTIAL}": later("partial"),
    "\N{HORIZONTAL ELLIPSIS}": later("and so on"),
    "\N{MIDLINE HORIZONTAL ELLIPSIS}": later("and so on"),
    "\N{PRIME}": later("prime"),
    "\N{FUNCTION APPLICATION}": "",
    "\N{INVISIBLE TIMES}": "",
    "\N{INVISIBLE SEPARATOR}": "",
}
_ACCENTS = {
    "^": later("hat"),
    "\N{COMBINING CIRCUMFLEX ACCENT}": later("hat"),
    "~": later("tilde"),
    "\N{COMBINING TILDE}": later("tilde"),
    "\N{MACRON}": later("bar"),
    "\N{OVERLINE}": later("bar"),
    "\N{COMBINING OVERLINE}": later("bar"),
    "\N{COMBINING MACRON}": later("bar"),
    "\N{LOW LINE}": later("underlined"),
    "\N{DOT ABOVE}": later("dot"),
    "\N{COMBINING DOT ABOVE}": later("dot"),
    "\N{RIGHTWARDS ARROW}": later("vector"),
    "\N{COMBINING RIGHT ARROW ABOVE}": later("vector"),
    "\N{TOP CURLY BRACKET}": later("under a brace"),
    "\N{BOTTOM CURLY BRACKET}": later("over a brace"),
}
_POWERS = {"2": later("squared"), "3": later("cubed"), "prime": later("prime")}
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
        return _translated(_SIGNS[text])
    if len(text) != 1 or text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    if plain != text:
        return _sign(plain)
    name = unicodedata.name(text, text).lower()
    if " letter " not in name:
        return name
    letter = name.split(" letter ")[-1]
    return translate("capital {letter}", letter=letter) if "capital" in name else letter


def _translated(words: str) -> str:
    """Return words of the lists above in the report's language; marks and nothing are the same in all."""
    return translate(words) if words.isalpha() or " " in words else words


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
        return translate("{above} above {below}", above=above, below=below)
    if " " in above.strip() or " " in below.strip():
        return translate("the fraction {above} over {below}, end of fraction,", above=above, below=below)
    return translate("{above} over {below}", above=above, below=below)


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return translate("the square root of {inner}, end of root,", inner=_row(element))
    order, inner = _said(element[1]), _said(element[0])
    return translate("the root of order {order} of {inner}, end of root,", order=order, inner=inner)


def _large(element: Element) -> bool:
    return (element.text or "").strip() in _LARGE


def _sub(element: Element) -> str:
    base, below = _said(element[0]), _said(element[1])
    if _large(element[0]):
        return translate("{base} over {below} of", base=base, below=below)
    if mark := _ACCENTS.get((element[1].text or "").strip()):
        return f"{base} {translate(mark)}"
    if element.tag == "munder":
        return translate("{base} with below it {below}", base=base, below=below)
    return translate("{base} sub {below}", base=base, below=below)


def _sup(element: Element) -> str:
    base, above = _said(element[0]), _said(element[1])
    if (mark := _ACCENTS.get((element[1].text or "").strip())) and element.tag == "mover":
        return f"{base} {translate(mark)}"
    if element.tag == "mover":
        return translate("{base} with above it {above}", base=base, above=above)
    return f"{base} {_power(above)}"


def _both(element: Element) -> str:
    base, below, above = (_said(child) for child in element[:3])
    if _large(element[0]):
        return translate("{base} from {below} to {above} of", base=base, below=below, above=above)
    return f"{translate('{base} sub {below}', base=base, below=below)} {_power(above)}"


def _power(above: str) -> str:
    power = {translate("prime"): "prime"}.get(above, above)
    return translate(_POWERS[power]) if power in _POWERS else translate("to the power {above}", above=above)


def _table(element: Element) -> str:
    rows = [", ".join(_said(cell).strip() for cell in row) for row in element]
    numbered = zip(_ORDER, rows, strict=False)
    said = (translate("line {place}: {row}", place=translate(place), row=row) for place, row in numbered)
    return ", ".join([*said, *rows[len(_ORDER) :]])


_ORDER = (
    later("one"),
    later("two"),
    later("three"),
    later("four"),
    later("five"),
    later("six"),
    later("seven"),
    later("eight"),
    later("nine"),
    later("ten"),
)
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
