"""The models by another route: statsmodels, brute force, and closed forms."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize_scalar

from evidentia.core.errors import EvidentiaError
from evidentia.designs.its.fit import Problem, default_lags, design, wald
from evidentia.designs.its.glm import glm
from evidentia.designs.its.linear import ar1, ols, reml_phi, zero


def simulated(seed, n=40, n_pre=22, phi=0.5):
    draw = np.random.default_rng(seed)
    X = design(n, n_pre, 1, 12)
    noise = np.zeros(n)
    for t in range(n):
        noise[t] = phi * noise[t - 1] * (t > 0) + draw.normal()
    return 100 + X @ np.array([0, 0.5, -6, 0.3, 2, 1]) + 4 * noise, X


def test_the_design_counts_time_from_one_and_the_post_segment_from_zero():
    X = design(5, 2)
    assert X.tolist() == [[1, 1, 0, 0], [1, 2, 0, 0], [1, 3, 1, 0], [1, 4, 1, 1], [1, 5, 1, 2]]


def test_the_sixth_harmonic_of_a_year_of_months_is_a_single_column():
    X = design(36, 20, 6, 12)
    assert X.shape == (36, 4 + 11)
    assert np.linalg.matrix_rank(X) == 15


@pytest.mark.parametrize("lags", [0, 1, 3, 7])
def test_newey_west_agrees_with_statsmodels(lags):
    y, X = simulated(lags)
    other = sm.OLS(y, X).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    assert ols(y, X, lags).cov == pytest.approx(other.cov_params(), rel=1e-8, abs=1e-10)


def test_the_usual_lags_follow_the_rule_of_thumb():
    assert [default_lags(n) for n in (12, 24, 100, 400)] == [2, 2, 4, 5]


def restricted(phi, y, X):
    """Twice the negative restricted log-likelihood, with full matrices."""
    n, k = X.shape
    V = phi ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    W = np.linalg.inv(V)
    A = X.T @ W @ X
    rest = y - X @ np.linalg.solve(A, X.T @ W @ y)
    return (n - k) * np.log(rest @ W @ rest) + np.linalg.slogdet(V)[1] + np.linalg.slogdet(A)[1]


@pytest.mark.parametrize(("seed", "phi"), [(1, 0.8), (2, 0.3), (3, -0.6), (4, 0.0)])
def test_reml_finds_the_top_of_the_restricted_likelihood(seed, phi):
    y, X = simulated(seed, phi=phi)
    best = minimize_scalar(
        lambda value: restricted(value, y, X),
        bounds=(-0.99, 0.99),
        method="bounded",
        options={"xatol": 1e-10},
    )
    assert reml_phi(y, X) == pytest.approx(best.x, abs=1e-6)


def test_ar1_is_generalised_least_squares_at_its_phi():
    y, X = simulated(5)
    fit = ar1(y, X)
    V = fit.extra["phi"] ** np.abs(np.subtract.outer(np.arange(len(y)), np.arange(len(y))))
    other = sm.GLS(y, X, sigma=V).fit()
    assert fit.beta == pytest.approx(other.params, rel=1e-8)
    assert fit.cov == pytest.approx(other.cov_params(), rel=1e-7)


def test_zero_finds_where_a_falling_function_crosses():
    assert zero(lambda x: np.cos(x), 0.0, 3.0) == pytest.approx(np.pi / 2, abs=1e-11)
    assert zero(lambda x: 1.0, 0.0, 3.0) == 3.0


def counts(seed, n=60, n_pre=30, theta=15.0):
    draw = np.random.default_rng(seed)
    X = design(n, n_pre)
    offset = np.log(draw.uniform(80, 120, n))
    mean = np.exp(X @ np.array([-1.0, 0.005, -0.3, -0.004]) + offset)
    return draw.negative_binomial(theta, theta / (theta + mean)).astype(float), X, offset


def test_poisson_agrees_with_statsmodels():
    y, X, offset = counts(1)
    fit = glm(Problem(y, X, "poisson", offset))
    other = sm.GLM(y, X, sm.families.Poisson(), offset=offset).fit(tol=1e-12)
    assert fit.beta == pytest.approx(other.params, rel=1e-8)
    assert np.sqrt(np.diag(fit.cov)) == pytest.approx(other.bse, rel=1e-7)
    assert fit.residuals == pytest.approx(other.resid_deviance, rel=1e-6)
    assert fit.dispersion == pytest.approx(other.pearson_chi2 / other.df_resid, rel=1e-8)


def test_the_negative_binomial_is_the_maximum_of_both_parameters():
    y, X, offset = counts(2)
    fit = glm(Problem(y, X, "negative_binomial", offset))
    other = sm.NegativeBinomial(y, X, offset=offset).fit(disp=0, maxiter=500, gtol=1e-9, method="bfgs")
    assert fit.beta == pytest.approx(other.params[:-1], rel=1e-4)
    assert fit.extra["theta"] == pytest.approx(1 / other.params[-1], rel=1e-4)


def test_the_negative_binomial_reaches_its_maximum_where_taking_turns_is_slow():
    """R 4.2, MASS 7.3: glm.nb(y ~ t + D + s, control = glm.control(epsilon = 1e-14, maxit = 1000));
    optimize() of its likelihood agrees.
    """
    y = [32, 19, 29, 24, 38, 29, 22, 26, 27, 40, 28, 26, 30, 38, 22, 29, 32, 25, 33, 24, 25, 37, 32]
    X = np.delete(design(24, 12), 21, axis=0)
    fit = glm(Problem(np.array(y, dtype=float), X, "negative_binomial", np.zeros(23)))
    assert fit.beta == pytest.approx([3.29231922944, 0.00789968615, -0.02390918359, -0.00387344149], abs=1e-8)
    assert fit.extra["theta"] == pytest.approx(2926.431, rel=1e-6)
    assert np.sqrt(np.diag(fit.cov)) == pytest.approx(
        [0.11750541862, 0.01578970121, 0.15310788424, 0.02260118742], abs=1e-8
    )


def test_counts_that_vary_less_than_poisson_give_the_poisson_model():
    draw = np.random.default_rng(3)
    X = design(40, 20)
    y = draw.binomial(100, 0.6, size=40).astype(float)
    negative, poisson = (
        glm(Problem(y, X, family, np.zeros(40))) for family in ("negative_binomial", "poisson")
    )
    assert negative.extra["theta"] == np.inf
    assert negative.beta == pytest.approx(poisson.beta, rel=1e-10)


def test_a_saturated_quasi_binomial_fit_gives_the_observed_log_odds():
    X = np.column_stack([np.ones(4), np.array([0.0, 0, 1, 1])])
    fit = glm(Problem(np.array([10.0, 10, 30, 30]), X, "quasibinomial", np.zeros(4), np.full(4, 40.0)))
    assert fit.beta == pytest.approx([np.log(1 / 3), np.log(3) - np.log(1 / 3)], rel=1e-9)


def test_complete_separation_is_an_error():
    X = design(12, 6)
    with pytest.raises(EvidentiaError, match="does not converge"):
        glm(Problem(np.array([0.0] * 6 + [9.0] * 6), X, "quasibinomial", np.zeros(12), np.full(12, 9.0)))


def test_wald_statistics_of_t_and_normal():
    t, normal = wald(2.0, 1.0, 0.95, 10), wald(2.0, 1.0, 0.9)
    assert t["p_value"] == pytest.approx(0.07338803, abs=1e-8)  # 2 * pt(-2, 10)
    assert t["ci_high"] == pytest.approx(2 + 2.2281388520, abs=1e-9)  # qt(0.975, 10)
    assert normal["p_value"] == pytest.approx(0.0455002639, abs=1e-9)
    assert normal["ci_low"] == pytest.approx(2 - 1.6448536270, abs=1e-9)
