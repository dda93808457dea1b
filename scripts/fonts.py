"""Rule fonts: the cuts of the report's font that the page embeds."""

from pathlib import Path

from evidentia.core.files import write_whole
from evidentia.render.html.webfonts import CUTS, cut
from evidentia.workflow.job import run


def main() -> None:
    for name in CUTS:
        write_whole(Path("build", "fonts", f"{name}.woff2"), cut(name))


if __name__ == "__main__":
    run(main)
