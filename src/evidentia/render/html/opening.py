"""What a reader on a screen sees first: the key messages, and the files that belong to the page."""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.config.model import Config
from evidentia.core.language import later, translate
from evidentia.core.markup import Element

BESIDE = {
    "report.pdf": later("PDF"),
    "report.docx": later("Word"),
    "brief.html": later("Summary"),
    "tables.xlsx": later("Tables (Excel)"),
    "numbers.csv": later("All numbers (CSV)"),
}
"""Files that are published beside the page, and what the page calls them."""


def files_beside(config: Config) -> dict[str, str]:
    """Return the files that a build of this evaluation publishes beside its page, with their names for
    readers.
    """
    formats = config.report.formats if config.report else []
    there = {"report.pdf": "pdf" in formats, "report.docx": "docx" in formats, "numbers.csv": True}
    there["tables.xlsx"] = bool(config.figures or config.tables)
    there["brief.html"] = bool(config.report and config.report.summary)
    return {name: translate(words) for name, words in BESIDE.items() if there[name]}


def open_with(main: Element) -> None:
    """Put the chapter of class ``opening`` first, and keep its place: on paper it goes back there. In place.

    Parameters
    ----------
    main : lxml element
        The body, normalised, its headings not yet numbered.
    """
    for chapter in main.xpath("./section[contains(@data-kind, 'opening')]")[:1]:
        if chapter.getprevious() is None:
            return
        chapter.addprevious(
            tag.E.div({"class": "place-of", "data-of": chapter.get("id", ""), "hidden": "hidden"})
        )
        main.insert(0, chapter)


def as_report(main: Element) -> None:
    """Undo the order of the screen: the opening chapter goes back to its place, the lists stand before the
    body. In place.
    """
    for mark in main.find_class("place-of"):
        mark.getparent().replace(mark, main.get_element_by_id(mark.get("data-of")))
    for listed in main.xpath("./following-sibling::nav[@class='list']"):
        main.addprevious(listed)
