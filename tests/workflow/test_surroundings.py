"""What jobs find in their environment, whatever the names of folders."""

import os
import shutil
import subprocess
import sys
import venv

import pytest

from folders import ENGINE, write_folder


@pytest.mark.build
@pytest.mark.xdist_group("command")
def test_an_engine_and_a_folder_whose_names_a_shell_would_read_build(tmp_path):
    place = tmp_path / "it's $(touch ran) & more"
    for part in ("src", "scripts", "templates", "profiles"):
        shutil.copytree(
            ENGINE / part, place / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    shutil.copy(ENGINE / "Snakefile", place)
    venv.create(place / ".venv", symlinks=True)
    packages = next(path for path in map(os.path.realpath, sys.path) if path.endswith("site-packages"))
    own = next((place / ".venv" / "lib").glob("python*/site-packages"))
    (own / "all.pth").write_text(f"{place / 'src'}\n{packages}\n")
    folder = write_folder(place / "a `study`")
    run = [
        place / ".venv" / "bin" / "python",
        "-P",
        "-m",
        "evidentia.cli",
        "build",
        folder,
        "numbers",
        "--cores",
        "1",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "build" / "numbers.json").is_file()
    assert not list(tmp_path.rglob("ran"))
