"""The peer: one notebook that computes the same figures and numbers, to HTML by nbconvert and to PDF by
WeasyPrint.

It gets every advantage that a notebook has: one process with one set of imports, the engine's own analyses
and charts, and words that are finished. It checks no claim, keeps no ledger of uses, and runs as a whole or
not at all.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

import measure

SET_UP = """
from pathlib import Path
from IPython.display import HTML, SVG, display
import pandas as pd
from evidentia.charts.svg import to_svg
from evidentia.charts.style import use_style
from evidentia.config.load import load_config
from evidentia.core.reference import resolve
from evidentia.workflow.analysis import read_datasets

config = load_config(".")
use_style()
results = {}
"""

ANALYSE = """
settings = config.analyses["{name}"]
analyse = resolve(config.registry.designs["{design}"].analyse)
results["{name}"] = analyse(settings, read_datasets(config, settings.datasets()))
rows = [(number.id, number.value, number.label) for number in results["{name}"].numbers]
pd.DataFrame(rows, columns=["id", "value", "label"])
"""

FIGURE = """
figure = config.figures["{name}"]
draw = resolve(config.registry.figures[figure.kind].draw)
chart, data = draw(figure, config.analyses[figure.analysis], results[figure.analysis])
display(SVG(to_svg(chart)))
pd.DataFrame(data.rows, columns=data.columns)
"""


def notebook(folder: Path) -> dict[str, object]:
    """Return the notebook of an evaluation folder: words, analyses and figures as cells."""
    sys.path.insert(0, str(measure.ENGINE / "src"))
    from evidentia.config.load import load_config

    config = load_config(folder)
    cells = [_cell("code", SET_UP)]
    cells += [
        _cell("code", ANALYSE.format(name=name, design=model.design))
        for name, model in config.analyses.items()
    ]
    cells += [_cell("code", FIGURE.format(name=name)) for name in config.figures]
    words = (folder / "build" / "report.qmd").read_text(encoding="utf-8")
    cells.insert(1, _cell("markdown", words))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cell(kind: str, text: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "metadata": {},
        "source": text.strip(),
        "id": hashlib.sha256(text.encode()).hexdigest()[:8],
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def run(folder: Path) -> measure.Run:
    """Execute the notebook to HTML and print it; return the time of both together."""
    (folder / "peer.ipynb").write_text(json.dumps(notebook(folder)), encoding="utf-8")
    start = time.perf_counter()
    convert = [
        sys.executable,
        "-m",
        "nbconvert",
        "--execute",
        "--to",
        "html",
        "--log-level",
        "ERROR",
        "peer.ipynb",
    ]
    page = measure.run(convert, folder)
    code = "from weasyprint import HTML; HTML('peer.html').write_pdf('peer.pdf')"
    paper = measure.run([sys.executable, "-c", code], folder)
    seconds = time.perf_counter() - start
    return measure.Run(seconds, page.processor + paper.processor, max(page.memory, paper.memory))
