"""docs/guide.md, followed word for word: its commands are run, its files written, and what it says is printed
is printed.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from folders import ENGINE

BLOCK = re.compile(r"(?:<!-- (fails|(?:write|append): ([^ ]+)) -->\n)?```(\w+)\n(.*?)```", re.DOTALL)


def plain(text: str) -> str:
    """Return a text with white space and the frames of tables folded."""
    return re.sub(r"[\s│┃─]+", " ", text)


@pytest.mark.build
@pytest.mark.xdist_group("new")
def test_the_guide_leads_to_the_example_word_for_word(tmp_path):
    for name in ("Snakefile", "src", "scripts", "templates", "profiles", "examples"):
        (tmp_path / name).symlink_to(ENGINE / name)
    beside = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PYTHONPATH": str(ENGINE / "src"),
        "COLUMNS": "160",
        "PATH": f"{beside}:{os.environ['PATH']}",
    }
    printed, commands = "", 0
    for mark, target, language, text in BLOCK.findall(
        (ENGINE / "docs" / "guide.md").read_text(encoding="utf-8")
    ):
        if language == "sh":
            done = subprocess.run(
                ["bash", "-e", "-c", text],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            printed, commands = done.stdout + done.stderr, commands + 1
            assert (done.returncode != 0) == (mark == "fails"), f"{text}\n{printed}"
        elif language == "text":
            for line in text.splitlines():
                assert plain(line) in plain(printed), (
                    f"the guide says '{line}', but this is printed:\n{printed}"
                )
        elif target:
            with (tmp_path / target).open(
                "a" if mark.startswith("append") else "w", encoding="utf-8"
            ) as stream:
                stream.write(text)
    assert commands > 8
    assert (tmp_path / "steady-ground" / "build" / "report.pdf").stat().st_size > 100_000


def test_the_guide_names_every_design_and_every_file_that_is_there():
    from evidentia.new.starters import offered

    text = (ENGINE / "docs" / "guide.md").read_text(encoding="utf-8")
    for design in offered():
        assert f"| `{design}` |" in text
    for name in re.findall(r"`((?:docs|examples|tests)/[\w./-]+)`", text):
        assert (ENGINE / name).exists(), name
