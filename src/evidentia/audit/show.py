"""What the machine has and lacks, on a screen."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from evidentia.audit.doctor import Check
from evidentia.compare.show import console


def show_checks(found: list[Check]) -> None:
    """Print what the machine has and lacks, then how to get what it lacks."""
    out = console()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("What", "Found", "Needed for"):
        table.add_column(name, overflow="fold")
    for check in found:
        state = escape(check.found) or ("[bold red]missing[/]" if check.required else "not there (optional)")
        table.add_row(check.name, state, escape(check.needed_for))
    out.print(table)
    for check in found:
        if not check.found:
            out.print(f"\n{check.name}: {escape(check.remedy)}", soft_wrap=True)
    wanting = [check.name for check in found if check.required and not check.found]
    out.print(f"\nA report needs {', '.join(wanting)}." if wanting else "\nA report can be built here.")
