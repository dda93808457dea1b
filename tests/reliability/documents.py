"""Hostile documents: those that are audited, and those that come back."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from evidentia.compare.comments.read import returned
from evidentia.compare.documents.read import read_document
from evidentia.compare.foreign.audit import audit
from evidentia.core.patience import patience
from reliability.hostile import Attempt

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
)
"""YAML of which 400 bytes stand for 10¹¹ values."""


def audited(name: str) -> Callable[[Path], None]:
    """Return what reads and judges a foreign document."""

    def run(folder: Path) -> None:
        path = folder / name
        with patience(name, 5):
            audit(read_document(path), {})

    return run


def given(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return a document in the folder."""
    text = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(text) and None


def pdf(content: bytes, packed: bool = False) -> bytes:
    """Return a PDF of one page, written by hand."""
    data, how = (zlib.compress(content, 9), b"/Filter /FlateDecode") if packed else (content, b"")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), how, data),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


LINE = b"BT /F1 12 Tf 1 0 0 1 50 700 Tm (It was 30%) Tj ET\n"
FAR = b"BT /F1 12 Tf 1 0 0 1 2000000000 2000000000 Tm (It was 31%) Tj ET\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PARAGRAPH = "<w:p><w:r><w:t>It was 30%.</w:t></w:r></w:p>"


def word(body: str, head: str = "", **parts: str) -> Callable[[Path], None]:
    """Return a document of Word, written by hand, with further parts."""

    def make(folder: Path) -> None:
        with zipfile.ZipFile(folder / "x.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "word/document.xml",
                f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            )
            for name, text in parts.items():
                archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)

    return make


def commented(folder: Path) -> None:
    """Read a returned document."""
    with patience("x.docx", 5):
        returned([folder / "x.docx"], folder)


def _document(what: str, name: str, content: str | bytes, *says: str) -> Attempt:
    return Attempt("Document to audit", what, given(name, content), says, audited(name))


TABLE = "<table><tr>" + "<td colspan=1000 rowspan=1000>1</td>" * 3000 + "</tr></table>"
DOCUMENTS = [
    _document("a PDF of 500 MB in 500 kB", "x.pdf", pdf(b" " * 100_000_000, True), "the PDF cannot be read"),
    _document("a PDF of 20,000 lines on each other in 5 kB", "x.pdf", pdf(LINE * 20_000, True), "reading it takes more than", "give a part of it"),
    _document("a PDF of arrays in each other", "x.pdf", pdf(b"BT /F1 12 Tf " + b"[" * 100_000 + b" TJ ET"), "the PDF cannot be read"),
    _document("a PDF with words two billion points away", "x.pdf", pdf(LINE + FAR)),
    _document("a page whose cells span a thousand rows and columns", "x.html", TABLE, "more than 500,000 cells"),
    _document("a page of elements in each other", "x.html", "<div>" * 50_000 + "30%", "elements stand within each other"),
    _document("a page of 400,000 numbers", "x.html", "<p>30% </p>" * 40_000, "more than 20,000 numbers"),
    _document("a page with a file of this machine as an entity", "x.html", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a; 30%</p>'),
    _document("no document at all", "x.pdf", b"\0" * 1000, "not a PDF"),
    Attempt("Document to audit", "a document with a file of this machine as an entity", word(PARAGRAPH, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), ("declares a document type",), audited("x.docx")),
    Attempt("Document to audit", "a document of 200 MB in 200 kB", word(f"<!--{' ' * 200_000_000}-->{PARAGRAPH}"), ("unpacks to more than a document holds",), audited("x.docx")),
    Attempt("Document to audit", "a document of tables in each other", word("<w:tbl><w:tr><w:tc>" * 200 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 200), ("it is broken",), audited("x.docx")),
    Attempt("Document to audit", "a document whose cell spans two billion columns", word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + PARAGRAPH + "</w:tc></w:tr></w:tbl>"), (), audited("x.docx")),
    Attempt("Returned document", "beside settings whose aliases unfold in the id", lambda folder: (word(PARAGRAPH)(folder), (folder / "config.yaml").write_text(f"{BOMB}evaluation: {{id: *a11}}\n")), (), commented),
    Attempt("Returned document", "whose comments lie outside of it", word(PARAGRAPH, word___rels__document_dot_xml_dot_rels=f'<Relationships xmlns="{RELATIONS}"><Relationship Id="b" Type="x/comments" Target="../../../../etc/passwd"/></Relationships>'), (), commented),
]  # fmt: skip
