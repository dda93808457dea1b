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

from evidentia.compose.apart import OPTION, quoted
from evidentia.compose.belonging import belonging
from evidentia.compose.digits import YEAR, names
from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.keyed import short
from evidentia.core.language import in_english, translate
from evidentia.core.ledger import Entry, display
from evidentia.core.number_words import TOKEN, around, fold, tokens
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.units import NBSP, UNITS
from evidentia.plan.texts import plan_texts
from evidentia.prove.blocks import Block, Found, Mark
from evidentia.prove.likeness import is_number, marks_of, rounds_to, texts_within, with_any_quotes
from evidentia.prove.page_text import PLACE
from evidentia.render.html.cover import draft_line
from evidentia.render.html.numbers_annex import SHORT_HASH

_DIGIT = re.compile(r"\d")
_PLACES_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")
"""What follows a cell's own words in parentheses: places, which the data hold as labels."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


def unit_name() -> re.Pattern[str]:
    """Return the pattern of the units with a number in their name, such as per 10,000."""
    rates = [unit.after.replace(NBSP, " ").strip() for unit in UNITS.values() if unit.name.startswith("rate")]
    words = {*rates, *map(translate, rates)}
    return re.compile("|".join(rf"\b{re.escape(one)}\b".replace(r"\ ", r"[\s\u00a0]") for one in words))


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
    def configured(self) -> str:
        """All text of config.yaml, the frozen plan and the facts' labels, folded, for words from there."""
        texts = [
            *texts_within(self.config.model_dump(mode="json")),
            *(entry["label"] for entry in self.ledger.values()),
            *plan_texts(self.config, self.folder),
        ]
        return "|".join(fold(text) for text in dict.fromkeys(texts))

    @cached_property
    def identifiers(self) -> list[str]:
        """Texts of config.yaml that hold digits and stand in the page as they are, such as an ISBN."""
        texts = [
            *texts_within(self.config.model_dump(mode="json", include={"evaluation"})),
            draft_line(self.config),
        ]
        version = self.config.evaluation.version
        texts += [translate(words, version=version) for words in ("Version {version}", "version {version}")]
        return [text for text in dict.fromkeys(texts) if len(text) > 3 and re.search(r"\d", text)]

    @cached_property
    def confidence(self) -> set[str]:
        """The confidence levels of the analyses, as percentages."""
        levels = (getattr(analysis, "confidence", None) for analysis in self.config.analyses.values())
        return {format(level * 100, ".10g") for level in levels if level}

    @cached_property
    def known_names(self) -> list[re.Pattern[str]]:
        """The names that hold digits, of `report.names`."""
        return self.config.report.name_patterns if self.config.report else []

    @cached_property
    def cited(self) -> set[str]:
        """The numbers in the bibliography."""
        report = self.config.report
        path = self.folder / report.bibliography if report and report.bibliography else None
        return set(re.findall(r"\d+", path.read_text(encoding="utf-8"))) if path else set()

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
        plain = self._plain_kinds(block)
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

    def _plain_kinds(self, block: Block) -> dict[int, str]:
        """Return the kinds of plain numbers by where they start: units, years, names, and words of the
        configuration.
        """
        found: dict[int, str] = {}
        stretches = [
            (*stretch.span(), kind)
            for kind, matches in (
                ("unit", unit_name().finditer),
                ("year", YEAR.finditer),
                ("name", names),
            )
            for stretch in matches(block.text)
        ]
        for start, end, kind in stretches:
            for match in TOKEN.finditer(block.text, start, end):
                found.setdefault(match.start(), kind)
        for text in self.identifiers:
            for stretch in re.finditer(with_any_quotes(text), block.text):
                for match in TOKEN.finditer(block.text, stretch.start(), stretch.end()):
                    found.setdefault(match.start(), "configuration")
        others = [(*match.span(), "quotation") for match in quoted(block.text)]
        others += [(*match.span(), "instrument") for match in OPTION.finditer(block.text)]
        for start, end, kind in [*others, *belonging(block.text, self.known_names)]:
            for match in TOKEN.finditer(block.text, start, end):
                found.setdefault(match.start(), kind)
        whole = fold(block.text)
        said_whole = whole in self.configured
        for match in TOKEN.finditer(block.text):
            if match.start() not in found and (
                (said_whole and len(whole) > len(fold(match[0]))) or self._is_configured(block.text, match)
            ):
                found[match.start()] = "configuration"
        return found

    def _is_configured(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a number stands in the same words as in config.yaml."""
        before, after = (
            fold(text[max(match.start() - 60, 0) : match.start()])[-12:],
            fold(text[match.end() : match.end() + 60])[:12],
        )
        return bool(before or after) and before + fold(match[0]) + after in self.configured

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
