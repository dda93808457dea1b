"""Errors that are planted in the benchmark's documents are found, and right numbers are left alone."""

import importlib.util
import sys

import pytest

from folders import ENGINE


def planted():
    spec = importlib.util.spec_from_file_location("planted", ENGINE / "benchmarks" / "audit" / "planted.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "rounds"), [("aldermere", 6), ("lincolnshire", 2)])
def test_planted_errors_are_found_and_right_numbers_left_alone(name, rounds):
    module = planted()
    found = module.measure(name, rounds, 1, "md")
    assert found["planted"] > 20
    assert found["found"] >= module.GOALS["found"]
    assert found["alarms"] <= module.GOALS["alarms"]
