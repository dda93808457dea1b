"""All numbers of the default evaluation against the accepted ones."""

import pytest

from evidentia.config.load import load_config
from evidentia.ledger import load
from evidentia.review.compare import compare, message
from folders import ENGINE

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("build")]


def test_the_numbers_are_the_accepted_ones(default_build):
    accepted = load(ENGINE / "tests" / "regression" / "numbers.json")
    present = load(default_build / "build" / "numbers.json")
    changes = compare(accepted, present, load_config(ENGINE).regression)
    assert not changes, message(changes)
