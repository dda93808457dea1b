"""HTML, Markdown and PDFs of anybody's."""

import pytest

from evidentia.compare.documents.read import read_document
from evidentia.core.errors import EvidentiaError


def test_a_page_is_read_without_scripts_drawings_and_what_is_hidden(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><h2>Reach</h2><p>We met <b>31</b> families.</p><script>var a = 5;</script><svg><text>7</text></svg>"
        "<p hidden>9</p><p style='display:none'>11</p></body></html>",
        encoding="utf-8",
    )
    found = read_document(path).passages
    assert [(item.role, item.text) for item in found] == [
        ("heading", "Reach"),
        ("text", "We met 31 families."),
    ]
    assert found[1].headings == ("Reach",)


def test_a_table_of_a_page_fills_spans(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<table><thead><tr><th>Place</th><th colspan=2>Share</th></tr></thead>"
        "<tr><th>Northmoor</th><td>31%</td><td>40%</td></tr></table>"
    )
    cells = [item for item in read_document(path) if item.role == "cell"]
    assert [(item.text, item.row, item.column) for item in cells[1:]] == [
        ("31%", "Northmoor", "Share"),
        ("40%", "Northmoor", "Share"),
    ]


def test_a_number_of_evidentias_page_carries_its_id(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<p>It was <span class="n" data-id="a.b">31%</span>.</p>')
    bound = read_document(path).passages[0].bound
    assert [(item.start, item.end, item.id) for item in bound] == [(7, 10, "a.b")]


def test_a_page_that_nests_too_deep_is_refused_since_words_would_be_lost(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<div>" * 5000 + "5 apples")
    with pytest.raises(EvidentiaError, match="stand within each other"):
        read_document(path)


def test_what_is_no_pdf_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_text("%PDF-1.4 and nothing")
    with pytest.raises(EvidentiaError, match="not a PDF"):
        read_document(path)


def test_markdown_says_from_which_line(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Reach\n\nWe met 31 families.\n\n| Place | Share |\n|---|---|\n| Northmoor | 40% |\n")
    found = {item.text: item.place for item in read_document(path)}
    assert found["We met 31 families."] == "line 3"
    assert found["40%"].startswith("table 1 (line")


def test_a_pdf_without_tags_is_read_by_its_layout(tmp_path):
    from weasyprint import HTML

    page = (
        "<h2>Reach</h2><p>We met 31 families in the first year of the programme, and saw most of them again.</p>"
        "<table style='width: 100%'><tr><td>Place</td><td>Share</td></tr><tr><td>Northmoor</td><td>40%</td></tr></table>"
    )
    HTML(string=page).write_pdf(tmp_path / "a.pdf")
    found = read_document(tmp_path / "a.pdf").passages
    assert any(item.text.startswith("We met 31 families") and item.place == "page 1" for item in found)
    assert [(item.text, item.row) for item in found if item.text == "40%"] == [("40%", "Northmoor")]


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_labels_over_several_lines_go_with_the_numbers_beside_them(tmp_path, align):
    from weasyprint import HTML

    labels = {
        "Children in care per 10,000 on 31 March 2020": "43",
        "Turnover of social workers in the year to 30 September 2017": "13",
        "Vacancies": "6",
        "Agency social workers on 30 September 2018": "5",
    }
    rows = "".join(
        f"<tr><td style='width: 30mm'>{name}</td><td>{value}</td><td>12%</td></tr>"
        for name, value in labels.items()
    )
    page = (
        f"<style>td, th {{ vertical-align: {align}; text-align: right; padding: 1mm 6mm }}"
        " td:first-child, th:first-child { text-align: left; padding-left: 0 }</style><table><tr><th>Measure</th>"
        f"<th>North</th><th>South</th></tr>{rows}</table>"
    )
    HTML(string=page).write_pdf(tmp_path / "a.pdf")
    found = {
        item.text: item.row for item in read_document(tmp_path / "a.pdf").passages if item.column == "North"
    }
    assert found == {value: name for name, value in labels.items()}


def test_words_below_a_cell_of_a_pdf_belong_to_it():
    from evidentia.compare.documents.pdf_rows import rows_of

    lines = [
        "Measure                 North              South",
        "Change in all           2 percentage       31",
        "places                  points",
        "Share of the            40%                12%",
        "towns",
    ]
    rows, left = rows_of(lines)
    assert rows[1:] == [
        ["Change in all places", "2 percentage points", "31"],
        ["Share of the towns", "40%", "12%"],
    ]
    assert left == []


def test_a_number_whose_unit_stands_below_it_is_one_cell_of_its_row():
    from evidentia.compare.documents.pdf_rows import rows_of

    lines = [
        "Statement                 Share              Lower          Upper",
        "                          73 percentage",
        "Training prepared me                         60%            83%",
        "                          points",
        "There is time             39%                28%            52%",
    ]
    rows, _ = rows_of(lines)
    assert rows[1:] == [
        ["Training prepared me", "73 percentage points", "60%", "83%"],
        ["There is time", "39%", "28%", "52%"],
    ]
