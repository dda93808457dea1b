"""What the commands have in common: the program, the folder, JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidentia.core.errors import EvidentiaError

if TYPE_CHECKING:
    from evidentia.compare.sources import Present
    from evidentia.config.model import Config

app = typer.Typer(
    help="Rebuild and review an impact evaluation's report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[
    Path, typer.Option("--folder", "-C", help="The evaluation folder, which holds config.yaml.")
]
Named = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="The evaluation folder, in place of --folder.")
]


def _cores(text: str) -> str:
    """Return a number of cores as Snakemake takes it."""
    if text != "all" and not (text.isascii() and text.isdigit() and int(text)):
        raise EvidentiaError(
            f"'{text}' is no number of processor cores", where="--cores", remedy="write all, or such as 2"
        )
    return text


Cores = Annotated[
    str,
    typer.Option(
        "--cores", "-c", metavar="N", callback=_cores, help="How many processor cores to use, or all."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Only say what would be built.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _print_version(asked: bool) -> None:
    if asked:
        from evidentia.core.version import version

        typer.echo(f"evidentia {version()}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Rebuild and review an impact evaluation's report."""


def folder_of(named: Path | None, folder: Path) -> Path:
    """Return the folder that is meant, given as an argument or as an option."""
    if named and folder != Path() and named != folder:
        raise EvidentiaError(f"two folders are named: {named} and {folder}", remedy="name one")
    return named or folder


def built(folder: Path) -> tuple[Config, Present]:
    """Return a folder's configuration and what is built there."""
    from evidentia.compare.sources import read_present
    from evidentia.config.load import load_config

    config = load_config(folder, check_files=False)
    return config, read_present(folder)


def print_json(value: Any) -> None:
    """Print JSON for programs."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
