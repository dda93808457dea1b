"""Rule compose: chapters and numbers into one Quarto Markdown document; claims and uses beside it."""

from dataclasses import asdict
from pathlib import Path

from evidentia.compose.chapters import claims_json, compose
from evidentia.config.load import load_config
from evidentia.core.files import csv_rows, to_json, write_whole
from evidentia.core.ledger import load
from evidentia.core.paths import ENGINE
from evidentia.core.results import load_result
from evidentia.workflow.job import run


def main() -> None:
    config = load_config(".", check_files=False)
    build = Path("build")
    results = {name: load_result(build / "results" / f"{name}.json") for name in config.analyses}
    composed = compose(config, Path(), load(build / "values.json"), results, csv_rows(build / "reconciliation.csv"))
    for name, text in composed.tables.items():
        write_whole(build / "tables" / f"{name}.csv", text)
    for finding in composed.unclaimed:
        print(f"evidentia: '{finding.word}' beside a number, under no claim, in {finding.chapter}: {finding.sentence}", flush=True)
    write_whole(build / "claims.json", to_json({"claims": claims_json(composed.claims)}, lines="claims"))
    write_whole(build / "words.json", to_json({"readability": composed.readability, "unclaimed": list(map(asdict, composed.unclaimed))}))
    write_whole(build / "uses.json", to_json(composed.uses))
    for name in ("_quarto.yml", "citations.csl"):
        write_whole(build / name, (ENGINE / "templates" / "quarto" / name).read_text(encoding="utf-8"))
    write_whole(build / "report.qmd", composed.text)


if __name__ == "__main__":
    run(main)
