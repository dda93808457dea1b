"""Rules numbers and publish: what is in the draft, and was proved, becomes what readers find in build.

A final report has to have the signatures that config.yaml asks for.
"""

from pathlib import Path

from evidentia.assurance.sign import refuse_unassured
from evidentia.core.paths import DRAFT
from evidentia.workflow.job import Job, run
from evidentia.workflow.publish import publish_proved


def main(job: Job) -> None:
    if job.step == "publish":
        refuse_unassured(job.config, Path(), DRAFT)
    publish_proved(job)


if __name__ == "__main__":
    run(main, snakemake)
