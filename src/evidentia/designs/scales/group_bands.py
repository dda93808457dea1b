"""How many of each group of people are in each band of the main score, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.designs.breakdown.groups import Group, Split
from evidentia.designs.breakdown.report import few
from evidentia.designs.scales.bands import key_of
from evidentia.designs.scales.disclose import share_of
from evidentia.designs.scales.keys import Scale
from evidentia.designs.scales.pairs_told import Pair, declare_moves
from evidentia.designs.scales.people import TIMES

Bands = Mapping[str, Sequence[str]]
"""By time (before, after): the band of each person with both scores."""


def add_group_bands(
    result: Result, split: Split, scale: Scale, scores: Mapping[str, Mapping[Pair, str]], bands: Bands
) -> None:
    """Report the shares of each group in each band, and declare the counts behind them.

    Parameters
    ----------
    result : Result
    split : Split
    scale : Scale
        The main one.
    scores : mapping of str to mapping of pair to str
        How many of a group moved from one score to another, by its stem.
    bands : mapping of str to sequence of str
    """
    keys = {band: key_of(band) for band in scale.bands}
    moves: dict[tuple[str, str], list[str]] = {(a, b): [] for a in scale.bands for b in scale.bands}
    for group in [*split.groups, Group("not_known", "", split.unknown)]:
        if not group.mask.any():
            continue
        stem = split.stem(group)
        own = {
            when: [band for band, here in zip(found, group.mask, strict=True) if here]
            for when, found in bands.items()
        }
        together = list(zip(own["before"], own["after"], strict=True))
        cells: dict[tuple[str, str], str] = {}
        for (start, end), parts in moves.items():
            name = f"{stem}.moved.{keys[start]}.{keys[end]}"
            cells[start, end] = result.links.hide(name, together.count((start, end)))
            parts.append(name)
        declare_moves(result, scale, scores[stem], cells)
        if group in split.groups:
            label = f"{scale.label}, {split.label}: {group.label}"
            for place, when in enumerate(bands):
                _shares(result, stem, label, keys, when, own[when], cells, place)
        else:
            result.links.add_up(f"{stem}.n.both", cells.values())
    for (start, end), parts in moves.items():
        result.links.add_up(f"moved.{keys[start]}.{keys[end]}", parts)


def _shares(
    result: Result,
    stem: str,
    label: str,
    keys: Mapping[str, str],
    when: str,
    own: Sequence[str],
    cells: Mapping[tuple[str, str], str],
    place: int,
) -> None:
    """Report one group's count and share in each band at one time; without values where people are few."""
    links, total = result.links, f"{stem}.n.both"
    why, numbers = few([len(own)]), list[str]()
    time = translate(TIMES[when])
    for band, key in keys.items():
        number, count = f"{stem}.band_n.{key}.{when}", own.count(band)
        shown = translate("{label}: people in band '{band}' {when}", label=label, band=band, when=time)
        if why:
            result.add(number, None, "count", shown, why)
            number = links.hide(f"{stem}.in_band.{key}.{when}", count)
        else:
            result.add(number, count, "count", shown)
        numbers.append(number)
        share = f"{stem}.band.{key}.{when}"
        words = translate("{label}: share in band '{band}' {when}", label=label, band=band, when=time)
        how = why or translate("of those with both scores")
        result.add(share, None if why else count / len(own), "proportion", words, how)
        links.add_up(number, [cell for pair, cell in cells.items() if pair[place] == band])
        if not why:
            links.follow([share], (number, total), share_of(share, number, total))
    links.add_up(total, numbers)
