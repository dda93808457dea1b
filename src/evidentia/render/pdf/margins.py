"""The margins of all pages: running heads, the notice and page numbers, as the style sheet has them.

They are set on empty pages that follow each other as the report's do, once it is known how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.typeset import VARIANT, Leaf, Looks, faults_raised, make_pdf, sheet

Element = Any


def margins(page: Element, leaves: Sequence[Leaf], looks: Looks, **options: Any) -> Any:
    """Return a PDF, not written yet, of pages that have margins only; what is on them is marked as no part of the text.

    Parameters
    ----------
    page : xml.etree element
        The report's page; its head and the attributes of its body are used.
    leaves : sequence of Leaf
        All pages of the report.
    looks : Looks
    options
        Of the PDF: what is attached.
    """
    from weasyprint.pdf import VARIANTS

    root = ElementTree.Element(page.tag, page.attrib)
    root.append(page.find("head"))
    body = ElementTree.SubElement(root, "body", page.find("body").attrib)
    for leaf in leaves:
        holder = ElementTree.SubElement(body, "div", {"style": f"break-before: page; page: {leaf.kind or 'auto'}"})
        for name, text in leaf.strings:
            ElementTree.SubElement(holder, "div", {"style": f"string-set: {name} attr(data-text)", "data-text": text})
    with faults_raised():
        document = sheet(root, looks.fetcher).render(font_config=looks.fonts, stylesheets=looks.sheets)
        pdf = make_pdf(document, **options)
    VARIANTS[VARIANT][0](pdf, document, [], [], True)
    objects = {item.reference: item for item in pdf.objects}
    for reference in pdf.page_references:
        contents = objects[objects[reference]["Contents"]]
        contents.stream = ["/Artifact <</Type /Pagination>> BDC", *contents.stream, "EMC"]
        resources = objects[objects[reference]["Resources"]]
        if any(resources.get(kind) for kind in ("XObject", "Pattern", "Shading")):
            raise EvidentiaError("the style sheet puts more than text into the margins of pages", where="templates/print.css")
    return pdf
