"""Rule review: what changed, the quality log, the provenance and the hashes of a finished build."""

from pathlib import Path

from evidentia.audit.provenance import WORKFLOW, crate, manifest
from evidentia.audit.quality import checks, last_reason, software
from evidentia.audit.quality_page import quality_page
from evidentia.audit.rap import rap_points
from evidentia.compare.meaning import judge
from evidentia.compare.pages import changes_page
from evidentia.compare.sources import read_present
from evidentia.config.load import load_config
from evidentia.core.files import write_whole
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE, ENGINE
from evidentia.workflow.evaluation import Study
from evidentia.workflow.job import run


def main() -> None:
    study = Study()
    config, folder, build = load_config(".", check_files=False), Path(), Path("build")
    present = read_present(folder)
    comparison = judge(load(BASELINE), present, config) if Path(BASELINE).is_file() else None
    write_whole(build / "changes.html", changes_page(comparison, config, "the accepted numbers"))
    versions, outputs = software(), study.outputs
    points = rap_points(folder, built=all(Path(name).is_file() for name in outputs))
    log = quality_page(config, checks(config, folder, present, comparison), points, versions, last_reason(folder))
    write_whole(build / "quality_log.html", log)
    write_whole(WORKFLOW, (ENGINE / "Snakefile").read_bytes())
    outputs += ["build/changes.html", "build/quality_log.html"]
    write_whole(build / "ro-crate-metadata.json", crate(config, folder, study.inputs, outputs, versions))
    write_whole(build / "manifest.sha256", manifest(folder, [*study.inputs, *outputs, WORKFLOW, "build/ro-crate-metadata.json"]))


if __name__ == "__main__":
    run(main)
