"""Commands that read what is there: explain, numbers, diff, data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Folder, Named, app, built, folder_of, print_json
from evidentia.core.paths import BUILD


@app.command()
def explain(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a number, such as indicators.turnover.2019.area.")
    ],
    named: Named = None,
    folder: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Say where a number comes from and where it is printed.

    \b
    Examples:
      evidentia explain indicators.turnover.2019.area
      evidentia explain referral_rate.scale_up --json
    """  # noqa: D301
    from evidentia.compare.explain import explain as told
    from evidentia.compare.show import show_explanation

    folder = folder_of(named, folder)
    config, present = built(folder)
    found = told(id, present, config, folder)
    print_json(found) if json else show_explanation(found)


@app.command()
def numbers(
    pattern: Annotated[
        str, typer.Argument(metavar="PATTERN", help="An id with *, or a part of an id or of a label.")
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
    printed: Annotated[bool, typer.Option("--printed", help="Only numbers that the report prints.")] = False,
    chapter: Annotated[str, typer.Option("--chapter", help="Only numbers that this chapter prints.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Only numbers of this unit, such as proportion.")] = "",
    json: AsJson = False,
) -> None:
    """List the numbers of the ledger.

    \b
    Examples:
      evidentia numbers "indicators.turnover.*.area"
      evidentia numbers turnover --printed
      evidentia numbers --chapter findings-outcomes --unit proportion --json
    """  # noqa: D301
    from evidentia.compare.explain import select
    from evidentia.compare.show import show_numbers

    folder = folder_of(named, folder)
    _, present = built(folder)
    found = select(present.ledger, pattern, printed=printed, chapter=chapter, unit=unit)
    print_json(found) if json else show_numbers(found)


@app.command()
def diff(
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER", help="A numbers.json, a folder, a PDF of a report, or a git revision."
        ),
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
    every: Annotated[bool, typer.Option("--all", help="Show every number, not only the first 30.")] = False,
    json: AsJson = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any number differs.")
    ] = False,
) -> None:
    """Show what changed since OTHER, the most important first, with the sentences and pages that it touches.

    Without OTHER the accepted numbers (tests/regression/numbers.json) are meant. The same goes into a page:
    build/changes.html, or build/changes-since-other.html where OTHER is given.

    \b
    Examples:
      evidentia diff
      evidentia diff HEAD~1
      evidentia diff last-year/report.pdf
      evidentia diff ../other-build --all
    """  # noqa: D301
    from evidentia.compare.meaning import judge
    from evidentia.compare.pages import changes_page
    from evidentia.compare.show import show_comparison
    from evidentia.compare.sources import read_other
    from evidentia.core.files import write_whole

    folder = folder_of(named, folder)
    config, present = built(folder)
    comparison = judge(read_other(other, folder), present, config)
    before = other or "the accepted numbers"
    page = "changes-since-other.html" if other else "changes.html"
    write_whole(folder / BUILD / page, changes_page(comparison, config, before))
    if not present.rebuilt:
        typer.echo(
            "The report does not print the newest values yet; its sentences and pages are those of the last"
            " report.",
            err=True,
        )
    (
        print_json(comparison.as_json())
        if json
        else show_comparison(comparison, most=sys.maxsize if every else 30)
    )
    if exit_code and comparison:
        sys.exit(1)


@app.command()
def data(
    what: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="A data set of config.yaml, or any file.")
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Say what was read of the data: rows left out, symbols, columns, and what to look at.

    For a FILE that no data set names, propose an entry for config.yaml and a schema. The report of a build is
    build/import.json.

    \b
    Examples:
      evidentia data
      evidentia data workforce
      evidentia data ~/Downloads/export.csv
    """  # noqa: D301
    from evidentia.audit.imports import propose, reports
    from evidentia.compare.show import show_imports

    if what and Path(what).is_file():
        found = propose(Path(what))
        print_json(found) if json else typer.echo(found["words"])
        return
    told = reports(folder_of(named, folder), what)
    print_json(told) if json else show_imports(told)
