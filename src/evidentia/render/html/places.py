"""Where in the evaluation folder something stands that was found in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.chapter_lines import ChapterLines
from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import DRAFT
from evidentia.core.text import read_words


class Places:
    """The files from which the page's words come, to name a file and line in messages.

    Parameters
    ----------
    texts : mapping of str to str
        Path in the folder to its text; the chapters in order, then what else is printed.
    folder : Path
        The evaluation folder.
    """

    def __init__(self, texts: Mapping[str, str], folder: Path = Path()) -> None:
        self.texts = texts
        self.homes = ChapterLines.of(folder / DRAFT)
        self.folder = folder

    def find(self, *phrases: str) -> str:
        """Return the file and line of the first place that holds one of some texts, or an empty string."""
        for phrase in filter(None, phrases):
            for path, text in self.texts.items():
                place = text.find(phrase)
                if place >= 0:
                    return f"{path}, line {text.count(chr(10), 0, place) + 1}"
        return ""


def places(config: Config, folder: Path) -> Places:
    """Return the places of an evaluation."""
    report = config.report
    names = [*report.chapters, report.bibliography, "config.yaml", report.facts] if report else []
    texts = {}
    for name in names:
        if name:
            try:
                texts[name] = read_words(folder / name, name)
            except EvidentiaError:  # said where it is read for its own sake
                continue
    return Places(texts, folder)


def spellings(address: str) -> list[str]:
    """Return how an address of the page may be written in a chapter: as it is, and before an engine escaped
    it.
    """
    from urllib.parse import unquote

    return [
        address,
        unquote(address),
        re.sub(r"%5C", r"\\\\", address),
        unquote(address).replace("\\", "\\\\"),
    ]
