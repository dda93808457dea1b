"""The command ``evidentia``; each command imports what it needs when it runs."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import BUILD

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

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The evaluation folder, which holds config.yaml.")]
Named = Annotated[Path | None, typer.Argument(metavar="[FOLDER]", help="The evaluation folder, in place of --folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _print_version(asked: bool) -> None:
    if asked:
        from evidentia.core.version import version

        typer.echo(f"evidentia {version()}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Rebuild and review an impact evaluation's report."""


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(help="The evaluation folder, or the folder of a portfolio.")] = Path(),
    rules: Annotated[list[str] | None, typer.Argument(metavar="[RULE]...", help="numbers, check, review, ...; all by default.")] = None,
    cores: Annotated[str, typer.Option("--cores", "-c", help="How many processor cores to use; all by default.")] = "all",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Only say what would be built.")] = False,
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

    sys.exit(run(folder, rules or (), cores, dry_run))


@app.command()
def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a number, such as indicators.turnover.2019.area.")],
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

    folder = named or folder
    config, present = _built(folder)
    found = told(id, present, config, folder)
    _print_json(found) if json else show_explanation(found)


@app.command()
def numbers(
    pattern: Annotated[str, typer.Argument(metavar="[PATTERN]", help="An id with *, or a part of an id or of a label.")] = "",
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

    folder = named or folder
    _, present = _built(folder)
    found = select(present.ledger, pattern, printed=printed, chapter=chapter, unit=unit)
    _print_json(found) if json else show_numbers(found)


@app.command()
def diff(
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="A numbers.json, a folder, a PDF of a report, or a git revision.")] = "",
    named: Named = None,
    folder: Folder = Path(),
    every: Annotated[bool, typer.Option("--all", help="Show every number, not only the first 30.")] = False,
    json: AsJson = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if any number differs.")] = False,
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

    folder = named or folder
    config, present = _built(folder)
    comparison = judge(read_other(other, folder), present, config)
    before = other or "the accepted numbers"
    page = "changes-since-other.html" if other else "changes.html"
    write_whole(folder / BUILD / page, changes_page(comparison, config, before))
    if not present.rebuilt:
        typer.echo("The report does not print the newest values yet; its sentences and pages are those of the last report.", err=True)
    _print_json(comparison.as_json()) if json else show_comparison(comparison, most=sys.maxsize if every else 30)
    if exit_code and comparison:
        sys.exit(1)


