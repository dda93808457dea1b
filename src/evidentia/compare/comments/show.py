"""What came back, on a screen and as a page."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.markup import escape
from rich.table import Table

from evidentia.compare.comments.model import Comment, Edit, Returned, Typed
from evidentia.compare.comments.propose import Proposal
from evidentia.compare.show import console
from evidentia.core.errors import visible
from evidentia.core.paths import ENGINE

_LONGEST = 400


def rows(found: Returned) -> list[dict[str, Any]]:
    """Return what came back as rows of a table, by chapter and line."""
    several = len(found.copies) > 1
    return [_row(item, several=several) for item in found.places()]


def _row(item: Comment | Edit | Typed, *, several: bool) -> dict[str, Any]:
    place = item.place
    line = str(place.line or "")
    if place.moved:
        line += f" ({place.now} now)" if place.now else " (gone now)"
    common = {
        "file": place.file or ("Not from a chapter" if not place.heading else f"Under '{place.heading}'"),
        "line": line,
        "sentence": _short(place.sentence),
        "copies": ", ".join(Path(name).name for name in item.copies) if several else "",
    }
    if isinstance(item, Comment):
        what = f"on '{_short(item.words)}'" if item.words else ""
        state = "comment, resolved" if item.resolved else "comment"
        said = [(item.said.author, item.said.date, _short(item.said.text))]
        said += [(reply.author, reply.date, _short(reply.text)) for reply in item.replies]
        return {**common, "kind": state, "what": what, "said": said}
    if isinstance(item, Edit):
        kind = item.kind if item.tracked else f"{item.kind}, not tracked"
        if item.kind == "moved":
            words = f"'{_short(item.before)}' stands under '{place.heading}' now"
            return {**common, "kind": kind, "what": words, "said": [(item.author, item.date, "")]}
        words = f"'{_short(item.before)}'" if item.before else ""
        words += " to " if item.before and item.after else ""
        words += f"'{_short(item.after)}'" if item.after else ""
        return {**common, "kind": kind, "what": words, "said": [(item.author, item.date, "")]}
    what = f"{item.id}: '{item.sent}' to '{item.now}'; the ledger has {item.ledger or 'no such number'}"
    what += f", and {item.today} now" if item.today else ""
    return {**common, "kind": "number typed over", "what": what, "said": [(item.author, item.date, "")]}


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 3] + "..."


def summary(found: Returned) -> str:
    """Return what came back in one sentence."""
    counts = found.counts()
    parts = [
        _many(counts["comments"], "comment")
        + f" ({counts['open']} open, {_many(counts['replies'], 'reply')})",
        _many(counts["changes"], "change of the words", "changes of the words")
        + (f" ({counts['untracked']} not tracked)" if counts["untracked"] else ""),
        _many(counts["numbers_typed_over"], "number typed over", "numbers typed over"),
    ]
    if len(found.copies) > 1 or counts["conflicts"]:
        parts.append(_many(counts["conflicts"], "conflict"))
    return "; ".join(parts) + "."


def _many(count: int, one: str, several: str = "") -> str:
    plural = several or (one[:-1] + "ies" if one.endswith("y") else one + "s")
    return f"{count} {one if count == 1 else plural}"


def show(found: Returned) -> None:
    """Print what came back, a table a chapter."""
    out = console()
    out.print(f"[bold]{escape(summary(found))}[/bold]")
    for file, items in groupby(rows(found), key=lambda row: row["file"]):
        table = Table(title=escape(visible(file)), title_justify="left", title_style="bold", expand=True)
        for name, ratio in (("Line", 1), ("What", 2), ("Words", 6), ("Who, when, what they say", 5)):
            table.add_column(name, overflow="fold", ratio=ratio)
        for row in items:
            said = "\n".join(_line(*entry) for entry in row["said"] if any(entry))
            said += f"\n({row['copies']})" if row["copies"] else ""
            words = f"{row['what']}\nin: {row['sentence']}" if row["sentence"] else row["what"]
            table.add_row(*(escape(visible(text)) for text in (row["line"], row["kind"], words, said)))
        out.print(table)
    for conflict in found.conflicts:
        where, what = (escape(visible(text)) for text in (str(conflict.place), conflict.what))
        out.print(f"[bold]Conflict[/bold] at {where}: {what}")
        for who, text in conflict.said:
            out.print(f"  {escape(visible(who))}: {escape(visible(_short(text)))}")
    for note in found.notes:
        out.print(f"Note: {escape(visible(note))}.")


def show_proposal(proposal: Proposal, path: Path) -> None:
    """Say what a patch proposes, and what it leaves to the author."""
    out = console()
    if proposal.patch:
        out.print(f"\n{_many(len(proposal.taken), 'change')} of plain words in {escape(visible(str(path)))}.")
        out.print(
            "Look at it, then apply it yourself in the evaluation's folder: git apply "
            + escape(visible(str(path)))
        )
    else:
        out.print("\nNo change can be proposed, so that no patch was written.")
    for edit, why in proposal.left:
        words = f"'{_short(edit.before)}' to '{_short(edit.after)}'"
        out.print(f"  left to you: {escape(visible(str(edit.place)))}: {escape(visible(words))}: {why}")


def _line(author: str, date: str, text: str) -> str:
    who = ", ".join(part for part in (author, date) if part)
    return f"{who}: {text}" if who and text else who or text


def page(found: Returned, title: str, language: str = "en") -> str:
    """Return what came back as a page that stands alone.

    Parameters
    ----------
    found : Returned
    title : str
        Of the evaluation.
    language : str
        The code of its language.
    """
    env = Environment(
        loader=FileSystemLoader(ENGINE / "templates" / "review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    chapters = [(file, list(items)) for file, items in groupby(rows(found), key=lambda row: row["file"])]
    return env.get_template("comments.html.jinja").render(
        title="Comments and changes",
        evaluation={"title": title, "subtitle": ""},
        language=language,
        found=found,
        summary=summary(found),
        copies=", ".join(Path(name).name for name in found.copies),
        chapters=chapters,
    )
