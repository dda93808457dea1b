"""Pictures that chapters show: which file is meant, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from evidentia.compose.code import blanked_code
from evidentia.compose.digits import typed_digits
from evidentia.compose.picture_files import (
    FOLDER,
    SUFFIXES,
    address_of,
    beside,
    pictures_of,
    read_picture,
)
from evidentia.core.errors import EvidentiaError, did_you_mean

_SHARE = re.compile(r"(?:[1-9]\d?|100)(?:\.\d+)?%")
_EXAMPLE = '![Where the programme works](pictures/map.png){#fig-map fig-alt="A map of the county."}'
_OTHERS = "gif|webp|bmp|tiff?|heic|avif|pdf|eps|emf|wmf"
_USED = re.compile(
    r"(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n^]{1,200}\]:[ \t]*<?|\bsrc=[\"'])"
    rf"(?P<path>[^()<>\"'\n]{{1,300}}?\.(?:png|jpe?g|svg|{_OTHERS}))(?=[\s>)\"']|\Z)",
    re.IGNORECASE | re.MULTILINE,
)


def with_pictures(text: str, chapter: str, folder: Path) -> tuple[str, dict[str, str], list[EvidentiaError]]:
    """Return a composed chapter whose pictures are named as the report names them, these pictures by their
    addresses, and what is wrong.

    Parameters
    ----------
    text : str
        The chapter as composed, whose lines are named.
    chapter : str
        Its path.
    folder : Path
        The evaluation folder.
    """
    used: dict[str, str] = {}
    faults: list[EvidentiaError] = []
    parts, last = [], 0
    for match in _USED.finditer(blanked_code(text)):
        written = match["path"].strip()
        if written.startswith("figures/"):
            continue
        where = f"{chapter}, line {text.count(chr(10), 0, match.start()) + 1}"
        if match["before"].startswith("]") and not _is_picture(text, match):
            continue
        path = _found(folder, chapter, unquote(written))
        fault = None if path else _missing(folder, chapter, written, where)
        if path:
            try:
                read_picture(folder, path)
            except EvidentiaError as error:
                fault = EvidentiaError(error.what, where=f"{error.where}, in {where}", remedy=error.remedy)
        if fault:
            faults.append(fault)
            continue
        used[address_of(path)] = path
        parts += [text[last : match.start("path")], address_of(path)]
        last = match.end("path")
    return "".join([*parts, text[last:]]), used, faults


def _is_picture(text: str, match: re.Match[str]) -> bool:
    """Tell whether an address belongs to a picture, not to a link: ``![words](address)``."""
    if text[match.start() - 1 : match.start()] == "\\":  # of a value, which is printed as it is
        return False
    depth = 0
    for place in range(match.start(), max(match.start() - 5000, -1), -1):
        if text[place] == "]" and text[place - 1 : place] != "\\":
            depth += 1
        elif text[place] == "[" and text[place - 1 : place] != "\\":
            depth -= 1
            if depth == 0:
                return text[place - 1 : place] == "!" and text[place - 2 : place - 1] != "\\"
    return False


def _found(folder: Path, chapter: str, written: str) -> str:
    """Return the picture that an author means, as a path in the folder; an empty string if there is none."""
    own = PurePosixPath(chapter).parent
    for start in (own, own / FOLDER, PurePosixPath("report", FOLDER), PurePosixPath()):
        path = _plain(start / written)
        in_pictures = FOLDER in path.parts[:-1] and path.suffix.lower() in SUFFIXES
        if in_pictures and (folder / path).is_file():
            return path.as_posix()
    return ""


def _plain(path: PurePosixPath) -> PurePosixPath:
    """Return a path without ``..``; what leads above the folder is left without parts."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            if not parts:
                return PurePosixPath("")
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def _missing(folder: Path, chapter: str, written: str, where: str) -> EvidentiaError:
    """Return what is wrong with a picture that is not there."""
    name = PurePosixPath(unquote(written)).name
    home = f"{beside(chapter)}/{name}"
    suffix = PurePosixPath(name).suffix.lower()
    if re.match(r"[a-z]+:", written, re.IGNORECASE):
        return EvidentiaError(
            f"the picture '{written[:60]}' would be fetched",
            where=where,
            remedy=f"save it as {home}, if its licence allows, and write {_EXAMPLE}",
        )
    if suffix not in SUFFIXES:
        return EvidentiaError(
            f"the picture '{written[:60]}' is of a kind that a report does not show ({suffix[1:]})",
            where=where,
            remedy="save it as PNG, JPEG or SVG, and name that file",
        )
    named = _plain(PurePosixPath(chapter).parent / unquote(written))
    if (folder / named).is_file():
        return EvidentiaError(
            f"the picture '{written[:60]}' does not stand in {beside(chapter)}",
            where=where,
            remedy=f"move it to {home}, so that it is known as a part of the report",
        )
    known = [path for path in pictures_of(folder, [chapter]) if path]
    there = did_you_mean(name, [PurePosixPath(path).name for path in known]) if known else ""
    return EvidentiaError(
        f"there is no picture '{written[:60]}'",
        where=where,
        remedy=f"put it at {home}; {there}" if there else f"put it at {home}, and write {_EXAMPLE}",
    )


