"""The annex "What changed": the numbers that differ from the accepted ones, and what that means for the
report.
"""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.core.changes import Comparison, Finding, Flip
from evidentia.core.language import later, translate
from evidentia.core.markup import Element
from evidentia.render.html.numbers_annex import insert_before_references, table

LABEL = "sec-what-changed"
TITLE = later("What changed since the accepted numbers")
HEADER = [
    later("What it is"),
    later("Before"),
    later("Now"),
    later("What it means"),
    later("Where it is printed"),
]


def add_changes_annex(main: Element, comparison: Comparison | None) -> None:
    """Put the annex before the references; in place.

    Parameters
    ----------
    main : lxml element
        The body, normalised, its headings not yet numbered.
    comparison : Comparison or None
        With the accepted numbers; None if none have been accepted.
    """
    section = tag.E.section(
        tag.E.h2(translate(TITLE)), {"id": LABEL, "data-level": "2", "data-kind": "appendix"}
    )
    if comparison is None:
        section.append(
            tag.E.p(translate("No numbers have been accepted yet, so there is nothing to compare with."))
        )
    else:
        section.append(tag.E.p(comparison.summary(), {"data-changes": "summary"}))
        if comparison.flips:
            section.append(
                tag.E.p(
                    translate(
                        "Claims that the numbers bear out now and did not before, or the other way round:"
                    )
                )
            )
            section.append(tag.E.ul(*(_claim(flip) for flip in comparison.flips)))
        if comparison.findings:
            section.append(
                table(
                    translate("Numbers that differ, the most important first"),
                    [translate(name) for name in HEADER],
                    [_row(finding) for finding in comparison.findings],
                )
            )
    insert_before_references(main, section)


def _claim(flip: Flip) -> Element:
    state = translate("no longer holds" if not flip.holds else "holds now")
    return tag.E.li(f"{flip.sentence} ({state})", {"data-changes": flip.claim["id"]})


def _row(finding: Finding) -> Element:
    change = finding.change
    old, new = change.printed()
    where = tag.E.td()
    for index, anchor in enumerate(
        dict.fromkeys(place["anchor"] for place in finding.places if change.after)
    ):
        link = tag.E.a(anchor_text(anchor), {"class": "place", "href": f"#{anchor}"})
        where.append(link)
        if index < len(finding.places) - 1:
            link.tail = ", "
    meaning = "; ".join([change.kind, *finding.marks])
    cells = [tag.E.th(change.label, {"scope": "row"}), tag.E.td(old), tag.E.td(new), tag.E.td(meaning), where]
    return tag.E.tr(*cells, {"data-changes": change.id})


def anchor_text(anchor: str) -> str:
    """Return what a link to a place says on a screen."""
    if anchor.startswith("n-"):
        return translate("In the text")
    return translate("In a figure") if anchor.startswith("fig-") else translate("In a table")
