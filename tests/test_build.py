"""Whole builds with Snakemake, as a user runs them."""

import json
import re
import shutil
import subprocess

import page
import pytest
import yaml

from folders import MINIMAL, RATES, copy_default, rules_run, snakemake, write_folder

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("build")]


def pdf_text(folder):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    return subprocess.run(
        ["pdftotext", "-layout", str(folder / "build" / "report.pdf"), "-"], capture_output=True, text=True
    ).stdout


def test_the_default_evaluation_builds_all_that_the_readme_names(default_build):
    build = default_build / "build"
    config = yaml.safe_load((default_build / "config.yaml").read_text())
    for name in (
        "report.html",
        "report.pdf",
        "numbers.json",
        "numbers.csv",
        "claims.json",
        "report.qmd",
        "tables.xlsx",
    ):
        assert (build / name).stat().st_size > 1000, name
    assert {path.name.partition(".")[0] for path in (build / "figures").glob("*.svg")} == set(
        config["figures"]
    )
    assert {path.stem for path in (build / "figures").glob("*.csv")} == set(config["figures"])
    assert {path.stem for path in (build / "tables").glob("*.csv")} == set(config["tables"])


def test_a_second_build_has_nothing_to_do(default_build):
    assert "Nothing to be done" in snakemake(default_build).stdout


def test_every_number_in_the_page_is_in_the_ledger_with_that_use(default_build):
    ledger = {
        entry["id"]: entry
        for entry in json.loads((default_build / "build" / "numbers.json").read_text())["numbers"]
    }
    text = (default_build / "build" / "report.html").read_text()
    spans = re.findall(r'<(?:a|span) id="(n-\d+)" class="n" data-id="([^"]+)"', text)
    assert len(spans) > 50
    for anchor, number in spans:
        assert any(use["anchor"] == anchor for use in ledger[number]["uses"]), (anchor, number)
    printed_times = sum(use["anchor"].startswith("n-") for entry in ledger.values() for use in entry["uses"])
    assert printed_times == len(spans)


def test_every_computed_number_names_its_data_with_hash(default_build):
    for entry in json.loads((default_build / "build" / "numbers.json").read_text())["numbers"]:
        source = entry["source"]
        if source["basis"] == "computed" and source["rule"] != "values":
            assert all(value.startswith(("sha256:", "hmac-sha256:")) for value in source["inputs"].values())
            assert source["inputs"], entry["id"]
        if source["basis"] == "stated":
            assert source["document"], entry["id"]
            assert source["place"], entry["id"]


def test_every_claim_holds_and_says_its_sentence(default_build):
    claims = json.loads((default_build / "build" / "claims.json").read_text())["claims"]
    assert len(claims) > 10
    assert all(claim["holds"] and claim["values"] for claim in claims)


def test_the_pdf_conforms_to_pdf_ua_1(default_build):
    report = page.validate_pdf(str(default_build / "build" / "report.pdf"), profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures][:5]


def test_the_pdf_has_contents_with_page_numbers_and_the_numbers_attached(default_build):
    assert re.search(r"Executive summary\s+\d+", pdf_text(default_build))
    listed = subprocess.run(
        ["pdfdetach", "-list", str(default_build / "build" / "report.pdf")], capture_output=True, text=True
    ).stdout
    assert "numbers.csv" in listed


def test_the_page_is_one_file_without_a_network(default_build):
    text = (default_build / "build" / "report.html").read_text()
    assert not re.findall(
        r'(?:src|href)="(?!#|data:|https://|mailto:|report\.pdf|tables\.xlsx|numbers\.csv)[^"]+"', text
    )
    assert not re.findall(r'<(?:img|script|link|iframe)[^>]+(?:src|href)="https?:', text)
    assert not re.findall(r"url\((?!data:|#|&quot;#)[^)]*\)", text)


def test_a_changed_datum_reaches_the_pdf_and_reruns_only_what_depends_on_it(tmp_path, default_build):
    folder = shutil.copytree(default_build, tmp_path / "datum")
    (folder / "data" / "unused.csv").write_text("a\n1\n")
    path = folder / "data" / "indicators.csv"
    text = path.read_text()
    old = "social_worker_turnover,2019,30 September,Lincolnshire,11.5"
    assert old in text
    path.write_text(text.replace(old, old.replace("11.5", "11.7")))
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    assert {name for name in rules_run(done) if name.startswith("analyse")} == {"analyse_indicators"}
    assert {"values", "compose", "html", "pdf", "round_trip", "publish"} <= rules_run(done)
    assert "11.7%" in pdf_text(folder)
    assert "11.5%" not in pdf_text(folder)


