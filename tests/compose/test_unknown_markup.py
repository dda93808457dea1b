"""Markup that no report obeys is refused by name; what a visual editor escaped is understood."""

import pytest
from test_compose import composed, faults


@pytest.mark.parametrize(
    ("chapter", "what", "remedy"),
    [
        ("{{< video https://e.org/v.mp4 >}}", "a shortcode of Quarto stands in the chapter: {{< video", "link to it"),
        ("{{<include other.qmd>}}", "a shortcode of Quarto", "name the file in report.chapters"),
        ("In words {{< meta title >}} too", "a shortcode of Quarto", "{{ evaluation.title }}"),
        ("{{\\< fa home \\>}}", "{{< fa home >}}", "take it out"),
        ("::: {layout-nrow=2}\nA\n:::", "the attribute 'layout-nrow' is not obeyed", "layout-ncol"),
        ("::: {.x layout=\"[[1,1],[1]]\"}\nA\n:::", "the attribute 'layout' is not obeyed", "layout-ncol"),
        ("::: {.columns}\n::: {.column}\nA\n:::\n:::", "the class '.columns' is not obeyed", "layout-ncol"),
        ("::: column-margin\nA\n:::", "the class '.column-margin' is not obeyed", "write a note"),
        ("::: column-page\nA\n:::", "the class '.column-page' is not obeyed", "finds its width"),
        ("[A]{.aside}", "the class '.aside' is not obeyed", "write a note"),
        ("::: {.callout-note collapse=true}\nA\n:::", "the attribute 'collapse' is not obeyed", "a box stands open"),
        ("::: {.callout-tip icon=false}\nA\n:::", "the attribute 'icon' is not obeyed", "look alike"),
        ("::: {.landscpae}\nA\n:::", "the class '.landscpae' means nothing", "did you mean .landscape?"),
        ("::: {.pull-qoute}\nA\n:::", "the class '.pull-qoute' means nothing", "did you mean .pull-quote?"),
        ("## Part {.unlisted}\n\nA", "the class '.unlisted' is not obeyed", "take it out"),
        ("\\vspace{2cm}\n\nA", "TeX reaches no page: \\vspace{2cm}", "Markdown"),
        ("A \\textbf{bold} word", "TeX reaches no page", "Markdown"),
        ("```{=openxml}\n<w:p/>\n```", "a piece for 'openxml' reaches no page", "Markdown"),
        ("A[^n].\n\n[^n]: Words\n\n    | x | y |\n    |---|---|\n    | k | l |", "a note holds a table: x", "into the text"),
        ("A[^n].\n\n[^n]: Words\n\n    ~~~\n    kept\n    ~~~", "a note holds a block of code: kept", "into the text"),
        (
            "::: {#tbl-two}\n\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n\nBoth\n:::",
            "the table 'tbl-two' is made of several tables", "a label of its own",
        ),
        ("[Sections @sec-b and @sec-b]\n\n# B {#sec-b}", "words behind @sec-b in brackets would be lost", "[-@sec-b]"),
        ("Words\n::: {.box}\nA\n:::", "the line opens no box", "leave an empty line"),
        ("::: {.box}\nA\n:::\n\n:::", "the line closes no box", "take it out"),
        ("It is **very plain.", "bold letters are not closed", "close them with **"),
        ("See [the plan](https://e.org/a now", "a link's address is not closed", "end it with )"),
    ],
)  # fmt: skip
def test_what_no_page_obeys_is_named(tmp_path, chapter, what, remedy):
    said = faults(tmp_path, f"# A\n\n{chapter}\n")
    assert what in said
    assert remedy in said
    assert "chapter-a.qmd, line " in said


def test_all_mistakes_of_a_chapter_are_said_beside_a_shortcode(tmp_path):
    said = faults(
        tmp_path,
        "# A\n\n{{< video x >}}\n\nIt was 12 and {{ n('a.nothing') }}, see @sec-none.\n\n::: {.grid}\nA\n:::\n",
    )
    for what in ("shortcode", "'12' is typed", "unknown number id", "@sec-none", "'.grid'"):
        assert what in said


@pytest.mark.parametrize(
    "sign", ["{{< pagebreak >}}", "{{<pagebreak>}}", "{{\\< pagebreak \\>}}", "\\newpage"]
)
def test_a_page_break_is_passed_on(tmp_path, sign):
    assert "\n\\newpage\n" in composed(tmp_path, f"# A\n\nOne.\n\n{sign}\n\nTwo.\n").text


def test_template_code_of_a_visual_editor_is_understood(tmp_path):
    done = composed(
        tmp_path,
        '# A\n\n{% claim "a.p\\_value \\< 0.05" %}It is so.{% endclaim %} {{ n(\\"a.count\\") }} and {{ n(“a.one”) }}.\n',
    )
    assert "[236]{#n-1" in done.text
    assert "[1]{#n-2" in done.text
    assert done.claims[0].condition == "a.p_value < 0.05"


def test_words_that_only_look_like_markup_pass(tmp_path):
    chapter = "# A\n\n\\*\\*no\\*\\* and `**` or `::: x`, 5\\*\\* stars [a] (b), {.so}.\n\n::: {.respondent}\nA\n:::\n"
    assert "respondent" in composed(tmp_path, chapter.replace("5", "")).text


@pytest.mark.parametrize(
    ("chapter", "what"),
    [
        ("So $$ a + b it is.", "a formula is not closed"),
        ("Words^[a note that goes on.", "a note is not closed"),
    ],
)
def test_a_formula_and_a_note_that_are_not_closed_are_named(tmp_path, chapter, what):
    assert what in faults(tmp_path, f"# A\n\n{chapter}\n")


def test_the_label_of_a_formula_is_no_open_formula(tmp_path):
    chapter = "# A\n\nAs @eq-sum says,\n\n$$\na + b\n$$ {#eq-sum}\n\nand $$c$$ {#eq-more}.\n"
    assert "{#eq-more}" in composed(tmp_path, chapter).text


def test_a_class_that_changes_nothing_is_told_once_with_its_chapter(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\n::: {.frame}\nOne [two]{.frame} and [three]{.smallcaps}.\n:::\n\n> Said.\n",
        "# B\n\n[Four]{.frame} and `x`{.python} and [five]{.own}.\n",
    )
    assert done.unknown_classes == {"frame": "report/chapter-a.qmd", "own": "report/chapter-b.qmd"}
