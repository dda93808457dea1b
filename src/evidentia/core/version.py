"""Which version of Evidentia this is, and whether an evaluation allows it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from evidentia.core.errors import EvidentiaError

UNKNOWN = "0"


@cache
def version() -> str:
    """Return the version, such as 1.2.0, or 1.2.1.dev4 between releases; 0 where the package is not
    installed.
    """
    try:
        return Version(installed("evidentia")).public
    except PackageNotFoundError:
        return UNKNOWN


def check_version(asked: str, where: str) -> None:
    """Raise unless this version is one that an evaluation asks for.

    Parameters
    ----------
    asked : str
        Such as ``>=1.0,<2``.
    where : str
        File and line, for the message.
    """
    try:
        allowed = SpecifierSet(asked)
    except InvalidSpecifier:
        raise EvidentiaError(
            f"'{asked}' names no versions", where=where, remedy='write for example engine: ">=1.0,<2"'
        ) from None
    if version() != UNKNOWN and not allowed.contains(version(), prereleases=True):
        raise EvidentiaError(
            f"this evaluation is to be built by Evidentia {asked}, and this is {version()}",
            where=where,
            remedy=(
                f'install the version (pip install "evidentia{asked}"), or read docs/upgrade.md and change'
                " engine"
            ),
        )
