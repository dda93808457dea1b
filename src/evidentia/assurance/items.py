"""What can be signed: figures, tables, claims, assumptions, chapters and the report, each with its parts.

A part is what a signature is bound to: a number by its value, words, a condition, data. Numbers count to 10
digits, so that another processor's rounding lapses nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.assurance.logs import load_assumptions
from evidentia.config.model import Config
from evidentia.core.files import content_hash, read_json
from evidentia.core.ledger import Entry, load
from evidentia.core.text import read_words
from evidentia.plan.frozen import CHAPTER as PLAN_CHAPTER

Parts = dict[str, dict[str, str]]
_DIGITS, _MOST_ROWS = 10, 100
_MARK = re.compile(r"\[\\?\[[^\[\]]*\]\]\{[^{}]*\}")
_WHOLE, _DECIMALS = re.compile(r"(?<![\d.])\d[\d,]*"), re.compile(r"\.(\d+)")


@dataclass(frozen=True)
class Item:
    """Something that a person can sign.

    Attributes
    ----------
    id : str
        Kind and name, such as ``figure:trend``; ``report`` for the whole.
    label : str
        What it is, for readers.
    parts : dict of str to dict
        ``words``, ``condition`` or ``data``, or a number's id, to its ``hash`` and, of a number, what is
        ``printed``.
    """

    id: str
    label: str
    parts: Parts

    @property
    def kind(self) -> str:
        """Figure, table, claim, assumption, chapter or report."""
        return self.id.partition(":")[0]


def items(config: Config, folder: Path, build: Path) -> dict[str, Item]:
    """Return all that can be signed, by id.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    build : Path
        Where the ledger, the claims and the data of figures and tables are.
    """
    ledger = load(build / "numbers.json")
    claims = read_json(build / "claims.json")["claims"] if (build / "claims.json").is_file() else []
    found = [
        *_exhibits("figure", config.figures, build, ledger),
        *_exhibits("table", config.tables if config.report else {}, build, ledger),
        *_claims(claims, ledger),
        *_assumptions(folder, ledger),
        *_chapters(config, folder, ledger),
        *_annex(build, ledger),
    ]
    whole: Parts = {}
    for item in found:
        if item.kind in ("figure", "table", "chapter"):
            whole |= {
                key if "printed" in part else f"{key} of {item.id}": part for key, part in item.parts.items()
            }
    return {item.id: item for item in [*found, Item("report", config.evaluation.title, whole)]}


def _exhibits(
    kind: str, settings: Mapping[str, Any], build: Path, ledger: Mapping[str, Entry]
) -> Iterator[Item]:
    prefix = "fig" if kind == "figure" else "tbl"
    for name, exhibit in settings.items():
        words = [getattr(exhibit, key, "") for key in ("caption", "subtitle", "alt", "source", "note")]
        parts: Parts = {"words": {"hash": _of_words(" ".join(words))}}
        data = build / f"{kind}s" / f"{name}.csv"
        if data.is_file():
            parts |= _rows(data)
        said = "|".join(words)
        named = [id for id in ledger if f'"{id}"' in said]
        in_it = [id for id, entry in ledger.items() if _anchored(entry, f"{prefix}-{name}")]
        yield Item(
            f"{kind}:{name}", _first_words(exhibit.caption), parts | _numbers([*named, *in_it], ledger)
        )


def _anchored(entry: Entry, anchor: str) -> bool:
    return any(use["anchor"] == anchor for use in entry["uses"])


def _claims(claims: Iterable[Mapping[str, Any]], ledger: Mapping[str, Entry]) -> Iterator[Item]:
    """Yield each claim; it is known by its chapter and condition, so that its words can change, and its
    numbers be printed otherwise.
    """
    seen: dict[str, int] = {}
    for claim in claims:
        sentence = claim["sentence"] or claim["words"]
        key = content_hash([claim["chapter"], claim["condition"]]).partition(":")[2][:8]
        seen[key] = seen.get(key, 0) + 1
        id = f"claim:{claim['chapter']}.{key}" + (f"-{seen[key]}" if seen[key] > 1 else "")
        printed = {
            number: use["printed"]
            for number, entry in ledger.items()
            for use in entry["uses"]
            if use["chapter"] == claim["chapter"] and use.get("sentence") == sentence
        }
        parts: Parts = {
            "words": {"hash": _of_words(_without(sentence, printed.values()))},
            "condition": {"hash": _of_words(claim["condition"])},
        }
        yield Item(id, _label(sentence), parts | _numbers([*claim["values"], *printed], ledger))


def _label(sentence: str) -> str:
    """Return a sentence without its marks, and without the gap that a reference leaves."""
    bare = _MARK.sub("", sentence)
    return " ".join(re.sub(r"\(\s*\)|[;,]\s*(?=\))", "", bare).split())


def _assumptions(folder: Path, ledger: Mapping[str, Entry]) -> Iterator[Item]:
    for name, row in load_assumptions(folder).items():
        parts: Parts = {"words": {"hash": content_hash(row)}}
        yield Item(f"assumption:{name}", row["words"], parts | _numbers(row.get("numbers", []), ledger))


def _chapters(config: Config, folder: Path, ledger: Mapping[str, Entry]) -> Iterator[Item]:
    for name, path in config.report.chapter_ids.items() if config.report else ():
        text = read_words(folder / path, path)
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), name)
        parts: Parts = {"words": {"hash": _of_words(text)}}
        label = re.sub(r"\s*\{.*", "", title)
        yield Item(f"chapter:{name}", label, parts | _numbers(_printed_in(name, ledger), ledger))


def _annex(build: Path, ledger: Mapping[str, Entry]) -> Iterator[Item]:
    """Yield the appendix on the plan, which the engine writes: what became of claims, and what changed."""
    if (build / "plan.json").is_file():
        parts: Parts = {"words": {"hash": content_hash(read_json(build / "plan.json"))}}
        printed = _printed_in(PLAN_CHAPTER, ledger)
        yield Item(f"chapter:{PLAN_CHAPTER}", "The evaluation plan", parts | _numbers(printed, ledger))


def _printed_in(chapter: str, ledger: Mapping[str, Entry]) -> list[str]:
    return [id for id, entry in ledger.items() if any(use["chapter"] == chapter for use in entry["uses"])]


def _numbers(ids: Iterable[str], ledger: Mapping[str, Entry]) -> Parts:
    """Return numbers as parts; one that is suppressed tells nothing of its value."""
    found: Parts = {}
    for id in dict.fromkeys(ids):
        if id in ledger:
            value = ledger[id]["value"]
            told = format(value, f".{_DIGITS}g") if isinstance(value, float) else value
            known = content_hash([id, ledger[id]["unit"], told, ledger[id].get("suppressed", "")])
            found[id] = {"hash": known, "printed": str(ledger[id].get("display", ""))}
    return found


def _of_words(text: str) -> str:
    return content_hash(" ".join(text.split()))


def _without(sentence: str, printed: Iterable[str]) -> str:
    """Return a sentence with the form of its numbers alone, such as −#.# for −6.8: they are parts of their
    own.
    """
    for text in sorted(set(printed), key=len, reverse=True):
        form = _DECIMALS.sub(lambda found: "." + "#" * len(found[1]), _WHOLE.sub("#", text))
        sentence = sentence.replace(text, form if "#" in form else "#")
    return sentence


def _rows(path: Path) -> Parts:
    """Return the rows of a figure's or table's data as parts; of very many, one part."""
    text = path.read_text(encoding="utf-8")
    rows = [[_rounded(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    if len(rows) > _MOST_ROWS:
        return {"data": {"hash": content_hash(rows)}}
    parts: Parts = {}
    for place, row in enumerate(rows):
        key = f"row {row[0] if row and row[0] else place}" if place else "header row"
        parts[key if key not in parts else f"{key}, line {place}"] = {"hash": content_hash(row)}
    return parts


def _rounded(cell: str) -> str:
    try:
        return format(float(cell), f".{_DIGITS}g")
    except ValueError:
        return cell


def _first_words(caption: str) -> str:
    return " ".join(re.sub(r"\{[{%].*?[%}]\}", "", caption).split())
