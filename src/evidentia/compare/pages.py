"""The small pages of the review, each one file: what changed, and the quality log."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evidentia.audit.quality import Check
from evidentia.audit.rap import Point
from evidentia.compare.ledgers import tolerance_of
from evidentia.compare.meaning import Comparison, place_of
from evidentia.config.model import Config
from evidentia.workflow.evaluation import ENGINE


def fill(template: str, config: Config, **values: Any) -> str:
    """Return a page from one of the review's templates."""
    env = Environment(
        loader=FileSystemLoader(ENGINE / "templates" / "review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["place"] = place_of
    evaluation = config.evaluation
    return env.get_template(template).render(evaluation=evaluation, language=evaluation.language, **values)


def changes_page(comparison: Comparison | None, config: Config, before: str) -> str:
    """Return build/changes.html.

    Parameters
    ----------
    comparison : Comparison or None
        None if there is nothing to compare with.
    config : Config
    before : str
        What the present build is compared with, in words.
    """
    tolerance = partial(tolerance_of, regression=config.regression)
    return fill(
        "changes.html.jinja", config, title="What changed", comparison=comparison, before=before, place_of=place_of, tolerance_of=tolerance
    )


def quality_page(config: Config, checks: list[Check], points: list[Point], software: dict[str, str], reason: str) -> str:
    """Return build/quality_log.html.

    Parameters
    ----------
    config : Config
    checks : list of Check
        In order of their aspects.
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
        groups=[(aspect, list(group)) for aspect, group in groupby(checks, key=lambda check: check.aspect)],
        passed=sum(bool(check.passed) for check in judged),
        judged=len(judged),
        open=len(checks) - len(judged),
        words={True: "Yes", False: "No", None: "Not checked"},
        classes={True: "met", False: "not-met", None: "quiet"},
        points=points,
        software=software,
        reason=reason,
    )
