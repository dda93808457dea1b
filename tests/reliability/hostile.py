"""Hostile input: each attempt with how it is made and what must be said, or what must come out unharmed.

The tests run each attempt in one process; the command that writes docs/reliability.md builds each with
Snakemake.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from folders import RATES
from reliability.small import CHAPTER, CONFIG, FACTS, rows_of, run_rules, set_config, text_of

DATA, CHAPTER_FILE, SETTINGS = "data/rates.csv", "report/one.qmd", "config.yaml"
REMOTE = "http://127.0.0.1:{port}/asked"
"""An address of this machine where a test listens: whoever asks there has fetched what it must not."""


@dataclass(frozen=True)
class Attempt:
    """One attempt.

    Attributes
    ----------
    group, what : str
        For the table.
    make : callable
        Changes the small evaluation in a folder.
    says : tuple of str
        Parts of the message with which it is refused; empty if it is handled: the build succeeds.
    run : callable
        What meets it; the rules up to the page, unless told.
    """

    group: str
    what: str
    make: Callable[[Path], None]
    says: tuple[str, ...] = ()
    run: Callable[[Path], None] = run_rules


def data(content: str | bytes) -> Callable[[Path], None]:
    """Return a change of the data file."""
    return lambda folder: (folder / DATA).write_bytes(
        content if isinstance(content, bytes) else content.encode("utf-8")
    )


def cell(value: str, row: int = 2, column: int = 6) -> Callable[[Path], None]:
    """Return a change of one cell, the source of the first row unless told."""
    rows = rows_of()
    rows[row - 1][column] = value
    return data(text_of(rows))


def chapter(words: str) -> Callable[[Path], None]:
    """Return a chapter with further words at its end."""
    return lambda folder: (folder / CHAPTER_FILE).write_text(f"{CHAPTER}\n\n{words}\n", encoding="utf-8")


def settings(text: str | bytes) -> Callable[[Path], None]:
    """Return another config.yaml."""
    return lambda folder: (folder / SETTINGS).write_bytes(
        text if isinstance(text, bytes) else text.encode("utf-8")
    )


def more(text: str) -> Callable[[Path], None]:
    """Return config.yaml with further lines."""
    return settings(yaml.safe_dump(CONFIG, sort_keys=False) + text)


def section(**sections) -> Callable[[Path], None]:
    """Return config.yaml with other sections."""
    return lambda folder: set_config(folder, **sections)


def linked(name: str) -> Callable[[Path], None]:
    """Return a file replaced by a link to the same content outside the folder."""

    def make(folder: Path) -> None:
        outside = folder.parent / f"{folder.name}-outside"
        outside.mkdir()
        (folder / name).replace(outside / Path(name).name)
        (folder / name).symlink_to(outside / Path(name).name)

    return make


def as_folder(name: str) -> Callable[[Path], None]:
    """Return a file replaced by a folder of its name."""

    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return make


def beside(name: str, text: str, **sections) -> Callable[[Path], None]:
    """Return a further file, and sections of config.yaml that name it."""

    def make(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        if sections:
            set_config(folder, **sections)

    return make


def figure(**words) -> dict:
    """Return the section figures with other words."""
    return {"trend": {**CONFIG["figures"]["trend"], **words}}


def report(**keys) -> dict:
    """Return the section report with other keys."""
    return {**CONFIG["report"], **keys}


def path(value: str) -> Callable[[Path], None]:
    """Return another path of the data file."""
    return section(data={"rates": {"path": value}})


def propensity(formula: str) -> Callable[[Path], None]:
    """Return a data set of 8 people and an analysis by weighting, with a formula."""
    people = [
        ["treated", "age", "outcome"],
        *[[str(i % 2), str(20 + i), str((i // 2) % 2)] for i in range(40)],
    ]
    analysis = {
        "design": "ipw",
        "data": "people",
        "treatment": "treated",
        "outcome": "outcome",
        "outcome_type": "binary",
        "propensity": formula,
    }

    def make(folder: Path) -> None:
        (folder / "data" / "people.csv").write_text(text_of(people), encoding="utf-8")
        set_config(
            folder,
            data={**CONFIG["data"], "people": {"path": "data/people.csv"}},
            analyses={**CONFIG["analyses"], "people": analysis},
        )

    return make


def _bomb() -> str:
    lines = ["a0: &a0 [" + ", ".join("x" * 10) + "]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 12)]
    return "\n".join(lines) + "\n"


def _wide(sign: str) -> str:
    return RATES.replace(",", sign)


def _fact(value: str) -> Callable[[Path], None]:
    facts = json.loads(json.dumps(FACTS))
    facts["facts"]["programme.name"]["value"] = value
    return lambda folder: (folder / "report" / "facts.yaml").write_text(
        yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8"
    )


def _fifo(folder: Path) -> None:
    (folder / DATA).unlink()
    os.mkfifo(folder / DATA)


BIB = "@book{{one, title = {{A title}}, author = {{Author, A}}, year = 2019, url = {{{url}}}}}\n"
CSL = (
    '<?xml version="1.0" encoding="utf-8"?>\n<style xmlns="http://purl.org/net/xbiblio/csl"'
    f' version="1.0"><info><title>x</title><id>x</id><link href="{REMOTE}"'
    ' rel="independent-parent"/><updated>2020-01-01T00:00:00+00:00</updated></info></style>\n'
)
DESCRIPTOR = "data/datapackage.json"
_SCHEMA = {
    "resources": [
        {"name": "rates", "path": "rates.csv", "schema": {"fields": [{"name": "value", "type": "number"}]}}
    ]
}
_PATTERN = json.dumps(_SCHEMA).replace(
    '"type": "number"', '"type": "string", "constraints": {"pattern": "("}'
)

DATA_FILES = [
    Attempt("Data files", "a byte order mark at the start", data("\ufeff" + RATES)),
    Attempt("Data files", "Windows line ends", data(RATES.replace("\n", "\r\n"))),
    Attempt("Data files", "old Macintosh line ends", data(RATES.replace("\n", "\r"))),
    Attempt("Data files", "a right-to-left mark (U+200F) in a name", cell("Release \u200f A")),
    Attempt("Data files", "a cell of 20,000 characters", cell("long " * 4000)),
    Attempt("Data files", "a cell with line breaks and quotation marks", cell('Release\n"A",\nand B')),
    Attempt("Data files", "UTF-16", data(RATES.encode("utf-16"))),
    Attempt("Data files", "Latin-1", data(RATES.replace("Release A", "Rélease A", 1).encode("latin-1")), ("not UTF-8 text", "line 2")),
    Attempt("Data files", "semicolons between the columns", data(_wide(";")), ("separated by semicolons", "commas")),
    Attempt("Data files", "tabs between the columns", data(_wide("\t")), ("separated by tabs", "commas")),
    Attempt("Data files", "two columns of one name", data(RATES.replace("unit,source", "unit,unit", 1)), ("two columns are named 'unit'",)),
    Attempt("Data files", "a column without a name", data(RATES.replace("period", "", 1)), ("a column has no name", "column 3")),
    Attempt("Data files", "a file without a byte", data(""), ("the file is empty",)),
    Attempt("Data files", "a header without rows", data(RATES.split("\n")[0] + "\n"), ("a header and no rows", "at least one row")),
    Attempt("Data files", "a NUL character", cell("Release\0A"), ("a control character (U+0000)", "line 2")),
    Attempt("Data files", "an escape sequence for terminals", cell("\x1b[31mred"), ("a control character (U+001B)",)),
    Attempt("Data files", "a mark that turns the direction of text (U+202E)", cell("\u202eA esaeleR"), ("turns the direction", "U+202E")),
    Attempt("Data files", "a cell of 40,000 characters", cell("x" * 40_000), ("more than 32,767 characters", "row 2, column source")),
    Attempt("Data files", "a cell of 40,000 characters in many lines", cell("long,\n" * 8000), ("more than 32,767 characters", "column source")),
    Attempt("Data files", "a quotation mark that is never closed", data(RATES.replace("Release A", '"Release A', 1)), ("a quotation mark is not closed", DATA)),
    Attempt("Data files", "a row with a cell too many", data(RATES + "calls,2021,year,Wales,1,per_10000,Release A,more\n"), ("not a CSV table", "row 11")),
    Attempt("Data files", "a file that ends in the middle of a row", data(RATES[:-30]), ("fewer than the header's 7", "row 10")),
    Attempt("Data files", "infinity for a number", cell("inf", column=4), ("'inf' is not a number", "row 2, column value")),
    Attempt("Data files", "1e999 for a number", cell("1e999", column=4), ("is not a number", "row 2, column value")),
    Attempt("Data files", "a decimal comma", cell("40,5", column=4), ("'40,5' is not a number",)),
    Attempt("Data files", "a descriptor that is not JSON", beside(DESCRIPTOR, '{"resources": ['), ("not a JSON file", DESCRIPTOR)),
    Attempt("Data files", "a descriptor of another form", beside(DESCRIPTOR, '{"resources": [{"path": 3}, 4]}'), ("not of the form", DESCRIPTOR)),
    Attempt("Data files", "a descriptor nested 100,000 levels deep", beside(DESCRIPTOR, "[" * 100_000), ("not a JSON file", DESCRIPTOR)),
    Attempt("Data files", "a pattern that is no regular expression", beside(DESCRIPTOR, _PATTERN), ("not a regular expression", DESCRIPTOR)),
]  # fmt: skip

YAML_FILES = [
    Attempt("YAML", "a tag that builds an object", more("x: !!python/object/apply:os.system ['touch pwned']\n"), ("could not determine a constructor", "config.yaml, line")),
    Attempt("YAML", "a tag that makes a Python name", more("x: !!python/name:os.system\n"), ("could not determine a constructor",)),
    Attempt("YAML", "aliases that stand for 10¹² values", settings(_bomb()), ("aliases stand for more than 200,000 values",)),
    Attempt("YAML", "an alias that holds itself", more("x: &x [*x]\n"), ("an alias stands for something that holds it",)),
    Attempt("YAML", "100,000 levels of nesting", settings("a: " + "[" * 100_000), ("nested more than 60 levels",)),
    Attempt("YAML", "a key that stands twice", more("analyses: {}\n"), ("the key 'analyses' stands twice",)),
    Attempt("YAML", "a number of 5,000 digits", more("x: " + "9" * 5000 + "\n"), ("not a value of the kind 'int'",)),
    Attempt("YAML", "a date in the 13th month", section(evaluation={**CONFIG["evaluation"], "date": "2021-13-45"}), ("does not fit the key 'date'",)),
    Attempt("YAML", "the same, not in quotes", settings("evaluation: {id: a, title: b, date: 2021-13-45}\n"), ("not a value of the kind 'timestamp'", "line 1")),
    Attempt("YAML", "an escape sequence for terminals, written as \\e", settings('evaluation: {id: a, title: "\\e[31mred", date: 2021-01-01}\n'), ("control character (U+001B)", "line 1")),
    Attempt("YAML", "a mark that turns text, written as \\u202e", settings('evaluation: {id: a, title: "\\u202ea", date: 2021-01-01}\n'), ("turns the direction", "line 1")),
    Attempt("YAML", "UTF-16", settings(yaml.safe_dump(CONFIG).encode("utf-16")), ("the file is UTF-16",)),
    Attempt("YAML", "a file that ends in the middle", settings(yaml.safe_dump(CONFIG, sort_keys=False)[:-25]), ("config.yaml",)),
    Attempt("YAML", "a list instead of settings", settings("- a\n"), ("the configuration is empty",)),
    Attempt("YAML", "a folder named config.yaml", as_folder(SETTINGS), ("not a regular file", SETTINGS)),
    Attempt("YAML", "a key that is not known", more("reprot: {}\n"), ("unknown key 'reprot'", "did you mean 'report'")),
    Attempt("YAML", "an id of 300 characters", section(analyses={"a" * 300: CONFIG["analyses"]["rates"]}), ("config.yaml", "key analyses")),
    Attempt("YAML", "code in a formula: __import__", propensity("age + I(__import__('os').system('touch pwned'))"), ("cannot stand in a formula", "propensity")),
    Attempt("YAML", "code in a formula: a method of a column", propensity("age + I(age.to_csv('pwned'))"), ("cannot stand in a formula",)),
    Attempt("YAML", "code in a formula: numpy's reader", propensity("age + np.load('pwned')"), ("cannot stand in a formula",)),
    Attempt("YAML", "a formula that takes all memory", propensity("age + I(9**9**9)"), ("cannot stand in a formula",)),
    Attempt("YAML", "a number id with a quotation mark", section(derived={'a.b"c': {"formula": "1 + 1", "unit": "count", "label": "x"}}), ("cannot be a number id", "derived.a.b")),
    Attempt("YAML", "code in a claim", chapter("{% claim \"__import__('os').system('touch pwned')\" %}It fell{% endclaim %}."), ("cannot be checked", "line 10", "write for example")),
]  # fmt: skip

PATHS = [
    Attempt("Paths", "a data path that climbs out (../)", path("../rates.csv"), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "a data path that climbs out in the middle", path("data/../../rates.csv"), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "an absolute data path", path("/etc/passwd"), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "an address for a data path", path(REMOTE), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "a path with signs that stand for others", path("data/{x}.csv"), ("holds a sign that stands for others",)),
    Attempt("Paths", "a chapter that climbs out", section(report=report(chapters=["../one.qmd"])), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "a bibliography that climbs out", section(report=report(bibliography="../x.bib")), ("not a path inside the evaluation folder",)),
    Attempt("Paths", "a data file that is a link out of the folder", linked(DATA), ("a link", "leads out of the evaluation folder")),
    Attempt("Paths", "a chapter that is a link out of the folder", linked(CHAPTER_FILE), ("a link", "leads out of the evaluation folder")),
    Attempt("Paths", "facts that are a link out of the folder", linked("report/facts.yaml"), ("a link", "leads out of the evaluation folder")),
    Attempt("Paths", "the folder data/ as a link out of the folder", linked("data"), ("a link", "leads out of the evaluation folder")),
    Attempt("Paths", "a folder in the place of a data file", as_folder(DATA), (f"the file {DATA} does not exist",)),
    Attempt("Paths", "a pipe in the place of a data file", _fifo, (f"the file {DATA} does not exist",)),
]  # fmt: skip

CHAPTERS = [
    Attempt("Words", "Jinja: a way to Python's classes", chapter("{{ ''.__class__.__mro__ }}"), ("the template cannot be filled", "unsafe")),
    Attempt("Words", "Jinja: a reader of pickles", chapter("{{ evaluation.parse_raw('x', allow_pickle=True) }}"), ("the template cannot be filled",)),
    Attempt("Words", "Jinja: the globals of a function", chapter("{{ n.__globals__ }}"), ("the template cannot be filled", "unsafe")),
    Attempt("Words", "Jinja: an include of a file", chapter("{% include '/etc/passwd' %}"), ("the template cannot be filled",)),
    Attempt("Words", "Jinja: a text of 10⁹ characters", chapter("{{ 'a' * 999999999 }}"), ("the template cannot be filled",)),
    Attempt("Words", "Jinja: division by zero", chapter("{{ evaluation.title | length / 0 }}"), ("the template cannot be filled", "division by zero")),
    Attempt("Words", "Jinja: a macro that calls itself", chapter("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"), ("the template cannot be filled",)),
    Attempt("Words", "a shortcode that includes a file", chapter("{% raw %}{{< include /etc/passwd >}}{% endraw %}"), ("a shortcode of Quarto",)),
    Attempt("Words", "a cell of Python", chapter("```{python}\nopen('pwned', 'w')\n```"), ("an engine would run",)),
    Attempt("Words", "R in a sentence", chapter("So `{r} system('touch pwned')` it is."), ("an engine would run",)),
    Attempt("Words", "a YAML block that names a filter", chapter("---\nfilters: [x.lua]\n---"), ("a YAML block with settings", "line 10")),
    Attempt("Words", "<script>", chapter("<script>alert()</script>"), ("the element <script> cannot stand",)),
    Attempt("Words", "<script> in a raw block", chapter("```{=html}\n<script>alert()</script>\n```"), ("the element <script> cannot stand",)),
    Attempt("Words", "an event handler", chapter('<b onclick="alert()">bold</b>'), ("the attribute 'onclick' cannot stand",)),
    Attempt("Words", "a link that runs a script", chapter("[word](javascript:alert)"), ("a link to 'javascript:alert' cannot stand",)),
    Attempt("Words", "a link to a file of the reader", chapter("[word](file:///etc/passwd)"), ("a link to 'file:///etc/passwd' cannot stand",)),
    Attempt("Words", "a frame", chapter(f'<iframe src="{REMOTE}"></iframe>'), ("the element <iframe> cannot stand",)),
    Attempt("Words", "an image from the web", chapter(f'![a]({REMOTE}){{fig-alt="a"}}'), ("is not a figure of this build",)),
    Attempt("Words", "the same without a scheme", chapter("![a](//127.0.0.1/x.svg)"), ("there is no picture",)),
    Attempt("Words", "an image from the web, as HTML", chapter(f'<img src="{REMOTE}" alt="a">'), ("is not a figure of this build",)),
    Attempt("Words", "an image that climbs out", chapter("![a](../../etc/x.svg)"), ("there is no picture",)),
    Attempt("Words", "an image from this machine", chapter('![a](/etc/passwd){fig-alt="a"}'), ("is not a figure of this build",)),
    Attempt("Words", "a drawing with a use of another", chapter(f'<svg><use href="{REMOTE}"/></svg>'), ("the element <svg> cannot stand",)),
    Attempt("Words", "a style sheet from the web", chapter(f"<style>p {{background: url({REMOTE})}}</style>"), ("the element <style> cannot stand",)),
    Attempt("Words", "a link to a style sheet", chapter(f'<link rel="stylesheet" href="{REMOTE}">'), ("the element <link> cannot stand",)),
    Attempt("Words", "a background from the web", chapter(f'[a]{{style="background: url({REMOTE})"}}'), ("cannot stand in the report",)),
    Attempt("Words", "a page that leads elsewhere", chapter(f'<meta http-equiv="refresh" content="; {REMOTE}">'), ("the element <meta> cannot stand",)),
    Attempt("Words", "a form", chapter(f'<form action="{REMOTE}"></form>'), ("the element <form> cannot stand",)),
    Attempt("Words", "<script> in a caption", section(figures=figure(caption="Calls <script>alert()</script>")), ("'<script>' is HTML", "figures.trend.caption")),
    Attempt("Words", "<img onerror> in an alternative text", section(figures=figure(alt="Rose <img src=x onerror=alert()>")), ("is HTML", "figures.trend.alt")),
    Attempt("Words", "an image from the web in a source line", section(figures=figure(source=f'Release ![a]({REMOTE}){{fig-alt="a"}}')), ("is not a figure of this build",)),
    Attempt("Words", "a citation style that leads to the web", beside("report/x.csl", CSL, report=report(csl="report/x.csl")), ("depends on another one", "report/x.csl")),
    Attempt("Words", "an undecodable chapter", lambda folder: (folder / CHAPTER_FILE).write_bytes(b"# \xff\n"), ("not UTF-8 text", CHAPTER_FILE)),
    Attempt("Words", "a chapter that ends in the middle of a claim", chapter('{% claim "rates.calls.2020.area > 1" %}It ro'), ("the template cannot be read", CHAPTER_FILE)),
]  # fmt: skip

REFUSED_OR_HANDLED = [*DATA_FILES, *YAML_FILES, *PATHS, *CHAPTERS]
