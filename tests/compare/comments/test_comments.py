"""What comes back of a document that was sent round."""

import json
import subprocess

import pytest
from typer.testing import CliRunner

from evidentia.cli import app
from evidentia.compare.comments.propose import propose
from evidentia.compare.comments.read import returned
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from sent_document import (
    CHAPTER,
    FIRST,
    SECOND,
    added,
    comment,
    folder_with,
    number,
    paragraph,
    run,
    taken,
    write,
)


def read(tmp_path, *paragraphs, **more):
    return returned([write(tmp_path / "back.docx", *paragraphs, **more)], None)


def test_a_document_that_nobody_changed_has_nothing(tmp_path):
    found = read(tmp_path)
    assert not any(found.counts().values())
    assert found.evaluation == "gardens"


def test_a_comment_has_its_thread_its_state_and_its_place(tmp_path):
    found = read(
        tmp_path,
        paragraph(
            3, *FIRST[:2], " plots. ", comment(1, "Most gardeners"), " grow beans and keep bees in summer."
        ),
        comments=[(1, "Ana", "How many?", None, True), (2, "Ben", "Two in three.", 1, False)],
    )
    [item] = found.comments
    assert (item.said.author, item.said.date, item.said.text) == ("Ana", "2026-03-05 09:00", "How many?")
    assert [(reply.author, reply.text) for reply in item.replies] == [("Ben", "Two in three.")]
    assert item.resolved
    assert item.words == "Most gardeners"
    assert (item.place.file, item.place.line, item.place.how) == ("report/gardens.qmd", 3, "bookmark")
    assert item.place.sentence == "Most gardeners grow beans and keep bees in summer."


def test_tracked_changes_have_who_when_and_the_words_before_and_after(tmp_path):
    first = paragraph(
        3,
        *FIRST[:2],
        " plots. Most gardeners grow ",
        taken("beans"),
        added("peas", id=3),
        " and keep bees",
        taken(" in summer", "Ben"),
        ".",
    )
    found = read(tmp_path, first)
    assert [(edit.kind, edit.before, edit.after, edit.author, edit.date) for edit in found.edits] == [
        ("changed", "beans", "peas", "Ana", "2026-03-04 10:11"),
        ("taken out", " in summer", "", "Ben", "2026-03-04 10:11"),
    ]
    assert found.edits[0].place.sentence == "Most gardeners grow beans and keep bees in summer."


def test_a_change_without_tracking_is_named_as_such(tmp_path):
    found = read(
        tmp_path, paragraph(3, *FIRST[:2], " plots. Most gardeners grow peas and keep bees in summer.")
    )
    assert [(edit.before, edit.after, edit.tracked) for edit in found.edits] == [("beans", "peas", False)]


def test_a_paragraph_that_was_taken_out_without_tracking_is_named(tmp_path):
    found = read(tmp_path, paragraph(1, "Gardens"), paragraph(6, *SECOND), filled=False)
    [edit] = found.edits
    assert edit.before.startswith("The city let 341 plots.")
    assert (edit.kind, edit.tracked, edit.place.line) == ("taken out", False, 3)


def test_formatting_is_left_out(tmp_path):
    bold = "<w:r><w:rPr><w:b/><w:rPrChange w:id='9' w:author='Ana' w:date='2026-03-04T10:11:12Z'><w:rPr/></w:rPrChange></w:rPr>"
    found = read(tmp_path, paragraph(1, f"{bold}<w:t>Gardens</w:t></w:r>"))
    assert not found.edits


def test_a_number_typed_over_has_its_id_and_the_ledgers_value(tmp_path):
    tracked = number("tools.share", taken("26%") + added("28%", id=3))
    found = read(tmp_path, paragraph(6, SECOND[0], tracked, SECOND[2]))
    [item] = found.typed
    assert (item.id, item.sent, item.now, item.ledger) == ("tools.share", "26%", "28%", "26.49%")
    assert (item.author, item.place.line) == ("Ana", 6)
    assert not found.edits


