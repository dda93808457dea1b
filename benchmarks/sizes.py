"""How builds grow: with the number of evaluations, of figures and tables, and of records."""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import measure
import numpy as np

EVALUATIONS = (1, 10, 100)
EXHIBITS = (10, 100, 1000)
CHAPTER = 20  # figures and tables in one chapter
RECORDS = (500, 5_000, 50_000, 1_000_000)
Growth = dict[str, dict[str, dict[str, float]]]


def generator() -> ModuleType:
    """Return the script that makes a portfolio."""
    path = measure.ENGINE / "examples" / "portfolio" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def grow(
    sizes: tuple[int, ...],
    make: Callable[[Path, int], None],
    chapter: str,
    datum: Callable[[Path], None],
    snakefile: Path,
) -> Growth:
    """Measure all four builds, and an empty workflow in the same run, at each size."""
    found: Growth = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "folder"
            make(folder, size)
            runs = {
                "empty Snakemake": measure.empty(Path(name)),
                **measure.rebuilds(folder, chapter, datum, snakefile),
            }
            found[str(size)] = {what: run.rounded() for what, run in runs.items()}
        print(
            f"  {size:>9,}  "
            + "  ".join(f"{what} {run['seconds']:.1f} s" for what, run in found[str(size)].items()),
            flush=True,
        )
    return found


def evaluations(sizes: tuple[int, ...]) -> dict[str, object]:
    """Grow a portfolio of members that are alike in size."""
    generate = generator()

    def make(folder: Path, size: int) -> None:
        for index in range(size):
            generate.member(folder / "members" / f"{index + 1:03d}", index, 2023, 400)
        (folder / "portfolio.yaml").write_text("members: [members/*]\n", encoding="utf-8")

    first = "members/001"
    found = grow(
        sizes,
        make,
        f"{first}/report/report.qmd",
        lambda folder: change_month(folder / first),
        measure.PORTFOLIO,
    )
    each = {size: round(runs["cold build"]["seconds"] / int(size), 3) for size, runs in found.items()}
    shares = [seconds for size, seconds in each.items() if int(size) > 1]
    spread = round(max(shares) / min(shares) - 1, 3) if len(shares) > 1 else None
    work = {size: round(runs["cold build"]["processor"] / int(size), 3) for size, runs in found.items()}
    return {"runs": found, "seconds_each": each, "processor_seconds_each": work, "spread_from_10": spread}


def change_month(folder: Path) -> None:
    """Change one month of a generated evaluation."""
    path = folder / "data" / "months.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"2022-12,(\d+)", lambda match: f"2022-12,{int(match[1]) + 1}", text), encoding="utf-8"
    )


def exhibits(sizes: tuple[int, ...]) -> dict[str, object]:
    """Grow one evaluation by figures and tables, half of each."""
    return {"runs": grow(sizes, indicators, f"report/{_letters(0)}.qmd", change_indicator, measure.SNAKEFILE)}


def indicators(folder: Path, size: int) -> None:
    """Write an evaluation with so many figures and tables of indicators."""
    random = np.random.default_rng(5)
    names = [f"measure_{_letters(index)}" for index in range(size // 2)]
    lines = ["indicator,year,period,area,value,unit,source"]
    for name in names:
        for area in ("Area", "Near", "Far", "Nation"):
            lines += [
                f"{name},{year},year,{area},{random.integers(200, 900) / 10},per_10000,Made up"
                for year in range(2015, 2021)
            ]
    figures = {f"f-{name}": {"kind": "trend", "indicator": name, "alt": f"Lines of {name}"} for name in names}
    tables = {
        f"t-{name}": {"kind": "benchmark", "indicators": [name], "years": [2019, 2020]} for name in names
    }
    shown = {key: {**item, "analysis": "all", "caption": key} for key, item in (figures | tables).items()}
    config = {
        "evaluation": {"id": "exhibits", "title": "Many figures and tables", "date": "2021-01-01"},
        "data": {"all": {"path": "data/all.csv"}},
        "analyses": {
            "all": {
                "design": "benchmark",
                "data": "all",
                "area": "Area",
                "neighbours": ["Near", "Far"],
                "nation": "Nation",
                "indicators": {name: {"label": name.replace("_", " ")} for name in names},
            }
        },
        "figures": {key: shown[key] for key in figures},
        "tables": {key: shown[key] for key in tables},
    }
    words = [
        f'@fig-f-{name} and @tbl-t-{name}.\n\n{{{{ figure("f-{name}") }}}}\n\n{{{{ table("t-{name}") }}}}'
        for name in names
    ]
    chapters = {}
    for start in range(0, len(words), CHAPTER // 2):
        head = f"# Figures and tables {_letters(start)} {{#sec-{_letters(start)}}}"
        chapters[f"report/{_letters(start)}.qmd"] = (
            "\n\n".join([head, *words[start : start + CHAPTER // 2]]) + "\n"
        )
    config["report"] = {"chapters": list(chapters)}
    for path, text in {
        "config.yaml": json.dumps(config),
        "data/all.csv": "\n".join(lines) + "\n",
        **chapters,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _letters(index: int) -> str:
    return "".join(chr(97 + index // 26**place % 26) for place in (2, 1, 0))


def change_indicator(folder: Path) -> None:
    """Change one value of the first indicator."""
    path = folder / "data" / "all.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(measure_aaa,2020,year,Area,)[\d.]+", r"\g<1>55.5", text), encoding="utf-8")


def records(sizes: tuple[int, ...]) -> dict[str, object]:
    """Grow one generated evaluation by its people; without a bootstrap, whose cost the part ipw measures."""
    generate = generator()

    def make(folder: Path, size: int) -> None:
        generate.member(folder, 0, 2023, size)
        config = folder / "config.yaml"
        config.write_text(
            re.sub(r"bootstrap: .*", "bootstrap: {replicates: 0}", config.read_text(encoding="utf-8")),
            encoding="utf-8",
        )

    return {"runs": grow(sizes, make, "report/report.qmd", change_person, measure.SNAKEFILE)}


def change_person(folder: Path) -> None:
    """Change the age of the first person."""
    path = folder / "data" / "people.csv"
    head, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    cells = first.split(",")
    cells[1] = "12.2" if cells[1] != "12.2" else "12.3"
    path.write_text("\n".join([head, ",".join(cells), rest]), encoding="utf-8")
