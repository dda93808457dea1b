"""The build beside the accepted numbers of its folder."""

from __future__ import annotations

from pathlib import Path

from evidentia.compare.meaning import judge
from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.files import read_json
from evidentia.core.ledger import load, present_ledger
from evidentia.core.paths import BASELINE


def changes_since_baseline(config: Config, folder: Path, build: Path) -> Comparison | None:
    """Return what changed since the accepted numbers, without pages; None if none have been accepted.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    build : Path
        Where the ledger and the claims are.
    """
    if not (folder / BASELINE).is_file():
        return None
    return judge(
        load(folder / BASELINE),
        Present(present_ledger(build), read_json(build / "claims.json")["claims"], {}, True),
        config,
    )
