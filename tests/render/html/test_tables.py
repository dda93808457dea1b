"""Tables that an author writes by hand: label, caption, headers that span."""

from evidentia.render.html.finish import text_of
from evidentia.render.html.tables import grid
from render.written import page_of

SPANNED = """
+-------+---------------+---------------+
| Area  | Before        | After         |
|       +-------+-------+-------+-------+
|       | Boys  | Girls | Boys  | Girls |
+=======+=======+=======+=======+=======+
| North | few   | some  | many  | most  |
+       +-------+-------+-------+-------+
|       | none  | few   | some  | many  |
+-------+-------+-------+-------+-------+
| South | none  | few   | some  | many  |
+-------+-------+-------+-------+-------+

: Answers by area {#tbl-areas}
"""


def test_a_table_with_a_label_is_numbered_and_referred_to():
    main = page_of(
        "See @tbl-who and [Overview @tbl-who].\n\n| Who | What |\n|:--|--:|\n| Staff | Talks |\n\n: Who was asked {#tbl-who}\n"
    )
    holder = main.get_element_by_id("tbl-who")
    assert holder.get("class") == "tabular"
    assert text_of(holder.xpath(".//caption")[0]) == "Table 1: Who was asked"
    assert (
        main.xpath("./p")[0].text_content().replace("\N{NO-BREAK SPACE}", " ")
        == "See Table 1 and Overview 1."
    )
    assert main.xpath(".//th[@class='numeric'] | .//td[@class='numeric']")[0].text == "What"


def test_headers_of_a_spanned_table_are_those_of_their_cells():
    table = page_of(SPANNED).xpath(".//table")[0]
    assert [cell.get("scope") for cell in table.xpath("./thead/tr[1]/*")] == ["col", "colgroup", "colgroup"]
    rows = table.xpath("./tbody/tr")
    assert [(row[0].tag, row[0].get("scope")) for row in rows] == [
        ("th", "rowgroup"),
        ("td", None),
        ("th", "row"),
    ]


def test_a_table_without_a_label_keeps_its_caption_and_gets_no_number():
    table = page_of("| A | B |\n|--|--|\n| a | b |\n\n: Plain words\n").xpath(".//table")[0]
    assert table.findtext("caption") == "Plain words"


def test_an_empty_heading_is_no_heading():
    table = page_of("|   | B |\n|--|--|\n| a | b |\n|   | c |\n").xpath(".//table")[0]
    assert [cell.tag for cell in table.iter("th", "td")] == ["td", "th", "th", "td", "td", "td"]


def test_widths_of_columns_are_kept():
    main = page_of('| A | B |\n|--|--|\n| a | b |\n\n: Words {#tbl-x tbl-colwidths="[30,70]"}\n')
    assert [column.get("style") for column in main.iter("col")] == ["width:30%", "width:70%"]


def test_a_grid_has_a_spanning_cell_in_each_of_its_places():
    table = page_of(SPANNED).xpath(".//table")[0]
    texts = [[text_of(cell) for cell in row] for row in grid(list(table.iter("tr")))]
    assert texts[0] == ["Area", "Before", "Before", "After", "After"]
    assert texts[3] == ["North", "none", "few", "some", "many"]


def test_a_rows_header_of_many_words_keeps_room_for_them():
    table = page_of(
        "| Who | Number |\n|:--|--:|\n| Families who took part in both rounds | 7 |\n| All | 9 |\n"
    )
    assert [cell.get("class") for cell in table.xpath(".//tbody//th")] == ["wordy", None]


def test_no_line_ends_within_a_statistic():
    main = page_of("The change is small (p = 0.24), and [p < **0.05**]{.n} elsewhere. A = B is none.\n")
    words = main.text_content()
    assert "p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0.24" in words
    assert "p\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}0.05" in words
    assert "A = B" in words
