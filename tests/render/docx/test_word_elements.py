"""What a chapter may hold, in Word: the page's words, in Word's own elements."""

import contextlib
import io
import zipfile

import docx
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from evidentia.core.word_format import parse_sent
from evidentia.prove.page_text import read_page
from evidentia.prove.word import match_word, read_word
from reliability.small import CONFIG, run_rules, set_config, write_small
from word_files import W, docx_of, parts_of, words_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHAPTER = """# Elements {#sec-elements}

Words with `code`, ^super^, ~~strike~~ and **bold *nested***. A formula $y = \\alpha + x_1^2$ in a line.[^m]

[^m]: A note with $x^2$ in it, and a second sentence.

$$
\\hat{\\tau} = \\frac{1}{n}\\sum_{i=1}^{n} y_i
$$ {#eq-effect}

As @eq-effect shows, it goes on.

::: {.callout-note}
Outer words.

- an item in the box

::: {.callout-warning}
## Take care

Inner words.
:::
:::

::: {layout-ncol=2}
Left words.

Right words.
:::

1. First
2. Second

(a) In brackets
(b) Again

- [ ] open task
- [x] done task

Term
: Its definition

{{< pagebreak >}}

| A line block
| with a second line

::: {.landscape}

| Group | One | Two |
|:--|--:|--:|
| All {{ n("rates.calls.2020.area", "plain") }} | a | b |

: A wide table {#tbl-wide}

:::

After the turned page.

![A picture of my own](pictures/own.png){#fig-own fig-alt="A blue square"}

::: {#fig-both layout-ncol=2}

![First](pictures/own.png){#fig-a fig-alt="The first one"}

![Second](pictures/drawn.svg){#fig-b fig-alt="The second one"}

Both of them

:::

#### Fourth level

Last words.
"""
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"/></svg>'


@pytest.fixture(scope="module")
def elements(tmp_path_factory):
    folder = write_small(tmp_path_factory.mktemp("elements") / "small")
    set_config(folder, report={**CONFIG["report"], "formats": ["html", "docx"]}, figures={}, tables={})
    (folder / "report" / "one.qmd").write_text(CHAPTER)
    pictures = folder / "report" / "pictures"
    pictures.mkdir()
    Image.new("RGB", (800, 400), "#12436D").save(pictures / "own.png")
    (pictures / "drawn.svg").write_text(DRAWN)
    with contextlib.chdir(folder):
        run_rules(folder)
    content = docx_of(folder)
    (folder / "build" / "draft" / "report.docx").write_bytes(content)
    return folder, content


def lines_of(content):
    return [line for line in parts_of(content)["word/document.xml"].iter(f"{W}p") if words_of(line).strip()]


def test_all_words_numbers_and_formulas_are_the_pages_and_the_file_is_valid(elements):
    folder, _ = elements
    draft = folder / "build" / "draft"
    page = read_page(draft / "report.html")
    _, faults = match_word(page, [], read_word(draft / "report.docx"))
    assert faults == []
    assert len(page.formulas) == 3
    assert [error.description for error in OpenXmlValidator().validate(draft / "report.docx").errors] == []


def test_a_changed_formula_is_named(elements, tmp_path):
    folder, content = elements
    draft = folder / "build" / "draft"
    with zipfile.ZipFile(io.BytesIO(content)) as file, zipfile.ZipFile(tmp_path / "a.docx", "w") as other:
        for name in file.namelist():
            other.writestr(name, file.read(name).replace("α".encode(), "β".encode()))
    _, faults = match_word(read_page(draft / "report.html"), [], read_word(tmp_path / "a.docx"))
    assert any("formulas" in fault for fault in faults)


def test_formulas_are_words_own_and_can_be_edited(elements):
    parts = parts_of(elements[1])
    assert len(list(parts["word/document.xml"].iter(f"{M}oMath"))) == 2
    assert len(list(parts["word/footnotes.xml"].iter(f"{M}oMath"))) == 1


def test_a_turned_page_is_a_section_of_its_own_between_upright_ones(elements):
    document = docx.Document(io.BytesIO(elements[1]))
    assert [section.orientation for section in document.sections][-3:] == [0, 1, 0]
    turned = document.sections[-2]
    assert turned.page_width > turned.page_height
    assert turned.header.paragraphs[0].text == document.sections[-1].header.paragraphs[0].text


def test_a_page_break_begins_a_page_and_leaves_no_empty_line(elements):
    line = next(line for line in lines_of(elements[1]) if words_of(line).startswith("A line block"))
    broken = line.find(f"{W}pPr/{W}pageBreakBefore")
    assert broken is not None
    assert broken.get(f"{W}val") == "1"


def test_lists_in_boxes_are_in_the_box_and_numbered_lists_are_words_own(elements):
    lines = {words_of(line).strip(): line for line in lines_of(elements[1])}
    item = lines["an item in the box"]
    assert item.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "BoxItem"
    assert item.find(f"{W}pPr/{W}numPr") is not None
    assert lines["First"].find(f"{W}pPr/{W}numPr") is not None


def test_a_numbered_list_has_the_brackets_that_its_author_wrote(elements):
    forms = {
        found.get(f"{W}val") for found in parts_of(elements[1])["word/numbering.xml"].iter(f"{W}lvlText")
    }
    assert "(%1)" in forms


def test_pictures_of_ones_own_have_their_words_and_sizes(elements):
    shapes = docx.Document(io.BytesIO(elements[1])).inline_shapes
    sizes = {shape._inline.docPr.get("descr"): round(shape.width.mm) for shape in shapes}
    assert sizes["A blue square"] == 162
    assert sizes["The first one"] == sizes["The second one"] == 81
    assert min(sizes.values()) < 5  # a task's box is as high as the line


def test_paragraphs_that_hold_formulas_and_references_lead_home(elements):
    folder, content = elements
    sent = parse_sent(zipfile.ZipFile(io.BytesIO(content)).read("customXml/item1.xml"))
    lines = {paragraph.words: paragraph.line for paragraph in sent.chapters[0].paragraphs}
    source = CHAPTER.split("\n")
    assert source[lines["As Equation 1 shows, it goes on."] - 1].startswith("As @eq-effect")
    assert source[lines["an item in the box"] - 1] == "- an item in the box"
    assert source[lines["Last words."] - 1] == "Last words."
    assert source[lines["(b) Second"] - 1].startswith("![Second]")
