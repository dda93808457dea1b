"""Word files of anybody's: what is read of them, and what is refused."""

import io
import zipfile

import pytest

from evidentia.compare.documents import package
from evidentia.compare.documents.read import read_document
from evidentia.core.errors import EvidentiaError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def word(path, body, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(path):
    return [passage.text for passage in read_document(path)]


def test_insertions_are_read_and_deletions_are_not(tmp_path):
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>It was </w:t></w:r>"
        "<w:del w:id='1' w:author='A'><w:r><w:delText>41</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='A'><w:r><w:t>43</w:t></w:r></w:ins></w:p>"
    )
    assert texts(word(tmp_path / "a.docx", body)) == ["It was 43"]


def test_a_content_control_says_which_number_it_is(tmp_path):
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>It was </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val='a.b'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>41%</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>.</w:t></w:r></w:p>"
    )
    bound = read_document(word(tmp_path / "a.docx", body)).passages[0].bound
    assert [(item.start, item.end, item.id) for item in bound] == [(7, 10, "a.b")]


def test_cells_know_their_row_column_and_merged_headings(tmp_path):
    def row(*cells, more=""):
        return "<w:tr>" + "".join(f"<w:tc>{more}{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    body = "<w:tbl>" + row("Place", "Share") + row("Northmoor", "31%") + "</w:tbl>"
    cell = read_document(word(tmp_path / "a.docx", body)).passages[-1]
    assert (cell.text, cell.row, cell.column, cell.place) == (
        "31%",
        "Northmoor",
        "Share",
        "table 1, row 2, column 2",
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"not a zip file", "this is no .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a file of an older Word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted, with a password",
        ),
    ],
)
def test_what_is_no_docx_is_refused_by_name(tmp_path, content, what):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(EvidentiaError, match=what):
        read_document(path)


def test_a_spreadsheet_is_no_document(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(EvidentiaError, match="no document of Word"):
        read_document(tmp_path / "a.docx")


def test_macros_and_content_elsewhere_are_told_and_neither_run_nor_fetched(tmp_path):
    image = '<Relationship Id="r1" Type="http://x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
    link = (
        '<Relationship Id="r2" Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/>'
    )
    parts = {"word__vbaProject.bin": "x", "word___rels__document.xml.rels": RELATIONS.format(image + link)}
    found = read_document(word(tmp_path / "a.docx", paragraph("x 1"), **parts))
    assert found.remarks == [
        "it holds macros, which were not run",
        "it refers to content elsewhere (image), which was not fetched",
    ]


def test_entities_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document {W}>&b;</w:document>',
        )
    with pytest.raises(EvidentiaError, match="declares a document type"):
        read_document(path)


def test_a_file_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LARGEST_PART", 100_000)
    path = word(tmp_path / "a.docx", paragraph("1" * 1_000_000))
    assert path.stat().st_size < 100_000
    with pytest.raises(EvidentiaError, match="unpacks to more"):
        read_document(path)


def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(tmp_path):
    path = tmp_path / "a.odt"
    path.write_bytes(io.BytesIO(b"x").read())
    with pytest.raises(EvidentiaError, match="'.odt' is no kind of document"):
        read_document(path)