@app.command()
def data(
    what: Annotated[str, typer.Argument(metavar="[ID|FILE]", help="A data set of config.yaml, or any file.")] = "",
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
        _print_json(found) if json else typer.echo(found["words"])
        return
    told = reports(folder, what)
    _print_json(told) if json else show_imports(told)


@app.command()
def disclosure(
    against: Annotated[str, typer.Option("--against", help="An earlier release: a numbers.json, a folder, a PDF, or a git revision.")] = "",
    named: Named = None,
    folder: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Say what is suppressed, look for records in every file of the build, and compare with an earlier release.

    Each suppressed number is named with why; do not publish the reasons, which tell what is small. Two releases together can
    tell what each alone does not: a count that changed by a few people shows these few, and so does a mean of as many people
    as before. Without --against the accepted numbers are the earlier release, if there are any. The command exits with 1 if a
    record is found, or if the two releases together point at someone.

    \b
    Examples:
      evidentia disclosure
      evidentia disclosure --against last-year/numbers.json
    """  # noqa: D301
    from dataclasses import asdict

    from evidentia.compare.show import show_disclosure
    from evidentia.compare.sources import read_other
    from evidentia.core.paths import BASELINE
    from evidentia.disclosure.differencing import differencing
    from evidentia.disclosure.scan import scan
    from evidentia.workflow.protected import judged

    folder = named or folder
    config, present = _built(folder)
    found = scan(config, folder)
    why, people = judged(config, folder)
    hidden = {id: why.get(id, "it rests on numbers that are suppressed") for id, entry in present.ledger.items() if entry.get("suppressed")}
    rounded = {id: words for id, words in why.items() if id in present.ledger and id not in hidden}
    accepted = "" if against or not (folder / BASELINE).is_file() else "the accepted numbers"
    earlier = read_other(against, folder) if against or accepted else {}
    differences = differencing(earlier, present.ledger, config, people)
    if json:
        told = {"suppressed": hidden, "rounded": rounded, "scan": asdict(found), "differences": [asdict(item) for item in differences]}
        _print_json(told)
    else:
        show_disclosure(hidden, rounded, found, differences, against or accepted)
    if found.findings or differences:
        sys.exit(1)


@app.command()
def mutate(
    number: Annotated[int, typer.Option("--number", min=1, help="How many cells to change, one at a time.")] = 40,
    seed: Annotated[int, typer.Option("--seed", help="Another seed changes other cells.")] = 1,
    named: Named = None,
    folder: Folder = Path(),
) -> None:
    """Change random cells of the data, one at a time, in a copy, and say what noticed it.

    A change counts as caught if the data's checks refuse it, a claim stops the build, or the comparison with the accepted
    numbers names what is printed otherwise. The command exits with 1 unless all that matter are caught.

    \b
    Examples:
      evidentia mutate
      evidentia mutate --number 200 --seed 7
    """  # noqa: D301
    import tempfile

    from evidentia.audit.mutation import mutations
    from evidentia.audit.mutation_run import MutationRun, figures, share_caught, summary
    from evidentia.core.files import to_json, write_whole

    folder = named or folder
    with tempfile.TemporaryDirectory() as place:
        mutation_run = MutationRun(folder, Path(place, "copies"))
        verdicts = []
        for mutation in mutations(mutation_run.config, mutation_run.base, number, seed):
            verdicts.append(mutation_run.judge(mutation))
            typer.echo(f"{len(verdicts):4} {verdicts[-1]}")
    typer.echo(f"\n{summary(verdicts)}")
    run = [("cells changed, one at a time", str(number)), ("seed", str(seed))]
    write_whole(folder / BUILD / "mutation.json", to_json({"rows": [*run, *figures(verdicts)]}))
    caught, matter = share_caught(verdicts)
    if caught < matter:
        sys.exit(1)


@app.command()
def accept(
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why the numbers are right now; asked for if it is missing.")] = "",
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

    folder = named or folder
    config, present = _built(folder)
    if not reason and sys.stdin.isatty():
        reason = typer.prompt("Why are the numbers right now?")
    comparison = accepted(folder, config, present, reason, datetime.date.today())
    typer.echo(f"Accepted. {comparison.summary()}\nThe reason is in {folder / CHANGES}.")


@app.command()
def verify(
    named: Named = None,
    folder: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Build twice under unlike conditions and compare every output; exit with 1 if any differs.

    \b
    The two builds differ in folder, time zone, locale, number of cores, the machine's fonts, home folder and hash seed.
    """  # noqa: D301
    from evidentia.audit.verify import as_json, show
    from evidentia.audit.verify import verify as verified

    folder = named or folder
    found = verified(folder)
    typer.echo(as_json(found) if json else show(found), nl=not json)
    if not found.passed:
        sys.exit(1)


@app.command()
def schema(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of on the screen.")] = None,
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
def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    title: Annotated[str, typer.Option("--title", help="Title of the evaluation.")] = "",
    area: Annotated[str, typer.Option("--area", help="Place that it is about.")] = "",
    design: Annotated[list[str] | None, typer.Option("--design", help="A design to begin with; may be given several times.")] = None,
    date: Annotated[str, typer.Option("--date", help="Day of the report, as 2024-03-31; today unless given.")] = "",
) -> None:
    """Write a complete evaluation folder that builds at once; what is not given is asked for.

    \b
    Examples:
      evidentia new my-evaluation
      evidentia new my-evaluation --title "Family hubs" --area Northshire --design ipw --design its
    """  # noqa: D301
    from evidentia.new.ask import plan_of
    from evidentia.new.write import check_folder, write_evaluation

    check_folder(folder)
    plan = plan_of(title, area, design or [], date, interactive=sys.stdin.isatty())
    files = write_evaluation(folder, plan)
    typer.echo(f"{folder} holds {len(files)} files, with example data for {', '.join(plan.designs)}. Build it:\n")
    typer.echo(f"  evidentia build {shlex.quote(str(folder))}\n")
    typer.echo("Then read its README.md: it says what to change, step by step.")


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
    _print_json([vars(check) for check in found]) if json else show_checks(found)
    if lacking(found):
        sys.exit(1)


def _built(folder: Path) -> tuple[Config, Present]:
    """Return a folder's configuration and what is built there."""
    from evidentia.compare.sources import read_present
    from evidentia.config.load import load_config

    config = load_config(folder, check_files=False)
    return config, read_present(folder)


def _print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def main() -> None:
    """Run the command line; a fault is one message without a traceback."""
    try:
        app(standalone_mode=True)
    except EvidentiaError as error:
        print(f"evidentia: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
