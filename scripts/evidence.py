"""Rule evidence: practice features and outcomes by source of evidence."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("evidence", "scripts/evidence.py", "evidentia.designs.evidence.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
