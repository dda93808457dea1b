"""Pooled effects against R's metafor 3.8-1 (rma with method FE, PM and DL, tolerance 1e-12; test = "adhoc"
for Hartung-Knapp).
"""

import numpy as np
import pytest

from evidentia.designs.synthesis.pool import pool

EFFECTS = np.array([-0.126, -0.224, -0.126, -0.123, -0.101, 0.006, -0.102, -0.184])
ERRORS = np.array([0.055, 0.041, 0.049, 0.043, 0.045, 0.046, 0.045, 0.037])
NAMES = ("estimate", "se", "ci_low", "ci_high", "p_value")
FIXED = (
    -0.129059644697588,
    0.0156681067649657,
    -0.159768569662849,
    -0.0983507197323263,
    1.76446067624321e-16,
)
RANDOM = {
    "paule_mandel": (
        -0.124970599352683,
        0.0241008941726798,
        -0.172207483926347,
        -0.0777337147790197,
        2.1565624046777e-07,
    ),
    "dersimonian_laird": (
        -0.124865642180686,
        0.0245825740388426,
        -0.173046601944106,
        -0.0766846824172649,
        3.78554540352631e-07,
    ),
}
TAU2 = {"paule_mandel": 0.0026290294934796, "dersimonian_laird": 0.00281502080622007}
KNAPP = {
    "paule_mandel": (0.0241008941726741, -0.18196015819846, -0.067981040506907, 0.00127342035932802),
    "dersimonian_laird": (0.0245825740388426, -0.182994192919508, -0.0667370914418634, 0.00143193302653263),
}
PREDICTION = {
    "paule_mandel": (-0.263602410859692, 0.0136612121543248),
    "dersimonian_laird": (-0.267948773500586, 0.0182174891392147),
}
WEIGHTS = (0.103476163258108, 0.134408396317728, 0.115855164084957, 0.129566949094494)


@pytest.mark.parametrize("method", ["paule_mandel", "dersimonian_laird"])
def test_effects_and_heterogeneity_are_those_of_metafor(method):
    found = pool(EFFECTS, ERRORS, method, 0.95)
    assert [found.fixed[name] for name in NAMES] == pytest.approx(FIXED, rel=1e-9)
    assert [found.random[name] for name in NAMES] == pytest.approx(RANDOM[method], rel=1e-6)
    assert found.tau2 == pytest.approx(TAU2[method], rel=1e-6)
    assert found.q == pytest.approx(16.9647587442888, rel=1e-9)
    assert found.q_p_value == pytest.approx(0.0176248436775443, rel=1e-9)
    assert found.i2 == pytest.approx(0.587379926498716, rel=1e-9)
    assert [found.hartung_knapp[name] for name in NAMES[1:]] == pytest.approx(KNAPP[method], rel=1e-5)
    assert found.prediction == pytest.approx(PREDICTION[method], rel=1e-5)


def test_weights_are_those_of_metafor():
    found = pool(EFFECTS, ERRORS, "dersimonian_laird", 0.95)
    assert found.weights_random[:4] == pytest.approx(WEIGHTS, rel=1e-9)
    assert found.weights_fixed.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", ["paule_mandel", "dersimonian_laird"])
def test_effects_that_differ_less_than_by_chance_have_no_variance_between_them(method):
    found = pool(np.array([-0.10, -0.11, -0.09]), np.array([0.05, 0.04, 0.06]), method, 0.95)
    assert (found.tau2, found.i2) == (0, 0)
    assert found.random["estimate"] == pytest.approx(-0.102665245202559, rel=1e-12)
    assert found.random["se"] == pytest.approx(0.0277054257923766, rel=1e-12)


@pytest.mark.parametrize(
    ("effects", "errors", "method", "expected"),
    [
        (
            (-0.10, -0.11, -0.09),
            (0.05, 0.04, 0.06),
            "paule_mandel",
            (0.0277054257924, -0.221872071117, 0.0165415807119, 0.0657268321802),
        ),
        (
            (0.3, 0.31),
            (0.1, 0.12),
            "dersimonian_laird",
            (0.0768221279597, -0.6720193254693, 1.2802160467808, 0.1575286943675),
        ),
    ],
)
def test_hartung_and_knapps_interval_is_never_narrower_than_the_fixed_effects(
    effects, errors, method, expected
):
    """R: rma(y, sei = s, method = "PM" or "DL", test = "adhoc")."""
    found = pool(np.array(effects), np.array(errors), method, 0.95)
    assert [found.hartung_knapp[name] for name in NAMES[1:]] == pytest.approx(expected, rel=1e-8)
    assert found.hartung_knapp["se"] >= found.random["se"] >= found.fixed["se"] * (1 - 1e-12)


@pytest.mark.parametrize("method", ["paule_mandel", "dersimonian_laird"])
def test_effects_that_are_all_the_same_are_not_certain(method):
    found = pool(np.full(4, 0.2), np.full(4, 0.1), method, 0.95)
    for statistics in (found.fixed, found.random, found.hartung_knapp):
        assert statistics["se"] >= 0.05 * (1 - 1e-12)
        assert statistics["ci_high"] - statistics["ci_low"] > 0.19
        assert statistics["p_value"] > 0


def test_three_effects_give_a_prediction():
    """R: estimate -+ qt(0.975, 1) * sqrt(tau2 + se^2) of rma(method = "DL")."""
    found = pool(np.array([0.30, 0.05, -0.2]), np.array([0.1, 0.08, 0.09]), "dersimonian_laird", 0.95)
    assert found.prediction == pytest.approx((-3.22485043121, 3.31936004249), rel=1e-9)


def test_two_effects_give_no_prediction():
    low, high = pool(np.array([0.1, 0.3]), np.array([0.1, 0.1]), "paule_mandel", 0.95).prediction
    assert np.isnan([low, high]).all()
