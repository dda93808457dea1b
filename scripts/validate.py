"""Rule validate: every data set against its schema; all faults are said before any analysis starts."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.errors import EvidentiaError, raise_all
from evidentia.files import to_json, write_whole
from evidentia.job import run


def main() -> None:
    from evidentia.data.package import load_package
    from evidentia.data.references import reference_faults
    from evidentia.data.table import read_table

    config = load_config(".", check_files=False)
    package = load_package(".")
    tables, faults = {}, []
    for dataset in config.data.values():
        try:
            tables[dataset.path] = read_table(".", dataset.path, package.schema(dataset.path))
        except EvidentiaError as fault:
            faults.append(fault)
    raise_all(faults)
    raise_all(reference_faults(tables, package))
    report = {
        path: {"rows": len(table.frame), "columns": list(table.frame.columns), "sha256": table.sha256, "schema": path in package.schemas}
        for path, table in tables.items()
    }
    write_whole(Path("build", "validation.json"), to_json(report))


if __name__ == "__main__":
    run(main)
