"""What the preview shows of the files as they are."""

import json
import re

import pytest
import yaml
from lxml import html

from brands import PIXEL
from evidentia.core.paths import RECORDS, VALUES
from evidentia.preview.page import content, whole
from evidentia.preview.session import Session
from evidentia.workflow.records import write_record
from folders import ENGINE
from reliability.small import CHAPTER, CONFIG, run_rules, set_config, write_small

TWO = "# Second {#sec-second}\n\nSee @fig-trend.^[A note of the second.]\n"


@pytest.fixture
def session(tmp_path):
    """A session of a small evaluation with two chapters whose numbers this user has built."""
    folder = write_small(tmp_path / "small")
    (folder / "report" / "two.qmd").write_text(TWO, encoding="utf-8")
    set_config(folder, report={**CONFIG["report"], "chapters": ["report/one.qmd", "report/two.qmd"]})
    run_rules(folder, until="values")
    write_record(folder / RECORDS / "values.0.0.json", {"step": "values", "made": {}})
    return Session(folder)


def write(session, text, chapter="one"):
    (session.folder / "report" / f"{chapter}.qmd").write_text(text, encoding="utf-8")
    session.refresh()
    return html.fragment_fromstring(content(session.edition, ""), create_parent="main")


def messages(main):
    return [" ".join(one.text_content().split()) for one in main.find_class("preview-message")]


def test_the_report_is_shown_with_its_numbering(session):
    main = write(session, CHAPTER)
    assert session.edition.faults == []
    assert [one.text_content() for one in main.iter("h2")][:2] == ["1. Findings", "2. Second"]
    assert "44 per\N{NO-BREAK SPACE}10,000 in the area" in main.text_content()
    assert main.xpath("//a[@href='#fig-trend']")[-1].text_content() == "Figure\N{NO-BREAK SPACE}1"
    assert len(main.xpath(".//svg")) >= 1


def test_one_chapter_can_be_shown_alone(session):
    write(session, CHAPTER)
    shown = content(session.edition, "report/two.qmd")
    assert "2. Second" in shown
    assert "Findings</h2>" not in shown
    assert [one.path for one in session.edition.chapters][:2] == ["report/one.qmd", "report/two.qmd"]


def test_a_failing_claim_is_marked_with_its_message_and_the_rest_is_shown(session):
    claim = '{% claim "rates.calls.2020.area < rates.calls.2019.area" %}**went** down{% endclaim %}'
    main = write(session, f"{CHAPTER}\nCalls {claim} there.\n\nLater words.\n")
    marked = main.xpath(".//mark")
    assert "".join(one.text_content() for one in marked) == "went down"
    (message,) = messages(main)
    assert message.startswith('a claim no longer holds: "Calls went down there."')
    line = CHAPTER.count("\n") + 2
    assert f"report/one.qmd, line {line}" in message
    assert marked[0].xpath("ancestor::p")[0].getnext().get("class") == "preview-message"
    assert "Later words." in main.text_content()
    assert [fault.anchor for fault in session.edition.faults] == [
        main.find_class("preview-message")[0].get("id")
    ]


def test_a_claim_that_opens_a_list_leaves_the_list_as_it_is(session):
    main = write(
        session,
        '# One\n\n{% claim "rates.calls.2020.area < 1" %}\n- first\n- second\n{% endclaim %}\n\nAfter.\n',
    )
    assert len(main.xpath(".//li[not(@id)]")) == 2
    assert {one.text_content() for one in main.xpath(".//mark")} == {"first", "second"}


def test_a_suppressed_number_is_marked_with_its_message(session):
    values = json.loads((session.folder / VALUES).read_text(encoding="utf-8"))
    for entry in values["numbers"]:
        if entry["id"] == "rates.calls.2020.area":
            entry |= {"value": None, "suppressed": "c"}
    (session.folder / VALUES).write_text(json.dumps(values), encoding="utf-8")
    main = write(session, CHAPTER)
    assert main.find_class("preview-mark")
    assert any("rates.calls.2020.area" in words and "suppressed" in words for words in messages(main))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("There were 437 calls by telephone.", "437"),
        ('The number {{ n("rates.calls.2020.aera") }} is not there.', "unknown number id"),
        ("As @fig-nothing shows, nothing is there.", "@fig-nothing leads nowhere"),
    ],
)
def test_each_mistake_stands_below_its_words(session, wrong, said):
    main = write(session, f"{CHAPTER}\n{wrong}\n\nLater words.\n")
    (message,) = main.find_class("preview-message")
    assert said in message.text_content()
    assert "report/one.qmd, line" in message.text_content()
    assert message.getprevious().text_content()[:3] == wrong[:3]


