import fcntl
import os

import pytest

from folders import copy_default, snakemake


def pytest_addoption(parser):
    parser.addoption(
        "--slow",
        action="store_true",
        help="run the tests that take minutes too, such as the adversary's 500 runs",
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="takes minutes; pytest --slow runs it"))


def pytest_make_parametrize_id(val, argname):
    """Name a case of bytes or of a long text by its argument: bytes of a zip or a workbook hold the time, and
    workers must agree; a name is part of the environment of every process that a test starts.
    """
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 1000) else None


@pytest.fixture(scope="session")
def fonts():
    """The style rules that embed the report's font."""
    from evidentia.render.html.webfonts import font_faces

    return font_faces()


@pytest.fixture(scope="session")
def default_build(tmp_path_factory):
    """The default evaluation, built once for all workers in a folder of its own; tests must not change it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "default", shared / "default.done"
    with (shared / "default.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            built = snakemake(copy_default(folder))
            assert built.returncode == 0, built.stdout
            done.touch()
    return folder


@pytest.fixture(scope="session")
def word_report(tmp_path_factory):
    """A small report as a page and as a Word document; tests must not change it."""
    from word_files import build_report

    return build_report(tmp_path_factory.mktemp("word") / "small")
