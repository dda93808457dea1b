"""Commands about the plan: plan, plan freeze, plan change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidentia.cli.common import Folder, Named, app, folder_of

if TYPE_CHECKING:
    import datetime

plan_app = typer.Typer(
    help="Freeze the evaluation plan, record its changes, and compare it with config.yaml.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(plan_app, name="plan")
On = Annotated[str, typer.Option("--date", help="The day, such as 2026-03-31; today if it is missing.")]


def day_of(text: str) -> datetime.date:
    """Return a day of the command line; today without one."""
    import datetime

    from evidentia.core.errors import EvidentiaError

    try:
        return datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError:
        raise EvidentiaError(f"'{text}' is not a day", remedy="write it like 2026-03-31") from None


@plan_app.command()
def freeze(named: Named = None, folder: Folder = Path(), date: On = "") -> None:
    """Keep the plan of config.yaml in plan.yaml, with a hash of it and the state of the data.

    From then on each claim on an effect is confirmatory, secondary or exploratory, the report says what
    became of each planned claim, and a change of outcomes, models, covariates or exclusions is a deviation.

    \b
    Examples:
      evidentia plan freeze
      evidentia plan freeze --date 2026-03-31
    """  # noqa: D301
    from evidentia.config.load import load_config
    from evidentia.plan.changes import freeze as frozen
    from evidentia.plan.frozen import PLAN, STATES

    folder = folder_of(named, folder)
    made = frozen(folder, load_config(folder, check_files=False), day_of(date))
    typer.echo(f"Frozen in {folder / PLAN}, on {made.date}; the outcomes are {STATES[made.data]}.")
    typer.echo(f"Hash of the plan, for a public register: {made.hash}")


@plan_app.command()
def change(
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why the plan changed; asked for if it is missing.")
    ] = "",
    named: Named = None,
    folder: Folder = Path(),
    date: On = "",
) -> None:
    """Record how config.yaml differs from the plan, with the reason; the report lists it in an annex.

    A change while plan.data in config.yaml says not_yet_read or blinded is an amendment; afterwards it is a
    deviation.

    \b
    Examples:
      evidentia plan change --reason "The register holds no school of 2019, so that it cannot be a covariate"
    """  # noqa: D301
    from evidentia.config.load import load_config
    from evidentia.plan.changes import record
    from evidentia.plan.frozen import CHANGES

    folder = folder_of(named, folder)
    if not reason and sys.stdin.isatty():
        reason = typer.prompt("Why did the plan change?")
    found = record(folder, load_config(folder, check_files=False), reason, day_of(date))
    for difference in found:
        typer.echo(f"  {difference.kind}: {difference}")
    typer.echo(f"Recorded in {folder / CHANGES}.")


@plan_app.command()
def show(named: Named = None, folder: Folder = Path()) -> None:
    """Say when the plan was frozen, what became of its claims, and what was changed."""
    from evidentia.config.load import load_config
    from evidentia.core.paths import NUMBERS
    from evidentia.plan.changes import required
    from evidentia.plan.show import screen_lines

    folder = folder_of(named, folder)
    config = load_config(folder, check_files=False)
    typer.echo("\n".join(screen_lines(required(folder), config, folder, folder / NUMBERS)))
