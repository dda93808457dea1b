"""Who wrote a report and how it is identified: authors, ORCID, DOI, ISBN, status."""

import pytest

from evidentia.config.check_digits import isbn_holds, orcid_holds
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.language import speak
from evidentia.render.html.cover import cover, draft_line
from folders import MINIMAL, write_folder


@pytest.fixture(autouse=True)
def english():
    speak("en-GB")
    yield
    speak("en-GB")


def load(folder, **evaluation):
    config = {**MINIMAL, "evaluation": {**MINIMAL["evaluation"], **evaluation}}
    return load_config(write_folder(folder, config))


def test_authors_are_grouped_by_where_they_work(tmp_path):
    config = load(
        tmp_path,
        authors=[
            {
                "name": "First Writer",
                "affiliation": "North University",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            {"name": "Second Writer", "affiliations": [{"name": "North University"}]},
            {
                "name": "Third Writer",
                "affiliations": [{"name": "South Institute", "city": "Wells"}, "The Unit"],
            },
            "Fourth Writer",
        ],
    )
    found = cover(config)
    assert [[author.name for author in group.authors] for group in found.authors] == [
        ["First Writer", "Second Writer"],
        ["Third Writer"],
        ["Fourth Writer"],
    ]
    assert found.authors[1].affiliations == ["South Institute, Wells", "The Unit"]
    assert found.authors[0].authors[0].orcid == "0000-0002-1825-0097"
    assert found.by == "First Writer, Second Writer, Third Writer, Fourth Writer"


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("doi", "https://doi.org/10.1000/182", "10.1000/182"),
        ("doi", "doi:10.1000/182", "10.1000/182"),
        ("isbn", "ISBN 978-1-78655-000-2", "978-1-78655-000-2"),
        ("isbn", "9781786550002", "9781786550002"),
        ("isbn", "0-306-40615-2", "0-306-40615-2"),
        ("isbn", "", ""),
    ],
)
def test_identifiers_are_taken_out_of_the_forms_in_which_people_write_them(tmp_path, key, given, kept):
    assert getattr(load(tmp_path, **{key: given}).evaluation, key) == kept


@pytest.mark.parametrize(
    ("evaluation", "example"),
    [
        ({"doi": "182"}, "10.1000/182"),
        ({"isbn": "978-1"}, "978-1-78655-000-2"),
        ({"authors": [{"name": "A", "orcid": "1825-0097"}]}, "0000-0002-1825-0097"),
    ],
)
def test_a_wrong_identifier_is_refused_with_a_right_one(tmp_path, evaluation, example):
    with pytest.raises(EvidentiaError, match="write it as") as caught:
        load(tmp_path, **evaluation)
    assert example in str(caught.value)


@pytest.mark.parametrize(
    "evaluation",
    [
        {"isbn": "978-1-78655-000-3"},
        {"isbn": "0-306-40625-2"},
        {"authors": [{"name": "A", "orcid": "0000-0002-1825-0079"}]},
        {"reproduces": {"reference": "R1", "isbn": "978-1-78655-009-2"}},
    ],
)
def test_a_mistyped_digit_of_an_identifier_is_found_by_its_check_digit(tmp_path, evaluation):
    with pytest.raises(EvidentiaError, match="is mistyped, for its last digit does not follow") as caught:
        load(tmp_path, **evaluation)
    assert "copy it again" in str(caught.value)


def test_check_digits_of_published_examples_hold():
    """The examples of ISO 2108's user manual and of ORCID's description of its identifier."""
    assert all(map(isbn_holds, ["978-92-95055-02-5", "0-306-40615-2", "0-8044-2957-X"]))
    assert all(map(orcid_holds, ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]))


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("draft", "DRAFT, version 0.3, 30 June 2021"),
        ("for_comment", "DRAFT FOR COMMENT, version 0.3, 30 June 2021"),
        ("final", ""),
        ("", ""),
    ],
)
def test_a_draft_has_a_line_for_every_page(tmp_path, status, line):
    assert draft_line(load(tmp_path, status=status, version="0.3")) == line
