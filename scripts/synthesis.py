"""Rule synthesis: an effect pooled over the ledgers of a portfolio's members, their evidence and its standard."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("synthesis", "scripts/synthesis.py", "evidentia.designs.synthesis.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
