"""A comment round with a second editor: changes in LibreOffice, then comments in Word, then home."""

import io
import os
import shutil
import signal
import subprocess
import uuid
from pathlib import Path
from subprocess import DEVNULL

import docx
import pytest

from evidentia.compare.comments.read import returned

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PYTHON = "/usr/bin/python3"  # the system's, for which Debian's python3-uno is
EDIT = Path(__file__).with_name("office_edit.py")


def can_uno():
    if OFFICE is None or not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.skipif(not can_uno(), reason="apt-get install libreoffice-writer-nogui python3-uno"),
    pytest.mark.xdist_group("libreoffice"),
]


def commented(content, path):
    """Write the document as it comes from a reviewer who commented in Word."""
    document = docx.Document(io.BytesIO(content))
    paragraph = next(item for item in document.paragraphs if "A second item" in item.text)
    document.add_comment(paragraph.runs[0], text="Which items?", author="Second reviewer", initials="SR")
    document.save(str(path))
    return path


def edited(source, target, folder):
    """Have LibreOffice open, change and save a document; a crash of Debian's python3-uno is no fault of ours."""
    for attempt in range(3):
        pipe = f"ev{uuid.uuid4().hex[:12]}"
        profile = f"-env:UserInstallation=file://{folder / f'profile{attempt}'}"
        options = ["--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
        command = [PYTHON, str(EDIT), pipe, str(source), str(target)]
        start = [OFFICE, profile, *options]
        with subprocess.Popen(start, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True) as office:
            try:
                ended = subprocess.run(command, check=False, timeout=180).returncode
            finally:
                os.killpg(office.pid, signal.SIGKILL)  # the program is a child of a script
        if ended == 0:
            return target
        assert ended < 0, f"{EDIT.name} ended with {ended}"
    pytest.skip("python3-uno was ended by a signal three times")


def through(path, folder):
    """Have LibreOffice open and save a document."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    kind = "docx:Office Open XML Text"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
        str(path),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return folder / "out" / path.name


def test_words_and_numbers_come_home_from_a_second_editor(word_report, tmp_path):
    (tmp_path / "sent.docx").write_bytes(word_report.content)
    first = edited(tmp_path / "sent.docx", tmp_path / "one.docx", tmp_path)
    back = through(commented(first.read_bytes(), tmp_path / "two.docx"), tmp_path)
    found = returned([back], word_report.folder)
    [comment] = found.comments
    assert (comment.said.author, comment.said.text) == ("Second reviewer", "Which items?")
    assert (comment.place.file, comment.place.how) == ("report/one.qmd", "bookmark")
    chapter = (word_report.folder / "report" / "one.qmd").read_text().split("\n")
    assert "A second item" in chapter[comment.place.line - 1]
    [edit] = [edit for edit in found.edits if edit.tracked]
    assert (edit.before, edit.after) == ("Words", "Sentences")
    assert (edit.place.file, edit.place.line) == ("report/two.qmd", 3)
    [number] = found.typed
    assert (number.id, number.sent, number.now) == ("rates.calls.2020.area", "44 per 10,000", "47 per 10,000")
    assert number.ledger.startswith("44")
    assert [edit for edit in found.edits if not edit.tracked] == []


def test_a_document_that_only_went_through_has_nothing(word_report, tmp_path):
    (tmp_path / "report.docx").write_bytes(word_report.content)
    back = through(tmp_path / "report.docx", tmp_path)
    assert not any(returned([back], word_report.folder).counts().values())
