"""References of the form ``module:function``: what is imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

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
    """Import the function that a reference names."""
    if not isinstance(reference, str):
        return reference
    module, _, function = reference.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found
