"""The chapters' HTML put together as one body: notes numbered through, ids that meet nowhere, and the page's
numbering.
"""

from __future__ import annotations

import re

from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.body import parse

_OWN = re.compile(r"(?:n-\d+|fn\d+|fnref\d+)$")
"""Ids that the engine counts anew in each chapter."""


def chapter_body(text: str, index: int) -> Element:
    """Return a chapter's HTML as an element, with ids that no other chapter has."""
    main = parse(text) if text.strip() else tag.E.main()
    for element in main.iter():
        if not isinstance(element.tag, str):
            continue
        if _OWN.match(element.get("id", "")):
            element.set("id", f"{element.get('id')}-{index}")
        target = element.get("href", "")
        if target.startswith("#") and _OWN.match(target[1:]):
            element.set("href", f"{target}-{index}")
    return main


def joined(chapters: list[Element]) -> Element:
    """Return the chapters in one ``<main>``, each in a box of its own, and one section of notes."""
    main, notes = tag.E.main(), []
    for index, chapter in enumerate(chapters):
        for section in chapter.xpath("./section[contains(@class, 'footnotes')]"):
            notes += section.xpath(".//li[@id]")
            section.drop_tree()
        box = tag.E.div({"class": "preview-chapter", "data-chapter": str(index)})
        box.text = chapter.text
        box.extend(list(chapter))
        main.append(box)
    for count, call in enumerate(main.xpath(".//a[contains(@class, 'footnote-ref')]"), start=1):
        for part in call.xpath(".//sup") or [call]:
            part.text = str(count)
    if notes:
        listed = tag.E.ol(*notes)
        section = tag.E.section(tag.E.hr(), listed, {"class": "footnotes", "role": "doc-endnotes"})
        main.append(tag.E.div(section, {"class": "preview-chapter", "data-chapter": "notes"}))
    return main
