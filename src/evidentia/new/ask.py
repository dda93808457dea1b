"""Asking for what the command line does not say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from evidentia.core.errors import EvidentiaError
from evidentia.new.starters import about, check_designs, offered
from evidentia.new.write import Plan

AREA, DESIGN = "the area", "its"
"""What an evaluation begins with where nobody says or can be asked; both are changed in config.yaml."""


def plan_of(
    title: str, area: str, designs: Sequence[str], date: str, *, interactive: bool, folder: str = ""
) -> Plan:
    """Return a plan; what is missing is asked for, or taken from the folder's name where nobody can answer.

    Parameters
    ----------
    title, area : str
    designs : sequence of str
    date : str
        A day as 2024-03-31; today if it is empty.
    interactive : bool
        Whether there is somebody to ask.
    folder : str
        Name of the new folder.
    """
    if designs:
        designs = check_designs(designs)
    try:
        day = datetime.date.fromisoformat(date) if date else datetime.date.today()
    except ValueError:
        raise EvidentiaError(
            f"'{date}' is not a day", where="--date", remedy="write it as 2024-03-31"
        ) from None
    if interactive:
        title, area = title or _text("Title of the evaluation"), area or _text("Area that it is about")
        designs = designs or _designs()
    title, area, designs = title.strip() or _title(folder), area.strip() or AREA, designs or [DESIGN]
    return Plan(" ".join(title.split()), " ".join(area.split()), check_designs(designs), day)


def _title(folder: str) -> str:
    """Return a folder's name as a title: ``family-hubs`` as Family hubs."""
    words = " ".join(re.findall(r"[^\W_]+", folder)) or "Evaluation"
    return words[:1].upper() + words[1:]


def _text(question: str) -> str:
    from rich.prompt import Prompt

    answer = ""
    while not answer.strip():
        answer = Prompt.ask(question)
    return answer


def _designs() -> list[str]:
    """Show the designs with numbers, and ask until the answer names known ones."""
    from rich.console import Console
    from rich.prompt import Prompt
    from rich.table import Table

    names = offered()
    table = Table("", "Design", "What it does", box=None, pad_edge=False)
    for number, name in enumerate(names, start=1):
        table.add_row(str(number), name, about(name))
    console = Console()
    console.print(table)
    while True:
        answer = Prompt.ask("Designs, by name or number, with commas between them", console=console)
        words = [word.strip() for word in answer.split(",") if word.strip()]
        try:
            return check_designs(
                [
                    names[int(word) - 1] if word.isdigit() and 1 <= int(word) <= len(names) else word
                    for word in words
                ]
            )
        except EvidentiaError as fault:
            console.print(str(fault))
