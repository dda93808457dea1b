"""Differences in differences against R's ``did`` and ``fixest``, and closed forms."""

import numpy as np
import pytest
import statsmodels.api as sm
from diff_diff import CallawaySantAnna

from designs.did.mpdta import mpdta
from designs.did.panels import panel, run, settings_of, table_of, values
from evidentia.designs.did.panel import read_panel
from evidentia.designs.did.pre_trend import doubly_robust_influence

# did 2.1 to 2.5, est_method = "dr", xformla = ~1, bstrap = FALSE: aggte of type simple, dynamic and group,
# with standard errors
NEVER = {
    "effect": (-0.0399512751551763, 0.0120340127701854),
    "effect_event": (-0.0772398214573151, 0.0199649890618494),
    "event.m3": (0.0305066555832928, 0.01503356028013),
    "event.m2": (-0.000563084626385429, 0.01329164473655),
    "event.m1": (-0.0244587449711696, 0.0142364022105193),
    "event.0": (-0.0199318167892593, 0.0118263640580582),
    "event.1": (-0.0509573670651939, 0.016893476268678),
    "event.2": (-0.137258738889403, 0.0364356642876865),
    "event.3": (-0.100811363085404, 0.0343592258346733),
    "group.2004": (-0.0797491265747291, 0.0263677994350273),
    "group.2006": (-0.0229095392495403, 0.0167033302551619),
    "group.2007": (-0.0260544107191966, 0.0166554353492522),
}
NOT_YET = {
    "effect": (-0.0397636256230437, 0.0120524247873419),
    "effect_event": (-0.0773993139705847, 0.0195601769463944),
    "event.0": (-0.0189221990834249, 0.0120445686892691),
    "group.2004": (-0.0836942930380162, 0.0257015997680069),
    "group.2006": (-0.0182817976131207, 0.0159222358245001),
}


@pytest.fixture(scope="module")
def counties():
    return mpdta()


@pytest.mark.parametrize(("comparison", "expected"), [("never_treated", NEVER), ("not_yet_treated", NOT_YET)])
def test_estimates_and_standard_errors_are_those_of_r(counties, comparison, expected):
    found = values(run(counties, comparison=comparison))
    for id, (estimate, se) in expected.items():
        assert found[f"{id}.estimate"] == pytest.approx(estimate, abs=1e-9), id
        assert found[f"{id}.se"] == pytest.approx(se, abs=1e-9), id


def test_pre_test_is_that_of_r(counties):
    found = values(run(counties))
    assert found["pre_trend.statistic"] == pytest.approx(7.79123662720035, abs=1e-6)
    assert found["pre_trend.p_value"] == pytest.approx(0.16812, abs=1e-5)
    assert values(run(counties, comparison="not_yet_treated"))["pre_trend.statistic"] == pytest.approx(
        7.79092771882739, abs=1e-6
    )


def test_two_way_estimate_is_that_of_callaway_and_santanna_2021(counties):
    # Callaway and Sant'Anna 2021, table 3, unconditional parallel trends: two-way fixed effects -0.037
    # (0.013)
    result = run(counties, estimator="two_way")
    found = values(result)
    assert round(found["effect.estimate"], 3) == -0.037
    assert round(found["effect.se"], 3) == 0.013
    assert found["effect.estimate"] == found["two_way.estimate"]
    assert found["effect_cs.estimate"] == pytest.approx(NEVER["effect"][0], abs=1e-9)
    assert "effect" in next(
        number.about for number in result.numbers if number.id == "note.forbidden_comparisons"
    )


