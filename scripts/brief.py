"""Rule brief: some chapters of the finished page as a short version, in every format of the report."""

from evidentia.core.files import read_json
from evidentia.core.paths import DRAFT, ENGINE
from evidentia.render.docx.document import write_docx
from evidentia.render.html.brief import brief_page, unlinked
from evidentia.render.pdf.document import write_pdf
from evidentia.workflow.job import Job, run

PAGES = 2


def main(job: Job) -> None:
    config, templates = job.config, ENGINE / "templates"
    chapters = read_json(DRAFT / "homes.json")["chapters"]
    page = brief_page(config, (DRAFT / "report.html").read_text(encoding="utf-8"), chapters, templates)
    job.write(DRAFT / "brief.html", page)
    if "pdf" in config.report.formats:
        content = write_pdf(config, DRAFT, page=unlinked(page))
        job.write(DRAFT / "brief.pdf", content)
        if (pages := pages_of(content)) > PAGES:
            job.say(
                f"the short version has {pages} pages, not {PAGES}: shorten its chapters, or name fewer in"
                " report.summary"
            )
    if "docx" in config.report.formats:
        job.write(DRAFT / "brief.docx", write_docx(config, DRAFT, templates, brief=unlinked(page)))


def pages_of(content: bytes) -> int:
    """Return how many pages a PDF has."""
    import io

    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


if __name__ == "__main__":
    run(main, snakemake)
