"""Explanations, lists and comparisons on a screen."""

from __future__ import annotations

import os
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evidentia.compare.meaning import place_of
from evidentia.core.changes import Comparison
from evidentia.core.ledger import Entry
from evidentia.disclosure.differencing import Difference
from evidentia.disclosure.scan import Scan


def console() -> Console:
    """Return a console that wraps at the terminal's width; where there is none, at COLUMNS or 120."""
    found = Console(highlight=False)
    return (
        found if found.is_terminal else Console(highlight=False, width=int(os.environ.get("COLUMNS") or 120))
    )


def show_explanation(told: dict[str, Any]) -> None:
    """Print what is known of one number."""
    out = console()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")

    def row(name: str, text: Any) -> None:
        table.add_row(name, escape(str(text)))

    row("Number", told["id"])
    row("What it is", told["label"])
    row("Value", told["before_rounding"] if told["value"] is None else f"{told['value']!r} ({told['unit']})")
    row(
        "Printed as",
        (
            told["display"]
            if told.get("suppressed") or told["value"] is None
            else f"{told['display']} (its default format)"
        ),
    )
    if told.get("formula"):
        row("How", told["formula"])
    for name, text in _source_rows(told["source"]):
        row(name, text)
    out.print(table)
    if told["computed_with"]:
        derived = told["source"].get("rule") == "values"
        others = Table(
            title="Computed from" if derived else "Beside it",
            title_justify="left",
            title_style="bold",
            expand=True,
        )
        for name, ratio in (("Number", 3), ("Value", 1), ("What it is", 4)):
            others.add_column(name, overflow="fold", ratio=ratio)
        for other in told["computed_with"]:
            others.add_row(escape(other["id"]), escape(other["display"]), escape(other["label"]))
        out.print(others)
    _show_places(out, told)
    for claim in told["claims"]:
        out.print(
            f"[bold]Claim[/bold] {escape(claim['condition'])}", f"  {escape(claim['sentence'])}", sep="\n"
        )


