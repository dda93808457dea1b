"""Rule bootstrap: one part of an analysis's bootstrap replicates, for a cluster; scripts/analyse.py puts the parts together."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import to_json, write_whole
from evidentia.core.reference import resolve
from evidentia.workflow.job import read_datasets, run


def main(name: str, item: str) -> None:
    part, parts = map(int, item.split("-of-"))
    config = load_config(".", check_files=False)
    settings = config.analyses[name]
    replicates = resolve(config.registry.designs[settings.design].replicates)
    effects = replicates(settings, read_datasets(config, settings.datasets()), part, parts)
    write_whole(Path("build", "bootstrap", f"{name}.{item}.json"), to_json({"effects": effects.tolist()}))


if __name__ == "__main__":
    run(main)
