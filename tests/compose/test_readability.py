from evidentia.compose.readability import readability, sentences_of


def test_the_formulas_are_kincaids():
    """Kincaid and others (1975): 206.835 - 1.015 ASL - 84.6 ASW and 0.39 ASL + 11.8 ASW - 15.59, worked by
    hand.
    """
    found = readability("The cat sat on the mat. The dog ran.")
    assert (found["words"], found["sentences"]) == (9, 2)
    assert found["reading_ease"] == round(206.835 - 1.015 * 4.5 - 84.6 * 1, 1)
    assert found["grade"] == round(0.39 * 4.5 + 11.8 * 1 - 15.59, 1)


def test_headings_tables_and_figures_do_not_count():
    text = (
        "# A heading\n\nOne two three.\n\n| a | b |\n| --- | --- |\n| c | d"
        ' |\n\n![](figures/x.svg){fig-alt="words"}\n\n::: {.source}\n:::'
    )
    assert readability(text)["words"] == 3


def test_long_words_make_a_text_harder():
    assert (
        readability("Evaluation methodology necessitates consideration.")["grade"]
        > readability("We asked how it went.")["grade"] + 8
    )


def test_an_empty_chapter_has_no_figures():
    assert readability("# References") == {"words": 0, "sentences": 0}


def test_a_colon_and_a_semicolon_end_no_sentence():
    found = readability("It had 2 parts: one here; one there. It ended.")
    assert (found["sentences"], found["words_per_sentence"], found["longest_sentence"]) == (2, 5.0, 8)


def test_captions_marks_and_headings_in_bold_are_no_part_of_a_sentence_and_a_note_is_one_of_its_own():
    text = (
        "**Training.** Staff valued it,^[A course of [5]{#n-1 .n} days [@who2020].] and asked for more"
        " [\\[synthetic\\]]{.synthetic}, see @sec-staff. They had time.\n\n:::"
        " {#fig-x}\n\n![](figures/x.svg)\n\nA finding [measured in a year]{.measure}\n\n:::\n\n- one item\n-"
        " another\n"
    )
    assert sentences_of(text) == [
        "Staff valued it, and asked for more, see .",
        "They had time.",
        "- one item",
        "- another",
        "A course of 5 days .",
    ]
