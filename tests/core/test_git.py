"""The history of a folder is read, and no program runs that the folder's own settings of git name."""

import shutil
import subprocess

import pytest

from evidentia.core.git import git

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
PROGRAMS = (
    "gpg.program",
    "core.fsmonitor",
    "core.pager",
    "diff.external",
    "diff.x.textconv",
    "core.sshCommand",
)


@pytest.fixture
def folder(tmp_path):
    """Return a folder whose git names programs for all that it can, and whose last commit is signed."""
    made, program = tmp_path / "study", tmp_path / "program"
    made.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)

    def plain(*arguments, text=""):
        done = subprocess.run(
            ["git", "-C", made, *arguments], input=text, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    plain("init", "--quiet")
    (made / "numbers.json").write_text("{}")
    (made / ".gitattributes").write_text("* diff=x\n")
    plain("add", "--all")
    plain("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "one")
    head, _, words = plain("cat-file", "commit", "HEAD").partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{words}\n"
    plain("reset", "--quiet", "--hard", plain("hash-object", "-t", "commit", "-w", "--stdin", text=signed))
    for name in PROGRAMS:
        plain("config", name, str(program))
    plain("config", "log.showSignature", "true")
    return made


def test_git_by_itself_would_run_the_program_that_checks_signatures(folder):
    subprocess.run(["git", "-C", folder, "log", "-1"], capture_output=True, check=False)
    assert (folder.parent / "ran").exists()


def test_history_is_read_and_no_program_of_the_folder_runs(folder):
    log = git(folder, "log", "-5", "--format=%H", "--", "./numbers.json").stdout.decode().split()
    assert len(log) == 1
    assert git(folder, "cat-file", "blob", f"{log[0]}:./numbers.json").stdout == b"{}"
    assert git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode == 0
    assert not (folder.parent / "ran").exists()
