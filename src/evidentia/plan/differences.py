"""What differs between two states of a plan, one difference a decision, in words for a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidentia.core.language import later, translate
from evidentia.plan.state import State

LONGEST = 300
"""Characters of a setting that a table shows."""
NOTHING = "nothing"
_DEPTH = 3  # keys down to a decision: a setting of an analysis, an outcome's class, an expected claim
_KINDS = {
    "outcome": "outcome",
    "outcomes": "outcome",
    "outcome_type": "outcome",
    "covariates": "covariate",
    "propensity": "covariate",
    "balance": "covariate",
    "baseline": "covariate",
    "exclude": "exclusion",
    "exclusions": "exclusion",
    "where": "exclusion",
    "select": "exclusion",
    "prepare": "exclusion",
    "expected": "expected claim",
    "subgroups": "subgroup",
    "breakdown": "subgroup",
    "sample": "sample size",
    "minimum_detectable": "sample size",
    "estimands": "estimand",
    "estimand": "estimand",
}
_PARTS = {
    "plan": later("the plan"),
    "analyses": later("the analysis {name}"),
    "data": later("the data set {name}"),
    "descriptions": later("the description of the data set {name}"),
    "programs": later("the program {name}"),
    "derived": later("the derived number {name}"),
    "facts": later("the stated fact {name}"),
    "families": later("the family of outcomes {name}"),
}
_SETTINGS = {
    "where": later("rows kept"),
    "select": later("columns kept"),
    "rename": later("names of columns"),
    "path": later("file"),
    "from_": later("sources"),
    "run": later("program"),
    "covariates": later("covariates"),
    "outcome": later("outcome"),
    "outcomes primary": later("primary outcomes"),
    "outcomes secondary": later("secondary outcomes"),
    "estimands": later("estimand"),
    "exclusions": later("exclusions"),
    "subgroups": later("subgroups"),
    "sample": later("planned size"),
    "minimum_detectable": later("smallest effect to detect"),
    "expected": later("expected claim"),
    "breakdown": later("results by group"),
    "strata": later("strata"),
    "baseline": later("baseline"),
    "settings": later("settings"),
}
"""Settings, or beginnings of their keys, to what readers call them; others are shown as they are written."""
_VALUES = {text: text for text in (later("left out"), later("absent"), later("in the plan"))}
_PART_KINDS = {"descriptions": "reading of data", "programs": "program", "facts": "stated fact"}
_NO_DECISIONS = ("minutes", "check_twice")
"""Settings of programs that decide no value."""
_HASH = re.compile(r"sha256:([0-9a-f]{12})[0-9a-f]{52}")


@dataclass(frozen=True)
class Difference:
    """A decision that is no longer as it was.

    Attributes
    ----------
    keys : tuple of str
        Where it stands, such as ("analyses", "pupils", "covariates").
    kind : str
        What was changed: outcome, covariate, exclusion, model and so on.
    before, after : str
        In words; empty where there was, or is, nothing.
    """

    keys: tuple[str, ...]
    kind: str
    before: str
    after: str

    @property
    def what(self) -> str:
        """What was changed: "covariates of the analysis pupils"."""
        return self._called(str, str.format)

    def called(self) -> str:
        """Return what was changed, in the language of the report."""
        return self._called(translate, translate)

    def _called(self, say: Callable[[str], str], put: Callable[..., str]) -> str:
        part, *rest = self.keys
        place = say(_PARTS[part]) if part == "plan" else put(_PARTS[part], name=rest[0])
        keys = rest if part == "plan" else rest[1:]
        if not keys:
            return place
        return put(later("{setting} of {place}"), setting=" ".join(_named(keys, say)), place=place)

    def __str__(self) -> str:
        return f"{self.what}: {self.before or NOTHING} -> {self.after or NOTHING}"


def in_language(value: str) -> str:
    """Return what a setting was, or is, with the engine's own words in the language of the report."""
    for begin, form in (("set to ", later("set to {value}")), ("hash ", later("hash {value}"))):
        if value.startswith(begin):
            return translate(form, value=value.removeprefix(begin))
    return translate(_VALUES[value]) if value in _VALUES else value


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _named(keys: Sequence[str], say: Callable[[str], str]) -> Iterator[str]:
    """Yield the words for the keys of a setting."""
    first = " ".join(keys[:2])
    if first in _SETTINGS:
        yield say(_SETTINGS[first])
        keys = keys[2:]
    for key in keys:
        yield say(_SETTINGS[key]) if key in _SETTINGS else key.replace("_", " ")


def differences(before: State, after: State) -> list[Difference]:
    """Return what differs between two states; an analysis that only the second has is no deviation."""
    found = []
    for part in _PARTS:
        old, new = before.get(part, {}), after.get(part, {})
        if part != "plan":
            new = {name: new.get(name) for name in old}
        found += list(_compared((part,), old, new))
    return found


def _compared(keys: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new or keys[-1] in _NO_DECISIONS:
        return
    if keys[0] == "analyses" and new is None and len(keys) == 2:
        yield Difference(keys, "analysis", "in the plan", "left out")
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(keys) < _DEPTH:
        for key in dict.fromkeys([*old, *new]):
            yield from _compared((*keys, str(key)), old.get(key), new.get(key))
        return
    yield Difference(keys, _kind(keys), _said(old), _said(new))


def _kind(keys: tuple[str, ...]) -> str:
    if keys[0] in _PART_KINDS:
        return _PART_KINDS[keys[0]]
    return next((_KINDS[key] for key in reversed(keys) if key in _KINDS), "model")


def _said(value: Any) -> str:
    """Return a setting in words."""
    if value is None or value == [] or value == {}:
        return ""
    text = _HASH.sub(r"hash \1", _words(value))
    if not any(sign.isalpha() for sign in text):
        text = f"set to {text}"  # a number alone has no words round it, by which a reader finds it again
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) <= {"claim", "words", "despite"}:  # an expected claim
            return str(value.get("words", ""))
        return "; ".join(f"{key}: {_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)
