"""Whole builds of a small evaluation: whatever the clock says, what has changed reaches the page, and nothing
unproved is published.
"""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest
import yaml

from folders import ENGINE, rules_run, snakemake
from reliability.small import CONFIG, write_small

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("freshness")]

SECOND = "# Sources {#sec-sources}\n\nThe release is described by @smith2020.\n"
WORKS = "@book{smith2020, author={Smith, Ann}, title={Calls counted}, year={2020}, publisher={Own press}}\n"
AGAIN = {"compose", "html", "pdf", "workbook", "round_trip", "publish"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = write_small(tmp_path_factory.mktemp("freshness") / "study")
    (folder / "report" / "two.qmd").write_text(SECOND)
    (folder / "report" / "works.bib").write_text(WORKS)
    report = {
        **CONFIG["report"],
        "chapters": ["report/one.qmd", "report/two.qmd"],
        "bibliography": "report/works.bib",
    }
    (folder / "config.yaml").write_text(yaml.safe_dump({**CONFIG, "report": report}, sort_keys=False))
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "study", symlinks=True)


def build(folder, *arguments, **options):
    done = snakemake(folder, *arguments, **options)
    assert done.returncode == 0, done.stdout
    return done


def edit(path, old, new):
    """Change a file and keep its times."""
    text, times = path.read_text(), path.stat()
    assert old in text
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def page(folder):
    return (folder / "build" / "report.html").read_text()