def test_a_number_typed_over_without_tracking_is_named_too(tmp_path):
    found = read(tmp_path, paragraph(6, SECOND[0], number("tools.share", "28%"), SECOND[2]))
    assert [(item.id, item.now, item.author) for item in found.typed] == [("tools.share", "28%", "")]
    assert not found.edits


def test_a_number_that_lost_its_mark_is_held_against_what_was_sent(tmp_path):
    assert not read(tmp_path, paragraph(6, SECOND[0], "26%", SECOND[2])).typed
    found = read(tmp_path, paragraph(6, SECOND[0], "31%", SECOND[2]))
    assert [(item.id, item.sent, item.now) for item in found.typed] == [("tools.share", "26%", "31%")]


def test_a_paragraph_without_its_bookmark_is_found_by_its_words(tmp_path):
    found = read(
        tmp_path,
        paragraph(
            3, *FIRST[:2], " plots. Most ", comment(1, "gardeners"), " grow beans and keep bees.", mark=False
        ),
        comments=[(1, "Ana", "Who?", None, False)],
        filled=False,
    )
    assert (found.comments[0].place.line, found.comments[0].place.how) == (3, "words")


def test_words_that_stand_twice_are_no_changes_of_the_paragraph_that_kept_its_bookmark(tmp_path):
    again = paragraph(
        3, "The city let 341 plots. Most gardeners grow beans and keep bees in summer, page 7", mark=False
    )
    found = read(tmp_path, again, paragraph(3, *FIRST), paragraph(6, *SECOND))
    assert not found.edits
    assert not found.typed


def test_a_chapter_that_moved_on_is_placed_against_the_version_that_was_sent(tmp_path):
    folder = folder_with(
        tmp_path / "gardens", "# Gardens\n\nA new paragraph.\n\n" + CHAPTER.partition("\n\n")[2]
    )
    back = write(
        tmp_path / "back.docx",
        paragraph(6, SECOND[0], SECOND[1], " have ", comment(1, "tools"), ". That is less than half."),
        comments=[(1, "Ana", "Which?", None, False)],
    )
    place = returned([back], folder).comments[0].place
    assert (place.line, place.now, place.moved) == (6, 8, True)
    assert str(place) == "report/gardens.qmd, line 6 (line 8 now)"


def test_the_line_is_that_of_the_words_where_a_paragraph_takes_several(tmp_path):
    folder, found = changed(
        tmp_path,
        *FIRST[:2],
        " plots. Most gardeners grow beans and keep ",
        taken("bees"),
        added("hens", id=3),
        " in summer.",
    )
    assert [(edit.place.file, edit.place.line) for edit in found.edits] == [("report/gardens.qmd", 4)]
    assert "+keep hens in summer." in propose(found, folder).patch


def test_a_document_without_the_version_that_was_sent_is_placed_by_words(tmp_path):
    folder = folder_with(tmp_path / "gardens")
    back = write(
        tmp_path / "back.docx",
        paragraph(3, "Most gardeners grow beans and ", comment(1, "keep bees"), mark=False),
        comments=[(1, "Ana", "Where?", None, False)],
        carried=False,
    )
    found = returned([back], folder)
    assert (found.comments[0].place.file, found.comments[0].place.line) == ("report/gardens.qmd", 3)
    assert "does not carry the version that was sent" in found.notes[0]


def test_a_document_of_another_evaluation_is_refused(tmp_path):
    folder = folder_with(tmp_path / "gardens")
    back = write(tmp_path / "back.docx", evaluation="harbours")
    with pytest.raises(EvidentiaError, match="of the evaluation 'harbours', and the folder holds 'gardens'"):
        returned([back], folder)


def test_a_thousand_comments_are_read(tmp_path):
    many = [(id, "Ana", f"Remark {id}", None, False) for id in range(1, 1001)]
    marked = [comment(id, "word ") for id, *_ in many]
    assert len(read(tmp_path, paragraph(3, *marked), comments=many).comments) == 1000


