"""What stands round the number of a list's item, `1)` and `(a)`, which no engine writes into a page.

The first words of such an item get an empty span of a class that says it; the page's list takes it over.
"""

from __future__ import annotations

import re

from evidentia.compose.code import blanked_code

AFTER, ROUND = "mark-after", "mark-round"
"""Classes of a list whose numbers have a bracket behind, or round them."""

_MARK = r"(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|\#)"
_ITEM = re.compile(
    rf"^(?P<indent>[ \t]*+)(?:>[ \t>]*+)?(?:[-*+:][ \t]++)*+(?P<open>\()?{_MARK}\)[ \t]++"
    rf"(?=\S)(?![-*+:~#>|][ \t]|[#>|`~:+]|\[[ xX]\][ \t]|\(?{_MARK}[.)][ \t])"
)
_HOLDS = re.compile(rf"(?:[-*+:~]|\(?{_MARK}[.)]|\(@[\w-]*\)|\[\^[^\]]+\]:)[ \t]")
"""How a line begins to which the lines below may belong, set in: an item, a definition, a note."""


def with_delimiters(text: str) -> str:
    """Return a chapter in which the items of lists with brackets say so.

    Parameters
    ----------
    text : str
        The chapter as rendered.
    """
    if ")" not in text:
        return text
    lines, holds = text.split("\n"), False
    for index, plain in enumerate(blanked_code(text).split("\n")):
        if plain.strip() and not plain.startswith((" ", "\t")):
            holds = bool(_HOLDS.match(plain))
        item = _ITEM.match(plain)
        if item and (holds or len(item["indent"].expandtabs(4)) < 4):  # else it is code
            kind = ROUND if item["open"] else AFTER
            lines[index] = f"{lines[index][: item.end()]}[]{{.{kind}}}{lines[index][item.end() :]}"
    return "\n".join(lines)
