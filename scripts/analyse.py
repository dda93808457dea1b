"""Rules analyse: one analysis by its design, with its figures."""

from evidentia.workflow.analysis import analyse as main
from evidentia.workflow.job import run

if __name__ == "__main__":
    run(main, snakemake)
