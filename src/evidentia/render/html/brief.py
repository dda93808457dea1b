"""The short version: some chapters of the finished page as a page of its own, their words untouched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import builder as tag

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.language import later, translate
from evidentia.render.html.policy import policy

Element = Any

REPORT, BRIEF = "report.html", "brief.html"
KIND, WHOLE = later("Summary"), later("Full report")
"""What the page calls itself, and the report that it is from."""

BESIDE = {"pdf": later("PDF"), "docx": later("Word")}
_SVG = re.compile(r"<svg\b([^>]*)>|</svg>")
_AWAY = re.compile(rf'<a href="{re.escape(REPORT)}#[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def brief_page(config: Config, page: str, chapters: Sequence[Mapping[str, Any]], templates: Path) -> str:
    """Return the short version of a finished page.

    Parameters
    ----------
    config : Config
        With chapters in ``report.summary``.
    page : str
        The finished page.
    chapters : sequence of mapping
        All chapters, each with its ``path`` and the labels of its ``sections``.
    templates : Path
        The engine's templates/.
    """
    text, drawings = _lifted(page)
    root = html.document_fromstring(text)
    main = root.body.find(".//main")
    chosen = [section for label in _labels(config, chapters) for section in _section(main, label)]
    notes = main.find_class("footnotes")
    main[:] = chosen
    _take_notes(main, notes)
    _lead_away(main)
    _rename(config, root)
    style = (templates / "brief.css").read_text(encoding="utf-8")
    root.head.append(sheet := tag.E.style())
    sheet.text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()
    for script in list(root.iter("script")):
        script.drop_tree()
    _protect(root)
    whole: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>", method="html")
    for mark, drawing in drawings.items():
        whole = whole.replace(mark, drawing)
    return whole


def unlinked(page: str) -> str:
    """Return a short version whose references to the report are words, for paper and Word."""
    return _AWAY.sub(r"\1", page)


def _lifted(page: str) -> tuple[str, dict[str, str]]:
    """Return the page with a mark for each drawing, which is no HTML, and the drawings by their marks."""
    pieces: list[str] = []
    drawings: dict[str, str] = {}
    depth = start = end = 0
    for found in _SVG.finditer(page):
        if found[0] != "</svg>":
            start = found.start() if depth == 0 else start
            depth += not found[1].endswith("/")
        elif depth == 1:
            mark = f"\ue000{len(drawings)}\ue001"
            drawings[mark] = page[start : found.end()]
            pieces += [page[end:start], mark]
            depth, end = 0, found.end()
        else:
            depth -= 1
    return "".join([*pieces, page[end:]]), drawings


def _labels(config: Config, chapters: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the labels of the sections that the short version has, in its order."""
    assert config.report is not None
    known = {chapter["path"]: chapter["sections"] for chapter in chapters}
    labels = []
    for path in config.report.summary:
        if not known.get(path):
            raise EvidentiaError(
                f"the chapter {path} cannot stand in the summary: it has no heading of the first level",
                where=f"{path}, line 1",
                remedy="begin it with a heading, such as # Key messages, or leave it out of report.summary",
            )
        labels += known[path]
    return labels


def _section(main: Element, label: str) -> list[Element]:
    found: list[Element] = main.xpath("./section[@id=$label]", label=label)
    return found


def _take_notes(main: Element, notes: list[Element]) -> None:
    """Keep the notes that the short version calls, numbered anew."""
    known = {item.get("id"): item for section in notes for item in section.iter("li") if item.get("id")}
    kept = []
    for count, call in enumerate(main.find_class("footnote-ref"), start=1):
        item = known[call.get("href")[1:]]
        call.set("href", f"#fn{count}")
        call.set("id", f"fnref{count}")
        for number in call.iter("sup"):
            number.text = str(count)
        item.set("id", f"fn{count}")
        for back in item.find_class("footnote-back"):
            back.set("href", f"#fnref{count}")
        kept.append(item)
    if kept:
        section = notes[0]
        for listed in section.iter("ol"):
            listed[:] = kept
        main.append(section)


def _lead_away(main: Element) -> None:
    """Let links to what only the report has lead there; a number is a number."""
    there = {element.get("id") for element in main.iter() if element.get("id")}
    for link in list(main.iter("a")):
        target = link.get("href", "")
        if "n" in link.get("class", "").split():
            link.tag = "span"
            del link.attrib["href"]
        elif target.startswith("#") and target[1:] not in there:
            link.attrib.clear()
            link.set("href", REPORT + target)


def _rename(config: Config, root: Element) -> None:
    """Say what the page is, and what lies beside it."""
    assert config.report is not None
    for title in root.head.iter("title"):
        title.text = f"{title.text}: {translate(KIND)}"
    for cover in root.body.find_class("cover"):
        cover.classes.add("brief")
        for heading in cover.iter("h1"):
            heading.addnext(tag.E.p(translate(KIND), {"class": "subtitle"}))
    for old in root.body.xpath(".//nav[not(contains(@class, 'bar'))]"):
        old.drop_tree()
    for bar in root.body.find_class("bar"):
        files = {REPORT: WHOLE} | {
            f"brief.{kind}": words for kind, words in BESIDE.items() if kind in config.report.formats
        }
        links = [tag.E.li(tag.E.a(translate(words), href=file)) for file, words in files.items()]
        bar[:] = [tag.E.ul(*links)]


def _protect(root: Element) -> None:
    """Write the policy for a page without a script."""
    styles = "".join(f"<style>{style.text}</style>" for style in root.head.iter("style"))
    for meta in root.head.iter("meta"):
        if meta.get("http-equiv") == "Content-Security-Policy":
            meta.set("content", policy(styles).replace("script-src ;", "script-src 'none';"))
