"""``_brand.yml``: logo, colours and fonts of the organisation, after Quarto's brand convention.

`load_brand` is the one function that every format asks: HTML, PDF, Word and charts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidentia.config.brand_assets import NAME, FontFile, faults_of_files
from evidentia.config.brand_file import FORMS, BrandFile, Color, Cut, Image, Typography
from evidentia.core.colour import contrast, darkened
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.font import FAMILY
from evidentia.core.yamlio import line_of, read_yaml

PRIMARY, FOREGROUND = "#12436d", "#222222"
SERIES = (PRIMARY, "#28a197", "#801650", "#f46a25")
"""The house's own colours."""

TEXT, MARKS = 4.5, 3.0
"""Least contrast with white of text, and of marks in charts."""


@dataclass(frozen=True)
class Brand:
    """What an organisation looks like; without a ``_brand.yml`` the house's own look.

    Attributes
    ----------
    name : str
        Of the organisation.
    logo : str
        Path of its picture (PNG, JPEG or SVG) in the evaluation folder; empty without one.
    logo_alt : str
        What the logo says to those who do not see it.
    primary : str
        Colour of headings, links' lines and the cover's band, as ``#rrggbb``; white is read on it.
    foreground, link : str
        Colours of text and of links on white.
    series : tuple of str
        Colours of the first, second, ... series of charts; 4.
    family, headings : str
        Fonts of text and of headings; Arimo stands in for characters that they lack.
    fonts : tuple of FontFile
    unused : tuple of str
        Keys of the file that nothing here obeys.
    files : tuple of str
        All files of the evaluation folder that decide the look.
    """

    name: str = ""
    logo: str = ""
    logo_alt: str = ""
    primary: str = PRIMARY
    foreground: str = FOREGROUND
    link: str = PRIMARY
    series: tuple[str, ...] = SERIES
    family: str = FAMILY
    headings: str = FAMILY
    fonts: tuple[FontFile, ...] = ()
    unused: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def is_house(self) -> bool:
        """Whether no organisation has given a look of its own."""
        return not self.files


def load_brand(folder: Path | str = ".") -> Brand:
    """Return the look of an evaluation's organisation, from ``_brand.yml`` beside config.yaml.

    Raises
    ------
    EvidentiaError
        For an unknown key, a file that is missing or is of another kind, a colour that cannot be read, and
        colours without enough contrast, all of them in one message.
    """
    folder = Path(folder)
    path = folder / NAME
    if not path.is_file():
        return Brand()
    raw = read_yaml(path)
    try:
        given = BrandFile.model_validate(raw or {})
    except ValidationError as error:
        raise_all(_fault(fault, path) for fault in error.errors(include_url=False))
        raise
    colours = _colours(given.color, path)
    fonts = tuple(_cuts(given.typography, path))
    logo, alt = _chosen(given, path)
    known = {font.family for font in fonts} | {FAMILY}
    base = _family(given.typography.base.family or FAMILY, known, "base", path)
    headings = _family(given.typography.headings.family or base, known, "headings", path)
    files = (NAME, *([logo] if logo else []), *dict.fromkeys(font.path for font in fonts))
    raise_all(faults_of_files(folder, logo, fonts))
    return Brand(
        _words(given.meta.name), logo, alt, *colours, base, headings, fonts, tuple(_unused(given)), files
    )


def _fault(fault: Any, path: Path) -> EvidentiaError:
    keys = [
        key
        for key in fault["loc"]
        if not str(key).startswith(("function-", "constrained-")) and key not in FORMS
    ]
    context = fault.get("ctx", {})
    if fault["type"] == "unknown_key":
        what, remedy, keys = f"unknown key '{context['key']}'", context["remedy"], [*keys, context["key"]]
    else:
        said = fault["msg"].removeprefix("Value error, ")
        what = f"'{str(fault['input'])[:60]}' does not fit: {said[:1].lower()}{said[1:]}"
        remedy = "give a value as https://posit-dev.github.io/brand-yml/ describes it"
    return EvidentiaError(what, where=_where(path, keys), remedy=remedy)


def _where(path: Path, keys: list[Any]) -> str:
    line = line_of(path, keys)
    return f"{path.name}{f', line {line}' if line else ''}, key {'.'.join(map(str, keys))}"


def _words(value: Any) -> str:
    """Return a name: as it is, or its longer form."""
    return str(value.get("full") or value.get("short") or "") if isinstance(value, dict) else str(value or "")


def _light(value: Any) -> Any:
    """Return the form for light paper of a value that has one for dark paper too."""
    return value.get("light") if isinstance(value, dict) and "light" in value else value


