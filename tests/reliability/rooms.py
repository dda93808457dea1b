"""Hostile input to the rooms round a report: its looks, its language, its plan, its signatures, documents that
come back or come from elsewhere, and the preview.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from evidentia.compare.comments.read import returned
from evidentia.compare.documents.read import read_document
from evidentia.compare.foreign.audit import audit
from evidentia.core.catalogue import messages
from evidentia.core.patience import patience
from reliability.hostile import Attempt, beside, data
from reliability.small import CONFIG, rows_of, set_config

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
)
"""YAML of which 400 bytes stand for 10¹¹ values."""
UNFOLDS, OUTSIDE = "aliases stand for more than 200,000 values", "leads out of the evaluation folder"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 9 9">{}<rect width="9" height="9"/></svg>'
)


def standing(name: str, text: str) -> Callable[[Path], None]:
    """Return a further file, with its folder."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return make


def leads_out(name: str, text: str = "secret\n") -> Callable[[Path], None]:
    """Return a link to a file, or if its name ends with a slash a folder, that lies outside."""

    def make(folder: Path) -> None:
        outside = folder.parent / "outside"
        outside.mkdir()
        (outside / "file").write_text(text, encoding="utf-8")
        place = folder / name.rstrip("/")
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(outside if name.endswith("/") else outside / "file")

    return make


def piped(name: str) -> Callable[[Path], None]:
    """Return a pipe in a place that is read."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)

    return make


def spoken(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Return a report in Welsh whose own catalogue has each text changed."""
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']

    def make(folder: Path) -> None:
        said = [f"msgid {json.dumps(text)}\nmsgstr {json.dumps(change(text))}\n" for text in messages()]
        standing("languages/cy.po", "\n".join([*lines, *said]))(folder)
        set_config(folder, evaluation={**CONFIG["evaluation"], "language": "cy"})

    return make


def within(words: str) -> Callable[[str], str]:
    """Return a change that puts words after each place for a value."""
    return lambda text: text.replace("}", words + "}")


def logo(drawing: str) -> Callable[[Path], None]:
    """Return a brand with a drawing for its logo."""

    def make(folder: Path) -> None:
        (folder / "logo.svg").write_text(DRAWING.format(drawing), encoding="utf-8")
        (folder / "_brand.yml").write_text(
            "logo: {images: {a: {path: logo.svg, alt: Logo}}, medium: a}\n", encoding="utf-8"
        )

    return make


LOOKS = [
    Attempt("Looks", "a brand whose aliases unfold", standing("_brand.yml", BOMB), (UNFOLDS, "_brand.yml")),
    Attempt("Looks", "a colour that ends a rule of the style sheet", standing("_brand.yml", 'color: {primary: "red;} body {display: none} b {color: red"}\n'), ("is no colour", "_brand.yml")),
    Attempt("Looks", "a font whose name ends a rule of the style sheet", standing("_brand.yml", 'typography: {base: {family: "x\\"; } * {display: none"}}\n'), ("is not given", "_brand.yml")),
    Attempt("Looks", "a logo outside the folder", standing("_brand.yml", "logo: {images: {a: ../x.svg}, medium: a}\n"), ("not a path inside the evaluation folder", "_brand.yml")),
    Attempt("Looks", "a logo of the web", standing("_brand.yml", 'logo: {images: {a: "http://127.0.0.1/x.svg"}, medium: a}\n'), ("not a path inside the evaluation folder", "_brand.yml")),
    Attempt("Looks", "a logo with a script", logo("<script>alert(1)</script>"), ("the element <script>", "logo.svg")),
    Attempt("Looks", "a logo with an event handler", logo('<rect onload="alert(1)"/>'), ("the attribute 'onload'", "logo.svg")),
    Attempt("Looks", "a logo with a drawing in it as data", logo('<image xlink:href="data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4="/>'), ("the drawing refers to", "logo.svg")),
    Attempt("Looks", "a logo that sets its own link to a script", logo('<a xlink:href="#"><set attributeName="href" to="javascript:alert(1)"/></a>'), ("the drawing holds the element", "logo.svg")),
    Attempt("Looks", "a brand that is a link out of the folder", leads_out("_brand.yml"), (OUTSIDE, "_brand.yml")),
]  # fmt: skip
LANGUAGES = [
    Attempt("Language", "a translation with two billion blanks", spoken(within(":2000000000")), ("has other places for values", "languages/cy.po")),
    Attempt("Language", "a translation with a way to Python's classes", spoken(within(".__class__")), ("has other places for values", "languages/cy.po")),
    Attempt("Language", "a translation with a place in a place", spoken(within(":{label}")), ("has other places for values", "languages/cy.po")),
    Attempt("Language", "a translation without its places", spoken(lambda text: text.replace("{", "(")), ("has other places for values", "languages/cy.po")),
    Attempt("Language", "a catalogue of words that run on", standing("languages/en.po", 'msgid "' + '\\"' * 500_000 + "\n"), ("the catalogue cannot be read", "languages/en.po")),
    Attempt("Language", "a catalogue that is a link out of the folder", leads_out("languages/cy.po"), (OUTSIDE, "languages/cy.po")),
    Attempt("Language", "catalogues behind a link out of the folder", leads_out("languages/"), (OUTSIDE, "languages")),
]  # fmt: skip
PLANS = [
    Attempt("Plan and signatures", "a plan whose aliases unfold", standing("plan.yaml", BOMB), (UNFOLDS, "plan.yaml")),
    Attempt("Plan and signatures", "a plan nested 100,000 levels deep", standing("plan.yaml", "a: " + "[" * 100_000), ("nested more than 60 levels", "plan.yaml")),
    Attempt("Plan and signatures", "a plan that builds an object", standing("plan.yaml", "a: !!python/object/apply:os.system ['touch pwned']\n"), ("could not determine a constructor", "plan.yaml")),
    Attempt("Plan and signatures", "a plan that is a link out of the folder", leads_out("plan.yaml"), (OUTSIDE, "plan.yaml")),
    Attempt("Plan and signatures", "signatures behind a link out of the folder", leads_out("assurance/"), (OUTSIDE, "assurance")),
    Attempt("Plan and signatures", "a log of assumptions that is a link out of the folder", leads_out("assurance/assumptions.yaml"), (OUTSIDE, "assurance/assumptions.yaml")),
    Attempt("Plan and signatures", "accepted numbers behind a link out of the folder", lambda folder: ((folder / "tests").mkdir(), leads_out("tests/regression/")(folder)), (OUTSIDE, "tests/regression")),
    Attempt("Plan and signatures", "facts whose aliases unfold", beside("report/facts.yaml", BOMB), (UNFOLDS, "report/facts.yaml")),
]  # fmt: skip


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


