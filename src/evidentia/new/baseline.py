"""The first baseline of a new evaluation: its numbers, computed as its build will compute them."""

from __future__ import annotations

import contextlib
import datetime
import io
import shutil
from pathlib import Path

from evidentia.compare.accept import CHANGES, HEAD
from evidentia.compose.values import collect
from evidentia.config.load import load_config
from evidentia.core.files import write_whole
from evidentia.core.ledger import finished, save
from evidentia.core.paths import BASELINE, BUILD, PROTECTED
from evidentia.workflow.analysis import compute
from evidentia.workflow.job import Job

REASON = "The numbers of the example data, as the folder was made."


def write_baseline(folder: Path) -> None:
    """Run the folder's analyses and keep their numbers in
    tests/regression/numbers.json, with a note of why.
    """
    config = load_config(folder)
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for name in config.analyses:
            compute(Job(subject=name))
        entries = finished(collect(config, Path()), {})
        save(Path(BASELINE), config.evaluation.id, entries)
        Path(BASELINE).with_suffix(".csv").unlink()
        shutil.rmtree(BUILD)
        shutil.rmtree(PROTECTED, ignore_errors=True)
    note = (
        f"## {datetime.date.today().isoformat()}\n\n{REASON}\n\nThe first baseline: {len(entries)} numbers.\n"
    )
    write_whole(folder / CHANGES, f"{HEAD}\n{note}")
