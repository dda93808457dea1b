"""Rule values: every number of the analyses and every stated fact, before any word is written."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.files import to_json, write_whole
from evidentia.job import run
from evidentia.ledger import SCHEMA, collect


def main() -> None:
    config = load_config(".", check_files=False)
    entries = collect(config, Path())
    content = {"schema": SCHEMA, "evaluation": config.evaluation.id, "numbers": entries}
    write_whole(Path("build", "values.json"), to_json(content, lines="numbers"))


if __name__ == "__main__":
    run(main)
