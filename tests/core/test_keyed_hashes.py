"""Hashes with a key: the same on one machine, unknown elsewhere, and never the plain ones."""

import hashlib
import hmac
import os
import subprocess
import sys

import pytest

from evidentia.core import keyed_hashes
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user without a key."""
    monkeypatch.delenv(keyed_hashes.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    keyed_hashes._kept.cache_clear()
    yield tmp_path / "config"
    os.environ.pop(keyed_hashes.VARIABLE, None)


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("person,answer\nQX1,yes\n")
    return path


def test_a_keyed_hash_is_the_hmac_of_the_plain_one(home, data):
    kind, _, found = keyed_hashes.keyed(sha256(data)).split(":")
    key = (home / "evidentia" / "data-key").read_bytes()
    assert (kind, found) == ("hmac-sha256", hmac.new(key, sha256(data).encode(), hashlib.sha256).hexdigest())
    assert oct((home / "evidentia" / "data-key").stat().st_mode & 0o777) == "0o600"


def test_a_file_is_recognised_by_its_user_and_by_nobody_else(home, data, monkeypatch):
    known = keyed_hashes.keyed(sha256(data))
    assert keyed_hashes.is_same(data, known) is True
    data.write_text("person,answer\nQX1,no\n")
    assert keyed_hashes.is_same(data, known) is False
    monkeypatch.setenv(keyed_hashes.VARIABLE, "0" * 64)
    assert keyed_hashes.is_same(data, known) is None


def test_two_processes_that_begin_at_once_make_one_key(home):
    code = "from evidentia.core.keyed_hashes import keyed; print(keyed('sha256:0'))"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in running}) == 1


def test_a_key_that_is_none_is_said(home, monkeypatch):
    monkeypatch.setenv(keyed_hashes.VARIABLE, "secret")
    with pytest.raises(EvidentiaError, match="is none"):
        keyed_hashes.keyed("sha256:0")


def test_a_key_that_cannot_be_kept_is_said_with_what_to_do(home):
    home.write_text("a file where the folder should be")
    with pytest.raises(EvidentiaError, match="cannot be kept") as fault:
        keyed_hashes.keyed("sha256:0")
    assert keyed_hashes.VARIABLE in fault.value.remedy
