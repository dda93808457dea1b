"""Rules numbers and publish: what is in the draft, and was proved, becomes what readers find in build."""

from evidentia.workflow.job import publish_proved, run

if __name__ == "__main__":
    run(publish_proved, snakemake)
