"""Rule numbers: the ledger, build/numbers.json and numbers.csv, with every place where a number is printed."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import read_json
from evidentia.core.ledger import finished, load, save
from evidentia.workflow.job import run


def main() -> None:
    config = load_config(".", check_files=False)
    uses = read_json("build/uses.json") if config.report else {}
    entries = finished(load("build/values.json").values(), uses)
    save(Path("build", "numbers.json"), config.evaluation.id, entries)


if __name__ == "__main__":
    run(main)
