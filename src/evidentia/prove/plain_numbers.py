"""Numbers of a page that nothing binds, and what allows them: units, years, names, the configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evidentia.compose.allowed_digits import belonging
from evidentia.compose.author_words import OPTION, quoted
from evidentia.compose.digits import YEAR, names
from evidentia.config.model import Config
from evidentia.core.language import translate
from evidentia.core.ledger import Entry
from evidentia.core.number_words import TOKEN, fold
from evidentia.core.units import NBSP, UNITS
from evidentia.plan.texts import plan_texts
from evidentia.prove.blocks import Block
from evidentia.prove.likeness import texts_within, with_any_quotes
from evidentia.render.html.cover import draft_line


def unit_name() -> re.Pattern[str]:
    """Return the pattern of the units with a number in their name, such as per 10,000."""
    rates = [unit.after.replace(NBSP, " ").strip() for unit in UNITS.values() if unit.name.startswith("rate")]
    words = {*rates, *map(translate, rates)}
    return re.compile("|".join(rf"\b{re.escape(one)}\b".replace(r"\ ", r"[\s\u00a0]") for one in words))


@dataclass
class PlainNumbers:
    """What is said of numbers that nothing binds: units, years, names, and words of the configuration.

    Attributes
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    ledger : mapping of str to entry
    """

    config: Config
    folder: Path
    ledger: Mapping[str, Entry]

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
    def known_names(self) -> list[re.Pattern[str]]:
        """The names that hold digits, of `report.names`."""
        return self.config.report.name_patterns if self.config.report else []

    def kinds(self, block: Block) -> dict[int, str]:
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
