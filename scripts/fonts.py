"""Rule fonts: the cuts of the report's font that the page embeds."""

from pathlib import Path

from evidentia.files import write_whole
from evidentia.job import run
from evidentia.render.fonts import CUTS, cut


def main() -> None:
    for name in CUTS:
        write_whole(Path("build", "fonts", f"{name}.woff2"), cut(name))


if __name__ == "__main__":
    run(main)
