"""Rule values: every number of the analyses and every stated fact, before any word is written, beside the published ones."""

from pathlib import Path

from evidentia.compare.reconcile import reconcile_folder, reconciliation_csv
from evidentia.compose.totals import checks
from evidentia.compose.values import collect
from evidentia.config.load import load_config
from evidentia.core.files import to_json, write_whole
from evidentia.core.ledger import SCHEMA
from evidentia.workflow.job import run


def main() -> None:
    config = load_config(".", check_files=False)
    entries = collect(config, Path())
    reconciled, counts = reconcile_folder(config, Path(), entries)
    content = {"schema": SCHEMA, "evaluation": config.evaluation.id, "numbers": entries + counts}
    write_whole(Path("build", "reconciliation.csv"), reconciliation_csv(reconciled))
    write_whole(Path("build", "totals.json"), to_json({"totals": checks(config.totals, entries)}, lines="totals"))
    write_whole(Path("build", "values.json"), to_json(content, lines="numbers"))


if __name__ == "__main__":
    run(main)
