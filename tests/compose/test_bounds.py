"""What a chapter may make of Jinja, of conditions and of digits has limits, and each is said by name with its
line.
"""

import pytest

from compose.test_compose import composed, faults
from evidentia.compose.digits import typed_digits
from evidentia.compose.nesting import nesting_faults


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}", "has more than 100,000 characters"),
        ("{% set a = 'xx' %}" + "{% set a = a + a %}" * 40 + "{{ a }}", "has more than 100,000 characters"),
        ("{% set a %}xx{% endset %}", "a block that is set as a name cannot stand"),
        ("{{ '%2000000000d' % 1 }}", "% is for numbers"),
        ("{{ 'a' * 999999999 }}", "* is for numbers"),
        ("{% for a in 'x' | slice(300000000) %}{% endfor %}", "the filter 'slice' cannot stand"),
        ("{{ 'x' | batch(300000000) }}", "the filter 'batch' cannot stand"),
        ("{{ 'x' | center(2000000000) }}", "the filter 'center' cannot stand"),
        ("{{ 'x' | indent(2000000000) }}", "the filter 'indent' cannot stand"),
        ("{{ 'x' | wordwrap(1) }}", "the filter 'wordwrap' cannot stand"),
        ("{{ 'x' | replace('x', 'y') }}", "the filter 'replace' cannot stand"),
        ("{% for a in range(99999) %}{% endfor %}", "'range' is undefined"),
        (
            "{% for a in '" + "x" * 900 + "' %}{% for b in '" + "x" * 900 + "' %}{% endfor %}{% endfor %}",
            "go round more than 10,000 times",
        ),
        (
            "{% for a in '" + "x" * 9000 + "' %}" + "words " * 9000 + "{% endfor %}",
            "prints more than 20,000,000 characters",
        ),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "a macro cannot stand"),
        ("{{ lipsum(n=999999) }}", "'lipsum' is undefined"),
        ("{{ 'a'.join('bcd') }}", "only functions are called"),
        ("{% set f = 'a'.join %}{{ f('bcd') }}", "unsafe"),
        ("{{ [[1, 2], evaluation.title] }}", "a list holds texts and numbers as they are"),
        ("{{ " + "(" * 5000, "nested too deep"),
        ("{{ " + "not " * 5000 + "1 }}", "nested"),
        ("{{ 42 }}", "the number 42 would be printed without its origin"),
        ("{{ 6 * 7 }}", "the number 42 would be printed without its origin"),
        ("word " * 300_000, "more than 1,000,000 characters"),
    ],
)
def test_a_template_that_takes_more_than_its_share_is_refused_with_its_line(tmp_path, words, said):
    told = faults(tmp_path, f"# Findings\n\n{words}\n")
    assert said in told
    assert "report/chapter-a.qmd" in told


def test_loops_over_words_and_ids_that_are_put_together_still_work(tmp_path):
    done = composed(
        tmp_path, '{% for when in ["before", "after"] %}It was {{ n("a.share." ~ when) }}. {% endfor %}'
    )
    assert [use["printed"] for use in done.uses["a.share.before"] + done.uses["a.share.after"]] == [
        "41%",
        "30%",
    ]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("1 > 0", "it rests on no number of the ledger"),
        ("2 == 2 and not 1 > 3", "it rests on no number of the ledger"),
        ("'a' == 'a'", "it rests on no number of the ledger"),
        ("significant(0.01)", "it rests on no number of the ledger"),
        ("True", "it rests on no number of the ledger"),
        ("a.p_value < 0.05 or 1 > 0", "it would hold whatever the numbers are"),
        ("a.p_value == a.p_value", "it would hold whatever the numbers are"),
        ("a.count > 1 or a.count < 2", "it would hold whatever the numbers are"),
        ("abs(a.count) >= 0", "it would hold whatever the numbers are"),
        ("number_of(a.share.*) > 0", "it would hold whatever the numbers are"),
        ("a.count", "it is a number, not a condition"),
        ("a.count + 1", "it is a number, not a condition"),
        ("a.count > 1 and _0 > 1", "'_0' is neither a number id nor a function"),
        ("a.count-_0 > 1", "unknown number id"),
        ("a.count > 1 and \N{LATIN LETTER DENTAL CLICK}0 > 1", "not a condition"),
        ("abs()", "it cannot be computed"),
        ("min() < a.count", "it cannot be computed"),
        ("a.count < 'x'", "it cannot be computed"),
        ("a.count > 'x' * 999999999", "a text cannot be added"),
        ("a.count > 9e999", "is larger than"),
        ("a.count > " + "9" * 5000, "more than 2,000 characters"),
        ("(" * 900 + "a.count > 1" + ")" * 900, "not a condition"),
        ("not " * 400 + "a.count > 1", "nested more than 50 levels deep"),
        ("a.count > " + "-" * 900 + "1", "nested more than 50 levels deep"),
        ("a.count > 1" + " + 1" * 400, "nested more than 50 levels deep"),
    ],
)
def test_a_claim_that_claims_nothing_or_cannot_be_read_is_refused(tmp_path, condition, said):
    told = faults(tmp_path, f'It was {{% claim "{condition}" %}}significant{{% endclaim %}}.')
    assert said in told
    assert "report/chapter-a.qmd, line 1" in told


