"""What the page may hold: words, tables and drawings; nothing that runs, and nothing that is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evidentia.core.errors import EvidentiaError, raise_all

Element = Any

_ELEMENTS = (
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption"
    " figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark ol p pre q s samp section small span strong sub"
    " summary sup table tbody td tfoot th thead time tr u ul var wbr"
)
_ATTRIBUTES = (
    "align alt checked cite class colspan datetime dir disabled headers height href id lang open reversed role rowspan scope span src"
    " start style tabindex title translate type value width"
)
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
SCHEMES = ("http", "https", "mailto", "tel")
"""Of links, which a reader follows or not; nothing else may name an address."""

_SCHEME = re.compile(r"^[\x00-\x20]*([^/?#]*?):")
_FETCHES = re.compile(r"url|image|src|import|expression|behavior|\\|/\*", re.IGNORECASE)
_REMEDY = "take it out; a page is words, tables, and figures of this build"


def refuse_active(main: Element) -> None:
    """Raise for what would run or be fetched when somebody opens the page or makes the PDF.

    Parameters
    ----------
    main : lxml element
        The body as an engine wrote it.

    Raises
    ------
    EvidentiaError
        Or `Problems`: names each element and attribute, with the heading under which it stands.
    """
    faults = {f"{fault.what} {fault.where}": fault for fault in _faults(main)}
    raise_all(faults.values())


def _faults(main: Element) -> Iterator[EvidentiaError]:
    heading = ""
    for element in main.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        if re.fullmatch(r"h[1-6]", element.tag):
            heading = " ".join(element.text_content().split())
        where = f"build/report.qmd{f', under the heading {heading!r}' if heading else ''}"
        if element.tag not in ELEMENTS or (element.tag == "input" and element.get("type") != "checkbox"):
            yield EvidentiaError(f"the element <{element.tag}> cannot stand in the report", where=where, remedy=_REMEDY)
        for name, value in element.attrib.items():
            wrong = _wrong_with(element.tag, name, value)
            if wrong:
                yield EvidentiaError(f"{wrong}, in <{element.tag}>", where=where, remedy=_REMEDY)


def _wrong_with(tag: str, name: str, value: str) -> str:
    """Return what is wrong with an attribute, or an empty string."""
    if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
        return f"the attribute '{name}' cannot stand in the report"
    scheme = _SCHEME.match(value)
    if name == "href" and scheme and scheme[1].lower() not in SCHEMES:
        return f"a link to '{value[:60]}' cannot stand in the report"
    if name == "src" and (scheme or value.startswith("//")):
        return f"the image '{value[:60]}' is not a figure of this build"
    if name == "style" and _FETCHES.search(value):
        return f"the style '{value[:60]}' names something to be fetched"
    return ""
