"""Rule html: the composed document through an engine and the finishing step, into one self-contained page."""

from pathlib import Path

from evidentia.compare.baseline import changes_since_baseline
from evidentia.config.brand import load_brand
from evidentia.config.brand_assets import NAME
from evidentia.core.paths import BUILD, DRAFT, ENGINE
from evidentia.render.html.engine import choose, passed_over, to_html, version
from evidentia.render.html.page import build_page
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    config = job.config
    engine, program = choose(config.report.engine)
    if note := passed_over(config.report.engine):
        job.say_note(note)
    job.say_note(f"rendering with {engine} {version(engine, program)}")
    unused = load_brand().unused
    if unused:
        job.say_note(f"of {NAME} nothing here obeys {', '.join(unused)}")
    templates = ENGINE / "templates"
    beside = [file for file in (config.report.bibliography, config.report.csl) if file]
    comparison = changes_since_baseline(config, Path(), DRAFT) if "changes" in config.report.annexes else None
    body = to_html(engine, program, BUILD, templates, beside, DRAFT / "figures")
    job.write(DRAFT / "report.html", build_page(config, body, DRAFT, templates, comparison))


if __name__ == "__main__":
    run(main, snakemake)
