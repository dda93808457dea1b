"""The language of the report's generated words: one catalogue a language, in the format of gettext (.po).

English words stand in the code, as ``translate("Contents")``, and are the keys of the catalogues in
``languages/``; a file ``languages/<code>.po`` of the evaluation folder adds a language, or overrides words of
the engine's catalogue. A word without a translation is an error, so that no page mixes two languages.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.po_file import FOLDER, read_catalogue
from evidentia.core.text import read_words

ENGLISH = "en"
KEPT = Path(__file__).with_name("languages")
"""The engine's catalogues."""


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Language:
    """A language with its words.

    Attributes
    ----------
    code : str
        As config.yaml has it, such as ``cy`` or ``en-GB``.
    words : mapping of str to str
        Translations of English texts.
    """

    code: str = "en-GB"
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The language without its region."""
        return self.code.partition("-")[0]

    @property
    def is_english(self) -> bool:
        """Whether the words are those of the code."""
        return self.base == ENGLISH


_spoken = Language()


def speak(code: str, folder: Path = Path()) -> None:
    """Let this process write a report in a language from now on.

    Parameters
    ----------
    code : str
        ``evaluation.language``.
    folder : Path
        The evaluation folder, with further catalogues.

    Raises
    ------
    EvidentiaError
        If there is no catalogue for it, or one cannot be read.
    """
    global _spoken
    _spoken = language(code, folder)


def language(code: str, folder: Path = Path()) -> Language:
    """Return a language with the words of its catalogues, of which there is at least one."""
    base = code.partition("-")[0]
    if base != ENGLISH and not any(path.is_file() for path, _ in _catalogues(base, folder)):
        raise EvidentiaError(
            f"there is no catalogue of the report's generated words for the language '{code}'",
            where="config.yaml, key evaluation.language",
            remedy=f"write one: evidentia language {base} -o {FOLDER}/{base}.po lists the words to translate",
        )
    return known_words(code, folder)


def known_words(code: str, folder: Path = Path()) -> Language:
    """Return a language with what words there are of it."""
    base = code.partition("-")[0]
    texts = [(path, read_words(path, name)) for path, name in _catalogues(base, folder) if path.is_file()]
    words: dict[str, str] = {}
    for path, text in texts:
        words |= read_catalogue(text, path.name)
    return Language(code, words)


def own_catalogue(code: str, folder: Path) -> list[str]:
    """Return the catalogue of an evaluation folder for a language, if it has one, by its path there."""
    name = f"{FOLDER}/{code.partition('-')[0]}.po"
    return [name] if (folder / name).is_file() else []


def _catalogues(base: str, folder: Path) -> list[tuple[Path, str]]:
    name = f"{FOLDER}/{base}.po"
    return [(KEPT / f"{base}.po", f"{base}.po of Evidentia"), (folder / name, name)]


def translate(text: str, **values: Any) -> str:
    """Return a generated text in the language of the report.

    Parameters
    ----------
    text : str
        In English; ``{name}`` is a place for a value. It is a key of the catalogues: write it as it is, never
        put together.
    values
        For the places.

    Raises
    ------
    EvidentiaError
        If the language's catalogue lacks it.
    """
    said = text if _spoken.is_english else _spoken.words.get(text)
    if said is None:
        base = _spoken.base
        raise EvidentiaError(
            f"the catalogue for '{_spoken.code}' has no translation of '{text}'",
            where=f"{FOLDER}/{base}.po",
            remedy=f"evidentia language {base} -o {FOLDER}/{base}.po adds all words that lack one",
        )
    return said.format(**values) if values else said


def later(text: str) -> str:
    """Mark a text that stands before the language is known, and is translated where it is used."""
    return text


def spoken() -> Language:
    """Return the language in which this process writes."""
    return _spoken


def month_name(month: int, *, short: bool = False) -> str:
    """Return the name of a month, from 1."""
    if _spoken.is_english:
        return MONTHS[month - 1][: 3 if short else None]
    from babel.dates import get_month_names

    return str(get_month_names("abbreviated" if short else "wide", "stand-alone", _locale())[month])


def date_text(year: int, month: int, day: int | None = None) -> str:
    """Return a day or a month in words, as the language writes it: 31 March 2019."""
    if _spoken.is_english:
        return f"{f'{day} ' if day else ''}{month_name(month)} {year}"
    from babel.dates import format_date

    locale = _locale()
    form = "long" if day else str(locale.datetime_skeletons.get("yMMMM", "MMMM y"))
    return str(format_date(datetime.date(year, month, day or 1), form, locale=locale))


def localised(text: str) -> str:
    """Return a number, written with the marks of English, with those of the language: 1.234,5."""
    if _spoken.is_english:
        return text
    from babel.numbers import get_decimal_symbol, get_group_symbol

    marks = {",": get_group_symbol(_locale()), ".": get_decimal_symbol(_locale())}
    return re.sub(r"[.,]", lambda mark: marks[mark[0]], text)


def in_english(text: str) -> str:
    """Return a number, written with the marks of the language, with those of English: the other way round."""
    if _spoken.is_english:
        return text
    from babel.numbers import get_decimal_symbol, get_group_symbol

    marks = {get_group_symbol(_locale()): ",", get_decimal_symbol(_locale()): "."}
    return "".join(marks.get(character, character) for character in text)


def _locale() -> Any:
    """Return Babel's locale for the language, with its region where Babel knows that."""
    from babel import Locale, UnknownLocaleError

    for name in (_spoken.code, _spoken.base):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(ENGLISH)
