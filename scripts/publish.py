"""Rules numbers and publish: what is in the draft, and was proved, becomes what readers find in build."""

from evidentia.workflow.job import publish_proved as main
from evidentia.workflow.job import run

if __name__ == "__main__":
    run(main, snakemake)
