"""Rule listing: values that need no analysis, with the document that states them."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("listing", "scripts/listing.py", "evidentia.designs.listing.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
