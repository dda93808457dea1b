"""Precision and recall of `evidentia audit`: errors are planted in documents of the project's own.

    python benchmarks/audit/planted.py [--rounds N] [--seed S] [--kind md docx html pdf] [--list]

benchmarks/audit/lincolnshire.md and aldermere.md tell of two evaluations in words that their reports do
not use; their numbers are filled in from the accepted ledgers. The audit's limits were chosen with the
first; the second was written afterwards, to try them. In each round some numbers are replaced by errors
that people make: another digit, digits that changed places, a rounding the wrong way, a percentage for
percentage points, the number of another year, area or statistic, the number of an earlier ledger. A
planted error is found if its number is called stale or without origin, or its sentence is remarked on; a
false alarm is a right number of which that is said.  Goals: at least 95% found, at most 5% false alarms.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evidentia.compare.documents.read import read_document
from evidentia.compare.foreign.audit import audit
from evidentia.compare.foreign.entries import fits
from evidentia.compare.foreign.numbers import numbers_in
from evidentia.compare.foreign.past import Version
from evidentia.core.formats import printed
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parents[1]
EVALUATIONS = {"lincolnshire": ENGINE, "aldermere": ENGINE / "examples" / "aldermere-mentoring"}
BOUND = re.compile(r'\{\{ n\("(?P<id>[^"]+)"(?:, "(?P<spec>[^"]*)")?\) \}\}')
SHARE = 0.15
GOALS = {"found": 0.95, "alarms": 0.05}
STALE = 0.2  # of the ledger's numbers are others in the earlier ledger


@dataclass
class Planted:
    """A number of the filled document, and the error that stands in its place, if any."""

    id: str
    right: str
    shown: str
    kind: str = ""


def another_digit(text: str, chance: random.Random) -> str:
    core = re.search(r"\d[\d,.]*", text)
    places = [place for place, sign in enumerate(text) if sign.isdigit() and place < core.end()]
    place = chance.choice(places)
    first = place == places[0] and len(places) > 1
    digit = chance.choice([digit for digit in "123456789" if digit != text[place]] + ([] if first else ["0"]))
    return text[:place] + digit + text[place + 1 :]


def changed_places(text: str, chance: random.Random) -> str:
    pairs = [
        place
        for place in range(len(text) - 1)
        if text[place : place + 2].isdigit() and text[place] != text[place + 1] and text[place + 1] != "0"
    ]
    if not pairs:
        return text
    place = chance.choice(pairs)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def rounded_wrong(value: Decimal, text: str) -> str:
    """Return the text with the last digit one off, the way in which the value was not rounded."""
    number = numbers_in(text)[0]
    wrong = abs(number.value) + (number.step if abs(value) > abs(number.value) else -number.step)
    places = len(re.search(r"\d[\d,]*(?:\.(\d+))?", text)[1] or "")
    return re.sub(r"\d[\d,]*(?:\.\d+)?", f"{wrong:,.{places}f}", text, count=1)


def other_unit(text: str) -> str:
    if "percentage point" in text:
        return re.sub(r"\s*percentage points?", "%", text)
    return text.replace("%", " percentage points") if "%" in text else text


class Document:
    """One of the documents, with errors."""

    def __init__(self, name: str, ledger: dict, earlier: dict) -> None:
        self.ledger, self.earlier = ledger, earlier
        self.source = (HERE / f"{name}.md").read_text(encoding="utf-8")

    def fill(self, chance: random.Random) -> tuple[str, list[Planted]]:
        """Return the document, and its numbers in their order."""
        planted: list[Planted] = []

        def put(match: re.Match[str]) -> str:
            id, spec = match["id"], match["spec"] or ""
            entry = self.ledger[id]
            right = printed(entry["value"], entry["unit"], spec)
            item = Planted(id, right, right)
            if chance.random() < SHARE:
                item.kind, item.shown = self._error(id, spec, right, chance)
            planted.append(item)
            return item.shown

        text = BOUND.sub(put, self.source)
        return text, planted

    def _error(self, id: str, spec: str, right: str, chance: random.Random) -> tuple[str, str]:
        entry = self.ledger[id]
        kinds = ["digit", "places", "rounding", "unit", "sibling", "stale"]
        chance.shuffle(kinds)
        for kind in kinds:
            shown = right
            if kind == "digit":
                shown = another_digit(right, chance)
            elif kind == "places":
                shown = changed_places(right, chance)
            elif kind == "rounding":
                value = Decimal(repr(entry["value"])) * _scale(entry["unit"])
                shown = rounded_wrong(value, right)
                if fits(numbers_in(shown)[0], value):
                    continue  # a half, which may be rounded either way
            elif kind == "unit":
                shown = other_unit(right)
            elif kind == "sibling":
                near = [
                    other
                    for other in self.ledger
                    if other != id
                    and self.ledger[other]["unit"] == entry["unit"]
                    and other.split(".")[:-1] == id.split(".")[:-1]
                    and self.ledger[other]["value"] is not None
                ]
                if near:
                    shown = printed(self.ledger[chance.choice(near)]["value"], entry["unit"], spec)
            elif self.earlier[id]["value"] != entry["value"]:
                shown = printed(self.earlier[id]["value"], entry["unit"], spec)
            if shown != right:
                return kind, shown
        return "", right


def _scale(unit: str) -> int:
    return 100 if unit in ("proportion", "percentage_points") else 1


def earlier_ledger(ledger: dict, chance: random.Random) -> dict:
    """Return a ledger in which some numbers were others."""
    found = copy.deepcopy(ledger)
    for entry in found.values():
        value = entry["value"]
        if isinstance(value, int | float) and not isinstance(value, bool) and chance.random() < STALE:
            moved = value * chance.choice((0.8, 0.9, 1.1, 1.2))
            entry["value"] = round(moved) if entry["unit"] == "count" else moved
    return found


def convert(text: str, kind: str, folder: Path) -> Path:
    """Write the document in a format, by pandoc, and as a PDF by WeasyPrint."""
    import pypandoc

    source = folder / "briefing.md"
    source.write_text(text, encoding="utf-8")
    if kind == "md":
        return source
    target = folder / f"briefing.{'html' if kind == 'pdf' else kind}"
    subprocess.run(
        [pypandoc.get_pandoc_path(), str(source), "-s", "-o", str(target)], check=True, capture_output=True
    )
    if kind == "pdf":
        from weasyprint import CSS, HTML

        style = CSS(
            string="@page {size: A4; margin: 2cm} body {max-width: none; padding: 0} table {font-size: 80%}"
        )
        HTML(str(target)).write_pdf(folder / "briefing.pdf", stylesheets=[style])
        return folder / "briefing.pdf"
    return target


def measure(name: str, rounds: int, seed: int, kind: str, told: list[str] | None = None) -> dict[str, object]:
    """Return how many planted errors are found, by kind, and how many right numbers are called wrong."""
    ledger = load(EVALUATIONS[name] / BASELINE)
    chance = random.Random(seed)
    planted_by, found_by = Counter(), Counter()
    right = alarms = unjudged = 0
    for _ in range(rounds):
        earlier = earlier_ledger(ledger, chance)
        text, planted = Document(name, ledger, earlier).fill(chance)
        with tempfile.TemporaryDirectory() as place:
            document = read_document(convert(text, kind, Path(place)))
        result = audit(document, ledger, [Version("the earlier ledger", "", earlier)])
        verdicts = iter(verdict for verdict in result.verdicts)
        for item in planted:
            number = numbers_in(item.shown)[0]
            verdict = next(
                (verdict for verdict in verdicts if _digits(verdict.number.text) == _digits(number.text)),
                None,
            )
            if verdict is None:
                raise SystemExit(f"{kind}: {item.shown} ({item.id}) is not read from the document")
            flagged = verdict.status in ("stale", "without origin") or any(
                remark.sentence in verdict.sentence or verdict.sentence in remark.sentence
                for remark in result.remarks
            )
            if item.kind:
                planted_by[item.kind] += 1
                found_by[item.kind] += flagged
            else:
                right += 1
                alarms += flagged
                unjudged += verdict.status == "not judged"
            if told is not None and bool(item.kind) != flagged:
                what = f"missed {item.kind}" if item.kind else "false alarm"
                told.append(
                    f"{what}: {item.id}: {item.right} shown as {item.shown}: {verdict.status}"
                    f" {verdict.strength} {verdict.ids} {verdict.why} | {verdict.words}"
                )
    return {
        "kind": kind,
        "planted": sum(planted_by.values()),
        "found": sum(found_by.values()) / max(1, sum(planted_by.values())),
        "right": right,
        "alarms": alarms / max(1, right),
        "unjudged": unjudged / max(1, right),
        "by_kind": {name: found_by[name] / planted_by[name] for name in sorted(planted_by)},
    }


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text).strip(".")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("md", "docx", "html", "pdf"), nargs="+", default=["docx", "pdf"])
    parser.add_argument("--list", action="store_true", help="name what was missed, and each false alarm")
    options = parser.parse_args()
    for name in EVALUATIONS:
        for kind in options.kind:
            told: list[str] = []
            found = measure(name, options.rounds, options.seed, kind, told)
            met = found["found"] >= GOALS["found"] and found["alarms"] <= GOALS["alarms"]
            print(
                f"{name}, {kind}: {found['planted']} errors planted, {found['found']:.1%} found;"
                f" {found['right']} right numbers, {found['alarms']:.1%} false alarms,"
                f" {found['unjudged']:.1%} not judged: {'met' if met else 'missed'}"
            )
            shares = ", ".join(f"{kind} {share:.0%}" for kind, share in found["by_kind"].items())
            print(f"  found by kind: {shares}")
            if options.list:
                print("\n".join(f"  {line}" for line in told))


if __name__ == "__main__":
    main()
