"""Figures of the design ``script``: as its program drew them."""

from __future__ import annotations

from evidentia.charts.width import is_narrow
from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Frame, Result
from evidentia.designs.script.display import FIGURE, NARROW, drawn, figure_data, named
from evidentia.designs.script.settings import ScriptFigure, ScriptSettings


def draw(settings: ScriptFigure, analysis: ScriptSettings, result: Result) -> tuple[str | None, Frame]:
    """Return the drawing of the program; one that shows a count that is not published cannot be."""
    name = named(settings.name, settings.caption, drawn(result), "figure", analysis)
    frame = result.frames.get(f"{FIGURE}{name}")
    hidden = sum(cell is None for row in frame.rows for cell in row) if frame else 0
    if hidden:
        raise EvidentiaError(
            f"the figure '{name}' shows {hidden} value{'s' if hidden > 1 else ''} that would tell a count"
            " below the minimum, and a drawing cannot be changed afterwards",
            where=f"{analysis.run}, figures/{name}",
            remedy="join small groups, or leave them out, before it is drawn",
        )
    shown = result.drawings.get(f"{name}{NARROW}") if is_narrow() else result.drawings[name]
    return shown, figure_data(settings, analysis, result)