def test_a_changed_word_reaches_the_page_and_reruns_no_analysis(tmp_path, default_build):
    folder = shutil.copytree(default_build, tmp_path / "word")
    path = folder / "report" / "references.qmd"
    path.write_text(path.read_text().replace("# References", "# Works cited"))
    done = snakemake(folder)
    assert rules_run(done) == {"compose", "html", "pdf", "workbook", "round_trip", "publish"}
    assert "Works cited" in (folder / "build" / "report.html").read_text()


def test_one_offence_record_that_ends_significance_stops_the_build_at_each_sentence_that_says_otherwise(
    tmp_path, default_build
):
    folder = shutil.copytree(default_build, tmp_path / "offence")
    path = folder / "data" / "future4me" / "offences.csv"
    old = (  # a young person of the treated group with a large weight, who now counts as reoffending
        "YP0390,2018-08-27,violent"
    )
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, "YP0390,2018-09-26,violent"))
    before = (folder / "build" / "report.pdf").read_bytes()
    done = snakemake(folder)
    assert done.returncode != 0
    assert "future4me.effect.p_value = 0.058" in done.stdout
    failed = done.stdout.split("evidentia: ")[-1]
    for chapter in ("key-messages", "executive-summary", "findings-future4me", "lessons"):
        sentences = re.findall(
            rf'no longer holds: "([^\n]+)"(?:(?!no longer holds).)*?where: report/{chapter}.qmd',
            failed,
            re.DOTALL,
        )
        assert any("significant" in sentence for sentence in sentences), chapter
    assert "outcome 'risk', source 'impact'" in failed
    assert (folder / "build" / "report.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("year,period,area", "year,preiod,area", ["column 'period' is missing", "did you mean 'preiod'"]),
        (
            ",Lincolnshire,11.5,",
            ",Lincolnshire,eleven,",
            ["'eleven' is not a number", "row 8", "column value"],
        ),
        (
            ",2019,30 September,Lincolnshire,11.5,",
            ",2018,30 September,Lincolnshire,11.5,",
            ["stands 2 times", "area Lincolnshire"],
        ),
        ("Cornwall", "Kernow", ["no area 'Cornwall'", "data/indicators.csv"]),
    ],
)
def test_bad_data_stop_the_build_with_one_message_and_the_last_report_stays(
    tmp_path, default_build, old, new, parts
):
    folder = shutil.copytree(default_build, tmp_path / "bad")
    before = (folder / "build" / "report.pdf").read_bytes()
    path = folder / "data" / "indicators.csv"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    done = snakemake(folder)
    assert done.returncode != 0
    assert done.stdout.count("evidentia:") == 1
    assert "Traceback" not in done.stdout
    for part in parts:
        assert part in done.stdout
    assert (folder / "build" / "report.pdf").read_bytes() == before
    assert "Traceback" in "".join(log.read_text() for log in (folder / "build" / "logs").glob("*.log"))


def test_a_typed_digit_fails_the_build_with_file_and_line(tmp_path):
    folder = copy_default(tmp_path / "typed")
    path = folder / "report" / "lessons.qmd"
    path.write_text(path.read_text() + "\nAbout 30% of them came back.\n")
    line = len(path.read_text().splitlines())
    done = snakemake(folder, "compose")
    assert "the number '30%' is typed" in done.stdout
    assert f"report/lessons.qmd, line {line}" in done.stdout
    assert not (folder / "build" / "report.pdf").exists()


def test_a_wrong_configuration_is_said_before_any_job_runs(tmp_path):
    folder = write_folder(tmp_path / "wrong", {**MINIMAL, "analysis": {}})
    done = snakemake(folder)
    assert done.returncode != 0
    assert "unknown key 'analysis'" in done.stdout
    assert "did you mean 'analyses'" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (folder / "build").exists()


def test_a_folder_without_a_report_gives_its_numbers(tmp_path):
    folder = write_folder(tmp_path / "bare")
    done = snakemake(folder, "numbers")
    assert done.returncode == 0, done.stdout
    numbers = {
        entry["id"]: entry for entry in json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    }
    assert numbers["rates.calls.2019.neighbours"]["value"] == 60.0
    assert all(entry["uses"] == [] for entry in numbers.values())
    assert "Nothing to be done" in snakemake(folder, "numbers").stdout


def test_a_folder_whose_path_has_a_space_builds(tmp_path):
    folder = write_folder(tmp_path / "with a space", data__rates_csv=RATES)
    assert snakemake(folder, "numbers").returncode == 0


def test_nothing_of_the_report_is_still_to_be_written(default_build):
    assert "to be written" not in (default_build / "build" / "report.qmd").read_text().lower()


def test_every_comparison_beside_a_number_is_under_a_claim(default_build):
    assert json.loads((default_build / "build" / "words.json").read_text())["unclaimed"] == []
