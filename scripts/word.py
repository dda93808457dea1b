"""Rule docx: the finished page as a Word document, its numbers bound."""

from evidentia.core.paths import DRAFT, ENGINE
from evidentia.render.docx.document import write_docx
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    job.write(DRAFT / "report.docx", write_docx(job.config, DRAFT, ENGINE / "templates"))


if __name__ == "__main__":
    run(main, snakemake)
