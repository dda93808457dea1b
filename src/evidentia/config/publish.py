"""The section ``publish``: what the dossier cannot know from the numbers and words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from evidentia.config.base import Section

Link = Annotated[str, Field(pattern=r"^https://[^\s<>\"']+$")]
Event = Literal[
    "eval_start",
    "eval_end",
    "first_recruit",
    "last_recruit",
    "intervention_start",
    "intervention_end",
    "interim_extract",
    "interim_analysis_start",
    "interim_analysis_end",
    "pub_interim",
    "final_extract",
    "final_analysis_start",
    "final_analysis_end",
    "pub_final",
]
"""Events of the Evaluation Registry."""
Process = Literal[
    "individual", "group", "case_study", "surveys", "output", "qualitative", "consultative", "other"
]
Checklist = Literal["consort", "strobe", "trend"]


class When(Section):
    """When something happened or is to happen."""

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] = Field(description="Such as 2026-03")
    status: Literal["intended", "actual"] = "actual"


class Publish(Section):
    """What `evidentia publish` needs beside the ledger and the words; each may be left out, and is then named
    as something that a person must still write.
    """

    departments: list[str] = Field(default_factory=list, description="Those that commissioned it, lead first")
    description: str = Field("", description="What was evaluated and how, in a few sentences")
    link: Link | None = Field(None, description="Where the report is, or will be, published")
    grant_number: str = ""
    process: list[Process] = Field(
        default_factory=list, description="Methods of a process evaluation, in the registry's words"
    )
    events: dict[Event, When] = Field(default_factory=dict)
    funding: str = Field("", description="Who paid for it, and their part in it")
    conflicts: str = Field("", description="Interests of the authors; write None if there are none")
    rights: str = Field("", description="Who may use the data, and how they are asked for")
    licence: str = Field("", description="Licence of the archive, such as OGL-UK-3.0")
    checklists: dict[Checklist, dict[str, str]] = Field(
        default_factory=dict,
        description="Reporting guideline to its items: a section's label such as sec-limits, or words",
    )
