"""The small pages of the review, each one file: this one says what changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evidentia.compare.ledgers import tolerance_of
from evidentia.compare.meaning import place_of
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.paths import ENGINE


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
        "changes.html.jinja",
        config,
        title="What changed",
        comparison=comparison,
        before=before,
        place_of=place_of,
        tolerance_of=tolerance,
    )
