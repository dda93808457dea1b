"""Rule members: what is known of each member of a portfolio, for the synthesis; failed ones are named as
such.
"""

from evidentia.core.files import to_json
from evidentia.core.paths import MEMBERS
from evidentia.workflow.job import Job, run
from evidentia.workflow.portfolio import Portfolio


def main(job: Job) -> None:
    job.write(MEMBERS, to_json({"members": Portfolio().rows(job.before)}, lines="members"))


if __name__ == "__main__":
    run(main, snakemake)
