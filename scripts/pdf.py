"""Rule pdf: the finished page as a tagged PDF/UA-1 with its data attached."""

import gc
from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import write_whole
from evidentia.render.pdf.document import write_pdf
from evidentia.workflow.job import run


def main() -> None:
    gc.disable()  # one document, then the end: looking for cycles costs a fifth of the time
    config = load_config(".", check_files=False)
    write_whole(Path("build", "report.pdf"), write_pdf(config, Path("build")))


if __name__ == "__main__":
    run(main)
