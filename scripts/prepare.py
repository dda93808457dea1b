"""Rules prepare: one data set made of others by a program of the evaluation folder."""

from evidentia.workflow.job import run
from evidentia.workflow.preparation import prepare as main

if __name__ == "__main__":
    run(main, snakemake)
