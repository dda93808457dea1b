"""The style in which a process draws: matplotlib's settings, the report's font, and the brand's."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager

from evidentia.charts.colours import GREY, GRID, INK
from evidentia.config.brand import Brand
from evidentia.config.brand_assets import font_as_truetype
from evidentia.core.files import write_whole
from evidentia.core.font import FAMILY, font_file
from evidentia.core.paths import BUILD

_STYLE: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": 9.5,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "evidentia",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "ytick.major.size": 0,
    "axes.labelcolor": INK,
    "text.color": INK,
    "lines.linewidth": 2.0,
    "lines.markersize": 5,
}


def use_style(brand: Brand | None = None, folder: Path = Path()) -> None:
    """Set the house style for this process and register the report's font from its package.

    Parameters
    ----------
    brand : Brand, optional
        Of the organisation; its colours and its font take the place of the house's.
    folder : Path
        The evaluation folder, with the brand's fonts.
    """
    global _brand
    _brand = brand or Brand()
    mpl.rcdefaults()
    mpl.rcParams.update(_STYLE)
    if _brand.family != FAMILY:
        _add_fonts(_brand, folder)
        mpl.rcParams["font.family"] = [_brand.family, FAMILY]
    font_manager.fontManager.addfont(str(font_file()))
    entries = font_manager.fontManager.ttflist
    own = [entry for entry in entries if entry.name == FAMILY]
    if not any(
        entry.weight == 700 for entry in own
    ):  # the file is variable, so it is the bold cut too; the page sets the weight
        entries.append(dataclasses.replace(own[-1], weight=700))


_brand = Brand()


def current_brand() -> Brand:
    """Return the look in which this process draws."""
    return _brand


def _add_fonts(brand: Brand, folder: Path) -> None:
    """Register the brand's font under the name that the brand gives it."""
    for font in brand.fonts:
        if font.family == brand.family:
            file = folder / font.path
            plain = font_as_truetype(file.read_bytes())
            if plain != file.read_bytes():
                file = write_whole(
                    folder / BUILD / ".cache" / "fonts" / f"{font.path.replace('/', '-')}.ttf", plain
                )
            entry = font_manager.ttfFontProperty(font_manager.get_font(str(file)))
            own = dataclasses.replace(entry, name=font.family, weight=font.weight, style=font.style)
            font_manager.fontManager.ttflist.append(own)
