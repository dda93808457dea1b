"""Each chapter through pandoc by itself, so that one that is saved is all that is rendered again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.pandoc import MEMORY, TO_HTML, pandoc, run
from evidentia.core.paths import ENGINE

TEMPLATES = ENGINE / "templates"
REFERENCES = "#refs"
"""What a chapter holds in which the list of references stands."""


class Pandoc:
    """Pandoc for the chapters of an evaluation.

    Parameters
    ----------
    config : Config
    folder : Path
    """

    def __init__(self, config: Config, folder: Path) -> None:
        report = config.report
        assert report is not None
        self.program = pandoc()
        self.language = config.evaluation.language
        self.bibliography = (folder / report.bibliography).resolve() if report.bibliography else None
        self.style = (folder / report.csl).resolve() if report.csl else TEMPLATES / "quarto" / "citations.csl"

    def html(self, text: str, cited: Iterable[str], path: str) -> str:
        """Return a chapter as HTML.

        Parameters
        ----------
        text : str
            Its Quarto Markdown.
        cited : iterable of str
            Keys that other chapters cite, for the chapter with the list of references.
        path : str
            Of the chapter, for messages.
        """
        return _pandoc(self._command(REFERENCES in text), text, self._header(text, cited), path)

    def _header(self, text: str, cited: Iterable[str]) -> str:
        header: dict[str, object] = {"lang": self.language, "link-citations": True}
        if REFERENCES in text:
            header["nocite"] = ", ".join(f"@{key}" for key in cited)
        else:
            header["suppress-bibliography"] = True
        return json.dumps(header, ensure_ascii=False)

    def _command(self, references: bool) -> tuple[str, ...]:
        options = [*TO_HTML]
        if self.bibliography:
            options += ["--citeproc", "--bibliography", str(self.bibliography), "--csl", str(self.style)]
        filter = str(TEMPLATES.resolve() / "quarto.lua")
        return (self.program, "+RTS", f"-M{MEMORY}m", "-RTS", *options, "--lua-filter", filter)


@lru_cache(maxsize=512)
def _pandoc(command: tuple[str, ...], text: str, header: str, path: str) -> str:
    """Run pandoc on a text under a YAML header; what was asked before is remembered."""
    return run(command, text=f"---\n{header}\n---\n\n{text}\n", where=path)[0]
