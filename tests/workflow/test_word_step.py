"""The Word document and the short version are steps of a build: proved, published, withdrawn."""

import pytest

from folders import snakemake
from reliability.small import CONFIG, set_config, write_small

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("word-step")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small evaluation that was built with every format but the PDF, and a summary."""
    folder = write_small(tmp_path_factory.mktemp("steps") / "small")
    report = {**CONFIG["report"], "formats": ["html", "docx"], "summary": ["report/one.qmd"]}
    set_config(folder, report=report)
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder


def test_it_is_published_with_the_others_and_nothing_that_was_not_asked_for(folder):
    made = {path.name for path in (folder / "build").iterdir()}
    assert {"report.html", "report.docx", "brief.html", "brief.docx"} <= made
    assert not {"report.pdf", "brief.pdf"} & made
    links = (folder / "build" / "report.html").read_text()
    assert 'href="report.docx"' in links
    assert 'href="brief.html"' in links
    assert 'href="report.pdf"' not in links


@pytest.mark.slow
def test_a_second_build_makes_nothing_and_the_same_words_give_the_same_bytes(folder):
    before = (folder / "build" / "report.docx").read_bytes()
    done = snakemake(folder)
    assert "Nothing to be done" in done.stdout
    (folder / "build" / "report.docx").unlink()
    assert snakemake(folder).returncode == 0
    assert (folder / "build" / "report.docx").read_bytes() == before


@pytest.mark.slow
def test_what_is_no_longer_asked_for_is_withdrawn(folder):
    set_config(folder, report={**CONFIG["report"], "formats": ["html"]})
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    made = {path.name for path in (folder / "build").iterdir()}
    assert "report.html" in made
    assert not {"report.docx", "brief.html", "brief.docx"} & made
