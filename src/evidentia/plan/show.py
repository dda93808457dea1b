"""The plan on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.ledger import load
from evidentia.plan.changes import changes_of
from evidentia.plan.frozen import STATES, Frozen
from evidentia.plan.verdicts import verdicts


def screen_lines(frozen: Frozen, config: Config, folder: Path, ledger: Path) -> Iterator[str]:
    """Yield lines on a plan, its claims and its changes.

    Parameters
    ----------
    frozen : Frozen
    config : Config
    folder : Path
        The evaluation folder.
    ledger : Path
        The ledger of the last build, which need not be there.
    """
    yield f"Frozen on {frozen.date}, when the outcomes were {STATES[frozen.data]}"
    yield f"Hash: {frozen.hash}"
    if frozen.registered:
        yield f"Registered: {frozen.registered['link']} ({frozen.registered['date']})"
    outcomes = frozen.in_force["plan"]["outcomes"]
    yield f"Primary outcomes: {', '.join(outcomes['primary'])}"
    yield f"Secondary outcomes: {', '.join(outcomes.get('secondary', [])) or 'none'}"
    if ledger.is_file():
        yield "Planned claims:"
        for verdict in verdicts(frozen.in_force, load(ledger)):
            yield f"  {verdict.result}: {verdict.words}" + (f" ({verdict.why})" if verdict.why else "")
    else:
        yield "Planned claims: nothing is built yet to judge them by"
    changes = changes_of(frozen, config, folder)
    yield "Changes:" if changes else "Changes: none"
    for change in changes:
        yield f"  {change.date or 'not recorded'}: {change.difference} ({change.reason})"
