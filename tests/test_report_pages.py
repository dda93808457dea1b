"""The default evaluation's PDF, page by page: nothing half empty, contents on a page, what the cover says."""

import csv
import json
import re
import subprocess

import numpy as np
import pytest
from pypdf import PdfReader

TEXT_AREA = (26 / 297, 273 / 297)  # from top to bottom, as a share of the page's height
MOST_EMPTY = 0.4
DARK = 200  # of 255; what is darker is ink


@pytest.fixture(scope="module")
def pdf(default_build):
    return default_build / "build" / "report.pdf"


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def empty(pdf, tmp_path_factory):
    """The largest gap of each page, as a share of the height of its text area."""
    stem = tmp_path_factory.mktemp("pages") / "page"
    subprocess.run(["pdftoppm", "-r", "36", "-gray", str(pdf), str(stem)], check=True)
    return [gap(path.read_bytes()) for path in sorted(stem.parent.glob("*.pgm"))]


def gap(picture: bytes) -> float:
    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    page = np.frombuffer(pixels, np.uint8, width * height).reshape(height, width)
    area = page[int(TEXT_AREA[0] * height) : int(TEXT_AREA[1] * height)]
    inked = np.flatnonzero((area < DARK).any(axis=1))
    edges = np.concatenate([[-1], inked, [len(area)]])
    return float((np.diff(edges) - 1).max() / len(area))


def starts(reader) -> set[int]:
    """The pages, from 1, on which a part begins: a bookmark of the first level that leads to the top of a
    page.
    """
    found = set()
    for item in reader.outline:
        if not isinstance(item, list) and item.top > 0.85 * float(reader.pages[0].mediabox.height):
            found.add(reader.get_destination_page_number(item) + 1)
    return found


def test_a_gap_is_measured_where_it_is():
    page = np.full((297, 210), 255, np.uint8)
    page[26:150, 30:40] = 0
    assert gap(b"P5\n210 297\n255\n" + page.tobytes()) == pytest.approx((273 - 150) / (273 - 26))


def test_no_page_is_mostly_empty_but_the_last_of_a_part(reader, empty):
    begins = starts(reader)
    last = {page - 1 for page in begins} | {len(empty)}
    body = range(min(begins), len(empty) + 1)
    assert len(begins) > 8
    assert {
        page: round(empty[page - 1], 2) for page in body if page not in last and empty[page - 1] > MOST_EMPTY
    } == {}


def test_the_report_has_the_length_of_one_that_a_department_publishes(reader):
    assert 60 <= len(reader.pages) <= 72


def test_the_contents_have_two_levels_on_one_page_and_the_lists_follow(reader):
    contents, lists = reader.pages[1].extract_text(), reader.pages[2].extract_text()
    assert contents.lstrip().startswith("Contents")
    assert re.search(r"References\s+\d+", contents)
    assert "List of figures" in lists
    assert "List of tables" in lists
    assert "Counterfactual impact evaluation" in contents
    assert "Added value of the PiP programme" not in contents


def test_the_cover_says_what_the_report_is_and_of_which_it_is_an_edition(reader):
    cover = " ".join(reader.pages[0].extract_text().split())
    for words in (
        "Regenerated edition",
        "Final report",
        "RR1029",
        "ISBN 978-1-83870-146-8",
        "This is not the published report",
    ):
        assert words in cover
    assert "Results marked [synthetic] rest on invented records" in cover


def test_the_edition_has_a_date_of_its_own_after_its_data_on_cover_and_back_page_and_in_the_metadata(
    reader, default_build
):
    cover, back = (" ".join(reader.pages[page].extract_text().split()) for page in (0, -1))
    assert "Edition of November 2026" in cover
    assert "Programme Evaluation, March 2020, ISBN" in cover  # the published report keeps its date
    assert "The edition is dated November 2026" in back
    assert reader.metadata.creation_date.year == 2026
    with (default_build / "data" / "indicators.csv").open(encoding="utf-8") as rows:
        assert max(int(row["year"]) for row in csv.DictReader(rows)) < 2026


def test_no_sentence_is_longer_than_a_reader_takes_in_once(default_build):
    chapters = json.loads((default_build / "build" / "words.json").read_text())["readability"]
    assert {
        name: found["longest_sentence"]
        for name, found in chapters.items()
        if found.get("longest_sentence", 0) > 35
    } == {}
    assert sum(found["sentences"] for found in chapters.values()) > 700
