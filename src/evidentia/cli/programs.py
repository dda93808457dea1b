"""Commands about programs of one's own: trust, new-design."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Folder, app, folder_of, print_json


@app.command()
def trust(
    named: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="An evaluation folder, or the folder of a portfolio."),
    ] = None,
    folder: Folder = Path(),
    show: Annotated[bool, typer.Option("--show", help="Only show the programs and their hashes.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Trust the folder no longer.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Show the programs that a folder brings, and say that they may run as they are.

    Their hashes are kept for you, outside the folder; a program that is new or changed asks again. Nothing of
    a folder runs before. Read the programs first: they may do whatever you may. In continuous integration
    give the hash of all of them, as --show prints it, in the variable EVIDENTIA_TRUST.

    \b
    Examples:
      evidentia trust my-evaluation --show
      evidentia trust my-evaluation
    """  # noqa: D301
    from evidentia.core import trust as kept
    from evidentia.core.programs import programs_of
    from evidentia.workflow.portfolio import folders_of

    found = {place: programs_of(place) for place in folders_of(folder_of(named, folder))}
    told = [
        {
            "folder": str(place),
            "programs": {path: list(keys) for path, keys in programs.named.items()},
            "files": dict(programs.files),
            "digest": programs.digest if programs.files else "",
            "untrusted": kept.untrusted(place, programs),
        }
        for place, programs in found.items()
    ]
    if json:
        print_json(told)
    else:
        for place, programs in found.items():
            _show(place, programs.files, programs.named, kept.untrusted(place, programs), programs.digest)
    new = [place for place, programs in found.items() if kept.untrusted(place, programs)]
    if forget:
        for place in found:
            kept.forget(place)
        typer.echo("These programs may no longer run.")
    elif not show and new:
        if not yes and sys.stdin.isatty() and not typer.confirm("May they run?", default=False):
            typer.echo("Nothing was changed.")
            sys.exit(1)
        for place in new:
            kept.trust(place, found[place])
        if not json:
            typer.echo("They may run as they are now. A change asks again.")


def _show(
    place: Path,
    files: Mapping[str, str],
    named: Mapping[str, object],
    untrusted: Mapping[str, str],
    digest: str,
) -> None:
    if not files:
        typer.echo(f"{place} brings no programs.")
        return
    typer.echo(f"{place} brings these programs, and these files with them:")
    for path, known in files.items():
        state = untrusted.get(path, "trusted")
        typer.echo(f"  {state:8} {known[7:19]}  {path}{'  (a program)' if path in named else ''}")
    typer.echo(f"All of them together: {digest}")


@app.command("new-design")
def new_design(
    name: Annotated[str, typer.Argument(help="Name of the design: small letters, digits and _.")],
    folder: Annotated[
        Path | None, typer.Argument(help="A folder that is new or empty; the name by default.")
    ] = None,
) -> None:
    """Write a repository with a design of your own: one Python file, a test that passes, and a README.

    \b
    Example:
      evidentia new-design medians
    """  # noqa: D301
    from evidentia.new.design import write_design

    place = folder or Path(name)
    files = write_design(name, place)
    typer.echo(f"{place} holds {len(files)} files. Test it:\n\n  cd {shlex.quote(str(place))} && pytest\n")
    typer.echo("Then read its README.md: it says how an evaluation uses it.")
