from evidentia.core.chapter_lines import ChapterLines

CHAPTERS = [
    {"path": "report/a.qmd", "text": "# A {#sec-a}\n\nFamilies were glad.\n", "lines": [1, 2, 3, 4]},
    {
        "path": "report/b.qmd",
        "text": '# B\n\n::: {.box}\nIt was [30%]{#n-1 .n data-id="x.y"} of *those* who [answered](https://e.org).[^b-1]\n:::\n\nThe end of it all.',
        "lines": [1, 2, 5, 6, 7, 8, 11],
    },
]


def test_words_of_a_page_lead_to_the_line_that_says_them():
    homes = ChapterLines(CHAPTERS)
    assert homes.near("...It was 30% of those who answered.") == "report/b.qmd, line 6"
    assert homes.near("page 3", "The end of it all.") == "report/b.qmd, line 11"
    assert homes.near("as was said, families were glad, and more than that was said") == ""
    assert homes.near("Families were glad. And then they were not") == "report/a.qmd, line 3"


def test_few_letters_lead_nowhere(tmp_path):
    assert ChapterLines(CHAPTERS).near("of it") == ""
    assert ChapterLines.of(tmp_path).near("Families were glad.") == ""
