"""A long report made up for stress: many pages of every element that a chapter may hold, on the default
evaluation's data.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

ENGINE = Path(__file__).resolve().parents[1]
_VOCABULARY = (
    "families staff workers schools carers partners teams services managers children young people visits"
    " plans meetings training support trust time change early later strong weak local shared regular joint"
    " open steady slow clear said found asked gave kept made saw met knew helped and but with from after"
    " before during across between about the a their each some most few many of in for"
)
WORDS = tuple(_VOCABULARY.split())
MANY = 40  # rows of the table that has to break over pages


def words(random_: random.Random, least: int, most: int) -> str:
    """Return a sentence of invented words."""
    text = " ".join(random_.choice(WORDS) for _ in range(random_.randint(least, most)))
    return text[:1].upper() + text[1:] + "."


def paragraph(random_: random.Random, sentences: int = 5, *, note: bool = False) -> str:
    """Return a paragraph, with a number of the ledger, a citation and perhaps a footnote in it."""
    parts = [words(random_, 8, 22) for _ in range(sentences)]
    parts[1] = (
        parts[1][:-1]
        + ', {{ n("indicators.turnover.2019.area", "1dp") }} against {{ n("indicators.turnover.2019.nation",'
        ' "1dp") }}.'
    )
    if note:
        parts[random_.randrange(sentences)] += f"^[{words(random_, 6, 40)}]"
    return " ".join(parts)


def table(random_: random.Random, rows: int, columns: int) -> str:
    """Return a pipe table of words; the first column names its row."""
    head = "| " + " | ".join(words(random_, 2, 3).rstrip(".") for _ in range(columns)) + " |"
    lines = [head, "|" + " :-- |" * columns]
    lines += [
        "| " + " | ".join(words(random_, 2, 9).rstrip(".") for _ in range(columns)) + " |"
        for _ in range(rows)
    ]
    return "\n".join(lines)


def labelled_table(random_: random.Random, name: str, rows: int, columns: int) -> str:
    """Return a table with a label, a source line and a caption."""
    caption = words(random_, 10, 40).rstrip(".")
    return (
        f"::: {{#tbl-{name}}}\n\n{table(random_, rows, columns)}\n\n[Source:"
        f" {words(random_, 4, 9)}]{{.source}}\n\n{caption}\n\n:::"
    )


def lists(random_: random.Random) -> str:
    """Return a nested list whose items run over a line."""
    lines = []
    for _ in range(3):
        lines.append(f"- {words(random_, 8, 20)}")
        lines += [f"    - {words(random_, 6, 18)}" for _ in range(2)]
        lines.append(f"        1. {words(random_, 6, 12)}")
    return "\n".join(lines)


def chapter(number: int, figure: str) -> str:
    """Return a chapter with all elements, some six pages long."""
    random_ = random.Random(number)
    name = (
        "".join(random_.choice("bcdfgklmnprst") + random_.choice("aeiou") for _ in range(3))
        + "abcdefghijkl"[number]
    )
    title = words(random_, 3, 9).rstrip(".")
    parts = [f"# {title} {{#sec-{name}}}", paragraph(random_, note=True), paragraph(random_), lists(random_)]
    for part in range(4):
        parts += [
            f"## {words(random_, 3, 12).rstrip('.')} {{#sec-{name}-{'abcd'[part]}}}",
            paragraph(random_, note=True),
        ]
        parts += [
            f"### {words(random_, 3, 6).rstrip('.')}",
            *(paragraph(random_, random_.randint(4, 8), note=index % 2 == 0) for index in range(5)),
        ]
        parts += [
            f"As @tbl-{name} and @fig-{figure} show (@sec-{name}), this was so [@whitley2020]."
            f" {words(random_, 8, 20)}"
        ]
    parts.insert(9, '{{ figure("' + figure + '") }}')
    parts.insert(
        14,
        "::: {.callout-note}\n##"
        f" {words(random_, 2, 5).rstrip('.')}\n\n{paragraph(random_, 3)}\n\n{lists(random_)}\n:::",
    )
    parts.insert(
        16, labelled_table(random_, name, MANY if number % 3 == 0 else 6, 9 if number % 3 == 1 else 3)
    )
    parts.append(
        f"> {words(random_, 15, 30)}\n\n####"
        f" {words(random_, 3, 5).rstrip('.')}\n\n{paragraph(random_, 4, note=True)}"
    )
    return "\n\n".join(parts) + "\n"


def write(folder: Path, chapters: int = 9) -> Path:
    """Write an evaluation folder with the long report; return it."""
    shutil.copytree(ENGINE / "data", folder / "data")
    (folder / "report").mkdir()
    for name in ("facts.yaml", "references.bib", "references.qmd", "back-page.qmd"):
        shutil.copy(ENGINE / "report" / name, folder / "report" / name)
    config = yaml.safe_load((ENGINE / "config.yaml").read_text(encoding="utf-8"))
    figures = {name: figure for name, figure in config["figures"].items() if figure["kind"] == "trend"}
    first = list(figures.values())
    for number in range(chapters):
        figures.setdefault(f"extra-{number}", first[number % len(first)])
    names = []
    for number in range(chapters):
        names.append(f"report/chapter-{number}.qmd")
        text = chapter(number, list(figures)[number])
        if number == chapters - 1:
            text = text.replace("}\n", " .appendix}\n", 1)
        (folder / names[-1]).write_text(text, encoding="utf-8")
    keep = {"indicators"}
    config["data"] = {name: item for name, item in config["data"].items() if name in keep}
    config["analyses"] = {name: item for name, item in config["analyses"].items() if name in keep}
    config["tables"] = {name: item for name, item in config["tables"].items() if item["analysis"] in keep}
    config["figures"] = dict(list(figures.items())[:chapters])
    config["evaluation"] |= {"title": "A long report made up for stress", "synthetic_records": True}
    config["evaluation"]["reproduces"].pop("published")
    config.pop("derived")
    config.pop("totals")
    config["report"]["chapters"] = [*names, "report/references.qmd", "report/back-page.qmd"]
    (folder / "config.yaml").write_text(
        yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    return folder
