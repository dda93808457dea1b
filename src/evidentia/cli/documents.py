"""Commands for documents of anybody's: audit, comments."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Folder, Named, app, folder_of, print_json

KINDS = ("stale", "origin", "words", "statistics", "unjudged")


@app.command()
def audit(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .docx, .pdf, .html or .md; it can be of anybody's.")
    ],
    named: Named = None,
    folder: Folder = Path(),
    against: Annotated[
        str,
        typer.Option(
            "--against",
            help="The ledger: a numbers.json, a folder, a PDF of a report, or a git revision; the folder's"
            " build unless given.",
        ),
    ] = "",
    past: Annotated[
        list[str] | None,
        typer.Option(
            "--past",
            help="Earlier ledgers: files, PDFs, git revisions, or a folder of them; the git history of the"
            " accepted numbers unless given.",
        ),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", "-b", help="Show only what has to be looked at.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show years, references and the like too.")] = False,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on", help=f"What makes the command exit with 1: some of {', '.join(KINDS)}, with commas."
        ),
    ] = "stale,origin,words,statistics",
    json: AsJson = False,
) -> None:
    """Hold every number of a document against the ledger, and say what it is bound to.

    Each number is bound to the ledger's, stale (it fits what the ledger was before), without origin, or not
    judged, because a value that fits proves nothing where the words do not speak of it. Words of comparison
    that the ledger contradicts are named, and so are tests whose p-value does not follow from the statistic,
    percentages that no count gives, and estimates outside their interval. The command exits with 1 if it
    finds any of these.

    \b
    Examples:
      evidentia audit draft.docx
      evidentia audit report.pdf --against build/numbers.json --brief
      evidentia audit brief.md --past last-year/report.pdf --json
    """  # noqa: D301
    from evidentia.compare.documents.read import read_document
    from evidentia.compare.foreign.against import against as compared
    from evidentia.compare.foreign.audit import audit as audited
    from evidentia.compare.foreign.show import lines
    from evidentia.core.errors import EvidentiaError, did_you_mean
    from evidentia.core.patience import patience

    wanted = [kind.strip() for kind in fail_on.split(",") if kind.strip() and kind.strip() != "none"]
    for kind in wanted:
        if kind not in KINDS:
            raise EvidentiaError(
                f"'{kind}' is nothing that an audit finds",
                where="--fail-on",
                remedy=did_you_mean(kind, KINDS),
            )
    known = compared(folder_of(named, folder), against, past or [], file)
    with patience(str(file)):
        document = read_document(file)
        found = audited(document, known.ledger, known.past, known.notes, known.build)
    if json:
        print_json(found.as_json())
    else:
        typer.echo("\n".join(lines(found, every=every, brief=brief)))
    if found.fails(wanted):
        sys.exit(1)


@app.command()
def comments(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Returned copies of build/report.docx.")
    ],
    folder: Folder = Path(),
    html: Annotated[Path | None, typer.Option("--html", help="Write the list as a page, too.")] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write changes of plain words as a patch of the chapters, to look at."),
    ] = None,
    json: AsJson = False,
) -> None:
    """List comments, tracked changes and typed-over numbers of a returned document by chapter and line.

    Places are those of the version that was sent, which travels in the document; where a chapter has changed
    since, its line now stands beside. Several copies are merged, and what they disagree about is named.
    Changes of formatting are left out. A patch is never applied.

    \b
    Examples:
      evidentia comments returned.docx
      evidentia comments from-commissioner.docx from-council.docx --html comments.html
      evidentia comments returned.docx --write wording.patch
    """  # noqa: D301
    from evidentia.compare.comments.propose import propose
    from evidentia.compare.comments.read import returned
    from evidentia.compare.comments.show import page, show, show_proposal
    from evidentia.core.files import write_whole

    found = returned(files, folder)
    proposal = propose(found, folder) if write else None
    if html:
        write_whole(html, page(found, found.evaluation or files[0].name))
    if json:
        told = found.as_json()
        print_json(told | proposal.as_json() if proposal else told)
    else:
        show(found)
    if write and proposal:
        if proposal.patch:
            write_whole(write, proposal.patch)
        if not json:
            show_proposal(proposal, write)