def test_a_claim_without_words_is_refused(tmp_path):
    assert "it has no words" in faults(
        tmp_path, '{% claim "a.p_value < 0.05" %} {% endclaim %} It was significant.'
    )


@pytest.mark.parametrize(
    "word",
    [
        "5\N{SUPERSCRIPT TWO}",
        "\N{SUPERSCRIPT FOUR}\N{SUPERSCRIPT TWO}",
        "\N{CIRCLED DIGIT FIVE}",
        "\N{ROMAN NUMERAL EIGHT}",
        "\N{FULLWIDTH DIGIT FIVE}",
        "\N{ARABIC-INDIC DIGIT FIVE}",
        "\N{DEVANAGARI DIGIT FIVE}",
        "\N{VULGAR FRACTION ONE HALF}",
        "\N{MATHEMATICAL BOLD DIGIT FIVE}",
        "\N{DINGBAT NEGATIVE CIRCLED DIGIT FIVE}",
        "\N{PARENTHESIZED DIGIT FIVE}",
        "&frac12;",
        "&#53;",
        "&#x35;",
        "a&sup2;&#50;",
        "20\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT NINE}",
        "B\N{CIRCLED DIGIT FIVE}",
        "XII people",
        "XL%",
        "IV percentage points",
    ],
)
def test_a_digit_of_any_script_is_typed(word):
    assert [fault.where for fault in typed_digits(f"# Findings\n\nIt was {word} there.\n", "one.qmd")][
        :1
    ] == ["one.qmd, line 3"]


_FREE = (
    "m\N{SUPERSCRIPT TWO}",
    "R\N{SUPERSCRIPT TWO}",
    "CO\N{SUBSCRIPT TWO}",
    "Phase II",
    "2018/19",
    "Step2Work",
    "B12",
    "&amp;",
)


@pytest.mark.parametrize("word", _FREE)
def test_a_name_a_year_and_a_raised_letter_of_a_unit_are_not(word):
    assert list(typed_digits(f"In {word} it was so.", "one.qmd")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[" * 30 + "a", "brackets stand in each other"),
        ("[a](" * 60, "addresses of links are not closed"),
        ("[^" * 30, "brackets stand in each other"),
        ("[" * 8 + "a" + "]" * 8, "brackets stand in each other"),
        ("![" * 30, "brackets stand in each other"),
        ("a <!-- b", "a comment is not closed"),
        ("<a " * 60, "elements of HTML are not closed"),
        ("`" * 9000, "stands more than 30 times in a row"),
        ("> " * 60 + "a", "a quotation is nested"),
        ("&a " * 300, "signs &"),
        ("a" * 9000, "a word has more than 5,000 characters"),
    ],
)
def test_markup_that_no_engine_reads_in_time_is_named_with_its_line(words, said):
    fault, *_ = nesting_faults(f"# Findings\n\n{words}\n", "one.qmd")
    assert said in fault.what
    assert fault.where == "one.qmd, line 3"


def test_ordinary_markup_is_not():
    text = (
        'A [link](https://a.org) and [@cite; [n]{.n data-id="a"}], ^[a note with [a link](https://b.org)].\n'
    )
    text += "`[[[[[[[` <!-- [[[[[[[[ -->\n\n> a\n"
    assert list(nesting_faults(text * 200, "one.qmd")) == []
