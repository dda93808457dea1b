"""The section ``data``: each data set's file, how it is read, and how it is protected."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from evidentia.config.base import FolderPath, Section, inside
from evidentia.config.programs import RUN, Running
from evidentia.core.paths import PREPARED
from evidentia.data.source import Source


class Disclosure(Section):
    """What may be published from a data set."""

    minimum_cell: int = Field(
        0, ge=0, description="A count of people from 1 to one below this is suppressed as 'c'"
    )
    rounding: int = Field(
        0, ge=0, description="Counts of people that are published are rounded to the nearest multiple of this"
    )

    @property
    def protects(self) -> bool:
        """Whether the data set holds records that may not be published."""
        return self.minimum_cell > 1 or self.rounding > 1


def _texts(value: Any) -> Any:
    """Let one value stand for a list of one, and a number for its digits; YAML's
    true and false are no texts.
    """
    values = value if isinstance(value, list) else [value]
    if any(isinstance(item, bool) for item in values):
        raise PydanticCustomError(
            "quoted", "yes, no, true and false need quotation marks where a text is meant"
        )
    return [str(item) if isinstance(item, int | float) else item for item in values]


Texts = Annotated[list[str], BeforeValidator(_texts)]


class Dataset(Running):
    """One input file, as it was published or exported, and how it is read; or data that a program makes of
    others.
    """

    path: FolderPath = Field(
        "",
        description=(
            "CSV, TSV, Parquet, Excel (.xlsx, .xls), .ods, SPSS (.sav), Stata (.dta) or a zip of one, in the"
            " evaluation folder"
        ),
    )
    from_: Texts = Field(
        default_factory=list, alias="from", description="Data sets of which a program makes this one"
    )
    run: Annotated[str, Field(description=RUN)] = ""
    format: Literal["", "ees", "qualtrics", "ms_forms", "smart_survey", "survey_monkey"] = Field(
        "",
        description="Layout of the file: official statistics as published, or an export of a survey program",
    )
    member: str = Field("", description="The file inside a zip, if it holds several")
    sheet: str = Field("", description="Sheet of a workbook, if it has several")
    header_row: int = Field(
        0, ge=0, description="Row with the names of the columns, where lines stand above it"
    )
    encoding: str = Field("", description="Of a text file, such as cp1252; UTF-8 if it is missing")
    delimiter: str = Field("", max_length=2, description="Sign between the cells of a text file, such as ;")
    decimal: Literal["", ".", ","] = Field("", description="Sign before decimals")
    timezone: str = Field("", description="Whose days count where times have a zone, such as Europe/London")
    id: str = Field("", description="Column that names a record; none may stand twice")
    select: Texts = Field(
        default_factory=list, description="Columns that are kept, by the file's names; all if it is missing"
    )
    rename: dict[str, str] = Field(
        default_factory=dict, description="A column's name in the file to its name here"
    )
    where: dict[str, Texts] = Field(
        default_factory=dict, description="A column to the value, or values, of the rows that are kept"
    )
    synthetic: bool = Field(False, description="Records are invented; each result from them says so")
    disclosure: Disclosure = Field(default_factory=lambda: Disclosure(minimum_cell=0, rounding=0))

    @model_validator(mode="after")
    def _is_a_file_or_made(self) -> Self:
        if not self.path and not self.run:
            raise PydanticCustomError("missing_key", "missing", {"key": "path"})
        if bool(self.run) != bool(self.from_) or (self.run and self.path and self.path != self.made_path):
            raise PydanticCustomError(
                "contradiction",
                "{what}; {remedy}",
                {
                    "what": "a data set is a file (path), or is made by a program (run) from others (from)",
                    "remedy": "write path: data/cases.csv, or from: [cases] and run: analysis/panel.py",
                },
            )
        return self

    @property
    def made_path(self) -> str:
        """Where a data set lies that a program makes; nothing for any other."""
        return self.path if self.run and self.path.startswith(f"{PREPARED}/") else ""

    def programs(self) -> list[str]:
        """Return the program that makes it, if one does."""
        return [self.run] if self.run else []

    @field_validator("run")
    @classmethod
    def _run_is_inside(cls, value: str) -> str:
        return inside(value) if value else value

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        import zoneinfo

        if value and value not in zoneinfo.available_timezones():
            raise PydanticCustomError(
                "zone", "'{zone}' is not a time zone; write it like Europe/London", {"zone": value}
            )
        return value

    @property
    def holds_records(self) -> bool:
        """Whether its rows are records of people, by what is said of it: it is protected, or each row has an
        id.
        """
        return self.disclosure.protects or bool(self.id)

    @property
    def source(self) -> Source:
        """How the file is read."""
        plain = (
            "format",
            "member",
            "sheet",
            "header_row",
            "encoding",
            "delimiter",
            "decimal",
            "timezone",
            "id",
        )
        return Source(
            **{name: getattr(self, name) for name in plain},
            select=tuple(self.select),
            rename=tuple(self.rename.items()),
            where=tuple((name, tuple(values)) for name, values in self.where.items()),
        )
