"""The report's language: catalogues, what they must hold, and how dates and numbers are written."""

import pytest

from evidentia.core import language as module
from evidentia.core.catalogue import catalogue, lacking, messages
from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import printed
from evidentia.core.language import Language, date_text, known_words, language, speak, translate

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def english():
    yield
    speak("en-GB")


def write(folder, text, code="fr"):
    (folder / "languages").mkdir(exist_ok=True)
    (folder / "languages" / f"{code}.po").write_text(text, encoding="utf-8")
    return folder


def test_the_welsh_catalogue_has_every_word_that_the_engine_writes():
    assert lacking(known_words("cy")) == []


def test_no_catalogue_keeps_words_that_the_engine_no_longer_writes():
    for file in module.KEPT.glob("*.po"):
        assert set(known_words(file.stem).words) - set(messages()) == set(), file.name


def test_dates_and_numbers_are_those_of_the_language():
    assert printed("2023-06-01", "date") == "1 June 2023"
    speak("cy-GB")
    assert printed("2023-06-01", "date") == "1 Mehefin 2023"
    assert date_text(2023, 6) == "Mehefin 2023"
    assert printed(0.12, "percentage_points") == f"12{NBSP}pwynt{NBSP}canran"
    assert printed(44, "rate_per_10000") == f"44 fesul{NBSP}10,000"
    assert translate("Contents") == "Cynnwys"


def test_a_language_is_added_by_one_file(tmp_path):
    words = 'msgid "Contents"\nmsgstr "Inhalt"\n\nmsgid "Section {number}"\nmsgstr "Abschnitt {number}"\n'
    speak("de", write(tmp_path, words, "de"))
    assert translate("Contents") == "Inhalt"
    assert translate("Section {number}", number=3) == "Abschnitt 3"
    assert date_text(2023, 3) == "März 2023"
    assert printed(1234.5, "mean", "1dp") == "1.234,5"


def test_a_catalogue_of_the_folder_overrides_the_engines_words(tmp_path):
    speak("cy", write(tmp_path, 'msgid "Contents"\nmsgstr "Tabl cynnwys"\n', "cy"))
    assert (translate("Contents"), translate("Table")) == ("Tabl cynnwys", "Tabl")


def test_a_language_without_a_catalogue_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(EvidentiaError, match="no catalogue.*'fr'") as caught:
        language("fr", tmp_path)
    assert "evidentia language fr -o languages/fr.po" in caught.value.remedy


def test_a_word_without_a_translation_is_an_error_that_names_it(tmp_path):
    speak("fr", write(tmp_path, 'msgid "Contents"\nmsgstr "Sommaire"\n'))
    with pytest.raises(EvidentiaError, match="no translation of 'Footnotes'"):
        translate("Footnotes")


def test_a_translation_keeps_the_places_of_its_text(tmp_path):
    words = 'msgid "Section {number}"\nmsgstr "Partie"\n'
    with pytest.raises(EvidentiaError, match="other places for values") as caught:
        language("fr", write(tmp_path, words))
    assert "{number}" in caught.value.remedy


def test_what_is_no_catalogue_is_said_with_its_line(tmp_path):
    with pytest.raises(EvidentiaError, match="catalogue cannot be read"):
        language("fr", write(tmp_path, "msgid Contents\nmsgstr oui\n"))


def test_a_written_catalogue_reads_back_as_it_was(tmp_path):
    known = known_words("cy")
    again = known_words("cy", write(tmp_path, catalogue(known), "cy"))
    assert again.words == known.words
    assert len(lacking(Language("fr"))) == len(messages())
