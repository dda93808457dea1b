"""Rule check: the finished pages through every check; the result in build/checks.json and on the screen."""

from evidentia.core.files import to_json, write_whole
from evidentia.core.paths import BUILD, CHECKS, ENGINE
from evidentia.prove.checks.check import as_json, show, stop_if_failed
from evidentia.prove.checks.report import all_checks
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    checks = all_checks(job.config, BUILD, ENGINE / "templates")
    path = write_whole(CHECKS, to_json(as_json(checks)))
    show(checks)
    stop_if_failed(checks, path)


if __name__ == "__main__":
    run(main, snakemake)
