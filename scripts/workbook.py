"""Rule workbook: the spreadsheet of record, with the data of every figure and table."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import write_whole
from evidentia.core.ledger import load
from evidentia.core.results import load_result
from evidentia.render.workbook import write_workbook
from evidentia.workflow.job import run


def main() -> None:
    config = load_config(".", check_files=False)
    build = Path("build")
    results = {name: load_result(build / "results" / f"{name}.json")[0] for name in config.analyses}
    page = (build / "report.html").read_text(encoding="utf-8")
    write_whole(build / "tables.xlsx", write_workbook(config, page, load(build / "numbers.json"), results))


if __name__ == "__main__":
    run(main)
