"""The engines: choosing one, running it, and one result from both."""

import difflib
import json
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from lxml import html

from evidentia.core.errors import EvidentiaError
from evidentia.render.html.body import normalise, parse
from evidentia.render.html.engine import choose, for_quarto, passed_over, to_html, version
from evidentia.render.html.finish import finish, text_of
from folders import ENGINE

TEMPLATES = ENGINE / "templates"
BIB = "report/references.bib"


@pytest.fixture
def build(tmp_path):
    """A folder build/ with a document that holds every element, ready for either engine."""
    folder = tmp_path / "build"
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / "calls.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    )
    (folder / "figures" / "calls.csv").write_text("Year,Value\n2019,4\n")
    shutil.copy(Path(__file__).with_name("everything.qmd"), folder / "report.qmd")
    for name in ("_quarto.yml", "citations.csl"):
        shutil.copy(TEMPLATES / "quarto" / name, folder / name)
    (tmp_path / "report").mkdir()
    shutil.copy(ENGINE / BIB, tmp_path / BIB)
    return folder


def finished(text):
    main = parse(text)
    normalise(main)
    return finish(main)


def lines(text):
    page = html.tostring(finished(text).main, encoding="unicode")
    return [line for line in re.sub(r">\s*<", ">\n<", page).splitlines() if line.strip()]


@pytest.fixture
def fake_quarto(tmp_path, monkeypatch):
    """A program called quarto that answers like one: it notes what it was given and writes its page where the
    project file says.
    """
    script = tmp_path / "bin" / "quarto"
    script.parent.mkdir()
    script.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nif sys.argv[1:] == ['--version']:\n    print('1.7.34');"
        f" sys.exit()\nlog = pathlib.Path({str(tmp_path / 'given.txt')!r})\nfiles = sorted(str(path) for path"
        " in pathlib.Path('..').rglob('*') if path.is_file())\nlog.write_text('\\n'.join(['"
        " '.join(sys.argv[1:]), str(pathlib.Path.cwd()), *files]))\npathlib.Path('.quarto').mkdir();"
        " pathlib.Path('preview').mkdir()\npathlib.Path('preview/preview.html').write_text('<html><body><main><p>From"
        " Quarto</p></main></body></html>')\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:/usr/bin:/bin")
    return script


def test_auto_takes_quarto_where_it_is_installed(fake_quarto):
    assert choose("auto") == ("quarto", str(fake_quarto))
    assert choose("quarto") == ("quarto", str(fake_quarto))
    assert choose("pandoc")[0] == "pandoc"


def test_quarto_by_name_that_is_not_installed_is_an_error(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert choose("auto")[0] == "pandoc"
    with pytest.raises(EvidentiaError, match="'quarto' is not installed"):
        choose("quarto")


@pytest.mark.parametrize(
    ("number", "fits"), [("1.7.0", True), ("1.10.2", True), ("2.0", True), ("1.6.43", False)]
)
def test_a_quarto_older_than_1_7_is_refused(fake_quarto, number, fits):
    fake_quarto.write_text(f"#!/bin/sh\necho {number}\n")
    if fits:
        assert version("quarto", str(fake_quarto)) == number
    else:
        with pytest.raises(EvidentiaError, match="too old"):
            version("quarto", str(fake_quarto))


def test_quarto_renders_a_copy_of_the_project_and_leaves_nothing_behind(build, fake_quarto, tmp_path):
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    page = to_html("quarto", str(fake_quarto), build, TEMPLATES, [BIB])
    assert "From Quarto" in page
    assert (
        sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.name != "given.txt")
        == before
    )
    command, where, *files = (tmp_path / "given.txt").read_text().splitlines()
    assert command == "render report.qmd --to html --log-level error"
    assert not Path(where).exists()
    assert [file.removeprefix("../") for file in files] == [
        "build/_quarto.yml",
        "build/citations.csl",
        "build/figures/calls.svg",
        "build/report.qmd",
        "report/references.bib",
    ]


def test_an_old_quarto_under_auto_gives_way_to_pandoc_with_a_note(fake_quarto):
    assert passed_over("auto") == ""
    fake_quarto.write_text("#!/bin/sh\necho 1.4.550\n")
    assert choose("auto")[0] == "pandoc"
    assert (
        passed_over("auto") == "Quarto 1.4.550 is too old: rendering with pandoc, which gives the same page"
    )
    assert choose("quarto")[0] == "quarto"
    assert passed_over("pandoc") == ""


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\necho hello\n", "#!/bin/sh\n"])
def test_a_quarto_that_does_not_run_gives_way_too(fake_quarto, program):
    fake_quarto.write_text(program)
    assert choose("auto")[0] == "pandoc"
    assert "rendering with pandoc" in passed_over("auto")


