"""The picture of the benchmarks: builds of the default evaluation, and how builds grow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BARS = (
    "empty Snakemake", "pandoc alone", "WeasyPrint alone",
    "unchanged rebuild", "one-word rebuild", "one-datum rebuild", "cold build", "notebook",
)  # fmt: skip
LINES = ("cold build", "one-datum rebuild", "one-word rebuild", "unchanged rebuild")
GROWTH = {"evaluations": "Evaluations", "exhibits": "Figures and tables", "records": "Records"}


def draw(results: dict[str, Any], path: Path) -> None:
    """Draw what results there are; nothing stands for parts that were not run."""
    from matplotlib.ticker import LogLocator

    from evidentia.charts.house import COLOURS, DARK_BLUE, DASHES, GREY, MARKERS, TEXT_COLOURS, new_figure
    from evidentia.charts.labels import label_ends
    from evidentia.charts.style import use_style
    from evidentia.charts.svg import to_svg

    grown = [name for name in GROWTH if name in results]
    if "default" not in results and not grown:
        return
    use_style()
    figure, axes = new_figure(2.6 + 2.2 * len(grown), rows=1 + len(grown), columns=1, squeeze=False)
    figure.get_layout_engine().set(w_pad=0.15)  # the viewer's font may run wider than the report's
    runs = results.get("default", {}).get("runs", {})
    bars = [name for name in BARS if name in runs]
    top = axes[0][0]
    for place, name in enumerate(reversed(bars)):
        seconds = runs[name]["seconds"]
        top.barh(place, seconds, color=DARK_BLUE if "build" in name else GREY, height=0.7)
        top.annotate(
            f"{seconds:.1f} s, {runs[name]['memory_mib']:,.0f} MiB",
            (seconds, place),
            (4, 0),
            textcoords="offset points",
            va="center",
        )
    top.set_yticks(range(len(bars)), list(reversed(bars)))
    top.set_title("Default evaluation: seconds, and memory at the peak", loc="left", fontsize=9.5)
    top.grid(False)
    top.margins(x=0.25)
    for row, name in enumerate(grown, start=1):
        one, found = axes[row][0], results[name]["runs"]
        sizes = [int(size) for size in found]
        for index, what in enumerate(LINES):
            style = {"color": COLOURS[index], "marker": MARKERS[index], "linestyle": DASHES[index]}
            one.plot(sizes, [runs[what]["seconds"] for runs in found.values()], **style)
        one.set(xscale="log", yscale="log")
        one.set_title(f"{GROWTH[name]}: seconds", loc="left", fontsize=9.5)
        one.set_xticks(sizes, [f"{size:,}" for size in sizes])
        one.minorticks_off()
        one.yaxis.set_major_locator(
            LogLocator(subs=(1, 2, 5))
        )  # so that a part that grows little has more than one number too
        one.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        last = found[str(sizes[-1])]
        label_ends(
            one,
            [
                (sizes[-1], last[what]["seconds"], what, TEXT_COLOURS[index])
                for index, what in enumerate(LINES)
            ],
            gap=0.11,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_svg(figure).replace("'Arimo'", "Arimo, Arial, sans-serif"), encoding="utf-8")
