"""Catalogues of words in the format of gettext (.po), read with every fault named."""

from __future__ import annotations

import re
import string
from collections import Counter
from functools import lru_cache

from evidentia.core.errors import EvidentiaError

FOLDER = "languages"
"""The folder of an evaluation that holds its own."""
_LINE = re.compile(r'\s*(?:#.*|(?:msg[a-z_]+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"\s*)?')
"""A line of a catalogue: a comment, a keyword with a quoted text, a quoted text, or nothing."""
_PLACE = re.compile(r"\{[^{}]*\}")


@lru_cache(maxsize=16)
def read_catalogue(text: str, name: str) -> dict[str, str]:
    """Return the translations of a catalogue; each keeps the places of its English text."""
    import io

    from babel.messages.pofile import PoFileError, read_po

    wrong = next((place for place, line in enumerate(text.split("\n"), 1) if not _LINE.fullmatch(line)), 0)
    try:
        catalogue = read_po(io.StringIO("" if wrong else text), abort_invalid=True)
    except (PoFileError, ValueError):
        wrong = 1
    if wrong:
        raise EvidentiaError(
            "the catalogue cannot be read",
            where=f"{FOLDER}/{name}, line {wrong}",
            remedy='write each word as msgid "English" and, on the next line, msgstr "translation"',
        )
    found = {}
    for message in catalogue:
        key, said = message.id, message.string
        if isinstance(key, str) and isinstance(said, str) and key and said and not message.fuzzy:
            if _places(key) != _places(said):
                places = ", ".join(f"{{{place}}}" for place in sorted(_places(key))) or "nothing in braces"
                raise EvidentiaError(
                    f"the translation of '{key}' has other places for values than the English text",
                    where=f"{FOLDER}/{name}, line {message.lineno or 1}",
                    remedy=f"keep {places}",
                )
            if _digits(said) - _digits(key):
                raise EvidentiaError(
                    f"the translation of '{key}' has a number that the English text has not",
                    where=f"{FOLDER}/{name}, line {message.lineno or 1}",
                    remedy="take it out: a report's numbers come from its data",
                )
            found[key] = said
    return found


def _digits(text: str) -> Counter[str]:
    """Return the digits of a text, of any script, outside its places for values."""
    return Counter(sign for sign in _PLACE.sub("", text) if sign.isdigit())


def _places(text: str) -> set[str]:
    """Return the places for values with how each is written: a width would be filled with blanks, however
    large.
    """
    try:
        parts = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return {"?"}
    return {
        f"{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}"
        for name, spec, conversion in parts
    }
