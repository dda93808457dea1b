"""What all figures and tables have in common; each design adds kinds of its own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import Identifier, Section


def _says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "it holds blanks alone; write a sentence, such as: Visits fell")
    return value


Words = Annotated[str, AfterValidator(_says_something)]


class Exhibit(Section):
    """A figure or a table: what it shows and the words round it."""

    analysis: Identifier = Field(description="Id of the analysis whose results it shows")
    caption: Words = Field(min_length=1, description="Title; may bind numbers with {{ n(...) }}")
    subtitle: str = Field("", description="What is measured, where and when; printed below the title")
    source: str = Field("", description="Source line, without the word Source")
    note: str = Field("", description="A note printed with the source line")

    @model_validator(mode="before")
    @classmethod
    def _title_is_its_caption(cls, values: Any) -> Any:
        """Let ``title`` stand for ``caption``, as people call the finding above a chart."""
        if isinstance(values, dict) and "title" in values and "caption" not in values:
            return {("caption" if key == "title" else key): value for key, value in values.items()}
        return values


class Figure(Exhibit):
    """A chart."""

    alt: Words = Field(min_length=1, description="States the finding in words; may bind numbers and claims")
    height: float = Field(3.6, gt=1, le=9, description="Inches, at the full text width of 6.5 inches")


class Table(Exhibit):
    """A table."""
