"""The plan in the words: how each claim stands to it, and the chapter that compares plan and report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from evidentia.compose.markup import escape
from evidentia.compose.plan_entries import CLAIMS, DAYS, PLANNED, REACHED
from evidentia.compose.plan_tables import result, row, table
from evidentia.compose.synthetic import STANDING_MARKS
from evidentia.compose.writer import Writer
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import missing
from evidentia.core.language import later, translate
from evidentia.plan.changes import Change, changes_of
from evidentia.plan.claim_status import EXPLORATORY, Standing, effects_of
from evidentia.plan.differences import capital
from evidentia.plan.frozen import CHAPTER as NAME
from evidentia.plan.frozen import READ, Frozen, load_frozen
from evidentia.plan.verdicts import Verdict, verdicts

LABEL = "sec-plan-and-changes"
TITLE = later("The evaluation plan and what changed")
FROZEN = {
    "not_yet_read": later("The evaluation plan was frozen on {day}, when the outcomes had not been read."),
    "blinded": later(
        "The evaluation plan was frozen on {day}, when the outcomes had been read without knowing who had"
        " what."
    ),
    READ: later("The evaluation plan was frozen on {day}, when the outcomes had been read."),
}
_LAST = re.compile(r"^#\s.*\{[^{}\n]*(?:#sec-references|\.back-page)\b", re.MULTILINE)


class PlanAnnex:
    """Function ``plan`` for chapters, and the chapter that stands at the end where none calls it.

    Parameters
    ----------
    config : Config
    folder : Path
    writer : Writer
    """

    def __init__(self, config: Config, folder: Path, writer: Writer) -> None:
        self.writer = writer
        self.config = config
        self.frozen: Frozen | None = load_frozen(folder)
        self.changes: list[Change] = []
        self._shown = False
        if self.frozen is None:
            return
        self.changes = changes_of(self.frozen, config, folder)
        self.standing = Standing(self.frozen, self.changes)
        self.verdicts = verdicts(self.frozen.in_force, writer.ledger)
        writer.standing = self._mark
        writer.faults += self._without_reason()

    def names(self) -> dict[str, Callable[..., Any]]:
        """Return what a chapter can call."""
        return {"plan": self.plan}

    def _mark(self, ids: Iterable[str]) -> str:
        return STANDING_MARKS.get(self.standing.of(ids, self.writer.ledger), "")

    def _without_reason(self) -> list[EvidentiaError]:
        """Return a fault for each change without a reason, in a report that is to be final."""
        if self.config.evaluation.status != "final":
            return []
        return [
            EvidentiaError(
                f"the plan changed and nobody has said why: {change.difference}",
                where="config.yaml",
                remedy='give the reason: evidentia plan change --reason "..."; or put the setting back',
            )
            for change in self.changes
            if change.date is None
        ]

    def plan(self) -> str:
        """Show what the plan expected with its results, and what was changed."""
        self._shown = True
        if self.frozen is None:
            return translate("No plan was frozen before this evaluation.")
        tables = [self._claims(), self._sizes(), self._changed()]
        return "\n\n".join([self._introduction(), *filter(None, tables)])

    def place(self, chapters: dict[str, str]) -> dict[str, str]:
        """Return the chapters with the annex among them, unless a chapter shows it: before the references."""
        if self.frozen is None or self._shown:
            return chapters
        writer = self.writer
        writer.chapter, writer.path = NAME, "plan.yaml"
        writer.paths[NAME] = "plan.yaml"
        own = f"# {translate(TITLE)} {{#{LABEL} .appendix}}\n\n{self.plan()}\n"
        behind = next((name for name, text in chapters.items() if _LAST.search(text)), None)
        placed: dict[str, str] = {}
        for name, text in chapters.items():
            if name == behind:
                placed[NAME] = own
            placed[name] = text
        return placed if behind else {**chapters, NAME: own}

    def summary(self) -> dict[str, Any]:
        """Return what build/plan.json says; empty without a plan."""
        if self.frozen is None:
            return {}
        rows = [
            {
                "date": change.date.isoformat() if change.date else None,
                "what": change.difference.what,
                "kind": change.difference.kind,
                "before": change.difference.before,
                "after": change.difference.after,
                "reason": change.reason,
                "deviates": change.deviates,
            }
            for change in self.changes
        ]
        claims = [{**vars(verdict), "effects": list(verdict.effects)} for verdict in self.verdicts]
        kept = {"frozen": self.frozen.date.isoformat(), "data": self.frozen.data, "hash": self.frozen.hash}
        return {**kept, "registered": self.frozen.registered, "claims": claims, "changes": rows}

    def exploratory(self) -> list[str]:
        """Return the effects that claims of the words are about and no plan names."""
        if self.frozen is None:
            return []
        named = [
            effect for claim in self.writer.claims for effect in effects_of(claim.values, self.writer.ledger)
        ]
        return [effect for effect in dict.fromkeys(named) if self.standing.of_effect(effect) == EXPLORATORY]

    def _introduction(self) -> str:
        frozen = self.frozen
        assert frozen is not None
        n, days = self.writer.n, list(DAYS)
        parts = [translate(FROZEN[frozen.data], day=n(days[0]))]
        if frozen.registered:
            link = f"<{frozen.registered['link']}>"
            parts.append(translate("It was registered on {day} at {link}.", day=n(days[1]), link=link))
        if frozen.data == READ:
            said = translate("Because they had been read by then, every claim on an effect is exploratory.")
            return " ".join([*parts, said])
        parts.append(
            translate(
                "A claim on an effect is marked where it stands: *confirmatory* if the plan names the effect"
                " as a primary outcome, *secondary* if it names it as a secondary one, and *exploratory* if"
                " it does not name it; the weakest effect of a claim counts."
            )
        )
        if any(change.deviates for change in self.changes):
            parts.append(
                translate(
                    "The words *deviates from the plan* say that its analysis was changed after the outcomes"
                    " were read."
                )
            )
        return " ".join(parts)

    def _claims(self) -> str:
        if not self.verdicts:
            return translate("The plan expected no claim to hold.")
        n, planned = self.writer.n, f"{CLAIMS}.planned"
        lead = translate(
            "The plan expected {planned} {claims} to hold: {supported} supported by the results,"
            " {not_supported} not supported and {inconclusive} inconclusive ({table}).",
            planned=n(planned, "words"),
            claims=self.writer.plural(planned, translate("claim"), translate("claims")),
            supported=n(f"{CLAIMS}.supported", "words"),
            not_supported=n(f"{CLAIMS}.not_supported", "words"),
            inconclusive=n(f"{CLAIMS}.inconclusive", "words"),
            table="@tbl-planned-claims",
        )
        rows = [
            [escape(verdict.words), self._class(verdict), self._numbers(verdict), result(verdict)]
            for verdict in self.verdicts
        ]
        header = [
            translate("What the plan expected"),
            translate("Planned as"),
            translate("Estimate and interval"),
            translate("Result"),
        ]
        caption = translate("What became of each claim of the plan")
        return f"{lead}\n\n{table('planned-claims', header, rows, caption)}"

    def _class(self, verdict: Verdict) -> str:
        named = [f"{effect}.estimate" for effect in verdict.effects]
        standing = self.standing.of(named, self.writer.ledger)
        return capital(translate(standing)) if standing else translate("Not on an effect")

    def _numbers(self, verdict: Verdict) -> str:
        ledger, writer = self.writer.ledger, self.writer
        parts = []
        for effect in verdict.effects:
            text = writer.cell(f"{effect}.estimate")
            ends = [f"{effect}.{end}" for end in ("ci_low", "ci_high")]
            if all(ledger.get(end, {}).get("value") is not None for end in ends):
                text += f" ({writer.span(*ends)})"
            parts.append(text)
        return "; ".join(parts) or missing()

    def _sizes(self) -> str:
        ledger, n = self.writer.ledger, self.writer.cell
        planned = [id for id in ledger if id.startswith(f"{PLANNED}.")]
        rows = []
        for id in planned:
            reached = id.removeprefix(f"{PLANNED}.")
            if reached.endswith(".minimum_detectable"):
                reached = f"{REACHED}.{reached}"
            label = ledger[id]["label"].removesuffix(", planned")
            after = n(reached) if ledger.get(reached, {}).get("value") is not None else missing()
            rows.append([escape(capital(label)), n(id), after])
        header = [translate("What"), translate("Planned"), translate("Reached")]
        caption = translate("Planned and reached sizes")
        return table("planned-sizes", header, rows, caption, 1) if rows else ""

    def _changed(self) -> str:
        if not self.changes:
            return translate("The plan was not changed after it was frozen.")
        rows = [row(change) for change in self.changes]
        header = [
            translate("Date"),
            translate("What changed"),
            translate("In the plan"),
            translate("In this report"),
            translate("Kind"),
            translate("Reason"),
        ]
        caption = translate("Amendments of the plan and deviations from it")
        return table("plan-changes", header, rows, caption)
