"""The command ``evidentia``; each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from evidentia.errors import EvidentiaError

app = typer.Typer(
    help="Rebuild and review an impact evaluation's report.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def _main() -> None:
    """Rebuild and review an impact evaluation's report."""


@app.command()
def schema(
    output: Path = typer.Option(None, "--output", "-o", help="Write here instead of on the screen."),  # noqa: B008
) -> None:
    """Print the JSON Schema of config.yaml, which lets an editor check and complete it.

    Example: evidentia schema -o docs/config.schema.json
    """
    from evidentia.config.schema import json_schema
    from evidentia.files import write_whole

    if output:
        write_whole(output, json_schema())
    else:
        typer.echo(json_schema(), nl=False)


def main() -> None:
    """Run the command line; a fault is one message without a traceback."""
    try:
        app(standalone_mode=True)
    except EvidentiaError as error:
        print(f"evidentia: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
