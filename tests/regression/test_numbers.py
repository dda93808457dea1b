"""All numbers of the default evaluation against the accepted ones."""

import pytest

from evidentia.compare.meaning import judge, message
from evidentia.compare.sources import read_present
from evidentia.config.load import load_config
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE
from folders import ENGINE

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("numbers")]


def test_the_numbers_are_the_accepted_ones(default_build):
    comparison = judge(load(ENGINE / BASELINE), read_present(default_build), load_config(ENGINE))
    remedy = 'see: evidentia diff; if the new numbers are right: evidentia accept --reason "..."'
    assert not comparison, f"{message(comparison)}\n{remedy}"
