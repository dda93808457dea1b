"""Commands about signatures: sign, assurance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Folder, Named, app, built, folder_of, print_json
from evidentia.cli.planning import On, day_of


@app.command()
def sign(
    role: Annotated[str, typer.Argument(help="analyst, assurer, commissioner or approver.")],
    items: Annotated[
        list[str],
        typer.Argument(
            metavar="ITEM",
            help="Such as report, figure:trend, chapter:summary, or claim:* for all.",
        ),
    ],
    name: Annotated[str, typer.Option("--name", help="Who signs; asked for if it is missing.")] = "",
    note: Annotated[str, typer.Option("--note", help="What was checked, or what is left to do.")] = "",
    folder: Folder = Path(),
    date: On = "",
) -> None:
    """Sign figures, tables, claims, assumptions, chapters or the report as they are built now.

    The signature is a text file in assurance/, bound to the numbers and words of each item. It lapses when
    one of them moves. The analyst and the assurer are different people.

    \b
    Examples:
      evidentia sign assurer figure:trend table:effects --name "R. Okafor"
      evidentia sign approver report --name "J. Lind" --note "Agreed by the steering group"
    """  # noqa: D301
    from evidentia.assurance.sign import sign as signed
    from evidentia.config.assurance import ROLES
    from evidentia.core.errors import EvidentiaError, did_you_mean
    from evidentia.core.paths import BUILD

    if role not in ROLES:
        raise EvidentiaError(f"there is no role '{role}'", remedy=did_you_mean(role, ROLES))
    config, present = built(folder)
    if not present.rebuilt:
        raise EvidentiaError(
            "the report does not print the newest values yet",
            where=str(folder / BUILD / "numbers.json"),
            remedy="run evidentia build until it ends well, then sign",
        )
    if not name and sys.stdin.isatty():
        name = typer.prompt("Who signs?")
    path, chosen = signed(config, folder, folder / BUILD, role, items, name, day_of(date), note)
    for item in chosen:
        typer.echo(f"  {item.id}  {item.label[:90]}")
    typer.echo(f"Signed in {path}; keep the file in version control.")


@app.command()
def assurance(
    named: Named = None,
    folder: Folder = Path(),
    every: Annotated[bool, typer.Option("--items", help="List all that can be signed, too.")] = False,
    json: AsJson = False,
) -> None:
    """Show what is signed, by whom, and what has lapsed because what moved.

    The same goes into a page, build/assurance.html. The command exits with 1 if a signature has lapsed or
    `status: final` would lack one.
    """
    from evidentia.assurance.show import as_json, assurance_page, screen_lines
    from evidentia.assurance.sign import assured
    from evidentia.core.files import write_whole
    from evidentia.core.paths import BUILD

    folder = folder_of(named, folder)
    config, _ = built(folder)
    found = assured(config, folder, folder / BUILD)
    write_whole(folder / BUILD / "assurance.html", assurance_page(found, config))
    print_json(as_json(found)) if json else typer.echo("\n".join(screen_lines(found, every=every)))
    if found.lapsed or found.lacking:
        sys.exit(1)
