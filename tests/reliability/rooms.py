"""Hostile input to the rooms round a report: its looks, its language, its plan, its signatures, documents that
come back or come from elsewhere, and the preview.
"""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from evidentia.core.catalogue import messages
from evidentia.workflow import preconditions
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import Flow
from evidentia.workflow.records import recorded
from reliability.documents import BOMB, DOCUMENTS
from reliability.hostile import Attempt, beside, data
from reliability.small import CONFIG, rows_of, set_config

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
    Attempt("Language", "a translation with a number of its own", spoken(lambda text: f"{text} 42%"), ("has a number that the English text has not", "languages/cy.po")),
    Attempt("Language", "a translation with a script", spoken(lambda text: f"<script>open('pwned')</script>{text}")),
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


def started(folder: Path) -> None:
    """Start a build as far as it reads what an earlier one kept."""
    preconditions.check(folder)
    lock = preconditions.begin(folder)
    if lock is not None:
        os.close(lock)
    Flow(EvaluationFolder(folder))
    recorded(folder)


def kept(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return something in the place of what a build keeps for the next one."""

    def put(folder: Path) -> None:
        (folder / "build" / name).parent.mkdir(parents=True)
        make(folder / "build" / name)

    return put


DEEP, RECORD, JOURNAL = "[" * 100_000, ".records/analyse-rates.0.0.json", ".publish/journal.json"
STATE = [
    Attempt("State of a build", what, kept(name, make), says, started)
    for what, name, make, says in [
        ("a record that is a pipe", RECORD, os.mkfifo, ()),
        ("a record nested 100,000 levels deep", RECORD, lambda path: path.write_text(DEEP), ()),
        ("a record that leads to a device", RECORD, lambda path: path.symlink_to("/dev/zero"), ()),
        ("a record that leads to nothing", RECORD, lambda path: path.symlink_to("nothing"), ()),
        ("a memory of hashes that is a pipe", ".records/hashes", os.mkfifo, ()),
        ("a memory of hashes that leads to a device", ".records/hashes", lambda path: path.symlink_to("/dev/zero"), ()),
        ("a memory of hashes nested 100,000 levels deep", ".records/hashes", lambda path: path.write_text(DEEP), ()),
        ("a lock that leads out of the folder", ".records/lock", lambda path: path.symlink_to(path.parents[3] / "pwned"), (OUTSIDE,)),
        ("a publication that was begun, as a pipe", JOURNAL, os.mkfifo, ()),
        ("a publication that was begun, nested 100,000 levels deep", JOURNAL, lambda path: path.write_text(DEEP), ()),
        ("a publication that was begun, of another form", JOURNAL, lambda path: path.write_text('{"files": [[], 3], "withdrawn": 5}'), ()),
        ("a publication that removes what lies outside", JOURNAL, lambda path: path.write_text('{"files": ["/etc/x"], "withdrawn": ["../config.yaml"]}'), ()),
    ]
]  # fmt: skip
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
ROOMS = [*LOOKS, *LANGUAGES, *PLANS, *DOCUMENTS, *STATE, *FORMATS]
