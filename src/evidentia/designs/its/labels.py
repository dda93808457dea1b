"""Words and units of the numbers of an interrupted time series, for the ledger."""

from __future__ import annotations

import numpy as np

from evidentia.core.language import later, translate
from evidentia.designs.its.fit import Array
from evidentia.designs.its.glm import NORMAL
from evidentia.designs.its.series import Series
from evidentia.designs.its.settings import MODELS, TERMS, ITSSettings

_SCALES = {"identity": "", "log": later(" (log scale)"), "logit": later(" (log odds)")}
_BY_OUTCOME = ("effect_cumulative", "effect_mean")
_FORMULAS = {
    "intercept": "b0",
    "pre_slope": "b1",
    "level_change": "b2",
    "slope_change": "b3",
    "post_slope": "b1 + b3",
    "effect_last": "b2 + b3 ({m} - 1)",
    "effect_cumulative": later("sum over the {m} post periods of fitted minus counterfactual"),
    "effect_mean": later("mean over the {m} post periods of fitted minus counterfactual"),
    "effect_cumulative_count": later(
        "sum over the {m} post periods of denominator times (fitted minus counterfactual)"
    ),
}


class Labels:
    """Words and units, by what the settings analyse.

    Parameters
    ----------
    settings : ITSSettings
    series : Series
    lags : int
        Of Newey-West.

    Attributes
    ----------
    level, change : str
        Unit of the outcome, and of a difference between two outcomes.
    whole : bool
        The outcome (or numerator) is a count.
    share : bool
        The outcome is divided by a denominator, or a share to begin with.
    """

    ends = {
        "first": later("first period"),
        "last": later("last period"),
        "intervention": later("first period of the post segment"),
    }
    sides = {"pre": later("before the intervention"), "post": later("from the intervention on")}
    limits = {
        "ratio": "",
        "ratio_ci_low": later(", lower limit of the confidence interval"),
        "ratio_ci_high": later(", upper limit of the confidence interval"),
    }

    def __init__(self, settings: ITSSettings, series: Series, lags: int) -> None:
        self.settings = settings
        self.m = series.n_post
        self.lags = lags
        self.breaks, self.gaps = len(series.starts), series.times is not None
        self.df = series.n - 2 - 2 * self.breaks - _harmonics(settings, series)
        self.share = series.denominator is not None or settings.family == "quasibinomial"
        self.whole = bool(np.all(series.outcome % 1 == 0))
        self.level = "proportion" if self.share else "mean"
        self.change = "percentage_points" if self.share else "coefficient"
        self.numerator = settings.label or settings.outcome
        self.outcome = settings.label or (
            f"{settings.outcome} / {settings.denominator}" if settings.denominator else settings.outcome
        )
        self.period_unit = "date" if series.spacing.kind in ("month", "day", "year") else "text"
        self.lags_basis = "computed" if settings.newey_west_lags is None else "configured"

    def observed(self, series: Series) -> Array:
        """Return the outcome as it is shown: divided by its denominator, if it has one."""
        return series.outcome if series.denominator is None else series.outcome / series.denominator

    @property
    def link(self) -> str:
        """Link of the family."""
        return self.settings.link

    @property
    def distribution(self) -> str:
        """Distribution behind p-values and intervals."""
        return (
            translate("the normal distribution")
            if self.settings.family in NORMAL
            else translate("Student's t with {df} degrees of freedom", df=self.df)
        )

    @property
    def residuals(self) -> str:
        """Which residuals the tests look at."""
        return (
            translate("OLS residuals")
            if self.link == "identity"
            else translate("deviance residuals; the test is approximate for this family")
        )

    @property
    def extras(self) -> dict[str, tuple[str, str]]:
        """Parameter beside the coefficients to its id and label."""
        return {
            "sigma": ("sigma", translate("{outcome}: residual standard deviation", outcome=self.outcome)),
            "phi": ("phi", translate("{outcome}: autocorrelation of the errors", outcome=self.outcome)),
            "theta": (
                "theta",
                translate(
                    "{outcome}: theta of the negative binomial (no value: no more variation than Poisson)",
                    outcome=self.outcome,
                ),
            ),
        }

    def unit(self, term: str) -> str:
        """Return the unit of a term."""
        if term == "effect_cumulative_count" or (self.link != "identity"):
            return "coefficient"
        return self.level if term == "intercept" else self.change

    def term(self, term: str) -> str:
        """Return a term in words."""
        words = _words(term)
        return f"{self.outcome}: {words}{'' if term in _BY_OUTCOME else _scale(self.link)}"

    def ratio(self, term: str) -> str:
        """Return the ratio beside a term in words."""
        kind = (
            translate("ratio of totals, fitted to counterfactual")
            if term in _BY_OUTCOME
            else translate("odds ratio")
            if self.link == "logit"
            else translate("ratio")
        )
        words = _words(term)
        return translate("{outcome}: {words}, as a {kind}", outcome=self.outcome, words=words, kind=kind)

    def ratio_formula(self, term: str) -> str:
        """Say where a ratio comes from."""
        if term in _BY_OUTCOME:
            return translate(
                "sum of fitted over sum of counterfactual; interval by the delta method on its logarithm"
            )
        return translate("exponential of the estimate and of its limits")

    def formula(self, term: str, errors: str = "") -> str:
        """Say how a term is estimated; `errors` other than the setting's can be named."""
        errors = errors or self.settings.errors
        season = " + season" if self.settings.fourier else ""
        left = {"identity": "y", "log": "log E(y)", "logit": "logit E(y)"}[self.link]
        jumps = "".join(f" + b{2 * k} D{k} + b{2 * k + 1} (t - t{k}) D{k}" for k in range(2, self.breaks + 1))
        model = f"{left} = b0 + b1 t + b2 D + b3 (t - t0) D{jumps}{season}{self._offset()}"
        how = self.settings.family.replace("_", " ") if self.link != "identity" else ""
        if errors == "newey_west":
            errors = translate("Newey–West with {lags} lags", lags=self.lags)
        else:
            errors = (
                ""
                if self.link != "identity"
                else f"{MODELS[errors]}{translate(' by REML') if errors == 'ar1' else ''}"
            )
        delta = translate("delta method") if self.link != "identity" and term in _BY_OUTCOME else ""
        estimand = translate("{estimand} in {model}", estimand=self._estimand(term), model=model)
        parts = [estimand, how, errors, delta, self.distribution]
        return "; ".join(part for part in parts if part)

    def _estimand(self, term: str) -> str:
        stem, _, place = term.rpartition("_")
        if place.isdigit():
            first = "b1 + b3 + ... + " if stem == "post_slope" else ""
            return f"{first}b{2 * int(place) + (stem != 'level_change')}"
        if term == "effect_last" and (self.gaps or self.breaks > 1):
            return translate("fitted minus counterfactual in the last period")
        words = _FORMULAS[term]
        return words.format(m=self.m) if words.startswith("b") else translate(words, m=self.m)

    def _offset(self) -> str:
        """Return the offset's place in the model."""
        divisor = self.settings.offset or (self.settings.denominator if self.link == "log" else "")
        return f" + log({divisor})" if divisor else ""


def _scale(link: str) -> str:
    return translate(_SCALES[link]) if _SCALES[link] else ""


def _words(term: str) -> str:
    stem, _, place = term.rpartition("_")
    if place.isdigit():
        words = translate(TERMS[stem])
        return words.replace(translate("the intervention"), f"{translate('intervention')} {place}")
    return {
        **{name: translate(words) for name, words in TERMS.items()},
        "effect_mean": translate("mean effect by period"),
        "effect_cumulative_count": translate("effect over all periods, as a count"),
    }[term]


def _harmonics(settings: ITSSettings, series: Series) -> int:
    """Return how many coefficients the season takes."""
    return 2 * settings.fourier - (2 * settings.fourier == series.spacing.season)
