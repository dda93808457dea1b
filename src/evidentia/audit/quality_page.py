"""The page of the quality log."""

from __future__ import annotations

from itertools import groupby

from evidentia.audit.quality_check import Check
from evidentia.audit.rap import Point
from evidentia.compare.pages import fill
from evidentia.config.model import Config


def quality_page(
    config: Config, checks: list[Check], points: list[Point], software: dict[str, str], reason: str
) -> str:
    """Return build/quality_log.html.

    Parameters
    ----------
    config : Config
    checks : list of Check
        In order of their stages.
    points : list of Point
        Of the levels of a Reproducible Analytical Pipeline.
    software : dict of str to str
        Name to version.
    reason : str
        Why the accepted numbers changed last, or empty.
    """
    judged = [check for check in checks if check.passed is not None]
    return fill(
        "quality_log.html.jinja",
        config,
        title="Quality log",
        groups=[(stage, list(group)) for stage, group in groupby(checks, key=lambda check: check.stage)],
        passed=sum(bool(check.passed) for check in judged),
        judged=len(judged),
        open=len(checks) - len(judged),
        words={True: "Yes", False: "No", None: "Not checked"},
        classes={True: "met", False: "not-met", None: "quiet"},
        points=points,
        software=software,
        reason=reason,
    )
