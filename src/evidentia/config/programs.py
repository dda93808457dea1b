"""What config.yaml says of a program of the evaluation folder, for an analysis or for prepared data."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from evidentia.config.base import FolderPath, Section

RUN = "The program, in a folder of its own such as analysis/: a Python function, R, or any other"


class Running(Section):
    """What a program of the evaluation folder gets, and how it runs."""

    files: list[FolderPath] = Field(
        default_factory=list, description="Files that it reads beside its data sets and what lies beside it"
    )
    settings: dict[str, Any] = Field(default_factory=dict, description="What it is told")
    minutes: float = Field(60, gt=0, le=10_000, description="After which it is stopped")
    check_twice: bool = Field(
        True,
        description=(
            "Run it twice while it is new, and stop if it gives something else the second time; false for"
            " what takes hours"
        ),
    )


class Program(Running):
    """A program that an analysis runs."""

    run: FolderPath = Field(description=RUN)

    def programs(self) -> list[str]:
        """Return the programs that run for it."""
        return [self.run]
