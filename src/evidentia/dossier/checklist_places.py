"""Where a report answers an item of a checklist: in its ledger, its plan or under a heading."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.config.publish import Publish
from evidentia.plan.frozen import Frozen

PLAN_LABEL = "sec-plan-and-changes"


@dataclass
class Places:
    """Where a finished report says what guidelines ask for.

    Attributes
    ----------
    config : Config
    present : Present
    headings : mapping of str to str
        Label of a section to its heading.
    frozen : Frozen or None
    """

    config: Config
    present: Present
    headings: Mapping[str, str]
    frozen: Frozen | None

    @cached_property
    def publish(self) -> Publish:
        """What config.yaml says for the dossier."""
        return self.config.publish or Publish.model_validate({})

    def find(self, finder: str) -> tuple[str, int] | None:
        """Return a place and its page for what an item asks, or nothing."""
        if finder.startswith("h:"):
            return self._heading(finder[2:])
        found: Callable[[Places], tuple[str, int] | None] = FINDERS[finder]
        return found(self)

    def _heading(self, word: str) -> tuple[str, int] | None:
        for label, heading in self.headings.items():
            if re.search(rf"\b{word}", heading, re.IGNORECASE):
                return self.section(label)
        return None

    def section(self, label: str) -> tuple[str, int]:
        """Return a section's heading and page."""
        return f"section '{self.headings[label]}'", self.present.pages.get(label, 0)

    def chapter(self, *words: str) -> tuple[str, int] | None:
        """Return the first section whose label or heading has one of some words."""
        for word in words:
            for label, heading in self.headings.items():
                if word in label or word in heading.casefold():
                    return self.section(label)
        return None

    def numbers(self, *patterns: str) -> tuple[str, int] | None:
        """Return where the first number that is printed and fits a pattern stands."""
        for pattern in patterns:
            for id in fnmatch.filter(self.present.ledger, pattern):
                for use in self.present.ledger[id]["uses"]:
                    return f"{id} in {use['chapter']}", self.present.page_of(use)
        return None

    def exhibit(self, *kinds: str) -> tuple[str, int] | None:
        """Return the first figure or table of some kinds that the report shows."""
        for what, prefix, shown in (
            ("figure", "fig", self.config.figures),
            ("table", "tbl", self.config.tables),
        ):
            for id, settings in shown.items():
                page = self.present.pages.get(f"{prefix}-{id}", 0)
                if getattr(settings, "kind", "") in kinds and page:
                    return f"{what} {id}", page
        return None


def _words(text: str, key: str) -> tuple[str, int] | None:
    return (f"{text} (publish.{key})", 0) if text else None


def _registered(places: Places) -> tuple[str, int] | None:
    frozen = places.frozen
    if frozen is None or not frozen.registered:
        return None
    return f"{frozen.registered['link']} ({frozen.registered['date']})", places.present.pages.get(
        PLAN_LABEL, 0
    )


def _plan(places: Places) -> tuple[str, int] | None:
    if places.frozen is None:
        return None
    return "plan.yaml in the archive, and the appendix on the plan", places.present.pages.get(PLAN_LABEL, 0)


def _strata(places: Places) -> tuple[str, int] | None:
    for name, analysis in places.config.analyses.items():
        if getattr(analysis, "strata", []):
            return f"strata of the analysis {name}: {', '.join(analysis.strata)} (syntax in the archive)", 0
    return None


FINDERS: dict[str, Callable[[Places], tuple[str, int] | None]] = {
    "title": lambda places: (f"title: {places.config.evaluation.title}", 1),
    "random_title": lambda places: (
        (f"title: {places.config.evaluation.title}", 1)
        if "random" in f"{places.config.evaluation.title} {places.config.evaluation.subtitle}".casefold()
        else None
    ),
    "summary": lambda places: places.chapter("summary", "key-messages"),
    "registered": _registered,
    "plan": _plan,
    "archive": lambda places: ("archive.zip, README.md", 0),
    "funding": lambda places: _words(places.publish.funding, "funding"),
    "conflicts": lambda places: _words(places.publish.conflicts, "conflicts"),
    "changes": _plan,
    "outcomes": _plan,
    "sizes": lambda places: places.numbers("planned.*", "*.minimum_detectable*", "*.planned.*"),
    "strata": _strata,
    "analysed": lambda places: places.numbers("*.n.*", "*.completed.*"),
    "missing": lambda places: places.numbers("*.note.imputed", "*.without_baseline.*", "*.missing*"),
    "others": lambda places: places.numbers(
        "*.effect_unadjusted.estimate", "*.effect_*.estimate", "*.sensitivity.*", "*.placebo.*"
    ),
    "flow": lambda places: places.exhibit("rct_flow", "sample_flow", "flow"),
    "losses": lambda places: places.numbers("*.attrition*", "*.lost.*", "*.response_rate.*"),
    "baseline": lambda places: places.exhibit("rct_baseline", "ipw_balance"),
    "balance": lambda places: (
        places.exhibit("love") or places.numbers("*.smd_weighted.*", "*.pre_trend.p_value")
    ),
    "effects": lambda places: places.numbers(
        "*.effect.estimate", "*.level_change.estimate", "*.change.estimate"
    ),
    "ratios": lambda places: places.numbers("*.risk_ratio.estimate", "*.ratio"),
    "counts": lambda places: places.numbers("*.share.*", "*.count.*"),
}
"""Name to what finds the place in a report that an item asks for."""
