"""Rule compose: chapters and numbers into one Quarto Markdown document; claims and the ledger with its uses
beside it.
"""

from dataclasses import asdict
from pathlib import Path

from evidentia.compose.chapters import claims_json, compose
from evidentia.core.files import csv_rows, sha256, to_json
from evidentia.core.ledger import finished, load, save
from evidentia.core.paths import BUILD, DRAFT, ENGINE
from evidentia.core.results import load_result
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    config, build = job.config, BUILD
    values = load(DRAFT / "values.json")
    results = {name: load_result(build / "results" / f"{name}.json") for name in config.analyses}
    composed = compose(config, Path(), values, results, csv_rows(DRAFT / "reconciliation.csv"))
    for name, text in composed.tables.items():
        job.write(DRAFT / "tables" / f"{name}.csv", text)
    for finding in composed.unclaimed:
        job.say(f"'{finding.word}' beside a number, under no claim, in {finding.chapter}: {finding.sentence}")
    for name, chapter in composed.unknown_classes.items():
        job.say(f"the class '.{name}' in {chapter} changes nothing on any page")
    job.write(DRAFT / "claims.json", to_json({"claims": claims_json(composed.claims)}, lines="claims"))
    for effect in composed.exploratory:
        job.say(f"{effect} is in no plan, so what the words claim of it is exploratory")
    if config.plan:
        job.write(DRAFT / "plan.json", to_json(composed.plan))
    words = {"readability": composed.readability, "unclaimed": list(map(asdict, composed.unclaimed))}
    job.write(DRAFT / "words.json", to_json(words))
    job.write(DRAFT / "uses.json", to_json(composed.uses))
    homes = [{**home, "source": sha256(home["path"])} for home in composed.homes]
    job.write(DRAFT / "homes.json", to_json({"chapters": homes}, lines="chapters"))
    job.wrote(*save(DRAFT / "numbers.json", config.evaluation.id, finished(values.values(), composed.uses)))
    for name in ("_quarto.yml", "citations.csl"):
        job.write(build / name, (ENGINE / "templates" / "quarto" / name).read_text(encoding="utf-8"))
    for address, picture in composed.pictures.items():
        job.write(DRAFT / address, picture.content)
    job.write(build / "report.qmd", composed.text)


if __name__ == "__main__":
    run(main, snakemake)
