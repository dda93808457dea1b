"""All mistakes of config.yaml, the file of facts and the chapters in one message, before anything runs."""

import copy

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.workflow.mistakes import checked_config
from folders import MINIMAL, write_folder

FACTS = "documents: {plan: A plan}\nfacts:\n  a.b: {value: May 2017, unit: date, label: B, document: plan, place: page 1}\n"
CHAPTER = "# One\n\nIt was 12.\n\n{{< video x >}}\n\n{% claim 'a.b > 1' %}More.\n"


def folder(tmp_path, config: dict, facts: str, chapter: str):
    config = (
        copy.deepcopy(MINIMAL)
        | {"report": {"chapters": ["report/one.qmd"], "facts": "report/facts.yaml"}}
        | config
    )
    return write_folder(tmp_path, config, **{"report__facts.yaml": facts, "report__one.qmd": chapter})


def test_mistakes_of_all_three_are_said_together(tmp_path):
    with pytest.raises(EvidentiaError) as caught:
        checked_config(folder(tmp_path, {"reprot": {}}, FACTS, CHAPTER))
    said = str(caught.value)
    for what in (
        "unknown key 'reprot'",
        "'May 2017' does not fit",
        "'12' is typed",
        "a shortcode of Quarto",
        "the template cannot be read",
    ):
        assert what in said, what


@pytest.mark.parametrize(
    ("chapter", "line"),
    [
        ("# One\n\n::: {.callout-note}\nWords.\n", 3),
        ("# One\n\n:::: {.callout-note}\n::: {.callout-tip}\nWords.\n:::\n\nMore.\n", 3),
        ("# One\n\n```\n::: {.x}\n```\n\n::: callout-note\nWords.\n", 7),
    ],
)
def test_a_box_that_is_not_closed_waits_for_no_other_mistake(tmp_path, chapter, line):
    with pytest.raises(EvidentiaError) as caught:
        checked_config(folder(tmp_path, {"reprot": {}}, FACTS, chapter))
    assert "unknown key 'reprot'" in str(caught.value)
    assert f"a box is not closed: {chapter.splitlines()[line - 1]}" in str(caught.value)
    assert f"report/one.qmd, line {line}" in str(caught.value)


def test_boxes_that_are_closed_are_no_mistake(tmp_path):
    chapter = "# One\n\n:::: {.callout-note}\n::: {.callout-tip}\nWords.\n:::\n::::\n\n> ::: {.source}\n> A.\n> :::\n"
    with pytest.raises(EvidentiaError) as caught:
        checked_config(folder(tmp_path, {"reprot": {}}, FACTS, chapter))
    assert "not closed" not in str(caught.value)


def test_texts_that_a_comment_sign_cuts_off_keep_no_other_mistake_back(tmp_path):
    root = folder(tmp_path, {}, FACTS, CHAPTER)
    config = (root / "config.yaml").read_text(encoding="utf-8")
    (root / "config.yaml").write_text(config.replace("A small evaluation", "Phase #2"), encoding="utf-8")
    with pytest.raises(EvidentiaError) as caught:
        checked_config(root)
    said = str(caught.value)
    for what in ('quote it: title: "Phase #2"', "'May 2017' does not fit", "'12' is typed"):
        assert what in said, what


def test_facts_with_a_mistake_stop_before_anything_runs(tmp_path):
    with pytest.raises(EvidentiaError, match="does not fit the unit 'date'"):
        checked_config(folder(tmp_path, {}, FACTS, "# One\n"))


def test_chapters_alone_wait_for_their_numbers(tmp_path):
    right = FACTS.replace("May 2017", "2017-05")
    assert checked_config(folder(tmp_path, {}, right, CHAPTER)).report is not None
