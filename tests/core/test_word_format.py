"""What a Word document carries of the version that was sent, written and read again."""

import json

from evidentia.core.word_format import (
    BOOKMARK,
    LONGEST_TAG,
    Sent,
    SentChapter,
    SentNumber,
    SentParagraph,
    bookmark_of,
    id_of,
    parse_sent,
    tag_of,
    write_sent,
)


def _sent() -> Sent:
    words = "Calls rose from 40 to 44 & <more>."
    numbers = (SentNumber("r.a", "n-1", "100001", 16, 18), SentNumber("r.b", "n-2", "100002", 22, 24))
    chapter = SentChapter(1, "one", "report/one.qmd", "sha256:ab")
    chapter.paragraphs.append(SentParagraph(bookmark_of(1, 3, 1), 3, "text", words, numbers))
    chapter.paragraphs.append(SentParagraph(bookmark_of(1, 5, 1), 5, "item", "No number"))
    return Sent("small", "1.0", "en-GB", "draft", json.dumps({"numbers": [{"id": "r.a"}]}), [chapter])


def test_version_that_was_sent_is_read_back_whole():
    sent = _sent()
    assert parse_sent(write_sent(sent)) == sent
    assert sent.numbers() == [{"id": "r.a"}]


def test_version_changes_with_a_word_and_with_the_ledger_alone():
    other = _sent()
    other.chapters[0].paragraphs[1] = SentParagraph(bookmark_of(1, 5, 1), 5, "item", "No numbers")
    ledger = _sent()
    ledger.ledger = "{}"
    assert len({_sent().version, other.version, ledger.version}) == 3


def test_parts_of_other_kinds_and_broken_ones_are_none():
    assert parse_sent(b"<other/>") is None
    assert parse_sent(b"no xml") is None
    entity = b'<!DOCTYPE s [<!ENTITY x "y">]><sent xmlns="urn:evidentia:sent:1"><ledger>&x;</ledger></sent>'
    assert "y" not in parse_sent(entity).ledger


def test_tags_of_long_ids_fit_into_word_and_lead_back_to_one_id():
    ids = [f"analysis.{'long_' * 20}{end}.estimate" for end in ("a", "b")] + ["short.id"]
    tags = [tag_of(id) for id in ids]
    assert all(len(tag) <= LONGEST_TAG for tag in tags)
    assert [id_of(tag, ids) for tag in tags] == ids
    assert id_of("another", ids) is None


def test_bookmark_leads_to_chapter_and_line():
    assert BOOKMARK.fullmatch(bookmark_of(3, 128, 2)).groups() == ("3", "128", "2")
    assert len(bookmark_of(99, 100_000, 9_999)) <= 40
