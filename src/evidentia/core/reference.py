"""References of the form ``module:function``: what is imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from evidentia.core.errors import EvidentiaError

Reference = str | Callable[..., Any]
"""``module:function``, ``.module:function`` (beside the module that gives it), or the function itself."""


def absolute(reference: Reference, beside: str) -> Reference:
    """Return a reference that begins with a point as one that can be read anywhere.

    Parameters
    ----------
    reference : str or callable
    beside : str
        Name of the module that gives it: ``.analyse:analyse`` in ``designs.mine.design`` is
        ``designs.mine.analyse:analyse``.
    """
    if isinstance(reference, str) and reference.startswith("."):
        return beside.rpartition(".")[0] + reference
    return reference


def module_of(reference: Reference) -> str:
    """Return the name of the module that holds the function."""
    return reference.partition(":")[0] if isinstance(reference, str) else reference.__module__


def resolve(reference: Reference) -> Callable[..., Any]:
    """Import the function that a reference names.

    Raises
    ------
    EvidentiaError
        If there is no such module, or no such function in it.
    """
    if not isinstance(reference, str):
        return reference
    module, _, function = reference.partition(":")
    try:
        loaded = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module == error.name or module.startswith(f"{error.name}.")):
            raise _missing(reference, f"there is no module {error.name}") from None
        raise
    found: Callable[..., Any] | None = getattr(loaded, function, None)
    if not callable(found):
        raise _missing(reference, f"{module} has no function {function}")
    return found


def _missing(reference: str, what: str) -> EvidentiaError:
    return EvidentiaError(
        f"a design names a function that is not there: {what}",
        where=f"the reference '{reference}' of its object DESIGN",
        remedy="correct the reference, or write the function",
    )
