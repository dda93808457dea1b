"""Rule pdf: the finished page as a tagged PDF/UA-1 with its data attached."""

import gc

from evidentia.core.paths import DRAFT
from evidentia.render.pdf.document import write_pdf
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    gc.disable()  # one document, then the end: looking for cycles costs a fifth of the time
    job.write(DRAFT / "report.pdf", write_pdf(job.config, DRAFT))


if __name__ == "__main__":
    run(main, snakemake)
