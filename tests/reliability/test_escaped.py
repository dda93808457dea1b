"""Names and labels that would run somewhere are printed as they are, in every output."""

import shutil

import pytest

from folders import snakemake
from reliability.escaped import faults, write
from reliability.listener import Listener

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("escaped")]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils)")
def test_names_that_would_run_are_printed_as_they_are_in_every_output(tmp_path):
    folder = write(tmp_path / "study")
    with Listener(folder) as listener:
        done = snakemake(folder, "all", "review")
    assert done.returncode == 0, done.stdout
    assert faults(folder / "build") == []
    assert listener.asked == []
