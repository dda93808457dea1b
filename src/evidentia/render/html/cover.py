"""What the cover says beside title and date: authors with where they work, status and version."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidentia.config.evaluation import Author
from evidentia.config.model import Config
from evidentia.core.formats import printed
from evidentia.core.language import later, translate

DRAFTS = {"draft": later("DRAFT"), "for_comment": later("DRAFT FOR COMMENT")}
STATUS = {**DRAFTS, "final": later("Final report")}
"""What is said of `evaluation.status`, in English."""


@dataclass
class Group:
    """Authors who share their affiliations."""

    authors: list[Author] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Cover:
    """What the page's frame needs.

    Attributes
    ----------
    authors : list of Group
    by : str
        All authors, or the organisation, in one line.
    status : str
    draft : str
        The line that stands on every page of a draft; empty for a final report.
    """

    authors: list[Group]
    by: str
    status: str
    draft: str


def cover(config: Config) -> Cover:
    """Return what the cover of a report says."""
    evaluation = config.evaluation
    groups: list[Group] = []
    for author in evaluation.authors:
        if not groups or groups[-1].affiliations != author.named_affiliations:
            groups.append(Group(affiliations=author.named_affiliations))
        groups[-1].authors.append(author)
    names = ", ".join(author.name for author in evaluation.authors)
    status = translate(STATUS[evaluation.status]) if evaluation.status else ""
    return Cover(groups, names or evaluation.organisation, status, draft_line(config))


def draft_line(config: Config) -> str:
    """Return what stands on every page of a draft: that it is one, its version and its date."""
    evaluation = config.evaluation
    if evaluation.status not in DRAFTS:
        return ""
    version = [translate("version {version}", version=evaluation.version)] if evaluation.version else []
    date = printed(evaluation.date.isoformat(), "date")
    return ", ".join([translate(DRAFTS[evaluation.status]), *version, date])
