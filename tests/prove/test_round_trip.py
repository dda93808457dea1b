"""The finished documents of the default evaluation, read back; and changed ones."""

import re
import shutil
import subprocess
from collections import Counter

import pytest

from evidentia.config.load import load_config
from evidentia.core.files import read_json
from evidentia.core.number_words import tokens
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.round_trip import round_trip
from folders import ENGINE, snakemake

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("round_trip")]


@pytest.fixture
def folder(tmp_path, default_build):
    return shutil.copytree(default_build, tmp_path / "evaluation")


def engine_with(folder, name, old, new):
    """Copy what builds a report, with one template changed."""
    for part in ("src", "scripts", "templates", "profiles"):
        shutil.copytree(ENGINE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("Snakefile", "pyproject.toml"):
        shutil.copy(ENGINE / part, folder / part)
    template = folder / "templates" / name
    text = template.read_text()
    assert old in text
    template.write_text(text.replace(old, new, 1))
    return folder


def test_every_number_of_the_default_report_has_an_origin(default_build):
    found = read_json(default_build / "build" / "round_trip.json")
    for document in ("html", "pdf"):
        assert found[document]["numbers"] == found[document]["reconciled"] > 500
    assert found["left"] == []


def test_each_bound_number_is_found_in_the_pdf_and_on_the_page_of_its_anchor_where_it_has_one(default_build):
    ledger = read_json(default_build / "build" / "numbers.json")["numbers"]
    pages = FinishedPdf(default_build / "build" / "report.pdf").anchors()
    rows = [
        row
        for row in read_json(default_build / "build" / "round_trip.json")["numbers"]
        if row["kind"] == "ledger"
    ]
    found = Counter((row["printed"], int(re.search(r"page (\d+)", row["where"])[1])) for row in rows)
    uses = [use for entry in ledger for use in entry["uses"] if use["anchor"].startswith("n-")]
    wanted = Counter(token for use in uses for token in tokens(use["printed"]))
    assert wanted.total() > 50
    assert not wanted - Counter(row["printed"] for row in rows)
    marked = [use for use in uses if use["anchor"] in pages]
    assert (
        not Counter((token, pages[use["anchor"]]) for use in marked for token in tokens(use["printed"]))
        - found
    )


def test_the_text_of_the_pdf_is_what_another_reader_finds(default_build):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    path = str(default_build / "build" / "report.pdf")
    other = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True).stdout
    mine = " ".join(piece.text for piece in FinishedPdf(path).pieces() if piece.role in ("text", "margin"))
    assert Counter(re.findall(r"\d", mine)) == Counter(re.findall(r"\d", other))


def published(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "build").iterdir()) if path.is_file()}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "page.html.jinja",
            "{{ content | safe }}",
            "<p>About 30% of families.</p>{{ content | safe }}",
            '"About 30% of families."',
        ),
        (
            "print.css",
            "@page {",
            "figcaption::after { content: ' (77% of areas)'; } @page {",
            "(77% of areas)",
        ),
    ],
)
def test_a_number_typed_into_a_template_stops_the_build_with_page_and_words(
    folder, tmp_path, name, old, new, said
):
    engine = engine_with(tmp_path / "engine", name, old, new)
    before = published(folder)
    done = snakemake(folder, engine=engine)
    assert done.returncode != 0
    number = re.search(r"\d+%", new)[0]
    assert re.search(
        rf"the number '{number}' has no origin: .*\n\s+where: page \d+ of build/report\.pdf", done.stdout
    )
    assert said in done.stdout
    assert published(folder) == before, "what was not proved is not published"


def test_a_number_that_the_ledger_no_longer_prints_so_is_found(folder):
    path = folder / "build" / "numbers.json"
    text = path.read_text()
    assert '"printed": "11.5%"' in text
    path.write_text(text.replace('"printed": "11.5%"', '"printed": "11.6%"'))
    faults = round_trip(load_config(folder, check_files=False), folder, folder / "build").faults
    assert any("is printed as '11.6%'" in fault and "the page prints '11.5%'" in fault for fault in faults)


def test_a_download_that_is_not_the_figures_data_is_found(folder):
    path = folder / "build" / "figures" / "turnover.csv"
    path.write_text(path.read_text() + "2030,2030,1,1,1,1,\n")
    faults = round_trip(load_config(folder, check_files=False), folder, folder / "build").faults
    assert any("the download turnover.csv is not the data" in fault for fault in faults)


def test_a_number_in_a_drawing_for_phones_is_proved_like_that_in_the_wide_one(folder):
    path = folder / "build" / "report.html"
    text = path.read_text()
    start = text.index(
        '<div class="picture drawn-narrow on-screen"', text.index('<figure id="fig-future4me-effects"')
    )
    at = re.compile(r"(?<=>)\N{MINUS SIGN}\d+\.\d(?=</text>)").search(text, start)
    path.write_text(f"{text[: at.start()]}\N{MINUS SIGN}98.7{text[at.end() :]}")
    faults = round_trip(load_config(folder, check_files=False), folder, folder / "build").faults
    assert len(faults) == 1
    assert "the number '98.7' has no origin" in faults[0].replace("\N{MINUS SIGN}", "")
