"""Chapters apart: notes, links, labels and what is not closed stay in the chapter that holds them."""

import pytest
from test_compose import composed, faults

from evidentia.compose.chapter import Composer
from evidentia.compose.code import without_comments
from evidentia.compose.lines import with_lines
from evidentia.compose.template import environment, render_lines
from evidentia.compose.tree import read_chapter, words_of
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from folders import MINIMAL, write_folder


def notes_and_links(text: str) -> tuple[list[str], list[str]]:
    tree = read_chapter(text, "report.qmd")
    notes = [words_of(note["c"]) for note in tree.elements("Note")]
    return notes, [link["c"][2][0] for link in tree.elements("Link")]


def test_notes_and_links_of_one_name_in_2_chapters_are_2(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\nOne.[^n] [the plan][p] and [p].\n\n[^n]: First note.\n\n[p]: https://example.org/a\n",
        "# B\n\nTwo.[^n] [the [old] plan][p], [p][] and ![drawn][p].\n\n[^n]: Second note.\n\n[P]: <https://example.org/b> 'T'\n",
    )
    notes, links = notes_and_links(done.text)
    assert notes == ["First note.", "Second note."]
    assert links == ["https://example.org/a"] * 2 + ["https://example.org/b"] * 2


def test_signs_in_code_are_no_notes_and_keep_their_name(tmp_path):
    done = composed(
        tmp_path,
        "# A\n\nWrite `[^n]` or\n\n~~~ text\n[^n] [p]\n~~~\n\nfor one.[^n]\n\n[^n]: Words.\n\n[p]: https://e.org\n",
    )
    assert "`[^n]`" in done.text
    assert "\n[^n] [p]\n" in done.text
    assert notes_and_links(done.text)[0] == ["Words."]


@pytest.mark.parametrize(
    ("chapters", "what", "where"),
    [
        (["# A\n\nWords.[^x]\n", "# B\n\nMore.[^x]\n\n[^x]: Here.\n"], "the note [^x] has no words", "chapter-a.qmd, line 3"),
        (["# A\n\nWords.\n\n[^x]: Lost words.\n"], "the note [^x] is not called", "chapter-a.qmd, line 5"),
        (["# A\n\nA.[^x]\n\n[^x]: One.\n\n[^x]: Two.\n"], "the note [^x] is defined twice", "chapter-a.qmd, line "),
        (["# A\n\nA [p].\n\n[p]: https://e.org\n[p]: https://f.org\n"], "the link [p] is defined twice", "chapter-a.qmd, line "),
        (["# A\n\n{{ figure('calls') }}\n\n::: {.callout-note}\nIn it.\n", "# B\n"], "a box is not closed", "chapter-a.qmd, line 5"),
        (["# A\n\n::: {.callout-note}\nOuter.\n\n:::: {.callout-tip}\nInner.\n:::\n"], "not closed", "chapter-a.qmd, line 3"),
        (["# A\n\nDear family,\n\n```\nThank you\n"], "code is not closed", "chapter-a.qmd, line 5"),
        (["# A\n\n- an item\n\n  ~~~~ r\n  x\n  ~~~\n"], "code is not closed", "chapter-a.qmd, line 5"),
        (["# A\n\nThe `name of it.\n\nNext.\n"], "code is not closed", "chapter-a.qmd, line 3"),
        (["# A\n\nOne.\n\n<!-- to do\n\nTwo.\n", "# B\n"], "a comment is not closed", "chapter-a.qmd, line 5"),
        (["# A {#sec-a}\n", "# B {#sec-a}\n"], "the label 'sec-a' stands twice", "chapter-b.qmd, line 1, and report/chapter-a.qmd, line 1"),
        (["# A\n\n## Aims\n", "# B\n\n## Aims\n\nSee [Aims].\n"], "2 sections have that name", "chapter-b.qmd, line 3"),
        (["# A\n\n## Aims\n", "# B\n\nSee [Aims].\n"], "reads otherwise beside the others", "chapter-b.qmd, line 3"),
    ],
)  # fmt: skip
def test_what_would_reach_beyond_its_chapter_is_named(tmp_path, chapters, what, where):
    said = faults(tmp_path, *chapters)
    assert what in said
    assert where in said


