"""Rule values: every data set has passed its schema, and every number is known, before any word is written.

An analysis has checked its own data; here the rest is checked. Without a report these numbers are the ledger.
"""

from pathlib import Path

from evidentia.compare.reconcile import reconcile_folder, reconciliation_csv
from evidentia.compose.totals import checks
from evidentia.compose.values import collect
from evidentia.core.files import read_json, to_json
from evidentia.core.keyed_hashes import is_same
from evidentia.core.ledger import SCHEMA, finished, save
from evidentia.core.paths import DRAFT, result_of
from evidentia.workflow.analysis import imports_of, read_datasets, validation_of
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    config = job.config
    passed, imported = {}, {}
    for analysis in config.analyses:
        source = read_json(result_of(analysis))["source"]
        passed |= source["validated"]
        imported |= source["imported"]
    rest = [
        name
        for name, dataset in config.data.items()
        if (dataset.run and not Path(dataset.path).is_file())
        or not is_same(dataset.path, passed.get(dataset.path, {}).get("sha256", ""))
    ]
    if rest:
        tables = read_datasets(config, rest)
        passed |= validation_of(config, tables)
        imported |= imports_of(config, tables)
    for report in imported.values():
        for remark in report["remarks"]:
            job.say(remark)
    job.write(DRAFT / "validation.json", to_json(passed))
    job.write(DRAFT / "import.json", to_json({"data": imported}))
    entries = collect(config, Path())
    reconciled, counts = reconcile_folder(config, Path(), entries)
    content = {"schema": SCHEMA, "evaluation": config.evaluation.id, "numbers": entries + counts}
    job.write(DRAFT / "reconciliation.csv", reconciliation_csv(reconciled))
    job.write(DRAFT / "totals.json", to_json({"totals": checks(config.totals, entries)}, lines="totals"))
    job.write(DRAFT / "values.json", to_json(content, lines="numbers"))
    if config.report is None:
        job.wrote(*save(DRAFT / "numbers.json", config.evaluation.id, finished(entries + counts, {})))


if __name__ == "__main__":
    run(main, snakemake)
