"""docs/chapters.md names all that a chapter can call, and its examples print what it says."""

import re

import pytest

from evidentia.compose.exhibits import Exhibits
from evidentia.compose.markup import plain
from evidentia.compose.private import ENDS, FOLLOWS
from evidentia.compose.synthetic import RESTS
from evidentia.compose.template import environment, render
from evidentia.compose.writer import Writer
from evidentia.core.expression import FUNCTIONS
from evidentia.core.formats import ADJUSTMENTS, FORMS
from evidentia.core.ledger import load
from folders import ENGINE

TEXT = (ENGINE / "docs" / "chapters.md").read_text(encoding="utf-8")
NUMBERS, REST = TEXT.split("## Claims")
EXAMPLES = re.findall(r"^\| `(.*\{\{.*)` \| (.*) \|$", NUMBERS, re.MULTILINE)


@pytest.mark.parametrize(("written", "printed"), EXAMPLES)
def test_an_example_prints_what_the_guide_says(written, printed):
    writer = Writer(load(ENGINE / "tests" / "regression" / "numbers.json"))
    text = render(environment(writer.names()), written, "docs/chapters.md")
    assert not writer.faults, writer.faults
    assert re.sub(r"\s", " ", plain(re.sub(f"[{FOLLOWS}{ENDS}{RESTS}]", "", text))) == printed


def test_the_guide_names_every_function_form_and_adjustment():
    writer = Writer({})
    for name in [*writer.names(), *Exhibits(None, {}, writer, []).names()]:
        assert name.startswith("_") or f"{name}(" in TEXT, name
    for name in FUNCTIONS:
        assert re.search(rf"`[^`]*\b{name}\b", REST), name
    for word in FORMS | {word for word in ADJUSTMENTS if not word.endswith("dp")}:
        assert f"`{word}`" in NUMBERS, word
    assert {word for word in ADJUSTMENTS if word.endswith("dp")} == {f"{places}dp" for places in range(7)}
    assert len(EXAMPLES) > 10
