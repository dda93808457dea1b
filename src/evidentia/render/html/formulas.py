"""Formulas: MathML as pandoc makes it of TeX, with words for those who listen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.markup import Element
from evidentia.render.html.places import Places
from evidentia.render.html.spoken import spoken

_ELEMENTS = (
    "annotation math menclose mfrac mi mmultiscripts mn mo mover mpadded mprescripts mroot mrow ms mspace"
    " msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
_ATTRIBUTES = (
    "accent accentunder columnalign columnspacing columnspan depth display displaystyle encoding fence form"
    " height largeop linethickness lspace maxsize mathvariant minsize movablelimits notation rowspacing"
    " rowspan rspace scriptlevel separator stretchy style symmetric voffset width xmlns"
)
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
MOST = 20
"""Formulas that are named."""

STYLE = re.compile(r"text-align:(?:left|right|center)|padding-(?:left|right):0|")
"""What pandoc says of a cell of a matrix."""

_DOLLARS = re.compile(r"^\$\$?|\$\$?$")


def unread_formulas(main: Element, sources: Places) -> Iterator[EvidentiaError]:
    """Yield a fault for each formula whose TeX the engine could not read; it would print the TeX itself."""
    unread = [span for span in main.iter("span") if "math" in span.classes and span.find(".//math") is None]
    for span in unread[:MOST]:
        tex = _DOLLARS.sub("", span.text_content().strip().removeprefix("\\(").removeprefix("\\[")).strip()
        tex = tex.removesuffix("\\)").removesuffix("\\]").strip()
        commands = ", ".join(sorted(set(re.findall(r"\\[A-Za-z]+", tex)))[:8])
        known = f"; look at {commands}" if commands else ""
        yield EvidentiaError(
            f"the formula '{' '.join(tex.split())[:80]}' cannot be read",
            where=sources.find(tex, tex.splitlines()[0] if tex else "") or "build/report.qmd",
            remedy=f"write it in the TeX of pandoc, for example $\\frac{{a}}{{b}}$ or $\\hat\\beta${known}",
        )


def normalise_formulas(main: Element) -> None:
    """Bring either engine's formulas to one form, each with its words in ``alttext``; in place."""
    for formula in main.xpath(".//math"):
        for source in formula.xpath(".//annotation"):
            source.drop_tree()
        for holder in formula.xpath(".//semantics"):
            holder.drop_tag()
        formula.set("alttext", spoken(formula))
        holder = formula.getparent()
        if holder.tag == "span" and "math" in holder.classes and len(holder) == 1:
            holder.drop_tag()
            holder = formula.getparent()
        if formula.get("display") == "block":
            _set_apart(formula)


def _set_apart(formula: Element) -> None:
    """Give a formula on a line of its own a box that scrolls on a narrow screen."""
    from lxml.html import builder as tag

    box = tag.E.span({"class": "formula"})
    box.tail, formula.tail = formula.tail, None
    formula.getparent().replace(formula, box)
    box.append(formula)
    for name, value in (("tabindex", "0"), ("role", "group"), ("aria-label", translate("Formula"))):
        box.set(name, value)  # the keyboard reaches one that is wider than a phone
