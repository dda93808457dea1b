"""Rule round_trip: every number of the finished documents found again and proved."""

import gc
from pathlib import Path

from evidentia.compare.baseline import changes_since_baseline
from evidentia.core.files import to_json
from evidentia.core.paths import DRAFT
from evidentia.prove.brief import prove_brief
from evidentia.prove.round_trip import round_trip
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    gc.disable()  # two documents read once
    config = job.config
    comparison = changes_since_baseline(config, Path(), DRAFT) if "changes" in config.report.annexes else None
    done = round_trip(config, Path(), DRAFT, comparison)
    if config.report.summary:
        prove_brief(config, Path(), DRAFT, comparison, done)
    done.raise_if_left()
    job.write(DRAFT / "round_trip.json", to_json(done.as_json(), lines="numbers"))


if __name__ == "__main__":
    run(main, snakemake)
