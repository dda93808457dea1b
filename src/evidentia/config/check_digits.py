"""Check digits: the last sign of an ISBN or an ORCID follows from the others, so a mistyped one is found."""

from __future__ import annotations


def isbn_holds(isbn: str) -> bool:
    """Tell whether the last digit of an ISBN is right (ISO 2108): weights 1 and 3 modulo 10 for 13 digits,
    10 to 1 modulo 11 for 10, where X is 10.
    """
    signs = _signs(isbn)
    if len(signs) == 13:
        return sum(sign * (3 if place % 2 else 1) for place, sign in enumerate(signs)) % 10 == 0
    return len(signs) == 10 and sum(sign * (10 - place) for place, sign in enumerate(signs)) % 11 == 0


def orcid_holds(orcid: str) -> bool:
    """Tell whether the last digit of an ORCID is right (ISO/IEC 7064, MOD 11-2)."""
    *signs, last = _signs(orcid)
    total = 0
    for sign in signs:
        total = (total + sign) * 2 % 11
    return (12 - total) % 11 == last


def _signs(text: str) -> list[int]:
    return [10 if sign in "Xx" else int(sign) for sign in text if sign.isdigit() or sign in "Xx"]
