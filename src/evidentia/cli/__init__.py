"""The command ``evidentia``; each command imports what it needs when it runs."""

from __future__ import annotations

import sys

from evidentia.cli import (
    assurance,
    building,
    documents,
    dossier,
    facts,
    inspection,
    planning,
    programs,
    verification,
)
from evidentia.cli.common import app
from evidentia.core.errors import EvidentiaError

__all__ = [
    "app",
    "assurance",
    "building",
    "documents",
    "dossier",
    "facts",
    "inspection",
    "main",
    "planning",
    "programs",
    "verification",
]


def main() -> None:
    """Run the command line; a fault is one message without a traceback."""
    try:
        app(standalone_mode=True)
    except EvidentiaError as error:
        print(f"evidentia: {error}", file=sys.stderr)
        sys.exit(1)