def state(folder, *, times=False):
    """Return the content of every file of a folder, and when it was changed; Snakemake's own logs are its
    own.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".snakemake" not in path.parts]
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns if times else 0)
        for path in files
    }


def published(folder):
    """Return what readers have."""
    hidden = ("draft/", "logs/", ".", "results/", "report.qmd")
    return {
        f"build/{name}": found
        for name, found in state(folder / "build").items()
        if not name.startswith(hidden)
    }


def test_changes_of_data_words_facts_and_works_reach_the_page_though_their_times_are_kept(folder):
    edit(folder / "data" / "rates.csv", "Hereford,44.0", "Hereford,45.0")
    edit(folder / "report" / "one.qmd", "Calls were", "ZEBRA were")
    edit(folder / "report" / "facts.yaml", "Hand in Hand", "Arm in Arm")
    edit(folder / "report" / "works.bib", "Calls counted", "QUAGGA counted")
    build(folder)
    text = page(folder)
    assert all(words in text for words in ("ZEBRA", "Arm in Arm", "QUAGGA", "45.0"))
    assert "Nothing to be done" in snakemake(folder).stdout


def test_an_older_version_put_back_reaches_the_page(folder):
    path = folder / "report" / "one.qmd"
    shutil.copy2(path, folder / "backup")
    edit(path, "Calls were", "YAK were")
    build(folder)
    shutil.copy2(folder / "backup", path)
    build(folder)
    assert "YAK" not in page(folder)


def test_two_chapters_that_change_places_reach_the_page(folder):
    one, two = folder / "report" / "one.qmd", folder / "report" / "two.qmd"
    one.rename(folder / "kept")
    two.rename(one)
    (folder / "kept").rename(two)
    build(folder)
    assert re.findall(r'<section id="(sec-[a-z]+)"', page(folder)) == ["sec-sources", "sec-findings"]


def test_a_link_turned_to_an_older_file_reaches_the_page(folder):
    versions = folder / "report" / "versions"
    versions.mkdir()
    path = folder / "report" / "one.qmd"
    (versions / "older.qmd").write_text(path.read_text().replace("Calls were", "LYNX were"))
    os.utime(versions / "older.qmd", (1.5e9, 1.5e9))
    path.unlink()
    path.symlink_to("versions/older.qmd")
    build(folder)
    assert "LYNX" in page(folder)


@pytest.mark.parametrize("seconds", [5000, -5000])
def test_a_clock_that_is_ahead_or_behind_is_harmless(folder, seconds):
    edit(folder / "report" / "one.qmd", "Calls were", "MOLE were")
    for path in folder.rglob("*"):
        os.utime(path, (time.time() + seconds,) * 2, follow_symlinks=False)
    build(folder)
    assert "MOLE" in page(folder)
    assert "Nothing to be done" in snakemake(folder).stdout


def test_a_lost_folder_of_snakemake_loses_nothing(folder):
    shutil.rmtree(folder / ".snakemake")
    assert "Nothing to be done" in snakemake(folder).stdout
    shutil.rmtree(folder / ".snakemake")
    edit(folder / "report" / "one.qmd", "Calls were", "HARE were")
    assert rules_run(build(folder)) == AGAIN
    assert "HARE" in page(folder)


def test_touched_files_make_nothing_new(folder):
    for path in folder.rglob("*"):
        path.touch()
    assert "Nothing to be done" in snakemake(folder).stdout


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("report.html", "Calls were", "GNU were"),
        ("draft/report.html", "Calls were", "GNU were"),
        ("results/rates.json", "44.0", "54.0"),
        ("draft/figures/trend.svg", "<svg", "<svg onload='x'"),
        ("draft/values.json", "44.0", "54.0"),
        ("report.qmd", "Calls were", "GNU were"),
    ],
)
def test_a_file_in_build_that_was_edited_by_hand_is_made_again(folder, name, old, new):
    before = state(folder / "build")
    edit(folder / "build" / name, old, new)
    build(folder)
    kept = {
        file: found
        for file, found in state(folder / "build").items()
        if not file.startswith((".records", "logs", ".cache"))
    }
    assert kept == {file: before[file] for file in kept}


def test_a_new_version_of_a_package_runs_again_what_it_decides(folder, tmp_path):
    info = tmp_path / "newer" / "weasyprint-999.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 999\n")
    assert rules_run(build(folder, PYTHONPATH=str(info.parent))) == {"pdf", "round_trip", "publish"}


@pytest.mark.parametrize("way", [["-n"], ["-np"], ["-nk"], ["--dry-run"], ["--dryrun"], "profile"])
def test_a_dry_run_in_any_spelling_says_what_would_be_made_and_changes_nothing(folder, tmp_path, way):
    edit(folder / "report" / "one.qmd", "Calls were", "IBEX were")
    (folder / "build" / ".report.pdf.x.part").write_text("left")
    if way == "profile":
        (tmp_path / "profile").mkdir()
        (tmp_path / "profile" / "config.yaml").write_text("dry-run: true\nnolock: true\n")
        way = ["--workflow-profile", str(tmp_path / "profile")]
    before = state(folder, times=True)
    done = build(folder, *way)
    assert state(folder, times=True) == before
    assert {"compose", "publish"} <= set(re.findall(r"^(\w+) +1$", done.stdout, re.MULTILINE))
    assert "analyse_rates" not in done.stdout


def test_what_fails_before_it_is_proved_leaves_the_published_files_and_what_a_preview_needs(folder):
    before = published(folder)
    assert {
        "build/report.html",
        "build/report.pdf",
        "build/numbers.json",
        "build/claims.json",
        "build/figures/trend.svg",
    } <= before.keys()
    edit(
        folder / "report" / "one.qmd",
        "Calls were",
        "{% claim 'rates.calls.2020.area > 99' %}Calls rose.{% endclaim %} Calls were",
    )
    edit(folder / "data" / "rates.csv", "Hereford,44.0", "Hereford,45.0")
    assert "no longer holds" in snakemake(folder).stdout
    assert published(folder) == before
    for name in ("report.qmd", "_quarto.yml", "citations.csl"):
        assert (folder / "build" / name).is_file()
    edit(
        folder / "report" / "one.qmd",
        "{% claim 'rates.calls.2020.area > 99' %}Calls rose.{% endclaim %}",
        "[Where](#nowhere)?",
    )
    assert snakemake(folder).returncode != 0
    assert published(folder) == before
    edit(folder / "report" / "one.qmd", "[Where](#nowhere)? ", "")
    build(folder)
    assert "45.0" in page(folder)


def test_a_figure_that_is_no_longer_made_is_no_longer_published(folder):
    config = yaml.safe_load((folder / "config.yaml").read_text())
    del config["figures"]
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    edit(folder / "report" / "one.qmd", '{{ figure("trend") }}', "")
    edit(folder / "report" / "one.qmd", " as @fig-trend shows", " so")
    build(folder)
    assert not list((folder / "build" / "figures").iterdir())


def test_a_file_cannot_be_asked_for_where_it_might_be_an_old_one(folder):
    done = snakemake(folder, "build/report.pdf")
    assert done.returncode != 0
    assert "build/report.pdf cannot be asked for alone" in done.stdout


def test_settings_that_a_folder_brings_are_not_read(folder, tmp_path):
    profile = folder / "profiles" / "default"
    profile.mkdir(parents=True)
    (profile / "config.yaml").write_text(
        f"default-resources: [\"mem_mb=open('{tmp_path}/ran', 'w').close() or 5\"]\n"
    )
    for name in ("snakemake", "json", "evidentia"):
        (folder / f"{name}.py").write_text(f"open('{tmp_path}/ran', 'w').close()")
    edit(folder / "report" / "one.qmd", "Calls were", "KUDU were")
    own = {**os.environ, "PYTHONPATH": str(ENGINE / "src")}
    plain = [
        sys.executable,
        "-P",
        "-m",
        "snakemake",
        "--cores",
        "1",
        "--snakefile",
        str(ENGINE / "Snakefile"),
    ]
    done = subprocess.run(plain, cwd=folder, capture_output=True, text=True, env=own, check=False)
    assert done.returncode != 0
    assert "this folder brings settings for Snakemake" in done.stderr
    command = [sys.executable, "-P", "-m", "evidentia.cli", "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=own, check=False)
    assert done.returncode == 0, done.stderr
    assert "KUDU" in page(folder)
    assert not (tmp_path / "ran").exists()
