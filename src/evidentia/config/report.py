"""The sections ``report`` and ``regression``: how the words are rendered and the numbers compared."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import FolderPath, Section
from evidentia.config.names import Name, pattern_of
from evidentia.core.errors import did_you_mean


class Report(Section):
    """The report's chapters and how they become pages."""

    chapters: list[FolderPath] = Field(
        min_length=1,
        description="Quarto Markdown files, in order",
        examples=[["report/introduction.qmd"]],
    )
    engine: Literal["auto", "quarto", "pandoc"] = Field(
        "auto", description="auto takes Quarto where it is installed"
    )
    formats: list[Literal["html", "pdf", "docx"]] = Field(
        ["html", "pdf"],
        min_length=1,
        description="Documents that are made; html is always among them, because the others are made from it",
    )
    summary: list[FolderPath] = Field(
        default_factory=list,
        description="Chapters that make the short version of 2 pages, brief.html, brief.pdf and so on",
    )
    facts: FolderPath | None = Field(
        None, description="YAML file of stated facts, each with its document and place"
    )
    bibliography: FolderPath | None = None
    annexes: list[Literal["numbers", "changes"]] = Field(
        default_factory=list,
        description=(
            "Without it none. numbers: a list of all numbers by chapter, each with its source; "
            "changes: what changed since the accepted baseline"
        ),
    )
    csl: FolderPath | None = Field(None, description="Citation style; without it, author and date")
    reference: FolderPath | None = Field(
        None,
        description="Word document whose styles, heads and feet report.docx takes, else the house's",
    )

    @field_validator("summary")
    @classmethod
    def _of_chapters(cls, value: list[str], info: ValidationInfo) -> list[str]:
        """Refuse what is no chapter of the report."""
        chapters = info.data.get("chapters", value)
        for path in value:
            if path not in chapters:
                hint = did_you_mean(path, chapters)
                what = f"{path} is no chapter of the report; name files of report.chapters; {hint}"
                raise PydanticCustomError("summary", "{what}", {"what": what})
        return list(dict.fromkeys(value))

    @field_validator("formats")
    @classmethod
    def _with_html(cls, value: list[str]) -> list[str]:
        """Refuse formats without the page from which the others are made."""
        if "html" not in value:
            raise PydanticCustomError(
                "formats",
                "html is missing: the other documents are made from it and proved with it; write {example}",
                {"example": f"formats: [{', '.join(['html', *value])}]"},
            )
        return list(dict.fromkeys(value))

    names: list[Name] = Field(
        default_factory=list,
        description='Names that hold digits, with # for any number: "Key Stage #", "ward #"',
    )

    @cached_property
    def name_patterns(self) -> list[re.Pattern[str]]:
        """The patterns of the names that hold digits."""
        return [pattern_of(name) for name in self.names]

    @property
    def chapter_ids(self) -> dict[str, str]:
        """The path of each chapter by its id: the file's name, with its folders where others have it too."""
        stems = Counter(PurePosixPath(path).stem for path in self.chapters)
        alone = {path: stems[PurePosixPath(path).stem] == 1 for path in self.chapters}
        return {
            PurePosixPath(path).stem if alone[path] else PurePosixPath(path).with_suffix("").as_posix(): path
            for path in self.chapters
        }

    @field_validator("chapters")
    @classmethod
    def _each_once(cls, chapters: list[str]) -> list[str]:
        twice = [path for path, count in Counter(chapters).items() if count > 1]
        if twice:
            what = f"the chapter {twice[0]} stands twice"
            raise PydanticCustomError(
                "contradiction", "{what}", {"what": what, "remedy": "name each chapter once"}
            )
        return chapters


class Tolerance(Section):
    """How far a number may move before the comparison with the baseline reports it."""

    absolute: float = Field(1e-9, ge=0)
    relative: float = Field(1e-6, ge=0)


class Regression(Tolerance):
    """Tolerance overall, and by number id."""

    patterns: dict[str, Tolerance] = Field(
        default_factory=dict,
        description="Number id with * as a wildcard, to its own tolerance; the last match counts",
    )


class Total(Section):
    """A total and the parts that should add up to it; the difference goes into the ledger."""

    label: str = Field(min_length=1, description="What is counted")
    total: str = Field(description="Number id of the total")
    parts: list[str] = Field(min_length=1, description="Number ids, or formulas over them such as -1 * a.b")
    tolerance: float = Field(1e-9, ge=0, description="Difference that still counts as agreement")