def test_all_broken_files_are_named_in_one_run(tmp_path):
    for name in ("one.docx", "two.docx"):
        (tmp_path / name).write_text("no zip")
    with pytest.raises(EvidentiaError, match=r"(?s)one\.docx.*two\.docx"):
        returned([tmp_path / "one.docx", tmp_path / "two.docx"], None)


def copies(tmp_path, *versions):
    files = []
    for index, parts in enumerate(versions):
        files.append(write(tmp_path / f"copy{index}.docx", paragraph(3, *parts)))
    return files


def test_copies_are_merged_and_what_they_share_stands_once(tmp_path):
    change = (
        *FIRST[:2],
        " plots. Most gardeners grow ",
        taken("beans"),
        added("peas", id=3),
        " and keep bees in summer.",
    )
    found = returned(copies(tmp_path, change, change), None)
    assert len(found.edits) == 1
    assert [name.rpartition("/")[2] for name in found.edits[0].copies] == ["copy0.docx", "copy1.docx"]
    assert not found.conflicts


def test_copies_that_disagree_are_a_conflict(tmp_path):
    def with_(word, author):
        change = taken("beans", author) + added(word, author, id=3)
        return (*FIRST[:2], " plots. Most gardeners grow ", change, " and keep bees in summer.")

    found = returned(copies(tmp_path, with_("peas", "Ana"), with_("kale", "Ben")), None)
    [conflict] = found.conflicts
    assert conflict.what == "beans"
    assert [text for _, text in conflict.said] == ["peas", "kale"]


def test_a_number_typed_over_in_two_ways_is_a_conflict(tmp_path):
    files = [
        write(tmp_path / f"{now}.docx", paragraph(6, SECOND[0], number("tools.share", f"{now}%"), SECOND[2]))
        for now in (27, 28)
    ]
    assert [text for _, text in returned(files, None).conflicts[0].said] == ["27%", "28%"]


def changed(tmp_path, *parts, line=3):
    folder = folder_with(tmp_path / "gardens")
    source = sha256(folder / "report" / "gardens.qmd")
    back = write(tmp_path / "back.docx", paragraph(line, *parts), source=source)
    return folder, returned([back], folder)


def test_plain_words_are_proposed_as_a_patch_that_git_applies(tmp_path):
    folder, found = changed(
        tmp_path,
        *FIRST[:2],
        " plots. Most gardeners grow ",
        taken("beans and keep"),
        added("beans, peas and keep", id=3),
        " bees in summer.",
    )
    proposal = propose(found, folder)
    before = (folder / "report" / "gardens.qmd").read_text()
    (tmp_path / "words.patch").write_text(proposal.patch)
    subprocess.run(["git", "apply", "../words.patch"], cwd=folder, check=True)
    after = (folder / "report" / "gardens.qmd").read_text()
    assert before == CHAPTER
    assert "grow beans, peas and\nkeep bees in summer." in after
    assert '{{ n("plots.2022") }}' in after


@pytest.mark.parametrize(
    ("line", "parts", "why"),
    [
        (
            6,
            (*SECOND[:2], " have tools. That is ", taken("less"), added("more", id=3), " than half."),
            "in a claim",
        ),
        (3, (*FIRST[:2], added(" big", id=3), FIRST[2]), ""),
        (
            3,
            (*FIRST[:2], " plots. Most gardeners ", added("(65%) ", id=3), "grow beans and"),
            "it holds a number",
        ),
        (
            3,
            (*FIRST[:2], " plots. Most gardeners ", added("{{ evil }} ", id=3), "grow beans"),
            "a mark of Markdown",
        ),
        (3, (*FIRST[:2], " plots. Few gardeners grow beans and keep bees in summer."), "without tracking"),
    ],
)
def test_what_is_left_to_the_author_says_why(tmp_path, line, parts, why):
    folder, found = changed(tmp_path, *parts, line=line)
    proposal = propose(found, folder)
    if why:
        assert not proposal.taken
        assert why in proposal.left[0][1]
    else:
        assert '{{ n("plots.2022") }} big plots.' in proposal.patch


