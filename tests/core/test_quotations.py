"""A stated fact is proved by a quotation that stands in its stored source and holds its value."""

import os
from pathlib import Path

import pytest
from weasyprint import HTML

from evidentia.audit.fact_checks import check_facts, passage_for
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.facts import load_facts, stored_sources
from evidentia.core.quotations import find_passage, holds, passage_of, stands, words_of
from folders import ENGINE

SOURCE = "The pro-\ngramme began in August 2017 with “twelve” schools – and £1.5 million.\nBy then 7% of pupils had left."
QUOTED = "The programme began in August 2017 with twelve schools"


def write(tmp_path, more, value="12", unit="count", source=SOURCE, name="sources/plan.txt", head=""):
    (tmp_path / "sources").mkdir(exist_ok=True)
    if isinstance(source, bytes):
        (tmp_path / name).write_bytes(source)
    elif source is not None:
        (tmp_path / name).write_text(source, encoding="utf-8")
    fact = f"{{value: {value}, unit: {unit}, label: Schools, document: plan, place: page 2{more}}}"
    path = tmp_path / "facts.yaml"
    path.write_text(f"documents:\n  plan: {head or 'The plan'}\nfacts:\n  start.schools: {fact}\n")
    return path


def proved(tmp_path, more, **about):
    (entry,) = load_facts(write(tmp_path, more, **about), tmp_path)
    return entry["source"]


def test_a_quotation_is_found_whatever_its_line_breaks_and_quotation_marks(tmp_path):
    source = proved(tmp_path, f", quotation: {QUOTED}, source: sources/plan.txt")
    assert source["quotation"] == QUOTED
    assert source["inputs"]["sources/plan.txt"].startswith("sha256:")
    assert source["basis"] == "stated"


def test_a_document_names_its_source_once(tmp_path):
    source = proved(tmp_path, f", quotation: {QUOTED}", head="{title: The plan, source: sources/plan.txt}")
    assert source["document"] == "The plan"
    assert list(source["inputs"]) == ["sources/plan.txt"]
    assert stored_sources(tmp_path / "facts.yaml") == ["sources/plan.txt"]


def test_a_quotation_is_found_in_a_web_page_and_in_a_pdf(tmp_path):
    page = f"<html><head><style>p {{color: red}}</style></head><body><p>{SOURCE}</p></body></html>"
    for name, source in (("sources/a.html", page), ("sources/a.pdf", HTML(string=page).write_pdf())):
        found = proved(tmp_path, f", quotation: {QUOTED}, source: {name}", source=source, name=name)
        assert name in found["inputs"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            ", quotation: The programme began in August 2018 with twelve schools, source: sources/plan.txt",
            "is not in sources/plan.txt",
        ),
        (
            ", quotation: By then 7% of pupils had left, source: sources/plan.txt",
            "does not hold the value 12",
        ),
        (", quotation: with twelve schools, source: sources/plan.txt", "fewer than 4 words"),
        (f", quotation: {QUOTED}", "no source"),
        (", source: sources/plan.txt", "no quotation"),
        (f", quotation: {QUOTED}, source: ../plan.txt", "outside the evaluation folder"),
        (f", quotation: {QUOTED}, source: sources/other.txt", "sources/other.txt"),
        (f", quotation: {QUOTED}, source: sources/plan.docx", "type '.docx' cannot be read"),
        (", quotatoin: x", "did you mean 'quotation'"),
        (", passage: {words: 3}", "the passage is none"),
    ],
)
def test_what_proves_nothing_is_said_with_file_and_line(tmp_path, more, said):
    with pytest.raises(EvidentiaError) as caught:
        proved(tmp_path, more)
    assert said in str(caught.value)
    assert "facts.yaml, line 4" in str(caught.value)


