"""Figures and tables in the words: each becomes a labelled block of Quarto Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidentia.compose.digits import typed_digits
from evidentia.compose.directives import elements
from evidentia.compose.frames import frame_table
from evidentia.compose.markup import attribute, escape, pipe_table
from evidentia.compose.synthetic import RESTS, span, standing_in, without_marks
from evidentia.compose.template import current_line
from evidentia.compose.writer import Writer
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.expression import evaluate
from evidentia.core.files import csv_text
from evidentia.core.formats import SUPPRESSED, missing
from evidentia.core.language import translate
from evidentia.core.reconciled import STATUSES
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.core.synthetic import rests, synthetic_mark
from evidentia.core.tables import Cell, Link, Rests, Rows


class Exhibits:
    """Functions ``figure`` and ``table`` for chapters.

    Parameters
    ----------
    config : Config
    results : dict
        Result and source by analysis.
    writer : Writer
    reconciled : list of dict
        Rows of build/reconciliation.csv.
    """

    def __init__(
        self,
        config: Config,
        results: dict[str, tuple[Result, dict[str, Any]]],
        writer: Writer,
        reconciled: list[dict[str, str]],
    ) -> None:
        self.config = config
        self.results = results
        self.writer = writer
        self.reconciled = reconciled
        self.render: Callable[[str, str], str] = lambda text, path: text
        self.shown: dict[str, str] = {}

    def names(self) -> dict[str, Callable[..., Any]]:
        """Return what a chapter can call."""
        return {"figure": self.figure, "table": self.table, "reconciliation": self.reconciliation}

    def figure(self, id: str) -> str:
        """Show a figure of config.yaml: image, source line, caption, and its data as a table."""
        line = current_line()
        try:
            settings = self._settings(id, self.config.figures, "figure", line)
        except EvidentiaError as error:
            return self.writer.fault(error, line)
        result, source = self.results[settings.analysis]
        label = f"fig-{id}"
        alt = self._words(f"figures.{id}.alt", settings.alt, label)
        resting, alt = RESTS in alt or rests(source), without_marks(alt)
        if resting:
            alt = f"{alt.rstrip('.')} {synthetic_mark()}."
        data = resolve(self.config.registry.figures[settings.kind].data)(
            settings, self.config.analyses[settings.analysis], result
        )
        shown = (
            f"::: {{#{label}}}\n\n![](figures/{id}.svg){{fig-alt={attribute(alt)}}}\n\n"
            f"{self._source_line(id, settings, 'figures', any(SUPPRESSED in row for row in data.rows))}"
            f"{self._caption(f'figures.{id}', settings, source)}\n\n:::"
        )
        if not data.columns:  # a program of the folder that gives its drawing alone
            return shown
        return f"{shown}\n\n::: {{.figure-data data-for={attribute(label)}}}\n\n{frame_table(data)}\n\n:::"

    def table(self, id: str) -> str:
        """Show a table of config.yaml with its caption and source line."""
        line = current_line()
        try:
            settings = self._settings(id, self.config.tables, "table", line)
        except EvidentiaError as error:
            return self.writer.fault(error, line)
        result, source = self.results[settings.analysis]
        if any(number.real for number in result.numbers):  # then each row says it of itself
            source = {**source, "synthetic": False}
        content = self._rows(settings)
        rows = [[self._cell(cell) for cell in row] for row in content.rows]
        if rests(source):  # then the caption says it of all rows
            rows = [[without_marks(cell) for cell in row] for row in rows]
        hidden = any(escape(SUPPRESSED) in cell for row in rows for cell in row)
        header = [escape(name) for name in content.header]
        lines = pipe_table(header, rows, text_columns=content.text_columns)
        below = self._source_line(id, settings, "tables", hidden)
        caption = self._caption(f"tables.{id}", settings, source)
        return f"::: {{#tbl-{id}}}\n\n{lines}\n\n{below}{caption}\n\n:::"

    def reconciliation(self, *statuses: str, caption: str = "") -> str:
        """Show the figures of the published report beside those that the data give: all, or those of some
        statuses.

        The label is `tbl-reconciliation`, followed by the first status if there is one.
        """
        if unknown := [status for status in statuses if status not in STATUSES]:
            problem = EvidentiaError(
                f"unknown result of the reconciliation '{unknown[0]}'",
                remedy=did_you_mean(unknown[0], STATUSES),
            )
            return self.writer.fault(problem, current_line())
        kept = [row for row in self.reconciled if row["status"] in (statuses or STATUSES)]
        columns = {
            "subject": translate("Number or subject"),
            "published": translate("Published"),
            "here": translate("Here"),
            "status": translate("Result"),
            "note": translate("What differs, and why"),
        }
        if len(statuses) == 1:
            del columns["status"]
        if not any(row["note"] for row in kept):
            del columns["note"]
        rows = []
        for row in kept:
            cells = {key: text[:1].upper() + text[1:] for key, text in row.items()}
            cells["status"] = translate(row["status"])
            rests_here = {"here": self._rests_here(row)}
            rows.append([escape(cells[key]) + rests_here.get(key, "") for key in columns])
        body = pipe_table(list(columns.values()), rows, text_columns=len(columns))
        label = "-".join(["tbl-reconciliation", *(status.replace(" ", "-") for status in statuses[:1])])
        caption = caption or translate("Published figures beside those of this edition")
        reasons = "note" in columns and "status" not in columns
        widths = ' tbl-colwidths="[22,20,22,36]"' if reasons else ""
        return f"::: {{#{label}{widths}}}\n\n{body}\n\n{caption}\n\n:::"

    def _rests_here(self, row: dict[str, str]) -> str:
        """Return the private mark if what this edition gives beside a published figure rests on synthetic
        records.
        """
        named = self.writer.rests_mark(row["id"]) if row["id"] else ""
        return named or self._rests(row["check"])

    def csv(self, id: str) -> str:
        """Return a table of config.yaml as CSV text, with unrounded values."""
        content = self._rows(self.config.tables[id])
        return csv_text(content.header, [[self._raw(cell) for cell in row] for row in content.rows])

    def _rows(self, settings: Any) -> Rows:
        result, _ = self.results[settings.analysis]
        content: Rows = resolve(self.config.registry.tables[settings.kind].rows)(
            settings, self.config.analyses[settings.analysis], result
        )
        return content

    def _settings(self, id: str, known: Any, kind: str, line: int) -> Any:
        if id not in known:
            raise EvidentiaError(f"unknown {kind} '{id}'", remedy=did_you_mean(id, known))
        if known[id].analysis not in self.results:
            raise EvidentiaError(
                f"the {kind} '{id}' shows the analysis '{known[id].analysis}', which has no result yet",
                remedy="build the numbers: evidentia build FOLDER numbers",
            )
        if id in self.shown:
            raise EvidentiaError(
                f"the {kind} '{id}' is already shown in {self.shown[id]}", remedy="refer to it instead"
            )
        self.shown[id] = f"{self.writer.path}, line {line}"
        return known[id]

    def _words(self, path: str, text: str, inside: str = "") -> str:
        """Render a caption or note as a small chapter of its own; `inside` names an attribute's exhibit."""
        writer = self.writer
        before = writer.inside, writer.path
        writer.inside, writer.path = inside, f"config.yaml, {path}"
        writer.faults += [*typed_digits(text, writer.path, writer.known), *elements(text, writer.path)]
        try:
            return self.render(text.strip(), writer.path)
        except EvidentiaError as error:
            writer.faults.append(error)
            return "?"
        finally:
            writer.inside, writer.path = before

    def _caption(self, path: str, settings: Any, source: dict[str, Any]) -> str:
        """Render a caption, marked if what it names rests on synthetic records, and below it what is
        measured.
        """
        title, measure = (
            self._words(f"{path}.caption", settings.caption),
            self._words(f"{path}.subtitle", settings.subtitle),
        )
        words = without_marks(title) + (f" {span()}" if RESTS in title + measure or rests(source) else "")
        words += standing_in(title + measure)
        return f"{words} [{without_marks(measure)}]{{.measure}}" if measure else words

    def _source_line(self, id: str, settings: Any, section: str, hidden: bool) -> str:
        parts = [_hidden()] if hidden else []
        if settings.source:
            words = self._words(f"{section}.{id}.source", settings.source).rstrip(".")
            parts.append(translate("Source: {words}.", words=words))
        if settings.note:
            parts.append(self._words(f"{section}.{id}.note", settings.note))
        return f"[{without_marks(' '.join(parts))}]{{.source}}\n\n" if parts else ""

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, tuple):
            return "".join(self._cell(piece) for piece in cell)
        if isinstance(cell, str):
            return escape(cell)
        if isinstance(cell, Link):
            return f"@{cell.label}"
        if isinstance(cell, Rests):
            return self._rests(cell.condition)
        if cell.id not in self.writer.ledger:
            return missing()
        return self.writer.cell(cell.id, cell.spec)

    def _rests(self, condition: str) -> str:
        """Return the private mark if a condition reads synthetic numbers; what is wrong with it is said
        elsewhere.
        """
        try:
            return (
                self.writer.rests_mark(*evaluate(condition, self.writer.values).values) if condition else ""
            )
        except EvidentiaError:
            return ""

    def _raw(self, cell: Cell) -> Any:
        if isinstance(cell, tuple):
            return "".join(str(self._raw(piece)) for piece in cell)
        if isinstance(cell, Link):
            return cell.label
        if isinstance(cell, Rests):
            return f" {synthetic_mark()}" if self._rests(cell.condition) else ""
        return cell if isinstance(cell, str) else self.writer.values.get(cell.id)


def _hidden() -> str:
    return translate("{mark} = suppressed to protect confidentiality.", mark=escape(SUPPRESSED))
