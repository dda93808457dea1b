"""Each check finds the fault that is planted in a page, and nothing in a page without faults."""

import json

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.prove.checks import colours, screen
from evidentia.prove.checks.check import FAILED, PASSED, SKIPPED, CannotRun, as_json, of, stop_if_failed
from folders import ENGINE

GOOD = """<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>
<a href="#main">Skip</a><h1>Title</h1><main id="main"><h2 id="two">Part</h2>
<figure id="fig-x"><figcaption>Caption</figcaption><svg role="img" aria-label="It rose from four to nine in a year"></svg>
<details><summary>Data</summary><table><caption>Data</caption><thead><tr><th scope="col">Year</th></tr></thead>
<tbody><tr><th scope="row">2019</th></tr></tbody></table></details></figure></main></body></html>"""

CHECKS = {
    "parses": screen.parses,
    "links": screen.links_lead_somewhere,
    "pictures": screen.pictures_described,
    "headings": screen.headings_step,
    "tables": screen.tables_headed,
    "size": screen.size,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_page_without_faults_passes(name):
    assert CHECKS[name](GOOD)[1] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("parses", "<h2 id", "</p><h2 id", "unexpected"),
        ("links", 'href="#main"', 'href="#mian"', "#mian, which is not there"),
        ("links", 'id="two"', 'id="main"', "main stands 2 times"),
        ("links", ">Skip<", "><", "has no words"),
        ("links", "</main>", '<img src="https://example.org/x.png"></main>', "loaded from elsewhere"),
        ("links", "</main>", '<p aria-labelledby="nobody">x</p></main>', "aria-labelledby names nobody"),
        ("pictures", "It rose from four to nine in a year", "Chart", "no text alternative"),
        ("pictures", "<details>", "<div>", "does not show its data"),
        ("headings", "<h2", "<h3", "right below level 1"),
        ("headings", "<h1>Title</h1>", "", "0 titles"),
        ("tables", ' scope="row"', "", "no scope"),
        ("tables", '<th scope="row">2019</th>', "<td>2019</td>", "no header"),
        ("tables", "<caption>Data</caption>", "", "no caption"),
        ("size", "Part", "x" * 4 * 1024 * 1024, "larger than 3 MiB"),
    ],
)
def test_a_planted_fault_is_found(name, old, new, finding):
    assert old in GOOD
    findings = CHECKS[name](GOOD.replace(old, new))[1]
    assert any(finding in text for text in findings), findings


def test_the_nu_checker_is_skipped_where_it_is_not_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("VNU_JAR", str(tmp_path / "none.jar"))
    assert of("html-valid", "Nu", lambda: screen.valid(tmp_path / "x.html")).status == SKIPPED


def test_the_nu_checkers_messages_are_findings_but_for_paged_media(tmp_path, monkeypatch):
    (tmp_path / "vnu.jar").write_text("")
    said = [
        {"message": "CSS: “string-set”: there is no such property.", "lastLine": 3},
        {"message": "Stray end tag p.", "lastLine": 9},
    ]
    (tmp_path / "java").write_text(f"#!/bin/sh\necho '{json.dumps({'messages': said})}'\n")
    (tmp_path / "java").chmod(0o755)
    monkeypatch.setenv("VNU_JAR", str(tmp_path / "vnu.jar"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert screen.valid(tmp_path / "x.html")[1] == ["line 9: Stray end tag p."]


def test_a_check_that_cannot_run_is_skipped_and_not_passed():
    def find():
        raise CannotRun("there is no Chromium")

    check = of("html-axe", "axe", find)
    assert (check.status, check.measured) == (SKIPPED, "there is no Chromium")
    assert as_json([check])["counts"] == {PASSED: 0, FAILED: 0, SKIPPED: 1}
    stop_if_failed([check], "x")


def test_a_failed_check_stops_with_its_name():
    checks = [of("a", "Good", lambda: ("", [])), of("b", "Bad", lambda: ("1 finding", ["line 3"]))]
    with pytest.raises(EvidentiaError, match="1 of 2 checks failed: Bad"):
        stop_if_failed(checks, "build/checks.json")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#fff", 4.0),
    ],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    """The ratios that the W3C's examples and common checkers give."""
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_the_palette_keeps_its_contrast_in_both_schemes():
    sheets = [(ENGINE / "templates" / name).read_text() for name in ("screen.css", "print.css")]
    measured, findings = colours.palette(*sheets)
    assert findings == []
    assert int(measured.split()[0]) > 25


def test_a_pale_text_colour_is_found_in_the_scheme_that_has_it():
    sheets = [(ENGINE / "templates" / name).read_text() for name in ("screen.css", "print.css")]
    assert "--quiet: #b5bcc2" in sheets[0]
    findings = colours.palette(sheets[0].replace("--quiet: #b5bcc2", "--quiet: #505a5f"), sheets[1])[1]
    assert len(findings) == 1
    assert findings[0].startswith("dark: quiet on paper has 2.5")
