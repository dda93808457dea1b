"""The annexes that config.yaml asks for, made from the ledger when the page is finished, alike for both engines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidentia.config.model import Config
from evidentia.core.files import read_json
from evidentia.core.ledger import Entry, finished, load
from evidentia.render.html.numbers_annex import add_numbers_annex
from evidentia.workflow.evaluation import BASELINE

if TYPE_CHECKING:
    from evidentia.compare.meaning import Comparison


def add_annexes(config: Config, main: Any, build: Path) -> None:
    """Add the annexes of ``report.annexes`` to the page's body, in place.

    Parameters
    ----------
    config : Config
    main : lxml element
        The body, normalised, its headings not yet numbered.
    build : Path
        The folder build/ with values.json and uses.json.
    """
    assert config.report is not None
    if not config.report.annexes:
        return
    ledger = present_ledger(build)
    if "changes" in config.report.annexes:
        from evidentia.render.html.changes_annex import add_changes_annex

        add_changes_annex(main, changes_since_baseline(config, ledger, build))
    if "numbers" in config.report.annexes:
        add_numbers_annex(main, ledger)


def present_ledger(build: Path) -> dict[str, Entry]:
    """Return the numbers of this build with the places where they are printed."""
    return {entry["id"]: entry for entry in finished(load(build / "values.json").values(), read_json(build / "uses.json"))}


def changes_since_baseline(config: Config, ledger: dict[str, Entry], build: Path) -> Comparison | None:
    """Return what changed since the accepted numbers, without pages; None if none have been accepted."""
    from evidentia.compare.meaning import judge
    from evidentia.compare.sources import Present

    baseline = build.parent / BASELINE
    if not baseline.is_file():
        return None
    return judge(load(baseline), Present(ledger, read_json(build / "claims.json")["claims"], {}, True), config)