def test_a_source_that_is_no_pdf_is_named(tmp_path):
    with pytest.raises(EvidentiaError, match="no PDF that can be read"):
        proved(
            tmp_path, f", quotation: {QUOTED}, source: sources/a.pdf", source="no PDF", name="sources/a.pdf"
        )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (7, "count", "some seven enablers of improvement"),
        (22, "count", "all twenty-two schools took part"),
        (0.07, "proportion", "fell to 7% in the year"),
        (0.07, "proportion", "fell to seven per cent in the year"),
        (0.25, "proportion", "about a quarter of them"),
        (110000000, "pounds", "an investment of £110m over 2 years"),
        (1.5e6, "pounds", "an investment of £1.5 million"),
        (7377, "count", "7,377 referrals were made"),
        (16, "years", "those who were 16-18 years old"),
        (10, "months", "a 10-month period of data"),
        ("2016-04", "date", "since April 2016 there were"),
        ("2016-04-30", "date", "on 30 April 2016 there were"),
        ("2016-04-30", "date", "on 30/04/2016 there were"),
        ("Hand in Hand", "text", "a programme called Hand in Hand began"),
    ],
)
def test_a_value_is_found_in_digits_words_percentages_and_dates(value, unit, text):
    assert holds(value, unit, text)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.07, "proportion", "7 people took part"),
        (7, "count", "fell to 7% in the year"),
        (7, "count", "17 or 70 of them"),
        ("2016-04", "date", "since May 2016 there were"),
        ("2016-04-30", "date", "on 3 April 2016 there were"),
        (110, "pounds", "an investment of £111"),
    ],
)
def test_another_value_is_not_taken_for_it(value, unit, text):
    assert not holds(value, unit, text)


def test_pieces_of_a_quotation_stand_in_their_order():
    words = words_of(SOURCE)
    assert stands("The programme began ... with twelve schools", words)
    assert not stands("with twelve schools ... The programme began", words)
    assert not stands("The programme beg", words)


def test_a_passage_stands_for_words_that_may_not_be_copied(tmp_path):
    passage = passage_of(QUOTED)
    assert passage["words"] == 9
    assert find_passage(9, passage["sha256"], words_of(SOURCE))
    path = write(tmp_path, f", passage: {{words: 9, sha256: {passage['sha256']}}}")
    assert load_facts(path, tmp_path)[0]["source"]["passage"] == passage
    source = tmp_path / "sources" / "plan.txt"
    assert passage_for(path, "start.schools", QUOTED, source) == passage
    assert [one.result for one in check_facts(path, tmp_path, {})] == ["document not at hand"]
    assert [one.result for one in check_facts(path, tmp_path, {"plan": source})] == ["proved by its passage"]
    source.write_text(SOURCE.replace("twelve", "eleven"), encoding="utf-8")
    (gone,) = check_facts(path, tmp_path, {"plan": source})
    assert gone.result == "passage not in the document"
    assert gone.fails


def test_a_passage_has_to_hold_the_value(tmp_path):
    path = write(tmp_path, "", value="13")
    with pytest.raises(EvidentiaError, match="does not hold the value 13"):
        passage_for(path, "start.schools", QUOTED, tmp_path / "sources" / "plan.txt")
    passage = passage_of(QUOTED)
    path = write(tmp_path, f", passage: {{words: 9, sha256: {passage['sha256']}}}", value="13")
    (one,) = check_facts(path, tmp_path, {"plan": tmp_path / "sources" / "plan.txt"})
    assert one.result == "passage does not hold the value"


@pytest.mark.skipif(not os.environ.get("EVIDENTIA_RR1029"), reason="the text of RR1029 is not at hand")
def test_the_stated_facts_of_the_default_evaluation_stand_in_its_document():
    report = load_config(ENGINE, check_files=False).report
    at_hand = {"rr1029": Path(os.environ["EVIDENTIA_RR1029"])}
    found = check_facts(ENGINE / report.facts, ENGINE, at_hand)
    own = [one for one in found if one.document == "RR1029"]
    assert own
    assert {one.result for one in own} == {"proved by its passage"}