def _hex(value: Any, palette: dict[str, Any], keys: list[str], path: Path) -> str:
    """Return a colour as ``#rrggbb``: one of CSS, or a name of the palette."""
    from tinycss2.color3 import parse_color

    seen: set[str] = set()
    value = _light(value)
    while isinstance(value, str) and value in palette and value not in seen:
        seen.add(value)
        value = _light(palette[value])
    found = parse_color(value) if isinstance(value, str) else None
    if found is None or isinstance(found, str) or found.alpha < 1:
        raise EvidentiaError(
            f"'{value}' is no colour",
            where=_where(path, keys),
            remedy=f"write it as '#12436d', in quotation marks; {did_you_mean(str(value), palette)}"
            if palette
            else "write it as '#12436d', in quotation marks",
        )
    return "#" + "".join(f"{round(part * 255):02x}" for part in (found.red, found.green, found.blue))


def _colours(color: Color, path: Path) -> tuple[str, str, str, tuple[str, ...]]:
    """Return the colours of headings, text, links and series, if each can be seen."""
    palette = color.palette
    found: dict[str, str] = {}
    for name in ("primary", "foreground", "link", "secondary", "tertiary", "background"):
        if getattr(color, name) is not None:
            found[name] = _hex(getattr(color, name), palette, ["color", name], path)
    if found.get("background", "#ffffff") != "#ffffff":
        raise EvidentiaError(
            f"the background {found['background']} cannot be obeyed: pages and charts are white",
            where=_where(path, ["color", "background"]),
            remedy="take it out, or write '#ffffff'",
        )
    wanted = {"primary": TEXT, "foreground": TEXT, "link": TEXT, "secondary": MARKS, "tertiary": MARKS}
    weak = [
        f"{name} {found[name]} has {contrast(found[name], '#ffffff'):.1f}:1 with white, not {least:g}:1"
        f" ({darkened(found[name], least)} has)"
        for name, least in wanted.items()
        if name in found and contrast(found[name], "#ffffff") < least
    ]
    if weak:
        raise EvidentiaError(
            f"colours of the brand are hard to see: {'; '.join(weak)}",
            where=f"{path.name}, key color",
            remedy="write the colours in brackets, or darker ones; WCAG 2.2 asks for them",
        )
    primary = found.get("primary", PRIMARY)
    series = (primary, found.get("secondary", SERIES[1]), found.get("tertiary", SERIES[2]), SERIES[3])
    return primary, found.get("foreground", FOREGROUND), found.get("link", primary), series


def _cuts(typography: Typography, path: Path) -> Iterator[FontFile]:
    for place, font in enumerate(typography.fonts):
        keys = ["typography", "fonts", place]
        if font.source != "file" or not font.files:
            raise EvidentiaError(
                f"the font '{font.family}' would be fetched from {font.source}, and nothing is fetched",
                where=_where(path, keys),
                remedy="put its files beside, with source: file and files: [fonts/Name-Regular.ttf, ...]",
            )
        for cut in font.files:
            one = Cut(path=cut) if isinstance(cut, str) else cut
            weight = {"normal": 400, "bold": 700}.get(str(one.weight), one.weight)
            yield FontFile(font.family, one.path, int(weight), one.style)


def _family(name: str, known: set[str], key: str, path: Path) -> str:
    if name not in known:
        raise EvidentiaError(
            f"the font '{name}' is not given: no machine's own font is used",
            where=_where(path, ["typography", key]),
            remedy=f"list its files under typography.fonts; {did_you_mean(name, known)}",
        )
    return name


def _chosen(given: BrandFile, path: Path) -> tuple[str, str]:
    """Return the path and the alternative text of the largest logo."""
    logo = given.logo
    size = next((name for name in ("large", "medium", "small") if getattr(logo, name) is not None), "")
    value = _light(getattr(logo, size)) if size else next(iter(logo.images.values()), None)
    if isinstance(value, str):
        value = logo.images.get(value, value)
    if value is None:
        return "", ""
    try:
        image = Image.model_validate({"path": value} if isinstance(value, str) else value)
    except ValidationError as error:
        raise_all(_fault({**fault, "loc": ("logo", size)}, path) for fault in error.errors(include_url=False))
        raise
    return image.path, image.alt or _words(given.meta.name) or "Logo"


def _unused(given: BrandFile) -> Iterator[str]:
    """Yield the keys that nothing here obeys."""
    for name, part in (("meta", given.meta), ("color", given.color), ("typography", given.typography)):
        for key in ("link", "success", "info", "warning", "danger", "light", "dark", "monospace"):
            if (name, key) != ("color", "link") and getattr(part, key, None) is not None:
                yield f"{name}.{key}"
    for name in ("base", "headings"):
        face = getattr(given.typography, name)
        yield from (
            f"typography.{name}.{key.replace('_', '-')}" for key in face.model_fields_set - {"family"}
        )
    if given.defaults is not None:
        yield "defaults"
