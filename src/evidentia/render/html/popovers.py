"""What the page says of a number when a reader asks: what it is, from which data, and the rest.

It stands in the page once, as JSON; the page's script shows it in a box beside the number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.ledger import Entry, exact

SHORT_HASH = 12  # digits of a file's hash that are shown; the ledger has all

WORDS = {
    "close": later("Close"),
    "rest": later("More about this number"),
    "exact": later("Before rounding"),
    "formula": later("How it is computed"),
    "source": later("Rule, script and data"),
    "id": later("Number in the ledger"),
    "synthetic": later("The records behind it are synthetic."),
    "elsewhere": later("Also printed in"),
}
"""What the box says around what the ledger says."""


def origins(ledger: Mapping[str, Entry], sections: Mapping[str, str]) -> str:
    """Return what is known of each printed number as JSON that can stand in a page.

    Parameters
    ----------
    ledger : mapping of str to entry
        With the uses.
    sections : mapping of str to str
        Heading of the section in which each anchor stands.
    """
    sources: dict[str, int] = {}
    numbers = {}
    for id, entry in ledger.items():
        places = [
            (use["anchor"], sections[use["anchor"]]) for use in entry["uses"] if use["anchor"] in sections
        ]
        if not places:
            continue
        says: dict[str, Any] = {
            "what": f"{entry['label']}: {exact(entry)}.",
            "data": _data(entry, ledger),
            "exact": exact(entry),
        }
        if entry.get("formula"):
            says["formula"] = entry["formula"]
        if entry["source"].get("synthetic"):
            says["synthetic"] = True
        origin = _origin(entry["source"])
        if origin:
            says["source"] = sources.setdefault(origin, len(sources))
        numbers[id] = {**says, "places": places}
    found = {
        "words": {name: translate(words) for name, words in WORDS.items()},
        "sources": list(sources),
        "numbers": numbers,
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(entry: Entry, ledger: Mapping[str, Entry]) -> str:
    """Return a sentence that says from what a number is."""
    source = entry["source"]
    if source["basis"] == "stated":
        return translate(
            "It is stated in {document}, {place}.", document=source["document"], place=source["place"]
        )
    if source["basis"] == "configured":
        return translate("It is set in config.yaml.")
    if source.get("from"):
        labels = [ledger[id]["label"] if id in ledger else id for id in source["from"]]
        return translate("It is computed from {parts}.", parts=_joined(labels))
    files = list(source.get("inputs", {}))
    if files:
        return translate("It is computed from {parts}.", parts=_joined(files))
    return translate("It is computed by the rule {rule}.", rule=source["rule"])


def _joined(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return translate("{parts}; and {last}", parts="; ".join(words[:-1]), last=words[-1])


def _origin(source: Mapping[str, Any]) -> str:
    """Return the rule, script and data of a computed number, with the first digits of each file's hash."""
    if source["basis"] != "computed" or source.get("from"):
        return ""
    files = [
        f"{path} ({hash.rpartition(':')[2][:SHORT_HASH]})" for path, hash in source.get("inputs", {}).items()
    ]
    name = translate("analysis {name}, ", name=source["analysis"]) if "analysis" in source else ""
    rule = translate("rule {name}", name=source["rule"])
    return f"{name}{rule}, {source.get('script', '')}; {'; '.join(files)}"


def sections_of(main: Any) -> dict[str, str]:
    """Return the heading above each place of a number, by its anchor.

    Parameters
    ----------
    main : lxml element
        The body, normalised.
    """
    found: dict[str, str] = {}
    heading = ""
    for element in main.iter():
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            heading = re.sub(r"\s+", " ", element.text_content()).strip()
        if element.get("data-id") and element.get("id"):
            found[element.get("id")] = heading
    return found
