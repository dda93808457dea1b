"""Commands that assure what is there: disclosure, mutate, accept, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evidentia.cli.common import AsJson, Cores, Folder, Named, app, built, folder_of, print_json
from evidentia.core.paths import BUILD


@app.command()
def disclosure(
    against: Annotated[
        str,
        typer.Option(
            "--against", help="An earlier release: a numbers.json, a folder, a PDF, or a git revision."
        ),
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Say what is suppressed, look for records in the build, and compare with an earlier release.

    Each suppressed number is named with why; do not publish the reasons, which tell what is small. Two
    releases together can tell what each alone does not: a count that changed by a few people shows these few,
    and so does a mean of as many people as before. Without --against the accepted numbers are the earlier
    release, if there are any. The command exits with 1 if a record is found, or if the two releases together
    point at someone.

    \b
    Examples:
      evidentia disclosure
      evidentia disclosure --against last-year/numbers.json
    """  # noqa: D301
    from dataclasses import asdict

    from evidentia.compare.show import show_disclosure
    from evidentia.compare.sources import read_other
    from evidentia.core.paths import BASELINE
    from evidentia.disclosure.scan import scan
    from evidentia.workflow.protected import judged

    folder = folder_of(named, folder)
    config, present = built(folder)
    found = scan(config, folder)
    accepted = "" if against or not (folder / BASELINE).is_file() else "the accepted numbers"
    earlier = read_other(against, folder) if against or accepted else {}
    why, differences = judged(config, folder, present.ledger, earlier)
    hidden = {
        id: why.get(id, "it rests on numbers that are suppressed")
        for id, entry in present.ledger.items()
        if entry.get("suppressed")
    }
    rounded = {id: words for id, words in why.items() if id in present.ledger and id not in hidden}
    if json:
        told = {
            "suppressed": hidden,
            "rounded": rounded,
            "scan": asdict(found),
            "differences": [asdict(item) for item in differences],
        }
        print_json(told)
    else:
        show_disclosure(hidden, rounded, found, differences, against or accepted)
    if found.findings or differences:
        sys.exit(1)


@app.command()
def mutate(
    number: Annotated[
        int, typer.Option("--number", min=1, help="How many cells to change, one at a time.")
    ] = 40,
    seed: Annotated[int, typer.Option("--seed", help="Another seed changes other cells.")] = 1,
    named: Named = None,
    folder: Folder = Path(),
    cores: Cores = "all",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only say which cells would be changed.")
    ] = False,
) -> None:
    """Change random cells of the data, one at a time, in a copy, and say what noticed it.

    A change counts as caught if the data's checks refuse it, a claim stops the build, or the comparison with
    the accepted numbers names what is printed otherwise. The command exits with 1 unless all that matter are
    caught.

    \b
    Examples:
      evidentia mutate
      evidentia mutate --number 200 --seed 7
    """  # noqa: D301
    import tempfile

    from evidentia.audit.mutation import mutations, not_changed
    from evidentia.audit.mutation_run import MutationRun, figures, share_caught, summary
    from evidentia.config.load import load_config
    from evidentia.core.files import to_json, write_whole

    folder = folder_of(named, folder)
    config = load_config(folder)
    left = not_changed(config)
    if left:
        typer.echo(f"not tried, because a single cell cannot be changed in their formats: {', '.join(left)}")
    if dry_run:
        for mutation in mutations(config, folder, number, seed):
            typer.echo(f"  {mutation}")
        return
    with tempfile.TemporaryDirectory() as place:
        mutation_run = MutationRun(folder, Path(place, "copies"), cores)
        verdicts = []
        for mutation in mutations(mutation_run.config, mutation_run.base, number, seed):
            verdicts.append(mutation_run.judge(mutation))
            typer.echo(f"{len(verdicts):4} {verdicts[-1]}")
    typer.echo(f"\n{summary(verdicts)}")
    run = [("cells changed, one at a time", str(number)), ("seed", str(seed))]
    run += [("files not tried", ", ".join(left))] if left else []
    write_whole(folder / BUILD / "mutation.json", to_json({"rows": [*run, *figures(verdicts)]}))
    caught, matter = share_caught(verdicts)
    if caught < matter:
        sys.exit(1)


@app.command()
def accept(
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why the numbers are right now; asked for if it is missing.")
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
) -> None:
    """Make the present numbers the accepted ones, and keep the reason in tests/regression/CHANGES.md.

    \b
    Examples:
      evidentia accept --reason "Turnover for 2019 was corrected in the release of June 2021"
    """  # noqa: D301
    import datetime

    from evidentia.compare.accept import CHANGES
    from evidentia.compare.accept import accept as accepted

    folder = folder_of(named, folder)
    config, present = built(folder)
    if not reason and sys.stdin.isatty():
        reason = typer.prompt("Why are the numbers right now?")
    comparison = accepted(folder, config, present, reason, datetime.date.today())
    typer.echo(f"Accepted. {comparison.summary()}\nThe reason is in {folder / CHANGES}.")


@app.command()
def verify(
    named: Named = None,
    folder: Folder = Path(),
    cores: Cores = "2",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Only say how it would be built.")] = False,
    json: AsJson = False,
) -> None:
    """Build twice under unlike conditions and compare every output; exit with 1 if any differs.

    \b
    The two builds differ in folder, time zone, locale, number of cores (1, and --cores), the machine's fonts,
    home folder and hash seed.

    \b
    Examples:
      evidentia verify
      evidentia verify my-evaluation --cores 4
    """  # noqa: D301
    from evidentia.audit.verify import as_json, show, unlike
    from evidentia.audit.verify import verify as verified
    from evidentia.config.load import load_config

    folder, surroundings = folder_of(named, folder), unlike(cores)
    load_config(folder)
    if dry_run:
        typer.echo(f"{folder.resolve()} would be built once in {surroundings[0]}; once in {surroundings[1]}.")
        return
    found = verified(folder, surroundings=surroundings)
    typer.echo(as_json(found) if json else show(found, surroundings), nl=not json)
    if not found.passed:
        sys.exit(1)
