"""Error rates and coverage by simulation; each takes minutes and runs with --slow only."""

import numpy as np
import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.ipw.estimates import estimate
from evidentia.designs.ipw.model import propensity_model
from evidentia.designs.ipw.notes import FEW_PEOPLE
from evidentia.designs.ipw.sample import read_sample
from evidentia.designs.ipw.settings import IpwSettings

pytestmark = pytest.mark.slow
DRAWS = 2000


def effects(frame, **settings):
    raw = {
        "design": "ipw",
        "data": "d",
        "outcome": "y",
        "covariates": ["x"],
        "bootstrap": {"replicates": 0},
        **settings,
    }
    chosen = IpwSettings.model_validate(raw)
    sample = read_sample(chosen, DataTable(frame, "data/people.csv", "sha256:0"))
    return estimate(chosen, sample, propensity_model(sample)).effects


def clustered(seed, clusters=24, each=20, icc=0.2):
    random = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), each)
    treated = np.isin(cluster, random.permutation(clusters)[: clusters // 2]).astype(int)
    x = random.normal(size=len(cluster))
    y = (
        0.5 * x
        + icc**0.5 * random.normal(size=clusters)[cluster]
        + (1 - icc) ** 0.5 * random.normal(size=len(cluster))
    )
    return pd.DataFrame({"treated": treated, "y": y, "x": x, "cluster": cluster})


def test_a_trial_of_24_clusters_finds_an_effect_that_is_none_in_5_per_cent_of_draws():
    found = [effects(clustered(seed), cluster="cluster") for seed in range(DRAWS)]
    rates = {
        stem: np.mean([one[stem]["p_value"] < 0.05 for one in found])
        for stem in ("effect", "effect_cr2", "effect_aipw")
    }
    alone = np.mean([effects(clustered(seed))["effect"]["p_value"] < 0.05 for seed in range(200)])
    assert rates["effect"] == pytest.approx(0.05, abs=0.015)
    assert rates["effect_aipw"] == pytest.approx(0.05, abs=0.015)
    assert rates["effect_cr2"] < 0.065
    assert alone > 0.25  # without the clusters


@pytest.mark.parametrize(("treated", "others"), [(6, 8), (10, 15), (20, 30), (50, 60)])
def test_interval_holds_the_truth_in_93_per_cent_of_draws_or_the_group_is_noted_as_small(treated, others):
    held = []
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        group = np.repeat([1, 0], [treated, others])
        x = random.normal(size=len(group))
        frame = pd.DataFrame({"treated": group, "x": x, "y": 0.3 * x + random.normal(size=len(group))})
        try:
            effect = effects(frame, outcome_type="continuous")["effect"]
        except EvidentiaError:  # a draw whose groups are apart, of which no effect is printed
            continue
        held.append(effect["ci_low"] <= 0 <= effect["ci_high"])
    assert np.mean(held) >= 0.93 or min(treated, others) < FEW_PEOPLE