def test_the_projects_file_gives_a_preview_names_that_no_finished_file_has():
    formats = yaml.safe_load((TEMPLATES / "quarto" / "_quarto.yml").read_text(encoding="utf-8"))["format"]
    names = {kind: options["output-file"] for kind, options in formats.items()}
    assert names == {"html": "preview.html", "docx": "preview.docx", "pdf": "preview.pdf"}


def test_the_numbers_that_quarto_gives_sections_are_replaced_by_the_reports_own():
    page = (
        '<html><body><main><section id="sec-a" class="level1" data-number="7"><h1 data-number="7"><span'
        ' class="header-section-number">7</span> Findings</h1></section></main></body></html>'
    )
    done = finished(page)
    assert [heading.number + heading.text for heading in done.headings] == ["1. Findings"]
    assert text_of(done.main.xpath(".//h2")[0]) == "1. Findings"


def test_what_quarto_says_without_a_page_is_passed_on_without_colours(build, fake_quarto):
    fake_quarto.write_text("#!/bin/sh\nprintf '\\033[31mERROR: Book chapter missing\\033[0m' >&2\n")
    with pytest.raises(EvidentiaError, match="wrote no page: ERROR: Book chapter missing\n"):
        to_html("quarto", str(fake_quarto), build, TEMPLATES, [BIB])


def test_what_quarto_says_when_it_stops_is_passed_on(build, fake_quarto):
    fake_quarto.write_text("#!/bin/sh\necho 'ERROR: YAML parse error' >&2\nexit 1\n")
    with pytest.raises(EvidentiaError, match="YAML parse error"):
        to_html("quarto", str(fake_quarto), build, TEMPLATES, [BIB])


def test_pandoc_gives_every_element(build):
    done = finished(to_html(*choose("pandoc"), build, TEMPLATES))
    first, second = (
        text_of(item).replace("\N{NO-BREAK SPACE}", " ") for item in done.main.xpath("./section[1]/p")
    )
    assert (
        first
        == "Smart “quotes” and ‘single’ ones – dashes — ellipsis… and a fixed space. See Figure 1, Table 1"
        " and ‘Second part’, Figure 1, Table 1, 1, Chart 1, ‘Without a number’ and Annex 1."
    )
    assert second.startswith(
        "The text cites Whitley and others (2020) and (Whitley and others, 2020), (see Whitley and others,"
        " 2020, p. 3), (2020)."
    )
    assert [box.get("aria-label") for box in done.main.xpath(".//aside")] == [
        "A title with emphasis",
        "Tip",
        "Title of a simple box",
        "Title as an attribute",
        "Folded in Quarto",
    ]
    assert [heading.number + heading.text for heading in done.headings] == [
        "1. First chapter",
        "Second part",
        "Without a number",
        "Appendix 1: The annex",
        "References",
    ]
    assert len(done.main.xpath(".//section[@role='doc-endnotes']//li[starts-with(@id, 'fn')]")) == 3


@pytest.mark.quarto
def test_quarto_and_pandoc_give_the_same_page(build):
    program = shutil.which("quarto")
    if not program:
        pytest.skip("Quarto is not installed here: the comparison of the two engines was not made")
    pages = {
        engine: lines(to_html(engine, choose(engine)[1], build, TEMPLATES, [BIB]))
        for engine in ("pandoc", "quarto")
    }
    assert not list(
        difflib.unified_diff(pages["pandoc"], pages["quarto"], "pandoc", "quarto", n=1, lineterm="")
    )


def test_a_definition_of_2_paragraphs_keeps_them_apart(build):
    (build / "report.qmd").write_text("# A\n\nTerm\n:   One.\n\n    Two.\n\nOther\n:   Alone\n")
    main = parse(to_html(*choose("pandoc"), build, TEMPLATES))
    assert [len(definition.findall("p")) for definition in main.iter("dd")] == [2, 0]


def test_a_formula_that_pandoc_cannot_draw_is_named_with_its_chapter(build):
    text = "# A\n\nHere $\\frac{a}{b$ stands a formula that is wrong.\n"
    (build / "report.qmd").write_text(text)
    chapter = {"path": "report/a.qmd", "text": text, "lines": [1, 2, 7, 8]}
    (build / "homes.json").write_text(json.dumps({"chapters": [chapter]}))
    with pytest.raises(EvidentiaError, match="pandoc warns: Could not"):
        to_html(*choose("pandoc"), build, TEMPLATES)


def test_what_quarto_would_decide_for_html_alone_is_left_to_the_finishing_step():
    text = (
        '::: {.content-visible when-format="pdf"}\nwhen-format stays in words.\n:::\n\n'
        "::: {#fig-x layout-ncol=2}\n:::\n\n`{.content-hidden}` is code.\n"
    )
    assert for_quarto(text) == (
        '::: {.when-visible data-when-format="pdf"}\nwhen-format stays in words.\n:::\n\n'
        "::: {#fig-x data-layout-ncol=2}\n:::\n\n`{.content-hidden}` is code.\n"
    )
