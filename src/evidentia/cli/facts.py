"""Command on stated facts: facts."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import Folder, Named, app, folder_of


@app.command()
def facts(
    named: Named = None,
    folder: Folder = Path(),
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="A document at hand: its id in facts.yaml, =, and a file."),
    ] = None,
    quote: Annotated[str, typer.Option("--quote", help="Id of the fact to make a passage for.")] = "",
    words: Annotated[str, typer.Option("--words", help="The words that state it, with --quote.")] = "",
) -> None:
    """Say which stated facts are proved by what their documents say, and exit with 1 if one is not there.

    Where a document may not be copied, --quote prints a passage (a hash of the words) that stands
    for a quotation, and --source checks all passages against the document. Nothing of it is kept.

    \b
    Examples:
      evidentia facts
      evidentia facts --source plan=/archive/plan.pdf
      evidentia facts --source plan=/archive/plan.pdf --quote a.start --words "It began in August 2017"
    """  # noqa: D301
    from evidentia.audit.fact_checks import check_facts, passage_for
    from evidentia.config.load import load_config
    from evidentia.core.errors import EvidentiaError

    folder = folder_of(named, folder)
    report = load_config(folder, check_files=False).report
    if report is None or report.facts is None:
        raise EvidentiaError(
            "this folder has no stated facts",
            where="config.yaml, key report.facts",
            remedy="name the file there",
        )
    at_hand = dict(_document(text) for text in source or [])
    if quote:
        if len(at_hand) != 1:
            raise EvidentiaError("--quote needs one document", remedy="give --source ID=FILE once")
        passage = passage_for(folder / report.facts, quote, words, next(iter(at_hand.values())))
        typer.echo(f"passage: {{words: {passage['words']}, sha256: {passage['sha256']}}}")
        return
    found = check_facts(folder / report.facts, folder, at_hand)
    for one in found:
        typer.echo(f"  {one.id}: {one.result} ({one.document})")
    counts = Counter(one.result for one in found)
    typer.echo(
        f"{len(found)} stated facts: " + ", ".join(f"{count} {result}" for result, count in counts.items())
    )
    if any(one.fails for one in found):
        sys.exit(1)


def _document(text: str) -> tuple[str, Path]:
    from evidentia.core.errors import EvidentiaError

    id, sign, file = text.partition("=")
    if not sign or not file:
        raise EvidentiaError(f"'{text}' names no document", remedy="write --source plan=/archive/plan.pdf")
    return id, Path(file)
