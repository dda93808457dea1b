"""Rule workbook: the spreadsheet of record, with the data of every figure and table."""

from evidentia.core.files import csv_rows
from evidentia.core.ledger import load
from evidentia.core.paths import DRAFT, result_of
from evidentia.core.results import load_result
from evidentia.render.workbook import write_workbook
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    results = {name: load_result(result_of(name))[0] for name in job.config.analyses}
    page = (DRAFT / "report.html").read_text(encoding="utf-8")
    reconciled = csv_rows(DRAFT / "reconciliation.csv")
    job.write(
        DRAFT / "tables.xlsx",
        write_workbook(job.config, page, load(DRAFT / "numbers.json"), results, reconciled),
    )


if __name__ == "__main__":
    run(main, snakemake)
