"""Where each number of the finished page comes from: the ledger, a figure's or table's data, or an allowed
kind.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from evidentia.compose.locators import locators
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.keyed_hashes import short
from evidentia.core.language import in_english, translate
from evidentia.core.ledger import Entry, display
from evidentia.core.number_words import TOKEN, around, fold, tokens
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.text import read_words
from evidentia.prove.blocks import Block, Found, Mark
from evidentia.prove.likeness import is_number, marks_of, rounds_to
from evidentia.prove.page_reader import PLACE
from evidentia.prove.plain_numbers import PlainNumbers
from evidentia.render.html.numbers_annex import SHORT_HASH

_DIGIT = re.compile(r"\d")
_PLACES_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")
"""What follows a cell's own words in parentheses: places, which the data hold as labels."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@dataclass
class Origins:
    """All that can explain a number of the page.

    Attributes
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    ledger : mapping of str to entry
        The finished ledger, with uses.
    build : Path
        Where the data behind figures and tables are.
    comparison : Comparison or None
        With the accepted numbers, which the annex of changes prints.
    """

    config: Config
    folder: Path
    ledger: Mapping[str, Entry]
    build: Path
    comparison: Comparison | None = None
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    exhibits: dict[tuple[str, str], tuple[list[str], list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for id, entry in self.ledger.items():
            for use in entry["uses"]:
                self.used.setdefault(use["anchor"], {}).setdefault(id, use["printed"])

    @cached_property
    def plain(self) -> PlainNumbers:
        """What allows numbers that nothing binds."""
        return PlainNumbers(self.config, self.folder, self.ledger)

    @cached_property
    def confidence(self) -> set[str]:
        """The confidence levels of the analyses, as percentages."""
        levels = (getattr(analysis, "confidence", None) for analysis in self.config.analyses.values())
        return {format(level * 100, ".10g") for level in levels if level}

    @cached_property
    def cited(self) -> set[str]:
        """The numbers in the bibliography, and those of the places in sources that chapters name."""
        report = self.config.report
        if not report or not report.bibliography:
            return set()
        texts = [read_words(self.folder / report.bibliography, report.bibliography)]
        for name in report.chapters:
            chapter = read_words(self.folder / name, name)
            texts += [chapter[start:end] for start, end in locators(chapter)]
        return {number for text in texts for number in re.findall(r"\d+", text)}

    def exhibit(self, kind: str, id: str) -> tuple[list[str], list[float]]:
        """Return the texts and the numbers in the data behind a figure or table; none if there is no such
        file.
        """
        if (kind, id) not in self.exhibits:
            whole = (
                self.build / f"{id.partition('-')[0]}.csv"
            )  # the reconciliation, of which a table may show a part
            places = (self.build / kind / f"{id}.csv", whole)
            path = next((place for place in places if place.is_file()), None)
            cells: list[str] = []
            if path is not None:
                with path.open(encoding="utf-8", newline="") as stream:
                    cells = [cell for row in csv.reader(stream) for cell in row]
            numbers = [float(cell) for cell in cells if is_number(cell)]
            self.exhibits[kind, id] = [fold(cell) for cell in cells if not is_number(cell)], numbers
        return self.exhibits[kind, id]

    def numbers_in(self, block: Block) -> Iterator[Found]:
        """Yield each number of a block with what explains it."""
        if not _DIGIT.search(block.text):
            return
        plain = self.plain.kinds(block)
        matches = list(TOKEN.finditer(block.text))
        for match, mark in zip(matches, marks_of(block, matches), strict=True):
            kind, id = self._explained(match, mark, block, plain)
            anchor = mark.anchor if mark else ""
            words = around(block.text, match.start(), match.end())
            screen_only = block.screen_only or (mark is not None and mark.kind == PLACE)
            yield Found(
                match[0], kind, id, words, block.where, anchor, screen_only, match.start(), match.end()
            )

    def _explained(
        self, match: re.Match[str], mark: Mark | None, block: Block, plain: dict[int, str]
    ) -> tuple[str, str]:
        token = match[0]
        if mark is not None and mark.kind == "ledger":
            return (
                ("ledger", mark.id)
                if token in tokens(self.used.get(mark.anchor, {}).get(mark.id, ""))
                else ("", mark.id)
            )
        if mark is not None and mark.kind == "citation":
            return ("citation", "") if set(re.findall(r"\d+", token)) <= self.cited else ("", "")
        if mark is not None and mark.kind:
            return mark.kind, mark.id
        if block.role == "row":
            return ("annex", block.id) if token in self._row_tokens(block.id) else ("", block.id)
        if block.role == "alt":
            bound = next(
                (id for id, printed in self.used.get(block.id, {}).items() if token in tokens(printed)), ""
            )
            if bound:
                return "ledger", bound
        if block.role in ("chart", "cell"):
            kind, id = self._from_data(
                token, block, match.start(), below=block.text[: match.start()].endswith("<")
            )
            if kind:
                return kind, id
            if token.rstrip("%") in self.confidence and fold(translate("confidence")) in fold(block.text):
                return "configuration", ""
        if match.start() in plain:
            return plain[match.start()], ""
        return "", ""

    def _from_data(self, token: str, block: Block, start: int, *, below: bool) -> tuple[str, str]:
        """Match a number in a chart or a cell with the data behind it, rounded as printed, or with a text
        among them.

        With `below` it is a bound, as in a p-value <0.001, that one of the data lies under.
        """
        token = in_english(token)
        section, _, name = block.id.partition("-")
        kind = {"fig": "figures", "tbl": "tables"}.get(section, "")
        texts, numbers = self.exhibit(kind, name) if kind else ([], [])
        told = {"figures": "figure data", "tables": "table data"}.get(kind, "")
        own = _PLACES_BEHIND.sub("", block.text)
        text = fold((own if start < len(own) else block.text).replace(synthetic_mark(), ""))
        if text and any(text in known for known in texts):
            return told, block.id
        if (
            below
            and _NUMBER.fullmatch(token)
            and any(0 <= number < float(token.rstrip("%")) for number in numbers)
        ):
            return told, block.id
        if _NUMBER.fullmatch(token) and rounds_to(numbers, token):
            return told, block.id
        return "", ""

    @cached_property
    def changes(self) -> dict[str, list[str]]:
        """The texts of the annex of changes, by what they belong to."""
        comparison = self.comparison
        if comparison is None:
            return {}
        told = {item.change.id: [item.change.label, *item.change.printed()] for item in comparison.findings}
        claims = {flip.claim["id"]: [flip.sentence] for flip in comparison.flips}
        return {"summary": [comparison.summary()], **claims, **told}

    def _row_tokens(self, id: str) -> set[str]:
        if id.startswith("changes:"):
            return {
                token for text in self.changes.get(id.removeprefix("changes:"), []) for token in tokens(text)
            }
        if id.startswith("source-"):
            name = id.removeprefix("source-")
            texts = [name]
            for entry in self.ledger.values():
                source = entry["source"]
                if source.get("analysis", source.get("rule")) == name:
                    texts += [
                        source["script"],
                        *source["inputs"],
                        *(short(value, SHORT_HASH) for value in source["inputs"].values()),
                    ]
            return {token for text in texts for token in tokens(text)}
        if id not in self.ledger:
            return set()
        entry = self.ledger[id]
        source = entry["source"]
        texts = [
            entry["label"],
            display(entry),
            source.get("document", ""),
            source.get("place", ""),
            source.get("analysis", ""),
        ]
        texts += source.get("from", [])
        return {token for text in texts for token in tokens(text)}
