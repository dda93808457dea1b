"""Rule theory_of_change: the stages of a Theory of Change from its YAML file."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("theory_of_change", "scripts/theory_of_change.py", "evidentia.designs.theory_of_change.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
