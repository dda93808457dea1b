"""Analysis of the design ``panel_survey``: who answered, what they said, and how that changed."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.panel_survey import clusters
from evidentia.designs.panel_survey.breakdown import add_breakdown
from evidentia.designs.panel_survey.disclose import declare
from evidentia.designs.panel_survey.inference import at_edge, mcnemar_exact, partially_overlapping_z
from evidentia.designs.panel_survey.pairs import Answered, in_base, overlap
from evidentia.designs.panel_survey.respondents import read_waves
from evidentia.designs.panel_survey.response import add_response
from evidentia.designs.panel_survey.settings import WAVES, Item, PanelSurveySettings
from evidentia.designs.panel_survey.shares import BASES, report_distribution, report_shares

Z_TEST = later(
    "later wave minus earlier; partially overlapping samples z test (Derrick et al, 2015), interval from its"
    " pooled standard error"
)
NEWCOMBE = later("; as a share is 0 or 1, or no answer differs, the interval is Newcombe's")
BY_CLUSTER = later(
    "later wave minus earlier; standard error by cluster, t with clusters less one degrees of freedom"
)
FEW_PEOPLE = 20  # answers in a wave


def analyse(settings: PanelSurveySettings, tables: dict[str, DataTable]) -> Result:
    """Compute response, shares of positive answers with intervals, and their change between the waves.

    Parameters
    ----------
    settings : PanelSurveySettings
    tables : dict of str to DataTable
        One data set a wave, one row a respondent.

    Raises
    ------
    EvidentiaError
        Or `Problems`, as `read_waves` says.
    """
    waves = read_waves(settings, tables)
    members = clusters.read_clusters(settings, waves)
    result = Result()
    result.add(
        "confidence",
        settings.confidence,
        "proportion",
        translate("Confidence level of the survey's intervals"),
        basis="configured",
    )
    result.add(
        "items.n",
        len(settings.items),
        "count",
        translate("Items of the survey that are analysed"),
        basis="configured",
    )
    add_response(result, settings, waves)
    answers: list[list[Any]] = []
    given: dict[str, Answered] = {}
    for name, item in settings.items.items():
        asked = given[name] = {
            wave: found for wave, data in waves.items() if (found := data.answers(item, name)) is not None
        }
        if all(wave.table.minimum_cell <= 1 for wave in waves.values()):
            result.messages.extend(_counted(item, asked))
        if len(asked) < len(waves):
            result.notes.append(f"the item '{name}' is asked in {', '.join(asked)} only")
        _item(result, settings, name, item, asked, members[name])
        if item.scale:
            answers += report_distribution(result, settings, name, item, in_base(asked, item.base))
    result.frames["items"] = Frame(
        ["item", "label", "base"],
        [[name, item.label or name, item.base] for name, item in settings.items.items()],
    )
    result.frames["answers"] = Frame(["item", "wave", "answer", "count", "n"], answers)
    _notes(result, settings, members)
    declare(result, settings, waves)
    add_breakdown(result, settings, waves, given, members)
    return result


def _notes(result: Result, settings: PanelSurveySettings, members: dict[str, clusters.Members]) -> None:
    """Add the notes of the survey: which p-value is the primary one, where there is no standard error, few
    clusters.
    """
    ids = {number.id: number.value for number in result.numbers}
    other = [f"{name}.{base}.change.p_value" for name in settings.items for base in ("panel", "all")]
    other = [id for id in [*other, *(f"{name}.mcnemar.p_value" for name in settings.items)] if id in ids]
    if other:
        result.note(
            "several_p_values", "the primary p-value of an item's change is that of <item>.change", other
        )
    for name in settings.items:
        still = [
            stem
            for stem in (f"{name}.change", f"{name}.panel.change", f"{name}.all.change")
            if ids.get(f"{stem}.se", 0) is None
        ]
        still = [stem for stem in still if ids[f"{stem}.estimate"] is not None]
        if still:
            result.note(
                "no_variation", "no answer differs, so that there is no standard error", still, of=name
            )
        counts = [ids.get(f"{name}.n.{wave}") for wave in WAVES]
        if any(isinstance(count, int) and count < FEW_PEOPLE for count in counts):
            words = translate(
                "fewer than {number} people answered in a wave: p-values are rough", number=FEW_PEOPLE
            )
            result.note("few_people", words, [f"{name}.change", f"{name}.panel", f"{name}.all"], of=name)
    clusters.add_notes(result, settings, members)


def _counted(item: Item, asked: Answered) -> list[str]:
    """Say of an item without a scale how each answer counts."""
    lines = []
    for wave, found in asked.items() if not item.scale else ():
        counts = found.dropna().value_counts()
        parts = {True: [], False: []}  # type: dict[bool, list[str]]
        for answer, count in counts.items():
            parts[answer in item.positive].append(f"{answer} ({count})")
        if len(counts) <= 20:
            lines.append(
                f"{wave}: counted as positive: {', '.join(parts[True]) or 'none'}; not:"
                f" {', '.join(parts[False]) or 'none'}; no answer: {int(found.isna().sum())}"
            )
    return lines


def _item(
    result: Result,
    settings: PanelSurveySettings,
    name: str,
    item: Item,
    asked: Answered,
    members: clusters.Members,
) -> None:
    """Add an item's numbers: by its own base under its name, by the other base below ``panel`` or ``all``."""
    label = item.label or name
    other = {"wave": "panel", "panel": "all"}[item.base]
    for wave, found in asked.items():
        when = getattr(settings.wave_labels, wave)
        result.add(
            f"{name}.missing.{wave}",
            int(found.isna().sum()),
            "count",
            translate("{label}: people who gave no answer, {when}", label=label, when=when),
        )
        result.add(
            f"{name}.missing_share.{wave}",
            float(found.isna().mean()),
            "proportion",
            translate("{label}: share who gave no answer, {when}", label=label, when=when),
        )
    report_shares(result, settings, name, item, in_base(asked, item.base), item.base, members)
    if len(asked) < 2:
        return
    table = overlap(item, asked)
    words = translate(
        "{label}: change from {wave_1} to {wave_2}",
        label=label,
        wave_1=settings.wave_labels.wave_1,
        wave_2=settings.wave_labels.wave_2,
    )
    for stem, base in ((name, item.base), (f"{name}.{other}", "panel" if item.base == "wave" else "wave")):
        if stem != name:
            report_shares(result, settings, stem, item, in_base(asked, base), base, members)
        if members:
            change = clusters.change(in_base(asked, base), item.positive, members, settings.confidence)
            result.add_estimate(
                f"{stem}.change",
                change,
                "percentage_points",
                f"{words}, {translate(BASES[base])}",
                translate(BY_CLUSTER),
            )
            continue
        pairs = table if base == "wave" else table.paired()
        change = partially_overlapping_z(pairs, settings.confidence)
        statistic = change.pop("statistic")
        how = translate(Z_TEST) + (translate(NEWCOMBE) if at_edge(pairs) else "")
        result.add_estimate(
            f"{stem}.change", change, "percentage_points", f"{words}, {translate(BASES[base])}", how
        )
        result.add(
            f"{stem}.change.statistic",
            statistic,
            "coefficient",
            translate("{words}, {base}, z statistic", words=words, base=translate(BASES[base])),
            translate(Z_TEST),
        )
    result.add(
        f"{name}.mcnemar.n",
        table.pairs,
        "count",
        translate("{label}: people who answered it in both waves", label=label),
    )
    result.add(
        f"{name}.mcnemar.gained",
        table.gained,
        "count",
        translate("{label}: people who became positive", label=label),
    )
    result.add(
        f"{name}.mcnemar.lost",
        table.lost,
        "count",
        translate("{label}: people who were positive no longer", label=label),
    )
    if members:
        return  # McNemar's test takes people as independent
    result.add(
        f"{name}.mcnemar.p_value",
        mcnemar_exact(table.lost, table.gained) if table.pairs else None,
        "p_value",
        translate("{words}, McNemar's test, p-value", words=words),
        translate("exact binomial test of those whose answer changed, the panel only"),
    )