def _packed(name: str, member: str, content: bytes) -> Callable[[Path], None]:
    """Return a data file that is an archive with one member, whatever its name says."""

    def make(folder: Path) -> None:
        with zipfile.ZipFile(folder / "data" / name, "w", zipfile.ZIP_DEFLATED) as archive:
            if name.endswith(".ods"):
                kind = "application/vnd.oasis.opendocument.spreadsheet"
                archive.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
            archive.writestr(member, content)
        set_config(folder, data={"rates": {"path": f"data/{name}"}})

    return make


def _raw(name: str, content: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "data" / name).write_bytes(content)
        set_config(folder, data={"rates": {"path": f"data/{name}"}})

    return make


def _sheet(found: str, instead: str) -> Callable[[Path], None]:
    """Return the data as a workbook in whose sheet a text was changed."""

    def make(folder: Path) -> None:
        book = Workbook()
        for row in rows_of():
            book.active.append(row)
        made = folder / "data" / "made.xlsx"
        book.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(folder / "data" / "rates.xlsx", "w") as new:
            for item in old.infolist():
                content = old.read(item)
                if item.filename.endswith("sheet1.xml"):
                    content = content.replace(found.encode(), instead.encode(), 1)
                new.writestr(item.filename, content)
        set_config(folder, data={"rates": {"path": "data/rates.xlsx"}})

    return make


NOISE = bytes(range(256)) * 40
FORMATS = [
    Attempt("Data files", "a workbook with a column ZZZZZZ", _sheet('r="A2"', 'r="ZZZZZZ2"'), ("not an Excel workbook", "data/rates.xlsx")),
    Attempt("Data files", "a workbook with a row 200,000,000", _sheet('r="A2"', 'r="A200000000"'), ("a spreadsheet ends at", "data/rates.xlsx")),
    Attempt("Data files", "a sheet of OpenDocument that repeats a row 99,999,999 times", _packed("rates.ods", "content.xml", b'<table:table-row table:number-rows-repeated="99999999"/>'), ("repeats cells beyond its end",)),
    Attempt("Data files", "an SPSS file of noise", _raw("rates.sav", b"$FL2" + NOISE), ("not an SPSS file", "data/rates.sav")),
    Attempt("Data files", "a Stata file of noise", _raw("rates.dta", b"<stata_dta>" + NOISE), ("not a Stata file", "data/rates.dta")),
    Attempt("Data files", "an old Excel file of noise", _raw("rates.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE), ("not a workbook that can be read", "data/rates.xls")),
    Attempt("Data files", "a zip of which 100 kB unpack to 100 MB", _packed("rates.zip", "rates.csv", b"0" * 100_000_000), ("unpacks to more than is read", "data/rates.zip")),
    Attempt("Data files", "100,000 columns", data(",".join(f"a{n}" for n in range(100_000)) + "\n"), ("columns",)),
]  # fmt: skip
ROOMS = [*LOOKS, *LANGUAGES, *PLANS, *DOCUMENTS, *FORMATS]
