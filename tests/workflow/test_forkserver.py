"""Scripts that run through the server behave as if they had been started by themselves."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from evidentia.compare.differences import manifest
from evidentia.workflow import forkserver
from folders import ENGINE, MINIMAL, snakemake, write_folder

SRC = {"PYTHONPATH": str(ENGINE / "src")}


@contextlib.contextmanager
def serving(folder):
    """Run a server as `forkserver.start` does; yield its process and the environment in which scripts find it."""
    place = folder / "served" / "jobs"
    place.parent.mkdir()
    command = [sys.executable, "-P", "-m", "evidentia.workflow.forkserver.server", str(place)]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, env={**os.environ, **SRC})
    until(place.exists)
    try:
        yield process, {**os.environ, **SRC, forkserver.PLACE: str(place)}
    finally:
        process.stdin.close()
        process.wait(timeout=60)


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def script(folder, text):
    path = folder / "script.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def client(path, *arguments, **options):
    command = [sys.executable, "-I", "-S", str(forkserver.CLIENT), str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


TELL = """
    import os, sys, threading
    print(os.getcwd(), sys.argv, sys.path[:2], os.environ["TOLD"], sys.stdin.read(), __name__, threading.active_count())
    print("said", file=sys.stderr)
    sys.exit(int(sys.argv[1]))
"""


def test_a_script_finds_everything_as_if_it_was_started_by_itself(tmp_path):
    path = script(tmp_path, TELL)
    folder = tmp_path / "a folder"
    folder.mkdir()
    with serving(tmp_path) as (_, environment):
        for there in (environment, {**os.environ, **SRC}):
            done = client(path, "3", "ünïcode", cwd=folder, input="read", env={**there, "TOLD": "a=b"})
            assert done.returncode == 3
            assert done.stderr == "said\n"
            assert done.stdout == f"{folder} {[str(path), '3', 'ünïcode']!r} {[str(tmp_path), SRC['PYTHONPATH']]!r} a=b read __main__ 1\n"


def test_the_server_runs_it_where_there_is_one(tmp_path):
    path = script(tmp_path, "import os, sys; print(os.getppid()); sys.exit('told')")
    with serving(tmp_path) as (server, environment):
        done = client(path, env=environment)
        assert int(done.stdout) == server.pid
    assert (done.returncode, done.stderr) == (1, "told\n")
    alone = client(path, env=environment)  # the place is there no more
    assert int(alone.stdout) != server.pid
    assert (alone.returncode, alone.stderr) == (1, "told\n")


@pytest.mark.parametrize(
    ("raised", "said"), [("ValueError('wrong')", "ValueError: wrong"), ("MemoryError", "the machine's memory is used up")]
)
def test_what_fails_at_the_imports_of_a_script_is_one_message_and_a_traceback_in_the_log(tmp_path, raised, said):
    path = script(tmp_path, f"raise {raised}")
    with serving(tmp_path) as (_, environment):
        done = client(path, cwd=tmp_path, env=environment)
    assert done.returncode == 1
    assert done.stderr.count("evidentia: ") == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in (tmp_path / "build" / "logs" / "script.log").read_text()


def test_a_script_that_is_killed_is_reported_as_killed(tmp_path):
    path = script(tmp_path, "import os, signal; print('begun', flush=True); os.kill(os.getpid(), signal.SIGKILL)")
    with serving(tmp_path) as (_, environment):
        done = client(path, env=environment)
    assert done.returncode == 137
    assert done.stdout == "begun\n"  # once: it is not run again


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_script_ends_when_its_client_is_ended(tmp_path, number):
    path = script(tmp_path, "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid()))\nwhile True: time.sleep(0.1)")
    with serving(tmp_path) as (_, environment):
        command = [sys.executable, "-I", "-S", str(forkserver.CLIENT), str(path)]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment)
        until(lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text())
        pid = int((tmp_path / "pid").read_text())
        process.send_signal(number)
        assert process.wait(timeout=60) == -number
        until(lambda: not os.path.exists(f"/proc/{pid}"))  # noqa: PTH110


def test_the_server_ends_with_the_process_that_started_it_and_leaves_nothing(tmp_path):
    code = (
        "import os, sys, time; from evidentia.workflow import forkserver; forkserver.start(99)\n"
        "print(os.environ[forkserver.PLACE], flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, text=True, env={**os.environ, **SRC})
    place = parent.stdout.readline().strip()
    until(lambda: os.path.exists(place))  # noqa: PTH110
    parent.kill()
    parent.wait()
    until(lambda: not os.path.exists(os.path.dirname(place)))  # noqa: PTH110, PTH120


def test_few_jobs_start_no_server(monkeypatch):
    monkeypatch.delenv(forkserver.PLACE, raising=False)
    forkserver.start(forkserver.MANY - 1)
    assert forkserver.PLACE not in os.environ


def test_no_module_of_the_evaluation_folder_is_loaded(tmp_path):
    for name in ("pandas", "numpy", "evidentia", "json"):
        (tmp_path / f"{name}.py").write_text("open('loaded', 'w').close()", encoding="utf-8")
    path = tmp_path / "elsewhere" / "script.py"
    path.parent.mkdir()
    path.write_text("import pandas, json; print(pandas.__file__)", encoding="utf-8")
    with serving(tmp_path) as (_, environment):
        done = client(path, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "loaded").exists()


@pytest.mark.build
def test_a_build_is_the_same_with_and_without_a_server(tmp_path):
    config = {**MINIMAL, "analyses": {f"rates-{letter}": MINIMAL["analyses"]["rates"] for letter in "abcdefgh"}}
    outputs = []
    for name, environment in (("with", {}), ("without", {forkserver.PLACE: ""})):
        folder = write_folder(tmp_path / name, config)
        done = snakemake(folder, "numbers", **environment)
        assert done.returncode == 0, done.stdout
        outputs.append(manifest(folder / "build"))
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 8
