from evidentia.compose.readability import readability


def test_the_formulas_are_kincaids():
    """Kincaid and others (1975): 206.835 - 1.015 ASL - 84.6 ASW and 0.39 ASL + 11.8 ASW - 15.59, worked by hand."""
    found = readability("The cat sat on the mat. The dog ran.")
    assert (found["words"], found["sentences"]) == (9, 2)
    assert found["reading_ease"] == round(206.835 - 1.015 * 4.5 - 84.6 * 1, 1)
    assert found["grade"] == round(0.39 * 4.5 + 11.8 * 1 - 15.59, 1)


def test_headings_tables_and_figures_do_not_count():
    text = (
        '# A heading\n\nOne two three.\n\n| a | b |\n| --- | --- |\n| c | d |\n\n![](figures/x.svg){fig-alt="words"}\n\n::: {.source}\n:::'
    )
    assert readability(text)["words"] == 3


def test_long_words_make_a_text_harder():
    assert readability("Evaluation methodology necessitates consideration.")["grade"] > readability("We asked how it went.")["grade"] + 8


def test_an_empty_chapter_has_no_figures():
    assert readability("# References") == {"words": 0, "sentences": 0}
