"""Word documents in tests: made from a folder, and taken apart."""

import contextlib
import io
import zipfile
from types import SimpleNamespace

from lxml import etree

from evidentia.config.load import load_config
from evidentia.render.docx.document import write_docx
from folders import ENGINE
from reliability.small import CONFIG, run_rules, set_config, write_small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_of(folder):
    """Return the Word document of a folder whose page is built."""
    with contextlib.chdir(folder):
        return write_docx(load_config("."), folder / "build" / "draft", ENGINE / "templates")


def parts_of(content):
    """Return the XML parts of a document by name."""
    file = zipfile.ZipFile(io.BytesIO(content))
    return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}


def words_of(element):
    """Return the words of an element."""
    return "".join(
        node.text or "" if node.tag == f"{W}t" else " "
        for node in element.iter(f"{W}t", f"{W}br", f"{W}tab")
        if node.getparent().tag != f"{W}tabs"
    )


CHAPTER = """# Findings {#sec-findings}

Calls were {{ n("rates.calls.2020.area") }} in the area,[^which] as @fig-trend shows. They
{{ change("rates.calls.2019.area", "rates.calls.2020.area") }}.

[^which]: Calls to the line, {{ n("rates.calls.2020.nation") }} in the nation.

## What was done {#sec-done}

- A first item
- A second item with *stress* and a [link](https://example.org/a?b=c)

1. Numbered

> A quotation in a block.

::: {.callout-note}
## To know

A box says {{ n("rates.calls.2019.area") }}.
:::

{{ figure("trend") }}

{{ table("calls") }}

After the table.
"""
SECOND = """# Lessons {#sec-lessons}

Words of another chapter, with {{ n("rates.calls.2019.nation") }}.
"""


def build_report(folder):
    """Build a small report with what a report holds: its folder, its draft, and the Word document's bytes."""
    write_small(folder)
    chapters = ["report/one.qmd", "report/two.qmd"]
    settings = {**CONFIG["report"], "chapters": chapters, "formats": ["html", "docx"]}
    about = {**CONFIG["evaluation"], "status": "for_comment", "language": "en-GB", "organisation": "The unit"}
    set_config(folder, report=settings, evaluation={**about, "subtitle": "Final report"})
    (folder / "report" / "one.qmd").write_text(CHAPTER, encoding="utf-8")
    (folder / "report" / "two.qmd").write_text(SECOND, encoding="utf-8")
    run_rules(folder)
    content = docx_of(folder)
    (folder / "build" / "draft" / "report.docx").write_bytes(content)
    return SimpleNamespace(folder=folder, draft=folder / "build" / "draft", content=content)
