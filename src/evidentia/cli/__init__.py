"""The command ``evidentia``; each command imports what it needs when it runs."""

from __future__ import annotations

import sys

from evidentia.cli import (
    assurance,
    building,
    dossier,
    inspection,
    own,
    planning,
    returned,
    stated,
    verification,
)
from evidentia.cli.common import app
from evidentia.core.errors import EvidentiaError

__all__ = [
    "app",
    "assurance",
    "building",
    "dossier",
    "inspection",
    "main",
    "own",
    "planning",
    "returned",
    "stated",
    "verification",
]


def main() -> None:
    """Run the command line; a fault is one message without a traceback."""
    try:
        app(standalone_mode=True)
    except EvidentiaError as error:
        print(f"evidentia: {error}", file=sys.stderr)
        sys.exit(1)
