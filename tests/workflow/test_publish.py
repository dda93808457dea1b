"""What is published is published whole, whenever the process is killed."""

import shutil

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.workflow import publish as module
from evidentia.workflow.publish import finish, publish

OLD = {
    "report.html": "old page",
    "report.pdf": "old paper",
    "figures/a.svg": "old a",
    "figures/gone.svg": "old gone",
}
NEW = {
    "report.html": "new page",
    "report.pdf": "old paper",
    "figures/a.svg": "new a",
    "tables/b.csv": "new b",
}


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def build(tmp_path):
    write(tmp_path, OLD)
    write(tmp_path / "draft", NEW)
    return tmp_path


def published(build):
    files = [path for path in build.rglob("*") if path.is_file()]
    names = {path.relative_to(build).as_posix(): path.read_text() for path in files}
    return {name: text for name, text in names.items() if not name.startswith(("draft/", ".publish/"))}


def proved(build):
    return {name: sha256(build / "draft" / name) for name in NEW}


def test_everything_is_published_together_and_what_is_no_longer_made_goes(build):
    done = publish(build, build / "draft", proved(build), OLD)
    assert published(build) == NEW
    assert done == proved(build)
    assert not (build / ".publish").exists()


class Killed(BaseException):
    """Ends the process at once."""


@pytest.mark.parametrize("step", range(1, 9))
def test_a_process_that_is_killed_leaves_the_old_set_or_the_next_start_completes_the_new(
    build, monkeypatch, step
):
    calls = 0

    def counted(function):
        def call(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls == step:
                raise Killed
            return function(*arguments, **options)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(module.shutil, "copyfile", counted(shutil.copyfile))
        patched.setattr(module, "write_whole", counted(module.write_whole))
        patched.setattr(type(build), "replace", counted(type(build).replace))
        patched.setattr(type(build), "unlink", counted(type(build).unlink))
        with pytest.raises(Killed):
            publish(build, build / "draft", proved(build), OLD)
    journal = (build / ".publish" / "journal.json").exists()
    assert journal or published(build) == OLD
    finish(build)
    assert published(build) == (NEW if journal else OLD)
    assert not (build / ".publish").exists()


def test_a_draft_that_is_not_what_was_proved_is_not_published(build):
    known = proved(build)
    (build / "draft" / "report.html").write_text("typed by hand")
    with pytest.raises(EvidentiaError, match="report.html changed while the build ran"):
        publish(build, build / "draft", known, ())
    assert published(build) == OLD


def test_a_journal_leads_nowhere_else(build):
    write(build, {".publish/journal.json": '{"files": [], "withdrawn": ["../victim", "/etc/hostname"]}'})
    victim = build.parent / "victim"
    victim.write_text("mine")
    finish(build)
    assert victim.read_text() == "mine"
