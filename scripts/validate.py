"""Rule validate: every data set has passed its schema: those that an analysis read, and here the others."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import read_json, sha256, to_json, write_whole
from evidentia.workflow.job import read_datasets, run, validation_of


def main() -> None:
    config = load_config(".", check_files=False)
    passed = {}
    for analysis in config.analyses:
        passed |= read_json(Path("build", "results", f"{analysis}.json"))["source"]["validated"]
    rest = [name for name, dataset in config.data.items() if passed.get(dataset.path, {}).get("sha256") != sha256(dataset.path)]
    if rest:
        passed |= validation_of(config, read_datasets(config, rest))
    write_whole(Path("build", "validation.json"), to_json(passed))


if __name__ == "__main__":
    run(main)
