"""What the page may hold: words, tables and drawings; nothing that runs, and nothing that is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.html import formulas
from evidentia.render.html.places import Places, spellings

_ELEMENTS = (
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn"
    " div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main"
    " mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr"
    " u ul var wbr"
)
_ATTRIBUTES = (
    "align alt checked cite class colspan datetime dir disabled headers height href id lang open role rowspan"
    " scope span src start style tabindex title type width"
)
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
MOST = 50
"""Faults that are named."""

SCHEMES = ("https", "http", "mailto", "tel")
"""Of links, which a reader follows or not; nothing else may name an address."""

_STYLE = re.compile(
    r"text-align:(?:left|right|center|justify)|width:\d{1,3}(?:\.\d+)?%|page-break-(?:after|before):always|"
)
"""What an engine says of a table's column or a page's end, and nothing that could hide, cover or fetch."""

HIDING = frozenset(
    [
        "drawn-narrow",
        "drawn-wide",
        "for-paper",
        "for-screen",
        "hidden",
        "on-screen",
        "place",
        "screen-reader-only",
        "scroll",
        "skip",
        "sr-only",
        "to-contents",
        "visually-hidden",
    ]
)
"""Classes of the page's own parts, and those by which other style sheets hide words."""

_LINK = re.compile(
    r"#[^\s]*|https?://[^\s/\\?#@]+(?:[/?#][^\s\\]*)?|mailto:[^\s\\]+|tel:\+?[\d().-]+", re.IGNORECASE
)
_REMEDY = "take it out; a page is words, tables, and figures of this build"


def active(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for what would run, be fetched, lead astray or be hidden when somebody opens the page or
    makes the PDF.

    Parameters
    ----------
    main : lxml element
        The body as an engine wrote it.
    sources : Places
        Where the words are from.
    """
    seen: set[str] = set()
    heading = ""
    for element in main.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        if re.fullmatch(r"h[1-6]", element.tag):
            heading = " ".join(element.text_content().split())
        for what, phrases in _wrong_with(element):
            if what not in seen and len(seen) < MOST:
                seen.add(what)
                below = f"build/report.qmd{f', under the heading {heading!r}' if heading else ''}"
                place = sources.find(*phrases) or sources.homes.near(element.text_content())
                yield EvidentiaError(what, where=place or below, remedy=_REMEDY)


def take_out_active(main: Element) -> None:
    """Take out of a body, in place, whatever `active` names, for a page that shows the rest of it."""
    for element in [one for one in main.iter() if isinstance(one.tag, str)]:
        if element is main:
            continue
        if not _may_stand(element):
            element.drop_tree()
            continue
        for name, value in element.attrib.items():
            if _wrong_with_attribute(element.tag, name, value):
                del element.attrib[name]
        if element.tag == "img" and not element.get("src"):
            element.drop_tree()


def _may_stand(element: Element) -> bool:
    """Tell whether an element is of a kind that a page may hold."""
    known = element.tag in ELEMENTS | formulas.ELEMENTS
    return known and (element.tag != "input" or element.get("type") == "checkbox")


def _wrong_with(element: Element) -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong with an element and its attributes, and the texts by which
    its place can be found.
    """
    tag = element.tag
    if not _may_stand(element):
        yield f"the element <{tag}> cannot stand in the report", [f"<{tag}"]
    for name, value in element.attrib.items():
        wrong = _wrong_with_attribute(tag, name, value)
        if wrong:
            yield (
                f"{wrong}, in <{tag}>",
                [*spellings(value), f"{name}=", f"<{tag} {name}", "]()" if not value else ""],
            )


def _only(allowed: re.Pattern[str], style: str) -> bool:
    """Tell whether each declaration of a style is an allowed one."""
    return all(allowed.fullmatch(re.sub(r"\s", "", part)) for part in style.split(";"))


def _wrong_with_attribute(tag: str, name: str, value: str) -> str:
    """Return what is wrong with an attribute, or an empty string."""
    if tag in formulas.ELEMENTS and name in formulas.ATTRIBUTES:
        allowed = name != "style" or _only(formulas.STYLE, value)
        return "" if allowed else f"the style '{value[:60]}' cannot stand in a formula"
    if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
        return f"the attribute '{name}' cannot stand in the report"
    if name in ("href", "cite") and not _LINK.fullmatch(value):
        return (
            f"a link to '{value[:60]}' cannot stand in the report; it begins with {', '.join(SCHEMES)} or #"
        )
    if name == "src" and (":" in value or value.startswith(("/", "\\"))):
        return f"the image '{value[:60]}' is not a figure of this build"
    if name == "style" and not _only(_STYLE, value):
        return f"the style '{value[:60]}' cannot stand in the report"
    if name == "class" and (hiding := HIDING & set(value.lower().split())):
        return f"the class '{min(hiding)}' cannot stand in the report"
    if name == "aria-hidden" and tag not in (
        "a",
        "figcaption",
    ):  # which an engine hides where they say a thing twice
        return "words cannot be hidden from those who listen"
    return ""
