"""Command that makes the dossier: publish."""

from __future__ import annotations

from pathlib import Path

import typer

from evidentia.cli.common import Folder, Named, app, built, folder_of


@app.command()
def publish(named: Named = None, folder: Folder = Path()) -> None:
    """Put all that is handed in with the report into build/dossier.

    Open tables (ODS and XLSX, checked for accessibility), a page in Govspeak, an entry for the Evaluation
    Registry, checklists with page numbers as the designs ask, an archive package, corrections and dates. What
    a person must still write is named.

    \b
    Examples:
      evidentia publish
      evidentia publish examples/aldermere-mentoring
    """  # noqa: D301
    from evidentia.dossier.write import dossier, write_dossier
    from evidentia.workflow.fresh import refuse_stale

    folder = folder_of(named, folder)
    refuse_stale(folder, "publish")
    config, present = built(folder)
    made = dossier(config, folder, present)
    place = write_dossier(made, folder)
    for name, content in sorted(made.files.items()):
        typer.echo(f"  {name} ({max(1, round(len(content) / 1e3)):,} kB)")
    typer.echo(f"In {place}.")
    if made.to_write:
        typer.echo("A person must still write:")
        for text in made.to_write:
            typer.echo(f"  {text}")
