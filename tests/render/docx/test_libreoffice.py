"""Another program opens the document: LibreOffice, where it is installed."""

import io
import re
import shutil
import subprocess
import zipfile

import pypdf
import pytest

from evidentia.core.word_format import BOOKMARK, parse_sent
from word_files import W, parts_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice; apt-get install libreoffice-writer-nogui"),
    pytest.mark.xdist_group("libreoffice"),
]


def converted(content, kind, folder):
    """Have LibreOffice save a document as another kind."""
    (folder / "report.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out")]
    done = subprocess.run([*command, str(folder / "report.docx")], capture_output=True, text=True, check=True)
    made = list((folder / "out").glob("report.*"))
    assert len(made) == 1, done.stderr
    return made[0].read_bytes()


def test_it_lays_the_document_out_with_its_words_figures_and_page_numbers(word_report, tmp_path):
    pages = pypdf.PdfReader(io.BytesIO(converted(word_report.content, "pdf", tmp_path))).pages
    words = [re.sub(r"\s+", " ", page.extract_text()) for page in pages]
    assert "A small evaluation" in words[0]
    assert "Contents" in words[1]
    whole = " ".join(words)
    for said in ("Calls were 44 per", "A second item", "DRAFT FOR COMMENT", "Calls to the line", "To know"):
        assert said in whole
    assert any(list(page.images) for page in pages)
    assert len(pages) in range(4, 7)  # by the fonts that are there


def test_what_leads_home_survives_another_program(word_report, tmp_path):
    back = converted(word_report.content, "docx:Office Open XML Text", tmp_path)
    marks = [m.get(f"{W}name") for m in parts_of(back)["word/document.xml"].iter(f"{W}bookmarkStart")]
    sent = [
        parse_sent(zipfile.ZipFile(io.BytesIO(back)).read(name))
        for name in zipfile.ZipFile(io.BytesIO(back)).namelist()
        if re.fullmatch(r"customXml/item\d+\.xml", name)
    ]
    told = next(one for one in sent if one)
    body = {p.bookmark for one in told.chapters for p in one.paragraphs if p.kind != "note"}
    assert body <= {name for name in marks if BOOKMARK.fullmatch(name)}
    numbers = {f"_en_{n.control}" for one in told.chapters for p in one.paragraphs for n in p.numbers}
    assert len(numbers & set(marks)) >= len(numbers) - 1  # LibreOffice may keep the note's elsewhere
