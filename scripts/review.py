"""Rule review: what changed, the quality log, the provenance and the hashes of a finished build."""

from pathlib import Path

from evidentia.assurance.show import assurance_page
from evidentia.assurance.sign import assured
from evidentia.audit.crate_entities import WORKFLOW
from evidentia.audit.provenance import crate, manifest
from evidentia.audit.quality import checks, last_reason, software
from evidentia.audit.quality_page import quality_page
from evidentia.audit.rap import rap_points
from evidentia.compare.meaning import judge
from evidentia.compare.pages import changes_page
from evidentia.compare.sources import read_present
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE, BUILD, ENGINE
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.job import Job, run
from evidentia.workflow.protected import judgement
from evidentia.workflow.records import recorded


def main(job: Job) -> None:
    config, folder, build, evaluation = job.config, Path(), BUILD, EvaluationFolder()
    present = read_present(folder)
    accepted = load(BASELINE) if Path(BASELINE).is_file() else None
    comparison = judge(accepted, present, config) if accepted is not None else None
    told = judgement(config, present.ledger, accepted)
    for difference in (told and told.differences) or ():
        job.say(f"beside the accepted numbers, {difference.id} {difference.what}: see evidentia disclosure")
    job.write(build / "changes.html", changes_page(comparison, config, "the accepted numbers"))
    versions, outputs = software(), evaluation.outputs
    points = rap_points(
        folder, built=all(Path(name).is_file() for name in outputs), recorded=recorded(folder)
    )
    log = quality_page(
        config, checks(config, folder, present, comparison, told), points, versions, last_reason(folder)
    )
    job.write(build / "quality_log.html", log)
    job.write(build / "assurance.html", assurance_page(assured(config, folder, build), config))
    job.write(WORKFLOW, (ENGINE / "Snakefile").read_bytes())
    outputs += ["build/changes.html", "build/quality_log.html", "build/assurance.html"]
    job.write(build / "ro-crate-metadata.json", crate(config, folder, evaluation.inputs, outputs, versions))
    job.write(
        build / "manifest.sha256",
        manifest(config, folder, [*evaluation.inputs, *outputs, WORKFLOW, "build/ro-crate-metadata.json"]),
    )


if __name__ == "__main__":
    run(main, snakemake)