def test_one_unclosed_thing_is_said_once(tmp_path):
    said = faults(tmp_path, "# A\n\n```\nDear family, call us.\n\n::: {.box}\n\n`x\n", "# B\n\nWords.\n")
    assert said.count("where:") == 1


def test_comments_stay_with_the_author(tmp_path):
    done = composed(
        tmp_path,
        '# A\n\n- one\n\n<!-- ask {{ n("a.count") }} before -->\n\n- two <!-- 7\nor 8 --> end `<!-- shown -->`\n',
    )
    assert "ask" not in done.text
    assert "`<!-- shown -->`" in done.text
    assert "a.count" not in done.uses
    assert [block["t"] for block in read_chapter(done.text, "r").blocks][-3:] == [
        "BulletList",
        "RawBlock",
        "BulletList",
    ]


def test_a_comment_leaves_its_lines():
    assert without_comments("a <!-- b\nc --> d\n").count("\n") == 2


def test_each_line_of_a_composed_chapter_knows_its_own():
    env = environment({"figure": lambda name: "::: {#fig}\n\nX\n\n:::", "n": lambda name: "[3]"})
    source = (
        "# A\n\nIt is {{ n('x') }}\nand more.\n\n{{ figure('y') }}\n\nAfter.\n{## two\nlines ##}\n"
        "{% for x in ['a', 'b'] %}\n- {{ x }}\n{% endfor %}\n{% if false %}\nLeft out.\n{% endif %}\nThe last line of it.\n"
    )
    text, lines = render_lines(env, source, "c.qmd")
    named = dict(zip(text.split("\n"), lines, strict=True))
    assert named["It is [3]"] == 3
    assert named["and more."] == 4
    assert named["X"] == 6
    assert named["After."] == 8
    assert named["- a"] == 12
    assert named["The last line of it."] == 17


def test_a_piece_that_stands_nowhere_belongs_to_the_code_before_it():
    assert with_lines(["a\n", "x\ny", "\nb"], "a\n{{ f() }}\nb") == ("a\nx\ny\nb", [1, 2, 2, 3])


def test_chapters_of_one_file_name_are_2(tmp_path):
    names = ["report/aims.qmd", "report/annex/aims.qmd", "report/end.qmd"]
    config = MINIMAL | {"report": {"chapters": names}}
    folder = write_folder(tmp_path, config, report__aims__qmd="")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n")
    ids = load_config(folder).report.chapter_ids
    assert ids == {"report/aims": names[0], "report/annex/aims": names[1], "end": names[2]}


def test_a_chapter_named_twice_is_refused(tmp_path):
    config = MINIMAL | {"report": {"chapters": ["report/a.qmd", "report/a.qmd"]}}
    with pytest.raises(EvidentiaError, match=r"report/a\.qmd stands twice"):
        load_config(write_folder(tmp_path, config, **{"report__a.qmd": "# A\n"}))


def test_one_chapter_is_composed_by_itself_with_all_its_faults(tmp_path):
    config = MINIMAL | {"report": {"chapters": ["report/a.qmd", "report/b.qmd"]}}
    files = {
        "report__a.qmd": "# A {#sec-a}\n",
        "report__b.qmd": "# B\n\nSee @sec-a, @sec-c and 12.\n\n::: {.callout-note}\n",
    }
    folder = write_folder(tmp_path, config, **files)
    composer = Composer(load_config(folder), folder, {}, {})
    chapter = composer.chapter("b")
    faults = [*chapter.faults, *composer.references(chapter, composer.labels())]
    assert [fault.what.split(":")[0] for fault in faults] == [
        "the number '12' is typed",
        "a box is not closed",
        "the cross-reference @sec-c leads nowhere",
    ]
    assert chapter.text.startswith("# B\n")
