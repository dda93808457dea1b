"""A folder from somebody else: what lies in it where other programs look for settings and modules runs nothing
and changes nothing, and what lies in ``build/`` is not believed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reliability.small import write_small

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("planted")]
RUN = "import pathlib; pathlib.Path({place!r}).touch()\n"
MODULES = (
    "sitecustomize", "usercustomize", "conftest", "evidentia", "snakemake", "yaml", "json", "re", "typing", "numpy",
    "pandas", "matplotlib", "jinja2", "pydantic", "weasyprint", "pypandoc", "lxml", "planted",
    "scripts/analyse", "scripts/compose", "scripts/__init__", "workflow/rules/a", "designs/mine", ".pythonrc",
)  # fmt: skip
QUARTO = "project: {pre-render: touch RAN, post-render: touch RAN}\nfilters: [filter.lua]\n"
LUA = "io.open('RAN', 'w'):close()\nreturn {}\n"
PROFILE = "default-resources:\n  - \"mem_mb=__import__('pathlib').Path('RAN').touch() or 1\"\n"
DRIVER = "{{ cycler.__init__.__globals__.os.system('touch RAN') }}"
PLANTED = {
    **{
        f"{folder}/default/{name}": PROFILE
        for folder in ("profiles", "workflow/profiles", ".config/snakemake")
        for name in ("config.yaml", "config.v8+.yaml", "config.v9+.yaml")
    },
    "Snakefile": "shell('touch RAN')\n",
    "workflow/Snakefile": "shell('touch RAN')\n",
    ".env": "PYTHONSTARTUP=planted.py\nPYTHONPATH=.\nSNAKEMAKE_PROFILE=profiles/default\n",
    "matplotlibrc": "backend: module://planted\naxes.facecolor: red\nfont.size: 40\n",
    "pyproject.toml": '[project.entry-points."evidentia.designs"]\nbad = "planted:DESIGN"\n',
    "bad-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n",
    "bad-1.0.dist-info/entry_points.txt": "[evidentia.designs]\nbad = planted:DESIGN\n",
    "_quarto.yml": QUARTO,
    "report/_quarto.yml": QUARTO,
    "report/_metadata.yml": "filters: [filter.lua]\n",
    "filter.lua": LUA,
    "report/filter.lua": LUA,
    "_extensions/x/_extension.yml": "title: x\ncontributes: {filters: [filter.lua]}\n",
    "_extensions/x/filter.lua": LUA,
    ".pandoc/filters/a.lua": LUA,
    "defaults/html.yaml": "filters: [filter.lua]\n",
    "templates/report.html": DRIVER,
    "templates/page.html": DRIVER,
    ".Rprofile": 'system("touch RAN")\n',
    "fonts.conf": "<fontconfig><dir>.</dir></fontconfig>\n",
}
OUTPUTS = (
    "results/rates.json", "values.json", "report.qmd", "report.html", "numbers.json", "numbers.csv",
    "figures/trend.csv", "tables/calls.csv", "draft/report.html", "draft/numbers.json", "draft/figures/trend.csv",
    "draft/tables/calls.csv",
)  # fmt: skip


def build(folder: Path, home: Path, where: Path) -> subprocess.CompletedProcess[str]:
    command = shutil.which("evidentia", path=Path(sys.executable).parent) or "evidentia"
    given = {**os.environ, "XDG_CONFIG_HOME": str(home)}
    named = [] if where == folder else [folder.name]
    return subprocess.run(
        [command, "build", *named], cwd=where, env=given, capture_output=True, text=True, check=False
    )


def outputs(folder: Path) -> dict[str, str]:
    """Return the hash of each file that a reader gets."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "build").rglob("*"))
        if path.is_file() and not {".records", ".cache", "logs"} & set(path.parts)
    }


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return a study that is built, its outputs, and the user's folder of settings."""
    place = tmp_path_factory.mktemp("good")
    folder = write_small(place / "study")
    done = build(folder, place / "home", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, outputs(folder), place / "home"


@pytest.mark.parametrize("inside", [True, False])
def test_nothing_that_lies_in_a_folder_runs_or_changes_the_report(tmp_path, good, inside):
    folder, ran = write_small(tmp_path / "study"), tmp_path / "ran"
    texts = {name: text.replace("RAN", str(ran)) for name, text in PLANTED.items()}
    texts |= {f"{name}.py": RUN.format(place=str(ran)) for name in MODULES}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = build(folder, good[2], folder if inside else tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not ran.exists()
    assert outputs(folder) == good[1]


@pytest.mark.parametrize(
    "forget", [(), (".records",), (".snakemake",)], ids=["kept", "no records", "no state"]
)
def test_no_edited_output_is_believed(tmp_path, good, forget):
    folder = tmp_path / "study"
    shutil.copytree(good[0], folder, symlinks=True)
    for name in forget:
        shutil.rmtree(folder / ("build" if name == ".records" else "") / name, ignore_errors=True)
    edited = []
    for name in OUTPUTS:
        path = folder / "build" / name
        if path.is_file() and "44" in path.read_text(encoding="utf-8"):
            times = path.stat()
            old = hashlib.sha256(path.read_bytes()).hexdigest()
            path.write_text(path.read_text(encoding="utf-8").replace("44", "47"), encoding="utf-8")
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            edited.append((old, hashlib.sha256(path.read_bytes()).hexdigest()))
    assert len(edited) > 5
    for record in (folder / "build" / ".records").glob("*.json"):  # and every record says that it was so
        text = record.read_text(encoding="utf-8")
        for old, new in edited:
            text = text.replace(old, new)
        record.write_text(text, encoding="utf-8")
    done = build(folder, good[2], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(folder) == good[1]
