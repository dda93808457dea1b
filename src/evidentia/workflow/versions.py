"""The versions that decide a byte: of Python, of the engine, and of the packages that a step's modules
import.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evidentia.core.version import version as engine_version

_IMPORT = re.compile(r"^\s*(?:from|import)\s+([A-Za-z]\w*)", re.MULTILINE)

DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "fontpkg": "fontpkg-arimo",
    "matplotlib_inline": "",
    "pypandoc": "pypandoc-binary",
    "python_calamine": "python-calamine",
    "re2": "google-re2",
    "snakemake": "",
    "yaml": "pyyaml",
}
"""Distribution of a package that has another name than the package; none for one that decides no byte."""

WITH = {
    "matplotlib": ("contourpy", "kiwisolver", "pillow"),
    "pandas": ("numpy", "pyarrow"),
    "pandera": ("pandas",),
    "statsmodels": ("numpy", "pandas", "patsy", "scipy"),
    "weasyprint": (
        "cssselect2",
        "fonttools",
        "matplotlib",
        "pillow",
        "pydyf",
        "pyphen",
        "tinycss2",
        "tinyhtml5",
    ),
}
"""Packages that a package stands on, and whose versions decide its results."""


def versions(modules: Mapping[Path, str]) -> list[str]:
    """Return the versions of Python and of all packages that modules import, each as ``name version``.

    Parameters
    ----------
    modules : mapping of Path to str
        Of the engine, with their source text.
    """
    names = (
        {name for text in modules.values() for name in _imported(text)}
        - {"evidentia"}
        - sys.stdlib_module_names
    )
    names |= {other for name in names for other in WITH.get(name, ())}
    found = [f"{name} {_version(DISTRIBUTIONS.get(name, name))}" for name in sorted(names)]
    own = (
        [f"evidentia {engine_version()}"]
        if any(path.parts[-2:] == ("core", "version.py") for path in modules)
        else []
    )
    return [f"python {sys.version_info.major}.{sys.version_info.minor}", *own, *found]


@cache
def _imported(text: str) -> tuple[str, ...]:
    return tuple(_IMPORT.findall(text))


@cache
def _version(distribution: str) -> str:
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        return ""
