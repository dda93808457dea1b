"""The entry for the Evaluation Registry, in the registry's own field names and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.config.model import Config
from evidentia.config.publish import Publish

SCHEMA = "evaluation-registry"
_RCT, _QUASI = "rct", "quasi_experimental"
DESIGNS: dict[str, tuple[str, str, str]] = {
    "rct": ("impact", _RCT, "other"),
    "ipw": ("impact", _QUASI, "propensity"),
    "its": ("impact", _QUASI, "interrupted"),
    "did": ("impact", _QUASI, "difference"),
    "theory_of_change": ("impact", "theory", "other"),
    "panel_survey": ("process", "surveys", ""),
    "cost_benefit": ("economic", "benefit", ""),
}
"""Design to the evaluation's type, the kind of it, and the method, as the registry codes them."""
STATUS = {"final": "complete"}


def registry_entry(config: Config) -> tuple[dict[str, Any], list[str]]:
    """Return the entry, and what a person must still write for it."""
    publish = config.publish or Publish.model_validate({})
    evaluation = config.evaluation
    link = publish.link
    types, kinds, methods = _methods(config)
    if publish.process:
        types["process"] = None
        kinds.setdefault("process", {}).update(dict.fromkeys(publish.process))
    entry: dict[str, Any] = {
        "title": evaluation.title,
        "departments": [
            {"display": name, "is_lead": place == 0} for place, name in enumerate(publish.departments)
        ],
        "status": STATUS.get(evaluation.status, "ongoing"),
        "evaluation_types": list(types),
        "impact_types": list(kinds.get("impact", {})),
        "process_types": list(kinds.get("process", {})),
        "economic_types": list(kinds.get("economic", {})),
        "rct_types": list(methods.get(_RCT, {})),
        "quasi_experimental_types": list(methods.get(_QUASI, {})),
        "theory_types": list(methods.get("theory", {})),
        "brief_description": publish.description,
        "grant_number": publish.grant_number,
        "plan_link": config.plan.registered.link if config.plan and config.plan.registered else "",
        "published_evaluation_link": link or "",
        "visibility": "draft",
        "event_dates": [
            {
                "category": event,
                "year": int(when.month[:4]),
                "month": int(when.month[5:]),
                "status": when.status,
            }
            for event, when in publish.events.items()
        ],
    }
    return entry, _missing(entry)


def _methods(
    config: Config,
) -> tuple[dict[str, None], dict[str, dict[str, None]], dict[str, dict[str, None]]]:
    types: dict[str, None] = {}
    kinds: dict[str, dict[str, None]] = {}
    methods: dict[str, dict[str, None]] = {}
    for analysis in config.analyses.values():
        found = DESIGNS.get(analysis.design)
        if found is None:
            continue
        type_, kind, method = found
        if analysis.design == "rct" and getattr(analysis, "cluster", ""):
            method = "cluster"
        types[type_] = None
        kinds.setdefault(type_, {})[kind] = None
        if method:
            methods.setdefault(kind, {})[method] = None
    return types, kinds, methods


def _missing(entry: Mapping[str, Any]) -> list[str]:
    asked = {
        "departments": "the departments, lead first (publish.departments)",
        "brief_description": "a description of what was evaluated and how (publish.description)",
        "published_evaluation_link": "where the report is published (publish.link)",
        "event_dates": "when the evaluation and the intervention began and ended (publish.events)",
        "evaluation_types": "the type of evaluation: no analysis tells it (publish.process)",
    }
    return [f"Registry: {words}" for key, words in asked.items() if not entry[key]]
