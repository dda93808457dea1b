"""The annexes that config.yaml asks for, made from the ledger when the page is finished, alike for both
engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.ledger import Entry
from evidentia.render.html.changes_annex import add_changes_annex
from evidentia.render.html.numbers_annex import add_numbers_annex


def add_annexes(
    config: Config, main: Any, ledger: Mapping[str, Entry], comparison: Comparison | None
) -> None:
    """Add the annexes of ``report.annexes`` to the page's body, in place.

    Parameters
    ----------
    config : Config
    main : lxml element
        The body, normalised, its headings not yet numbered.
    ledger : mapping of str to entry
        Of this build, with uses.
    comparison : Comparison or None
        With the accepted numbers, for the annex of changes; None if none have been accepted.
    """
    assert config.report is not None
    if not config.report.annexes:
        return
    if "changes" in config.report.annexes:
        add_changes_annex(main, comparison)
    if "numbers" in config.report.annexes:
        add_numbers_annex(main, ledger)
