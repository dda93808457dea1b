"""Abbreviations that a line explains: each is used, and has one meaning in the whole report."""

import pytest
from test_compose import composed, faults


def test_a_line_that_explains_an_abbreviation_is_no_text_of_the_report(tmp_path):
    done = composed(tmp_path, 'The LA kept it.\n\n*[LA]: Local "authority"\n\n    *[X]: code\n')
    assert '[LA]{.abbr-meaning title="Local \\"authority\\""}' in done.text
    assert "*[LA]" not in done.text
    assert "    *[X]: code" in done.text


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("Words.\n\n*[LA]: Local authority\n", "the abbreviation 'LA' is used nowhere"),
        ("The LA.\n\n*[LA]:\n", "has no meaning in plain words"),
        ("The LA.\n\n*[LA]: [Local](https://e.org)\n", "has no meaning in plain words"),
        ("The LA.\n\n*[LA]: Local authority\n*[LA]: Local area\n", "has two meanings: Local authority, and Local area"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_named_with_its_line(tmp_path, chapter, said):
    found = faults(tmp_path, chapter)
    assert said in found
    assert "chapter-a.qmd, line " in found
