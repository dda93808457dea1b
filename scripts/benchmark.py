"""Rule benchmark: an area's indicators against its statistical neighbours and the nation."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("benchmark", "scripts/benchmark.py", "evidentia.designs.benchmark.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
