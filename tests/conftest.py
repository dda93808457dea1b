import pytest

from folders import copy_default, snakemake


@pytest.fixture(scope="session")
def default_build(tmp_path_factory):
    """The default evaluation, built from its inputs in a folder of its own; tests must not change it."""
    folder = copy_default(tmp_path_factory.mktemp("default"))
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder
