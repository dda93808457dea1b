"""Rule html: the composed document through an engine and the finishing step, into one self-contained page."""

from pathlib import Path

from evidentia.compare.baseline import changes_since_baseline
from evidentia.config.load import load_config
from evidentia.core.files import write_whole
from evidentia.core.paths import ENGINE
from evidentia.render.html.engine import choose, to_html, version
from evidentia.render.html.page import build_page
from evidentia.workflow.job import run


def main() -> None:
    config = load_config(".", check_files=False)
    build = Path("build")
    engine, program = choose(config.report.engine)
    print(f"evidentia: rendering with {engine} {version(engine, program)}", flush=True)
    templates = ENGINE / "templates"
    beside = [file for file in (config.report.bibliography, config.report.csl) if file]
    comparison = changes_since_baseline(config, Path()) if "changes" in config.report.annexes else None
    body = to_html(engine, program, build, templates, beside)
    write_whole(build / "report.html", build_page(config, body, build, templates, comparison))


if __name__ == "__main__":
    run(main)
