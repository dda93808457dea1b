"""Rule its: one interrupted time series, by segmented regression."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("its", "scripts/its.py", "evidentia.designs.its.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