def test_two_periods_are_a_difference_of_mean_changes():
    frame = panel([2016] * 25 + [None] * 30, range(2015, 2017))
    found = values(run(frame))
    wide = frame.pivot(index="area", columns="year", values="y")
    change = wide[2016] - wide[2015]
    treated = frame.groupby("area")["treated"].max() == 1
    own, other = change[treated], change[~treated]
    assert found["effect.estimate"] == pytest.approx(own.mean() - other.mean(), rel=1e-12)
    assert found["effect.se"] == pytest.approx(
        np.sqrt(own.var(ddof=0) / len(own) + other.var(ddof=0) / len(other)), rel=1e-12
    )
    assert found["two_way.estimate"] == pytest.approx(own.mean() - other.mean(), rel=1e-10)
    assert found["mean.treated.after"] == pytest.approx(wide[2016][treated].mean(), rel=1e-12)
    assert found["mean_se.comparator.before"] == pytest.approx(wide[2015][~treated].sem(), rel=1e-12)


def test_two_way_standard_error_is_that_of_statsmodels_with_dummies():
    frame = panel([2017] * 15 + [2019] * 12 + [None] * 20, seed=4)
    found = values(run(frame))
    dummies = [np.ones(len(frame)), frame["treated"]]
    dummies += [frame["area"] == name for name in frame["area"].unique()[1:]] + [
        frame["year"] == year for year in range(2016, 2021)
    ]
    X = np.column_stack([np.asarray(column, dtype=float) for column in dummies])
    fit = sm.OLS(frame["y"], X).fit(
        cov_type="cluster", cov_kwds={"groups": frame["area"].astype("category").cat.codes}
    )
    n, units = len(frame), frame["area"].nunique()
    nested = np.sqrt(
        (n - X.shape[1]) / (n - X.shape[1] + units - 1)
    )  # statsmodels counts the units' own effects as coefficients
    assert found["two_way.estimate"] == pytest.approx(fit.params.iloc[1], rel=1e-9)
    assert found["two_way.se"] == pytest.approx(fit.bse.iloc[1] * nested, rel=1e-9)


def test_covariates_enter_twice_robustly_as_written_out_with_statsmodels():
    # Sant'Anna and Zhao 2020, equation 2.6: weights from a logit, changes less a regression among the
    # comparators
    frame = panel([2016] * 60 + [None] * 90, range(2015, 2017), seed=6)
    found = values(run(frame, covariates=["x"]))
    wide = frame.pivot(index="area", columns="year", values="y")
    change, x = (wide[2016] - wide[2015]).to_numpy(), frame.groupby("area")["x"].first().to_numpy()
    D, X = (frame.groupby("area")["treated"].max() == 1).to_numpy(dtype=float), sm.add_constant(x)
    p = sm.Logit(D, X).fit(disp=0, method="newton", tol=1e-14).predict(X)
    rest = change - X @ np.linalg.lstsq(X[D == 0], change[D == 0], rcond=None)[0]
    w = p * (1 - D) / (1 - p)
    assert found["effect.estimate"] == pytest.approx(
        rest[D == 1].mean() - (w * rest).sum() / w.sum(), rel=1e-5
    )


def test_with_one_covariate_of_two_values_the_effect_is_that_of_its_strata():
    # With a covariate of two values both models are saturated, so that Sant'Anna and Zhao's estimate is the mean
    # of the strata's differences, weighted by the treated; its variance is that of the treated about their
    # comparators' mean, and of that mean in each stratum.
    frame = panel([2016] * 50 + [None] * 90, range(2015, 2017), seed=9)
    frame["x"] = (frame["x"] > 0.2).astype(float)
    frame["y"] += 1.5 * frame["x"] * (frame["year"] == 2016)
    found = values(run(frame, covariates=["x"]))
    wide = frame.pivot(index="area", columns="year", values="y")
    units = frame.groupby("area")[["treated", "x"]].max()
    change, own = wide[2016] - wide[2015], units["treated"] == 1
    strata = [(change[own & (units["x"] == x)], change[~own & (units["x"] == x)]) for x in (0, 1)]
    gaps = np.concatenate([mine - other.mean() for mine, other in strata])
    of_means = [(len(mine) / own.sum()) ** 2 * other.var(ddof=0) / len(other) for mine, other in strata]
    assert found["effect.estimate"] == pytest.approx(gaps.mean(), rel=1e-7)
    assert found["effect.se"] == pytest.approx(
        np.sqrt(np.sum((gaps - gaps.mean()) ** 2) / own.sum() ** 2 + sum(of_means)), rel=1e-7
    )
    without = values(run(frame))["effect.estimate"]
    assert abs(found["effect.estimate"] - without) > 0.01  # strata weigh differently on both sides


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("effect", (1.7744090345, 0.1682851706)),
        ("effect_event", (1.8223318108, 0.1795178217)),
        ("event.m2", (0.3071390795, 0.2760793903)),
        ("event.0", (1.6194098992, 0.1968338163)),
        ("event.3", (2.0790025937, 0.3077249225)),
        ("group.2017", (1.9110151961, 0.2168036509)),
        ("group.2019", (1.4621663795, 0.2307892799)),
    ],
)
def test_covariates_give_the_estimates_and_errors_of_csdid(id, expected):
    # csdid 0.4.3, the port of R's did to Python by other hands: ATTgt(xformla="y~x",
    # control_group="nevertreated"), est_method="dr", bstrap=False; the propensity converges to a bound of 1e-7
    found = values(run(panel([2017] * 40 + [2019] * 35 + [None] * 80, seed=11), covariates=["x"]))
    assert (found[f"{id}.estimate"], found[f"{id}.se"]) == pytest.approx(expected, abs=2e-7)