def _source_rows(source: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [("Basis", source["basis"] + (", from synthetic records" if source.get("synthetic") else ""))]
    if "document" in source:
        rows.append(("Stated in", f"{source['document']}, {source['place']}"))
    for data in source.get("data", []):
        state = {"same": "the file on disk is the same"}.get(
            data["on_disk"], f"the file on disk is {data['on_disk']}"
        )
        rows.append(("Data", f"{data['path']}  {data['sha256']}  ({state})"))
    for name, program in source.get("prepared", {}).items():
        rows.append(("Prepared", f"{name}, by {program}"))
    if "rule" in source:
        rows.append(
            (
                "Rule",
                (
                    f"{source['rule']}  Snakefile:{source['snakefile_line']}"
                    if source.get("snakefile_line")
                    else source["rule"]
                ),
            )
        )
    if "script" in source:
        rows.append(("Script", source["place"] if "programs" in source else source["script"]))
    if "module" in source:
        rows.append(("Analysis", f"{source['module']}:{source['module_line']} ({source['function']})"))
    if source.get("file"):
        rows.append(
            ("Written in", f"{source['file']}:{source['line']}" if source.get("line") else source["file"])
        )
    return rows


def _show_places(out: Console, told: dict[str, Any]) -> None:
    if not told["printed"]:
        out.print("The report does not print it.")
        return
    table = Table(title="Where it is printed", title_justify="left", title_style="bold", expand=True)
    for name, ratio, justify in (
        ("Page", 1, "right"),
        ("Chapter", 3, "left"),
        ("As", 2, "left"),
        ("Sentence", 8, "left"),
    ):
        table.add_column(name, overflow="fold", ratio=ratio, justify=justify, min_width=len(name.split()[-1]))  # type: ignore[arg-type]
    for use in told["printed"]:
        where = f"{use['file'] or use['chapter']}:{use['line']}" if use.get("sentence") else use["chapter"]
        sentence = use.get("sentence") or f"what is said for {use['anchor']}"
        table.add_row(str(use["page"] or ""), escape(where), escape(use["printed"]), escape(sentence))
    out.print(table)


def show_numbers(entries: list[Entry]) -> None:
    """Print a list of numbers."""
    table = Table(expand=True)
    columns = (
        ("Number", 5, "left"),
        ("Value", 2, "right"),
        ("Unit", 2, "left"),
        ("Times printed", 1, "right"),
        ("What it is", 6, "left"),
    )
    for name, ratio, justify in columns:
        table.add_column(name, overflow="fold", ratio=ratio, justify=justify, min_width=len(name.split()[-1]))  # type: ignore[arg-type]
    for entry in entries:
        times = str(len(entry["uses"])) if entry["uses"] else ""
        table.add_row(
            escape(entry["id"]), escape(entry["display"]), entry["unit"], times, escape(entry["label"])
        )
    out = console()
    out.print(table)
    out.print(f"{len(entries)} number{'s' if len(entries) != 1 else ''}")


def show_comparison(comparison: Comparison, *, most: int) -> None:
    """Print what changed, the most important first, and the sentences to read again."""
    out = console()
    out.print(f"[bold]{escape(comparison.summary())}[/bold]")
    for flip in comparison.flips:
        page = f", page {flip.page}" if flip.page else ""
        what = "no longer holds" if not flip.holds else "holds now, and did not before"
        out.print(f"\n[bold]A claim {what}[/bold] ({escape(flip.claim['chapter'])}{page})")
        out.print(f"  {escape(flip.sentence)}\n  {escape(flip.claim['condition'])}")
    if not comparison.findings:
        return
    table = Table(expand=True, show_lines=False)
    columns = (("Number", 6, "left"), ("Before", 2, "right"), ("Now", 2, "right"), ("Change", 3, "right"))
    for name, ratio, justify in (*columns, ("What it means", 3, "left"), ("Page", 1, "left")):
        table.add_column(name, overflow="fold", ratio=ratio, justify=justify, min_width=len(name.split()[-1]))  # type: ignore[arg-type]
    for finding in comparison.findings[:most]:
        change = finding.change
        old, new = (text.replace("percentage point", "pp").replace("pps", "pp") for text in change.printed())
        difference = f"{change.difference:+.4g}" if change.difference is not None else change.kind
        relative = f" ({change.relative:+.1%})" if change.relative is not None else ""
        pages = sorted({place["page"] for place in finding.places if place["page"]})
        where = ", ".join(map(str, pages)) or ("yes" if finding.places else "")
        table.add_row(
            escape(change.id),
            escape(old),
            escape(new),
            difference + relative,
            "; ".join(finding.marks),
            where,
        )
    out.print(table)
    if len(comparison.findings) > most:
        out.print(f"and {len(comparison.findings) - most} more; --all shows them")
    if comparison.sentences:
        out.print("\n[bold]Sentences to read again[/bold]")
        for place in comparison.sentences[:most]:
            out.print(f"  {escape(place_of(place))}: {escape(place['sentence'])}")


def show_disclosure(
    hidden: dict[str, str], rounded: dict[str, str], found: Scan, differences: list[Difference], against: str
) -> None:
    """Print what is suppressed or rounded and why, what the scan found, and by what two releases together
    point at someone.
    """
    out = console()
    for numbers, what in ((hidden, "suppressed"), (rounded, "rounded")):
        if numbers or what == "suppressed":
            listed = (f"  {escape(id)}: {escape(why)}" for id, why in numbers.items())
            out.print(f"{len(numbers)} numbers are {what}" + (":" if numbers else ""), *listed, sep="\n")
    out.print(
        f"Records in the build's files: {escape('; '.join(found.findings) or 'none found')}"
        f" ({escape(found.measured)})"
    )
    if against:
        out.print(
            f"{len(differences)} numbers point at someone together with {escape(against)}"
            + (":" if differences else "")
        )
    for item in differences:
        moved = f"{escape(item.before)} to {escape(item.after)}: " if item.after else ""
        out.print(f"  {escape(item.id)}: {moved}{item.what} ({item.minimum_cell})")


def show_imports(found: dict[str, Any]) -> None:
    """Print import reports: what was read of each data set in a few lines, and what to look at."""
    for name, report in found.items():
        if "fault" in report:
            console().print(
                f"{name} ({report['path']}): cannot be read\n{report['fault']}\n",
                markup=False,
                highlight=False,
            )
            continue
        rows = "protected: rows are not told" if report["rows"] is None else f"{report['rows']:,} rows"
        lines = [f"{name} ({report['path']}{', ' + report['format'] if report['format'] else ''}): {rows}"]
        lines += [
            f"  left out: {item['reason']}" + (f" ({item['rows']:,})" if "rows" in item else "")
            for item in report["left_out"]
        ]
        if "prepared" in report:
            made = report["prepared"]
            rows_in = [
                name + (f" ({rows:,} rows)" if rows is not None else "")
                for name, rows in made["rows_in"].items()
            ]
            lines.append(f"  made by {made['by']} of {', '.join(rows_in)}")
            lines += [
                f"  left out: {item['label']}" + (f" ({item['rows']:,})" if "rows" in item else "")
                for item in made["rules"]
            ]
        roles: dict[str, list[str]] = {}
        for column in report["columns"]:
            roles.setdefault(column["role"] or "other", []).append(column["name"])
        lines += [f"  {role}: {', '.join(names)}" for role, names in roles.items()]
        for column in report["columns"]:
            for word, symbol in column.get("symbols", {}).items():
                lines.append(f"  {column['name']}: {symbol['cells']:,} × {word} ({symbol['means']})")
        lines += [f"  look at: {remark}" for remark in report["remarks"]]
        console().print("\n".join(lines) + "\n", markup=False, highlight=False)
