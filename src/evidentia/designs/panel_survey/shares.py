"""How many gave each answer to an item, and the share of positive ones with its interval."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.designs.inference.proportions import wilson
from evidentia.designs.panel_survey import clusters
from evidentia.designs.panel_survey.pairs import Answered
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings

BASES = {"wave": later("all who answered"), "panel": later("those who answered in both waves")}


def report_shares(
    result: Result,
    settings: PanelSurveySettings,
    stem: str,
    item: Item,
    answered: Answered,
    base: str,
    members: clusters.Members,
) -> None:
    """Add the number of answers, the positive ones and their share with Wilson's interval, by wave."""
    for wave, found in answered.items():
        words = f"{item.label or stem}, {getattr(settings.wave_labels, wave)}, {translate(BASES[base])}"
        n, count = len(found), int(found.isin(item.positive).sum())
        how = translate(
            "Wilson's score interval, from people over the design effect of clusters"
            if members
            else "Wilson's score interval"
        )
        low, high = (
            clusters.interval(found, item.positive, members[wave], settings.confidence)
            if members
            else wilson(count, n, settings.confidence)
        )
        result.add(f"{stem}.n.{wave}", n, "count", translate("{words}: number of answers", words=words))
        result.add(
            f"{stem}.count.{wave}", count, "count", translate("{words}: positive answers", words=words)
        )
        result.add(
            f"{stem}.share.{wave}",
            count / n if n else None,
            "proportion",
            translate("{words}: share of positive answers", words=words),
            translate("count / n"),
        )
        for end, value, limit in (("low", low, later("lower limit")), ("high", high, later("upper limit"))):
            result.add(
                f"{stem}.share_ci_{end}.{wave}",
                value,
                "proportion",
                translate("{words}: share, {limit}", words=words, limit=translate(limit)),
                how,
            )


def report_distribution(
    result: Result, settings: PanelSurveySettings, name: str, item: Item, answered: Answered
) -> list[list[Any]]:
    """Add how many gave each answer of the scale, from 1 for the least favourable; return rows of the frame
    ``answers``.
    """
    rows = []
    for wave, found in answered.items():
        counts, when = found.value_counts(), getattr(settings.wave_labels, wave)
        for place, answer in enumerate(item.scale, start=1):
            count = int(counts.get(answer, 0))
            result.add(
                f"{name}.answer_{place}.{wave}",
                count,
                "count",
                translate(
                    "{label}: answer '{answer}', {when}, {base}",
                    label=item.label or name,
                    answer=answer,
                    when=when,
                    base=translate(BASES[item.base]),
                ),
            )
            rows.append([name, wave, answer, count, len(found)])
    return rows
