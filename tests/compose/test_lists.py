"""Numbered lists and items that can be referred to: what is written is what is printed."""

import pytest
from test_compose import composed, faults

from evidentia.compose.tree import read_chapter, words_of


def numbered(text):
    return [
        (item["c"][0][0], item["c"][0][1]["t"], [words_of(part) for part in item["c"][1]])
        for item in read_chapter(text, "report.qmd").elements("OrderedList")
    ]


def test_a_list_goes_on_after_words_and_in_letters(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\n1. one\n2. two\n\nWords.\n\n3. three\n\na. first\nb. second\n\n    i. inner\n    ii. second\n",
    )
    assert [row[:2] for row in numbered(done.text)] == [
        (1, "Decimal"),
        (3, "Decimal"),
        (1, "LowerAlpha"),
        (1, "LowerRoman"),
    ]


@pytest.mark.parametrize(
    ("chapter", "what", "line"),
    [
        (
            "# A\n\nWords.\n\n7. people\n",
            "a list cannot begin at '7', for a number would be typed: people",
            5,
        ),
        ("# A\n\n1. one\n2. two\n\nWords.\n\n4. four\n", "a list cannot begin at '4'", 8),
        ("# A\n\n1989. The Act came.\n", "a list cannot begin at '1989'", 3),
        ("# A\n\nc. third\nd. fourth\n", "a list cannot begin at 'c'", 3),
        ("# A\n\n1. one\n2. two\n4. four\n", "the item '4' of a list would be printed as '3'", 5),
        ("# A\n\n- x\n\n    1. one\n    3. two\n", "the item '3' of a list would be printed as '2'", 6),
        ("# A\n\na. one\nc. two\n", "the item 'c' of a list would be printed as 'b'", 4),
        (
            "# A\n\n1) Words.\n\n    1) - inner\n       - other\n",
            "the brackets of the list that begins with '1)' would be lost",
            5,
        ),
        ("# A\n\nA. one\nand more\nB. two\n", "the lines from 'A.' on would run on in one paragraph", 3),
        ("# A\n\nI. one\nII. two\n", "the lines from 'I.' on would run on", 3),
        (
            "# A\n\nWords\n1. one\n2. two\n",
            "the line that begins with '1.' runs on in the paragraph before",
            4,
        ),
        ("# A\n\nWords\n(a) one\n(b) two\n", "the line that begins with '(a)' runs on", 4),
        ("# A\n\n- x\n\nWords:\n- one\n- two\n", "the line that begins with '-' runs on", 6),
        ("# A\n\niv. one\nv. two\n", "a list cannot begin at 'iv'", 3),
        ("# A\n\n(@r) One.\n(@r) Two.\n", "the label (@r) stands twice", 4),
    ],
)
def test_a_number_that_would_be_typed_or_changed_is_named(tmp_path, chapter, what, line):
    said = faults(tmp_path, chapter)
    assert what in said
    assert f"line {line}" in said


def test_items_that_are_all_1_and_words_with_a_backslash_are_as_meant(tmp_path):
    done = composed(tmp_path, "# A\n\n1. one\n1. two\n\n#. three\n#. four\n\n2019\\. A year.\n")
    assert [row[0] for row in numbered(done.text)][0] == 1


def test_an_item_with_a_label_is_numbered_in_its_chapter_and_linked_to_from_any(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\n(@keep) Keep them.\n\n        Still the first.\n\n(@) No label.\n(@train) Train.\n\nSee (@train), @keep and [@keep].\n",
        "# B\n\n(@other) One here.\n\nAs @train and `@keep` say.\n",
    )
    lists = numbered(done.text)
    assert [(start, len(items)) for start, _, items in lists] == [(1, 3), (1, 1)]
    assert lists[0][2][0] == "Keep them.Still the first."
    tree = read_chapter(done.text, "report.qmd")
    spans = {span["c"][0][0] for span in tree.elements("Span")}
    links = [(words_of(link["c"][1]), link["c"][2][0]) for link in tree.elements("Link")]
    assert [words for words, _ in links] == ["3", "1", "1", "3"]
    assert {target[1:] for _, target in links} <= spans
    assert "`@keep`" in done.text


def test_a_label_of_2_chapters_belongs_to_each_and_to_no_third(tmp_path):
    both = ["# A\n\n(@r) One.\n\nSee @r.\n", "# B\n\n(@x) None.\n(@r) Two.\n\nSee @r.\n"]
    done = composed(tmp_path / "two", *both)
    assert [words_of(link["c"][1]) for link in read_chapter(done.text, "r").elements("Link")] == ["1", "2"]
    assert "the citation @r has no entry" in faults(tmp_path / "three", *both, "# C\n\nSee @r.\n")


def test_lists_in_notes_and_definitions_are_read_where_they_belong(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\nWords.[^n]\n\n1. one\n\n    a. letter\n\n2. two\n\n[^n]: 1. first\n    2. second\n\nTerm\n:   1. in it\n",
    )
    assert [row[0] for row in numbered(done.text)] == [1, 1, 1, 1]


def test_brackets_of_a_list_are_kept_and_code_and_words_are_left_alone(tmp_path):
    chapter = "# A\n\n1) one\n2) two\n\n    (a) inner\n    (b) **bold**\n\nWords (see part\nb) go on.\n\n(@) Keep.\n"
    text = composed(tmp_path, chapter).text
    assert "1) []{.mark-after}one" in text
    assert "(b) []{.mark-round}**bold**" in text
    assert "1. Keep." in text
    assert "1) code" in composed(tmp_path / "b", "# A\n\nWords.\n\n    1) code\n").text
