import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designs.ipw.samples import people, values

FEW = settings(max_examples=12, deadline=None)
SEEDS = st.integers(0, 10_000)


def same(found, other, *, but=()):
    kept = [id for id in found if not id.startswith(("effect_bootstrap", "bootstrap.failed", *but))]
    assert {id: other[id] for id in kept} == pytest.approx(
        {id: found[id] for id in kept}, rel=1e-7, abs=1e-10, nan_ok=True
    )


@FEW
@given(SEEDS, st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_rescaled_covariate_changes_nothing_but_its_own_means(seed, scale, shift):
    frame = people(200, seed)
    same(values(frame), values(frame.assign(age=frame["age"] * scale + shift * scale)), but=("mean_",))


@FEW
@given(SEEDS)
def test_order_of_rows_changes_nothing_but_the_draws(seed):
    frame = people(200, seed)
    same(values(frame), values(frame.sample(frac=1, random_state=seed)))


@FEW
@given(SEEDS)
def test_order_of_covariates_changes_nothing(seed):
    frame = people(200, seed)
    same(values(frame), values(frame, covariates=["sex", "age"]))


@FEW
@given(SEEDS)
def test_effect_of_a_randomised_treatment_is_close_to_the_difference_in_means(seed):
    frame = people(2000, seed)
    frame["treated"] = np.random.default_rng(seed).permutation(np.repeat([0, 1], 1000))
    found = values(frame)
    # The estimate that adjusts differs from the crude one by about the precision that it gains (Lunceford and
    # Davidian, 2004).
    gained = max(found["effect_crude.se"] ** 2 - found["effect.se"] ** 2, 0) ** 0.5
    assert found["effect.estimate"] == pytest.approx(
        found["effect_crude.estimate"], abs=5 * gained + 0.1 * found["effect.se"]
    )


@FEW
@given(SEEDS, st.integers(0, 1000))
def test_seed_moves_only_the_bootstrap(seed, other):
    frame = people(200, seed)
    found, again = (
        values(frame, bootstrap={"replicates": 20, "seed": other}),
        values(frame, bootstrap={"replicates": 20, "seed": other + 1}),
    )
    same(found, again, but=("bootstrap.",))
    assert found["effect_bootstrap.se"] != again["effect_bootstrap.se"]
    assert found == values(frame, bootstrap={"replicates": 20, "seed": other})


@FEW
@given(SEEDS)
def test_swapped_groups_turn_the_effect_round(seed):
    frame = people(200, seed)
    found, other = values(frame), values(frame.assign(treated=1 - frame["treated"]))
    for one, two in (
        ("effect_ate", "effect_ate"),
        ("effect_att", "effect_atc"),
        ("effect_ato", "effect_ato"),
        ("effect_aipw", "effect_aipw"),
    ):
        assert found[f"{one}.estimate"] == pytest.approx(-other[f"{two}.estimate"], abs=1e-9)
        assert found[f"{one}.se"] == pytest.approx(other[f"{two}.se"], rel=1e-7)