def picture_faults(blocks: Iterator[Any], text: str, chapter: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each picture without an alternative text, with digits in it, or whose label stands in
    a sentence.

    Parameters
    ----------
    blocks : iterator
        ``Figure``, ``Para``, ``Plain`` and ``Image`` elements of the chapter as pandoc reads it, in the order
        of the text.
    text : str
        The chapter as composed, whose lines are named.
    chapter : str
        Its path.
    """
    alone: set[int] = set()
    captioned: set[int] = set()
    last: dict[str, int] = {}
    for element in blocks:
        if element["t"] == "Figure":
            captioned |= {id(image) for image in _images(element)}
        elif element["t"] in ("Para", "Plain") and all(
            part["t"] in ("Image", "SoftBreak", "Space", "LineBreak") for part in element["c"]
        ):
            alone |= {id(image) for image in element["c"]}
        elif element["t"] == "Image":
            address = element["c"][2][0]
            place = last[address] = max(text.find(address, last.get(address, -1) + 1), 0)
            where = f"{chapter}, line {text.count(chr(10), 0, place) + 1}"
            yield from _wrong(element, id(element) in alone, id(element) in captioned, chapter, where)


def _images(element: Any) -> Iterator[Any]:
    left = [element]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            if item.get("t") == "Image":
                yield item
            left += item.values()
        elif isinstance(item, list):
            left += item


def _wrong(image: Any, alone: bool, captioned: bool, chapter: str, where: str) -> Iterator[EvidentiaError]:
    (label, _, pairs), words, (address, _) = image["c"]
    if address.startswith("figures/"):
        return
    name = PurePosixPath(unquote(address)).name
    said = dict(pairs)
    alt = str(said.get("fig-alt", said.get("alt", "")))
    is_figure = alone or captioned
    if not alt.strip() and (is_figure or not words):
        yield EvidentiaError(
            f"the picture '{name}' has no alternative text",
            where=where,
            remedy=f"say what it shows to those who do not see it, as in {_EXAMPLE}",
        )
    for name_of, size in pairs:
        if name_of == "height" or (name_of == "width" and not _SHARE.fullmatch(size)):
            yield EvidentiaError(
                f"the size {name_of}={size[:20]} of the picture '{name}' is not obeyed in a report",
                where=where,
                remedy="give its width as a share of the line: width=50%",
            )
    if label.startswith("fig-") and alone and not captioned:
        yield EvidentiaError(
            f"the picture '{name}' has a label and no caption, so that it would have no number",
            where=where,
            remedy=f"write a caption into the brackets, as in {_EXAMPLE}, or take the label out",
        )
    elif label.startswith("fig-") and not is_figure:
        yield EvidentiaError(
            f"the picture '{name}' has a label and stands in a sentence",
            where=where,
            remedy="give it a paragraph of its own, with an empty line before and behind",
        )
    for fault in typed_digits(alt, chapter):
        yield EvidentiaError(
            f"{fault.what}, in the alternative text of '{name}'",
            where=where,
            remedy="say it without the number, for a number there would not follow the data",
        )
