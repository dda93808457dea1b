"""The short version: chosen chapters of the finished page, in every format, with the report's own words."""

import contextlib
import io
import re
import shutil

import docx
import pypdf
import pytest
from lxml import html

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json
from evidentia.prove.brief import prove_brief
from evidentia.prove.round_trip import RoundTrip
from evidentia.render.docx.document import write_docx
from evidentia.render.html.brief import brief_page, unlinked
from evidentia.render.pdf.document import write_pdf
from folders import ENGINE

TEMPLATES = ENGINE / "templates"


@pytest.fixture(scope="module")
def brief(word_report, tmp_path_factory):
    """A folder whose summary is the second chapter and then the first, in every format."""
    folder = tmp_path_factory.mktemp("brief") / "small"
    shutil.copytree(word_report.folder, folder)
    config = (folder / "config.yaml").read_text()
    summary = "report:\n  summary: [report/two.qmd, report/one.qmd]\n"
    config = config.replace("report:\n", summary, 1).replace("  - docx", "  - docx\n  - pdf")
    (folder / "config.yaml").write_text(config)
    draft = folder / "build" / "draft"
    with contextlib.chdir(folder):
        config = load_config(".")
        chapters = read_json(draft / "homes.json")["chapters"]
        page = brief_page(config, (draft / "report.html").read_text(), chapters, TEMPLATES)
        (draft / "brief.html").write_text(page)
        (draft / "brief.pdf").write_bytes(write_pdf(config, draft, page=unlinked(page)))
        (draft / "brief.docx").write_bytes(write_docx(config, draft, TEMPLATES, brief=unlinked(page)))
    return folder, config, chapters


def proved(folder, config):
    done = RoundTrip([], None, [])
    with contextlib.chdir(folder):
        prove_brief(config, folder, folder / "build" / "draft", None, done)
    return done


def test_it_holds_the_chosen_chapters_in_their_order_and_no_other_parts(brief):
    folder, _, _ = brief
    page = html.document_fromstring((folder / "build/draft/brief.html").read_text())
    assert [h.text_content() for h in page.find(".//main").iter("h2")] == [
        "2. Lessons",
        "1. Findings",
        "Footnotes",
    ]
    assert page.xpath("//script") == []
    assert "A small evaluation: Summary" in page.findtext(".//title")
    assert {a.get("href") for a in page.xpath("//nav//a")} == {"report.html", "brief.pdf", "brief.docx"}


def test_every_format_has_the_same_words_and_numbers_and_is_proved(brief):
    folder, config, _ = brief
    done = proved(folder, config)
    assert done.faults == []
    assert set(done.brief) == {"html", "pdf", "docx"}
    for found in done.brief.values():
        assert len([item for item in found if item.kind == "ledger"]) >= 12
    assert len(pypdf.PdfReader(folder / "build/draft/brief.pdf").pages) <= 2
    words = [p.text for p in docx.Document(folder / "build/draft/brief.docx").paragraphs]
    assert "A small evaluation" in words


def test_a_number_that_the_report_does_not_have_is_named(brief, tmp_path):
    folder, config, _ = brief
    copy = tmp_path / "small"
    shutil.copytree(folder, copy)
    path = copy / "build/draft/brief.html"
    path.write_text(path.read_text().replace("Words of another chapter", "Words of 77 chapters"))
    faults = proved(copy, config).faults
    assert any("77" in fault and "brief.html" in fault for fault in faults)
    assert any("Word document" in fault and "brief.docx" in fault for fault in faults)


def test_links_to_what_only_the_report_has_lead_to_it_or_are_words(word_report, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(word_report.folder, folder)
    path = folder / "config.yaml"
    path.write_text(path.read_text().replace("report:\n", "report:\n  summary: [report/two.qmd]\n", 1))
    with contextlib.chdir(folder):
        config = load_config(".")
        chapters = read_json(folder / "build/draft/homes.json")["chapters"]
        source = (folder / "build/draft/report.html").read_text()
        source = source.replace("Words of another", '<a href="#fig-trend">Figure 1</a> of another')
        page = brief_page(config, source, chapters, TEMPLATES)
    assert '<a href="report.html#fig-trend">Figure 1</a>' in page
    assert "Figure 1 of another" in unlinked(page)
    assert "fnref" not in page  # its only note is in the other chapter


def test_a_chapter_without_a_heading_is_refused_by_name(brief):
    folder, config, chapters = brief
    bare = [{**chapter, "sections": []} for chapter in chapters]
    source = (folder / "build/draft/report.html").read_text()
    with pytest.raises(EvidentiaError, match=re.escape("report/two.qmd cannot stand in the summary")):
        brief_page(config, source, bare, TEMPLATES)


def test_a_summary_that_names_no_chapter_says_which_is_near(word_report, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(word_report.folder, folder)
    path = folder / "config.yaml"
    path.write_text(path.read_text().replace("report:\n", "report:\n  summary: [report/tow.qmd]\n", 1))
    with pytest.raises(EvidentiaError, match=r"report/tow.qmd is no chapter.*report/two.qmd"):
        load_config(folder)


def test_formats_without_the_page_say_what_to_write(word_report, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(word_report.folder, folder)
    path = folder / "config.yaml"
    path.write_text(path.read_text().replace("  - html\n", ""))
    with pytest.raises(EvidentiaError, match=r"formats: \[html, docx\]"):
        load_config(folder)


def test_the_same_page_gives_the_same_brief(brief):
    folder, config, chapters = brief
    source = (folder / "build/draft/report.html").read_text()
    page = brief_page(config, source, chapters, TEMPLATES)
    assert page == (folder / "build/draft/brief.html").read_text()
    with contextlib.chdir(folder):
        again = write_docx(config, folder / "build/draft", TEMPLATES, brief=unlinked(page))
    assert again == (folder / "build/draft/brief.docx").read_bytes()
    assert docx.Document(io.BytesIO(again)).sections.__len__() == 1