def test_influences_of_the_pre_test_give_the_librarys_standard_errors():
    frame = panel([2017] * 40 + [2019] * 40 + [None] * 60, seed=9)
    for covariates in ([], ["x"]):
        settings = settings_of(covariates=covariates)
        read = read_panel(settings, table_of(frame))
        fitted = CallawaySantAnna(pscore_trim=1e-6).fit(
            read.frame, "y", "unit", "time", "first", covariates=read.covariates or None
        )
        outcome = read.frame["y"].to_numpy().reshape(-1, 6)
        first = read.units["first"].to_numpy()
        for (group, time), cell in fitted.group_time_effects.items():
            if time < group:
                used = (first == group) | (first == 0)
                X = np.column_stack([np.ones(len(first)), *(read.units[name] for name in read.covariates)])[
                    used
                ]
                change = (outcome[:, int(time) - 1] - outcome[:, int(time) - 2])[used]
                influence = doubly_robust_influence(change, (first[used] == group).astype(float), X)
                assert np.sqrt(influence @ influence) == pytest.approx(cell["se"], rel=1e-5)


def test_forbidden_weight_is_that_of_goodman_bacons_theorem():
    # two groups, T periods, no others: the weights of theorem 1 with n, D-bar and their variances written out
    frame = panel([2016] * 10 + [2018] * 10 + [None] * 10, range(2015, 2021), seed=2)
    share = {2016: 5 / 6, 2018: 3 / 6}
    third = 1 / 3

    def never(d):
        return third * third * d * (1 - d)

    early, late = share[2016], share[2018]
    earlier = third * third * (early - late) * (1 - early)
    later = third * third * late * (early - late)
    assert values(run(frame))["two_way.forbidden"] == pytest.approx(
        later / (never(early) + never(late) + earlier + later), rel=1e-9
    )


def test_clusters_are_summed_with_the_factor_of_the_number_of_clusters():
    frame = panel([2016] * 24 + [None] * 36, range(2015, 2017), seed=8)
    frame["district"] = "D" + (frame["area"].str[1:].astype(int) // 3).astype(str)
    found = values(run(frame, cluster="district"))
    wide = frame.pivot(index="area", columns="year", values="y")
    change, treated = wide[2016] - wide[2015], frame.groupby("area")["treated"].max() == 1
    influence = change - change.groupby(treated).transform("mean")
    influence = influence / treated.map(treated.value_counts()) * np.where(treated, 1, -1)
    sums = influence.groupby(frame.groupby("area")["district"].first()).sum()
    g = len(sums)
    assert found["n.clusters"] == g == 20
    assert found["effect.se"] == pytest.approx(np.sqrt(g / (g - 1) * (sums**2).sum()), rel=1e-9)