def test_a_chapter_that_cannot_be_read_says_why_and_the_others_are_shown(session):
    main = write(session, "# One\n\n{% claim %}words\n")
    assert any("the template cannot be read" in words for words in messages(main))
    assert "2. Second" in main.text_content() or "1. Second" in main.text_content()


def test_a_mistake_in_the_configuration_leaves_the_last_page_and_is_said(session):
    write(session, CHAPTER)
    before = session.edition.chapters
    config = yaml.safe_load((session.folder / "config.yaml").read_text(encoding="utf-8"))
    (session.folder / "config.yaml").write_text(yaml.safe_dump({**config, "reprot": {}}), encoding="utf-8")
    session.refresh()
    assert session.edition.chapters == before
    assert "unknown key 'reprot'" in session.edition.faults[0].what


def test_only_what_changed_is_rendered_again(session):
    write(session, CHAPTER)
    first = {one.path: one.html for one in session.edition.chapters}
    write(session, TWO.replace("See", "Look at"), "two")
    second = {one.path: one.html for one in session.edition.chapters}
    assert second["report/one.qmd"] == first["report/one.qmd"]
    assert "Look at" in second["report/two.qmd"]


def test_nothing_of_a_chapter_runs_or_is_fetched(session):
    wrong = '<script>alert(1)</script>\n\n<img src="https://example.org/x.png" onerror="alert(1)">\n\n'
    write(
        session,
        f"{CHAPTER}\n{wrong}[words](javascript:alert(1))\n\n<meta http-equiv='refresh' content='0'>\n",
    )
    text, rules = whole(session.edition, "")
    shown = html.document_fromstring(text)
    assert len(shown.xpath("//body//script")) == 2, "the page's own alone"
    assert not shown.xpath("//main//*[@onerror] | //main//meta | //main//a[contains(@href, 'javascript')]")
    assert session.edition.faults
    assert "script-src 'sha256-" in rules
    assert "unsafe" not in re.search(r"script-src[^;]*", rules)[0]
    assert "connect-src 'self'" in rules


def test_what_a_report_may_hold_is_shown_as_on_the_page(session):
    (session.folder / "report" / "pictures").mkdir()
    (session.folder / "report" / "pictures" / "door.png").write_bytes(PIXEL)
    words = [
        '![An open door](pictures/door.png){#fig-door fig-alt="A door"}',
        "As @fig-door and @tbl-own show, $x < y$ holds.",
        "- [x] done",
        "| Group | Words |\n|---|---|\n| One | two |\n\n: What was said {#tbl-own}",
        '{{ figure("trend") }}',
    ]
    main = write(session, "# One\n\n" + "\n\n".join(words) + "\n")
    assert session.edition.faults == []
    assert main.xpath(".//img[starts-with(@src, 'data:image/png')]")
    assert main.xpath(".//math")
    assert [one.text_content()[:9] for one in main.xpath(".//figcaption")] == ["Figure 1:", "Figure 2:"]


def test_numbers_of_somebody_elses_build_are_not_believed(session):
    for record in (session.folder / RECORDS).glob("*.json"):
        record.write_text(json.dumps({"step": "values", "made": {}, "seal": "theirs"}), encoding="utf-8")
    fresh = Session(session.folder)
    fresh.refresh()
    assert fresh.waits
    assert "The numbers are made for the first time" in content(fresh.edition, "")


def test_the_preview_has_the_templates_that_it_names():
    for name in ("bar.html", "preview.css", "preview.js"):
        assert (ENGINE / "templates" / "preview" / name).is_file()
