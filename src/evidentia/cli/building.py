"""Commands that start and build: build, preview, new, schema, doctor."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Cores, DryRun, Folder, Named, app, folder_of, print_json


@app.command()
def build(
    named: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="The evaluation folder, or the folder of a portfolio."),
    ] = None,
    rules: Annotated[
        list[str] | None,
        typer.Argument(metavar="RULE", help="numbers, check, review, ...; all by default."),
    ] = None,
    folder: Folder = Path(),
    cores: Cores = "all",
    dry_run: DryRun = False,
) -> None:
    """Build what is out of date, and publish it once it is proved.

    Only the engine's own rules and settings are used; nothing that the folder brings is run.

    \b
    Examples:
      evidentia build
      evidentia build my-evaluation
      evidentia build my-evaluation numbers
    """  # noqa: D301
    from evidentia.workflow.command import build as run

    asked = list(rules or ())
    if named and folder != Path():  # the folder is given, so that the first word is a rule
        asked, named = [str(named), *asked], None
    sys.exit(run(folder_of(named, folder), asked, cores, dry_run))


@app.command()
def preview(
    named: Named = None,
    folder: Folder = Path(),
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    cores: Cores = "all",
) -> None:
    """Show the report while you write: each save is on the page about a second later.

    Claims that fail and numbers that are suppressed are marked in the text, with what to do. When data or
    settings change, the numbers are rebuilt in the background. The page is for this machine and for you: only
    who has the whole address sees it. Nothing is published; evidentia build does that.

    \b
    Examples:
      evidentia preview
      evidentia preview my-evaluation --no-browser
    """  # noqa: D301
    from evidentia.preview.run import preview as shown

    shown(folder_of(named, folder), port, browser, typer.echo, cores)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    title: Annotated[str, typer.Option("--title", help="Title of the evaluation.")] = "",
    area: Annotated[str, typer.Option("--area", help="Place that it is about.")] = "",
    design: Annotated[
        list[str] | None, typer.Option("--design", help="A design to begin with; may be given several times.")
    ] = None,
    date: Annotated[
        str, typer.Option("--date", help="Day of the report, as 2024-03-31; today unless given.")
    ] = "",
) -> None:
    """Write a complete evaluation folder that builds at once; what is not given is asked for.

    Where nobody can answer, the title is the folder's name, and the design an interrupted time series.

    \b
    Examples:
      evidentia new my-evaluation
      evidentia new my-evaluation --title "Family hubs" --area Northshire --design ipw --design its
    """  # noqa: D301
    from evidentia.new.ask import plan_of
    from evidentia.new.write import check_folder, write_evaluation

    check_folder(folder)
    plan = plan_of(
        title, area, design or [], date, interactive=sys.stdin.isatty(), folder=folder.resolve().name
    )
    files = write_evaluation(folder, plan)
    typer.echo(
        f"{folder} holds {len(files)} files: '{plan.title}' in {plan.area}, with example data for"
        f" {', '.join(plan.designs)}. Build it:\n"
    )
    typer.echo(f"  evidentia build {shlex.quote(str(folder))}\n")
    typer.echo("Then read its README.md: it says what to change, step by step.")


@app.command()
def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of on the screen.")
    ] = None,
) -> None:
    """Print the JSON Schema of config.yaml, which lets an editor check and complete it.

    \b
    Example:
      evidentia schema -o docs/config.schema.json
    """  # noqa: D301
    from evidentia.config.schema import json_schema
    from evidentia.core.files import write_whole

    if output:
        write_whole(output, json_schema())
    else:
        typer.echo(json_schema(), nl=False)


@app.command()
def language(
    code: Annotated[str, typer.Argument(help="A language, such as cy or fr.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of on the screen.")
    ] = None,
    named: Named = None,
    folder: Folder = Path(),
) -> None:
    """Write the catalogue of the words that the engine puts into a report, to translate or to change them.

    Translations that there are already are kept. In languages/CODE.po of an evaluation folder the catalogue
    is used by evaluation.language: CODE.

    \b
    Examples:
      evidentia language fr -o languages/fr.po
      evidentia language cy
    """  # noqa: D301
    from evidentia.core.catalogue import catalogue, lacking
    from evidentia.core.files import write_whole
    from evidentia.core.language import known_words

    found = known_words(code, folder_of(named, folder))
    if output:
        write_whole(output, catalogue(found))
        left = len(lacking(found))
        typer.echo(f"{output}: {left} word{'s' if left != 1 else ''} to translate")
    else:
        typer.echo(catalogue(found), nl=False)


@app.command()
def doctor(json: AsJson = False) -> None:
    """Say what this machine has and lacks, and the command that installs it.

    \b
    Example:
      evidentia doctor
    """  # noqa: D301
    from evidentia.audit.doctor import checks, lacking
    from evidentia.audit.show import show_checks

    found = checks()
    print_json([vars(check) for check in found]) if json else show_checks(found)
    if lacking(found):
        sys.exit(1)