def test_a_paragraph_that_was_put_elsewhere_without_tracking_is_named(tmp_path):
    heading, first, second = paragraph(1, "Gardens"), paragraph(3, *FIRST), paragraph(6, *SECOND)
    found = read(tmp_path, first, second, heading)
    [edit] = found.edits
    assert (edit.kind, edit.tracked, edit.place.line) == ("moved", False, 1)
    assert edit.before == "Gardens"


def test_a_tracked_move_is_one_and_half_of_it_is_never_proposed(tmp_path):
    away = taken(" and keep bees").replace("w:del ", "w:moveFrom ").replace("</w:del>", "</w:moveFrom>")
    here = added("and keep bees ", id=3).replace("w:ins", "w:moveTo")
    folder, found = changed(
        tmp_path, *FIRST[:2], " plots. Most gardeners ", here, "grow beans", away, " in summer."
    )
    assert [edit.kind for edit in found.edits] == ["moved to here", "moved away"]
    proposal = propose(found, folder)
    assert not proposal.patch
    assert {why for _, why in proposal.left} == {"it was moved: move it in the chapter"}


def test_an_item_that_was_taken_out_is_proposed_only_with_its_mark(tmp_path):
    listed = CHAPTER.replace("The city let", "- The city let").replace(
        "in summer.", "in summer.\n- Few weed."
    )
    folder = folder_with(tmp_path / "gardens", listed)
    words = "".join(part if not part.startswith("<") else "341" for part in FIRST)
    back = write(
        tmp_path / "back.docx", paragraph(3, taken(words)), source=sha256(folder / "report/gardens.qmd")
    )
    found = returned([back], folder)
    assert [edit.kind for edit in found.edits] == ["taken out"]
    assert not propose(found, folder).patch


def run_command(*arguments):
    return CliRunner().invoke(app, ["comments", *map(str, arguments)], env={"COLUMNS": "150"})


def test_the_command_shows_a_table_writes_a_page_and_a_patch(tmp_path):
    folder = folder_with(tmp_path / "gardens")
    source = sha256(folder / "report" / "gardens.qmd")
    back = write(
        tmp_path / "back.docx",
        paragraph(
            3,
            *FIRST[:2],
            " plots. ",
            comment(1, "Most"),
            " gardeners grow ",
            taken("beans"),
            added("peas", id=3),
            " and keep bees in summer.",
        ),
        paragraph(6, SECOND[0], number("tools.share", "28%"), SECOND[2]),
        comments=[(1, "<b>Ana</b>", "How many?", None, False)],
        source=source,
    )
    done = run_command(
        back, "-C", folder, "--html", tmp_path / "back.html", "--write", tmp_path / "back.patch"
    )
    assert done.exit_code == 0, done.exception
    assert "1 comment (1 open, 0 replies); 1 change of the words; 1 number typed over." in done.stdout
    assert "report/gardens.qmd" in done.stdout
    assert "git apply" in done.stdout
    page = (tmp_path / "back.html").read_text()
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page
    assert "tools.share" in page
    assert "+keep" not in (tmp_path / "back.patch").read_text()
    assert (folder / "report" / "gardens.qmd").read_text() == CHAPTER


def test_json_has_all(tmp_path):
    back = write(tmp_path / "back.docx", paragraph(6, SECOND[0], number("tools.share", "28%"), SECOND[2]))
    found = json.loads(run_command(back, "-C", tmp_path, "--json").stdout)
    assert found["numbers_typed_over"][0]["id"] == "tools.share"
    assert found["counts"]["numbers_typed_over"] == 1
    assert run("x")
