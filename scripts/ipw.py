"""Rule ipw: a treated and a comparator group made alike by inverse probability weights, and the effect between them."""

from evidentia.job import analysis, run


def main(name: str) -> None:
    analysis("ipw", "scripts/ipw.py", "evidentia.designs.ipw.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
