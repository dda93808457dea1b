"""Formulas drawn for paper: WeasyPrint knows no MathML.

ziamath draws the page's own MathML with the outlines of STIX Two Math, so a formula on paper is the one on
the screen, needs no font of the machine, and is read by its words.
"""

from __future__ import annotations

import base64
import logging

from lxml import etree
from lxml.html import builder as tag

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.markup import Element

SIZE = 100
"""Units of one em in a drawing."""


def before_formula() -> str:
    """Return what stands before the words of a formula, by which its tag is told from a picture's."""
    return f"{translate('Formula')}: "


def draw_formulas(root: Element) -> None:
    """Put a drawing in the place of each formula of a page, its alternative text the formula in words; in
    place.

    Raises
    ------
    EvidentiaError
        For a formula that cannot be drawn.
    """
    for heading in root.xpath(".//*[self::h2 or self::h3 or self::h4][.//math]"):
        heading.set("data-name", _in_words(heading))
    for formula in list(root.iter("math")):
        image = _drawn(formula)
        image.tail, formula.tail = formula.tail, None
        formula.getparent().replace(formula, image)


def _in_words(heading: Element) -> str:
    """Return a heading for running heads and bookmarks, which hold no drawing: formulas as they are said."""
    said = "".join(heading.xpath(".//text()[not(ancestor::math)] | .//math/@alttext"))
    return " ".join(said.split())


def _drawn(formula: Element) -> Element:
    import ziamath

    words = formula.get("alttext", "")
    del formula.attrib["alttext"]
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it says of each attribute that it does not know that it passes it over
    try:
        drawing = ziamath.Math(etree.tostring(formula, encoding="unicode", with_tail=False), size=SIZE)
        (_, height), below = drawing.getsize(), drawing.getyofst()
        svg = drawing.svg()
    except Exception as error:  # whatever a formula can bring about
        raise EvidentiaError(
            f"the formula '{words[:80]}' cannot be drawn ({type(error).__name__})",
            where="build/report.html",
            remedy="write it with plainer TeX, or divide it",
        ) from None
    finally:
        logging.disable(level)
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    place = f"height:{height / SIZE:.3f}em;vertical-align:{below / SIZE:.3f}em"
    source = f"data:image/svg+xml;base64,{data}"
    return tag.E.img(
        {"class": "drawn-formula", "alt": f"{before_formula()}{words}", "style": place, "src": source}
    )
