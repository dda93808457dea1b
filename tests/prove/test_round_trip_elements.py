"""What stands in sentences of a real report passes the round trip of page, PDF and Word document."""

import contextlib

import pytest

from evidentia.config.load import load_config
from evidentia.prove.round_trip import round_trip
from evidentia.render.docx.document import write_docx
from evidentia.render.pdf.document import write_pdf
from folders import ENGINE
from reliability.small import CONFIG, run_rules, set_config, write_small

CHAPTER = """# Findings {#sec-findings}

Since the 1^st^ of May and in the 21^st^ century, @Sec-findings, [-@tbl-kept] and [see @tbl-kept] say it.

Claims side by side[^a][^b],[^c] and so on. Water is H~2~O, areas are in m^2^, the letter is $\\mathcal{N}(\\mu)$.

| Kept | By  |
|-----:|:----|
| one  | two |

: What is kept {#tbl-kept}

[Seen]{.content-visible when-format="html"}[Read]{.content-visible when-format="pdf"} on paper, and
[on a screen {{ n("rates.calls.2020.area") }}]{.content-visible when-format="html"} it is.

# Letters such as $x_1$ and `code` {#sec-letters}

## A part

### A part of the third level

[Small capitals]{.smallcaps} and words.

[^a]: Words.

[^b]: Words with

    1) one
    2) two

    a. a letter

[^c]: Words.
"""


@pytest.mark.build
def test_raised_letters_notes_side_by_side_and_bare_numbers_of_tables_have_an_origin(tmp_path):
    folder = write_small(tmp_path)
    set_config(folder, report={**CONFIG["report"], "formats": ["html", "pdf", "docx"]}, figures={}, tables={})
    (folder / "report" / "one.qmd").write_text(CHAPTER, encoding="utf-8")
    run_rules(folder)
    draft = folder / "build" / "draft"
    with contextlib.chdir(folder):
        config = load_config(".", check_files=False)
        (draft / "report.pdf").write_bytes(write_pdf(config, draft))
        (draft / "report.docx").write_bytes(write_docx(config, draft, ENGINE / "templates"))
        round_trip(config, folder, draft, None).raise_if_left()
