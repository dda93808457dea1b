"""Every word that a design writes into labels, formulas, figures and tables comes from the catalogue."""

import contextlib
import datetime
import json
import re

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.core.catalogue import messages
from evidentia.core.language import speak
from evidentia.new.starters import offered
from evidentia.new.write import Plan, write_evaluation
from evidentia.workflow.analysis import analyse
from evidentia.workflow.job import Job

LETTERS = re.compile(r"\{[^{}]*\}|[A-Za-z]")
WORDS = re.compile(r"[A-Za-z]{3,}")
NAMES = {"classical", "ancova", "newcombe", "newey", "west"}
"""Of methods."""


def in_no_language(text: str) -> str:
    """Return a text in which each letter but those of places for values is another."""
    return LETTERS.sub(
        lambda found: found[0] if found[0].startswith("{") else "\N{LATIN SMALL LETTER W WITH CIRCUMFLEX}",
        text,
    )


def catalogue() -> str:
    return "\n".join(
        f"msgid {json.dumps(text, ensure_ascii=False)}\nmsgstr {json.dumps(in_no_language(text), ensure_ascii=False)}\n"
        for text in messages()
    )


@pytest.fixture
def folder(tmp_path, request):
    folder = tmp_path / "evaluation"
    write_evaluation(folder, Plan("Family hubs", "Northshire", [request.param], datetime.date(2024, 3, 31)))
    (folder / "languages").mkdir()
    (folder / "languages" / "cy.po").write_text(catalogue(), encoding="utf-8")
    config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
    config["evaluation"]["language"] = "cy"
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    yield folder
    speak("en-GB")


@pytest.mark.parametrize("folder", sorted({*offered()} - {"script"}), indirect=True)
def test_labels_and_formulas_hold_no_word_outside_the_catalogue(folder):
    own = " ".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".csv", ".py") and "tests" not in path.parts
    )
    known = {word.lower() for word in WORDS.findall(own)} | NAMES
    left = set()
    with contextlib.chdir(folder):
        for name in load_config(".").analyses:
            analyse(Job(subject=name))
            numbers = json.loads((folder / "build" / "results" / f"{name}.json").read_text(encoding="utf-8"))[
                "numbers"
            ]
            assert numbers
            for number in numbers:
                if "note." in number["id"]:
                    continue  # English yet, as docs/identity.md says
                said = f"{number['label']} {number.get('formula', '')}"
                left |= {(word, number["id"]) for word in WORDS.findall(said) if word.lower() not in known}
    assert not left, "\n".join(f"{word} {id}" for word, id in sorted(left))
