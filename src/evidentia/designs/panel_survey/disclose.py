"""How the survey's counts of people add up, and which numbers give them away: for `evidentia.disclosure`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import pandas as pd

from evidentia.core.links import FEW, Compute
from evidentia.core.results import Result
from evidentia.designs.inference.proportions import wilson
from evidentia.designs.panel_survey.inference import Overlap, mcnemar_exact, partially_overlapping_z
from evidentia.designs.panel_survey.moves import declare_moves
from evidentia.designs.panel_survey.pairs import Answered, in_base, overlap
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave

PAIRED = ("both", "lost", "gained", "neither")


def declare(result: Result, settings: PanelSurveySettings, waves: dict[str, Wave]) -> None:
    """Declare all counts of a survey, those that no number prints included."""
    _response(result, settings, waves)
    for wave, data in waves.items():
        result.links.who(f"completed.{wave}", data.table.path, data.ids.index)
    for name, item in settings.items.items():
        asked = {
            wave: found for wave, data in waves.items() if (found := data.answers(item, name)) is not None
        }
        _people(result, settings, name, item, asked, waves)
        for wave, found in asked.items():
            given = result.links.hide(f"{name}.given.{wave}", int(found.notna().sum()))
            missing, completed = f"{name}.missing.{wave}", f"completed.{wave}"
            result.links.add_up(completed, (given, missing))
            result.links.follow(
                [f"{name}.missing_share.{wave}"],
                (missing, completed),
                _share(f"{name}.missing_share.{wave}", missing, completed),
            )
        _base(result, settings, name, item.base, item, asked)
        if len(asked) == 2:
            _base(
                result,
                settings,
                f"{name}.{'all' if item.base == 'panel' else 'panel'}",
                _other(item.base),
                item,
                asked,
            )
            _pairs(result, settings, name, item, overlap(item, asked))
    _answers(result, settings)
    declare_moves(result, settings.items, waves)


def _people(
    result: Result,
    settings: PanelSurveySettings,
    name: str,
    item: Item,
    asked: Answered,
    waves: dict[str, Wave],
) -> None:
    """Declare which rows the counts of an item count, because another item, or another analysis, may be about
    the same column.
    """
    links, column = result.links, item.column or name
    rows = {wave: pd.Series(data.ids.index, index=pd.Index(data.ids)) for wave, data in waves.items()}
    for base, stem in (
        (item.base, name),
        (_other(item.base), f"{name}.{'all' if item.base == 'panel' else 'panel'}"),
    ):
        for wave, found in in_base(asked, base).items() if len(asked) == 2 or stem == name else ():
            path, given = waves[wave].table.path, found.to_numpy()
            mine, positive = rows[wave].reindex(found.index).to_numpy(), found.isin(item.positive).to_numpy()
            links.who(f"{stem}.n.{wave}", path, mine, column)
            links.who(f"{stem}.count.{wave}", path, mine[positive], column)
            links.who(f"{stem}.other.{wave}", path, mine[~positive], column)
            answers = item.scale if item.scale and stem == name else sorted(set(given))
            cells = [f"{stem}.answer_{place}.{wave}" for place in range(1, len(answers) + 1)]
            for cell, answer in zip(cells, answers, strict=True) if len(answers) <= FEW else ():
                if not (item.scale and stem == name):
                    links.hide(cell, int((given == answer).sum()))
                links.who(cell, path, mine[given == answer], column)
            if len(answers) <= FEW and not (item.scale and stem == name):
                for kind, chosen in (("count", True), ("other", False)):
                    of = [
                        cell
                        for cell, answer in zip(cells, answers, strict=True)
                        if (answer in item.positive) is chosen
                    ]
                    links.add_up(f"{stem}.{kind}.{wave}", of)
    if len(asked) == 2:
        before, after = (found.isin(item.positive) for found in in_base(asked, "panel").values())
        kinds = {
            "both": before & after,
            "lost": before & ~after,
            "gained": ~before & after,
            "neither": ~before & ~after,
        }
        for kind, who in kinds.items():
            cell = f"{name}.mcnemar.{kind}" if kind in ("lost", "gained") else f"{name}.pairs.{kind}"
            links.who(
                cell, waves["wave_1"].table.path, rows["wave_1"].reindex(who.index[who]), f"{column}, pairs"
            )


def _other(base: str) -> str:
    return "wave" if base == "panel" else "panel"


def _share(id: str, part: str, whole: str, fixed: float | None = None) -> Compute:
    """Return the computation of a share from two counts, or from one and a number that is known."""

    def compute(counts: Mapping[str, float]) -> dict[str, float | None]:
        base = counts[whole] if fixed is None else fixed
        return {id: counts[part] / base if base else None}

    return compute


def _response(result: Result, settings: PanelSurveySettings, waves: dict[str, Wave]) -> None:
    """Declare who answered at one wave only, and what follows from that."""
    links = result.links
    for wave in waves:
        if invited := getattr(settings.invited, wave):
            completed, rate = f"completed.{wave}", f"response_rate.{wave}"
            links.follow([rate], [completed], _share(rate, completed, "", invited))
    if len(waves) < 2:
        return
    ids = {wave: set(data.ids) for wave, data in waves.items()}
    only = {
        wave: links.hide(f"only.{wave}", len(ids[wave] - ids[other]))
        for wave, other in zip(ids, reversed(ids), strict=True)
    }
    for wave, alone in only.items():
        links.add_up(f"completed.{wave}", ("respondents.both", alone))
    links.add_up("respondents.either", ("respondents.both", *only.values()))
    share = "respondents.both_share"
    links.follow(
        [share],
        ("respondents.both", "respondents.either"),
        _share(share, "respondents.both", "respondents.either"),
    )


def _base(
    result: Result, settings: PanelSurveySettings, stem: str, base: str, item: Item, asked: Answered
) -> None:
    """Declare positive and other answers of one base, and the shares that follow from them."""
    links, name = result.links, stem.split(".")[0]
    for wave, found in in_base(asked, base).items():
        n, count = f"{stem}.n.{wave}", f"{stem}.count.{wave}"
        other = links.hide(f"{stem}.other.{wave}", len(found) - int(found.isin(item.positive).sum()))
        links.add_up(n, (count, other))
        links.add_up(n, [f"{name}.given.{wave}" if base == "wave" else f"{name}.mcnemar.n"])
        numbers = [f"{stem}.{part}.{wave}" for part in ("share", "share_ci_low", "share_ci_high")]
        links.follow(
            numbers,
            (count, n),
            None if settings.cluster_of(item) else interval_of(numbers, count, n, settings.confidence),
        )


def interval_of(numbers: list[str], count: str, n: str, confidence: float) -> Compute:
    """Return the computation of a share and its limits, by the ids in `numbers`, from two counts."""

    def compute(counts: Mapping[str, float]) -> dict[str, float | None]:
        part, whole = int(min(counts[count], counts[n])), int(counts[n])
        values = (part / whole, *wilson(part, whole, confidence)) if whole else (None, None, None)
        return dict(zip(numbers, values, strict=True))

    return compute


def _pairs(result: Result, settings: PanelSurveySettings, name: str, item: Item, table: Overlap) -> None:
    """Declare the pairs and the single answers of an item that both waves ask, and the tests that follow from
    them.
    """
    links = result.links
    all_, panel = (name, f"{name}.panel") if item.base == "wave" else (f"{name}.all", name)
    printed = {"lost": f"{name}.mcnemar.lost", "gained": f"{name}.mcnemar.gained"}
    cells = {
        part.name: (
            printed.get(part.name) or links.hide(f"{name}.pairs.{part.name}", getattr(table, part.name))
        )
        for part in fields(Overlap)
    }
    links.add_up(f"{name}.mcnemar.n", [cells[part] for part in PAIRED])
    for wave, yes, no, single in (
        ("wave_1", ("both", "lost"), ("gained", "neither"), "first"),
        ("wave_2", ("both", "gained"), ("lost", "neither"), "second"),
    ):
        for kind, parts, alone in (("count", yes, f"{single}_yes"), ("other", no, f"{single}_no")):
            links.add_up(f"{panel}.{kind}.{wave}", [cells[part] for part in parts])
            links.add_up(f"{all_}.{kind}.{wave}", (f"{panel}.{kind}.{wave}", cells[alone]))
    for stem, used in ((all_, list(cells)), (panel, list(PAIRED))):
        numbers = [
            f"{stem}.change.{part}"
            for part in ("estimate", "se", "ci_low", "ci_high", "p_value", "statistic")
        ]
        counted = {part: cells[part] for part in used}
        again = None if settings.cluster_of(item) else _change(f"{stem}.change", counted, settings.confidence)
        notes = [number.id for number in result.numbers if number.id == f"{name}.note.no_variation"]
        links.follow([*numbers, *notes], counted.values(), again)
    lost, gained, p_value = cells["lost"], cells["gained"], f"{name}.mcnemar.p_value"
    links.follow(
        [p_value],
        (lost, gained),
        lambda counts: {p_value: mcnemar_exact(int(counts[lost]), int(counts[gained]))},
    )


def _change(stem: str, cells: dict[str, str], confidence: float) -> Compute:
    def compute(counts: Mapping[str, float]) -> dict[str, float | None]:
        table = Overlap(
            **dict.fromkeys(PAIRED, 0) | {part: int(counts[cell]) for part, cell in cells.items()}
        )
        return {f"{stem}.{part}": value for part, value in partially_overlapping_z(table, confidence).items()}

    return compute


def _answers(result: Result, settings: PanelSurveySettings) -> None:
    """Declare the cells of the frame ``answers``: the answers of the scale add up to the positive ones and
    the others.
    """
    links, parts = result.links, dict[str, list[str]]()
    for row, (name, wave, answer, _, _) in enumerate(result.frames["answers"].rows):
        cell = f"{name}.answer_{settings.items[name].scale.index(answer) + 1}.{wave}"
        links.show("answers", row, 3, cell)
        links.show("answers", row, 4, f"{name}.n.{wave}")
        kind = "count" if answer in settings.items[name].positive else "other"
        parts.setdefault(f"{name}.{kind}.{wave}", []).append(cell)
    for total, cells in parts.items():
        links.add_up(total, cells)
