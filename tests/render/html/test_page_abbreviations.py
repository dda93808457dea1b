"""Abbreviations on the page, in the PDF and in Word are the same words: in full where the report uses them first."""

from evidentia.compose.abbreviations import with_abbreviations
from render.written import page_of

CHAPTER = """# The LA

The LA and `LA` and the LA. A family group conference (FGC) is held in [the LA](https://example.org).

The [SDQ]{.abbr}, the [DfE]{.abbr title="Department for Education"}, the [DfE]{.abbr title="Department for Education"}.

::: {.glossary}
SDQ
:   A questionnaire
:::

*[LA]: Local authority
*[FGC]: family group conference

# More

An LA.
"""


def test_a_meaning_is_printed_once_unless_the_text_or_the_glossary_has_it():
    page = page_of(with_abbreviations(CHAPTER, "")[0])
    words = " ".join(page.text_content().split())
    assert (
        "The LA (Local authority) and LA and the LA. A family group conference (FGC) is held in the LA."
        in words
    )
    assert "The SDQ, the DfE (Department for Education), the DfE." in words
    assert words.endswith("An LA.")
    assert "abbr-meaning" not in str([element.get("class") for element in page.iter()])


def test_each_chapter_marks_an_abbreviation_where_it_stands_first():
    page = page_of(with_abbreviations(CHAPTER, "")[0])
    marked = [(one.text, one.get("title")) for one in page.iter("abbr") if one.text == "LA"]
    assert marked == [("LA", "Local authority"), ("LA", "Local authority")]
    assert page.xpath("count(.//h2//abbr)") == 0
