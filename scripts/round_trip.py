"""Rule round_trip: every number of the finished HTML and PDF found again and proved."""

import gc
from pathlib import Path

from evidentia.compare.baseline import changes_since_baseline
from evidentia.config.load import load_config
from evidentia.core.files import to_json, write_whole
from evidentia.prove.round_trip import round_trip
from evidentia.workflow.job import run


def main() -> None:
    gc.disable()  # two documents read once
    config = load_config(".", check_files=False)
    comparison = changes_since_baseline(config, Path()) if "changes" in config.report.annexes else None
    done = round_trip(config, Path(), comparison)
    done.raise_if_left()
    write_whole(Path("build", "round_trip.json"), to_json(done.as_json(), lines="numbers"))


if __name__ == "__main__":
    run(main)
