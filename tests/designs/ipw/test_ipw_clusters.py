"""Pupils in schools, beside R 4.2.2: survey 4.1-1 and clubSandwich 0.5.8 on the same pupils, with the
propensity of glm().

``svyglm(y ~ treated, svydesign(~school, weights = ~w))`` gives effect and standard error;
``coef_test(m, vcovCR(m, cluster = school, type = "CR2"))`` of ``m <- lm(y ~ treated, weights = w)`` those of
CR2.
"""

import numpy as np
import pandas as pd
import pytest

from designs.ipw.samples import notes, pupils, run, values
from evidentia.core.errors import EvidentiaError

SETTINGS = {"outcome": "result", "covariates": ["prior"], "cluster": "school", "bootstrap": {"replicates": 0}}
BY_R = {  # effect, se by svyglm, se by CR2, Satterthwaite's degrees of freedom, p by CR2
    ("result", "ATE"): (2.20326477969, 1.99576265236, 2.03976646345, 21.9919749144, 0.291776934938),
    ("result", "ATT"): (2.23253261747, 1.99052924422, 2.03334111802, 21.9816973207, 0.2841025371),
    ("result", "ATC"): (2.17400398443, 2.00165792832, 2.0469444541, 21.9854314187, 0.299730488978),
    ("result", "ATO"): (2.20676997782, 1.99555054572, 2.03953464705, 21.992189014, 0.29097581388),
    ("passed", "ATE"): (0.121231802514, 0.100224318772, 0.102446419629, 21.9919749144, 0.249297999055),
    ("passed", "ATT"): (0.122341524987, 0.0998847886673, 0.102044424075, 21.9816973207, 0.24333037525),
    ("passed", "ATC"): (0.120122356841, 0.100608523852, 0.102898282074, 21.9854314187, 0.255558702735),
    ("passed", "ATO"): (0.121436825913, 0.100219295732, 0.10244005838, 21.992189014, 0.248493843534),
}


@pytest.mark.parametrize(("outcome", "estimand"), BY_R)
def test_effect_by_cluster_is_that_of_survey_and_club_sandwich(outcome, estimand):
    found = values(pupils(), **SETTINGS | {"outcome": outcome, "estimand": estimand})
    effect, error, reduced, df, p_value = BY_R[outcome, estimand]
    assert found["effect.estimate"] == pytest.approx(effect, rel=1e-9)
    for stem in ("effect", "effect_robust", f"effect_{estimand.lower()}"):
        assert found[f"{stem}.se"] == pytest.approx(error, rel=1e-9)
    assert found["effect_cr2.se"] == pytest.approx(reduced, rel=1e-9)
    assert found["effect_cr2.df"] == pytest.approx(df, rel=1e-9)
    assert found["effect_cr2.p_value"] == pytest.approx(p_value, rel=1e-8)


def test_interval_by_cluster_is_of_t_with_one_degree_less_than_clusters():
    found = values(pupils(), **SETTINGS)
    reach = 2.068657610419041  # R: qt(0.975, 23)
    assert found["effect.ci_high"] - found["effect.estimate"] == pytest.approx(
        reach * found["effect.se"], rel=1e-9
    )
    assert found["n.clusters"] == 24


@pytest.mark.parametrize("estimand", ["ATE", "ATT", "ATC", "ATO"])
@pytest.mark.parametrize("outcome", ["result", "passed"])
def test_stacked_equations_by_cluster_are_those_of_delicatessen(outcome, estimand):
    """M-estimation and AIPW; delicatessen has no factor G/(G-1)."""
    from delicatessen import MEstimator
    from delicatessen.estimating_equations import ee_regression
    from delicatessen.utilities import aggregate_efuncs, inverse_logit

    frame = pupils()
    t, y = frame["treated"].to_numpy(float), frame[outcome].to_numpy(float)
    X = np.column_stack([np.ones(len(t)), (frame["prior"].to_numpy() - 100) / 10])
    codes = pd.factorize(frame["school"])[0]
    kind = "logistic" if outcome == "passed" else "linear"

    def equations(theta):
        e = inverse_logit(X @ theta[2:4])
        w, target = {
            "ATE": (np.where(t == 1, 1 / e, 1 / (1 - e)), np.ones_like(e)),
            "ATT": (np.where(t == 1, 1, e / (1 - e)), t),
            "ATC": (np.where(t == 1, (1 - e) / e, 1), 1 - t),
            "ATO": (np.where(t == 1, 1 - e, e), e * (1 - e)),
        }[estimand]
        m1, m0 = (X @ theta[part] for part in (slice(4, 6), slice(6, 8)))
        if kind == "logistic":
            m1, m0 = inverse_logit(m1), inverse_logit(m0)
        stack = np.vstack([
            t * w * (y - theta[0] - theta[1]), (1 - t) * w * (y - theta[1]),
            ee_regression(theta[2:4], X, t, "logistic"), ee_regression(theta[4:6], X, y, kind) * t,
            ee_regression(theta[6:8], X, y, kind) * (1 - t),
            target * (m1 - m0 - theta[8]) + w * (t * (y - m1) - (1 - t) * (y - m0)),
        ])  # fmt: skip
        return aggregate_efuncs(stack, group=codes)

    start = [
        0,
        y.mean(),
        0,
        0,
        0 if kind == "logistic" else y.mean(),
        0,
        0 if kind == "logistic" else y.mean(),
        0,
        0,
    ]
    solved = MEstimator(equations, init=start)
    solved.estimate()
    found = values(
        frame, **SETTINGS | {"outcome": outcome, "estimand": estimand, "standard_errors": "m_estimation"}
    )
    factor = np.sqrt(24 / 23)
    for stem, place in (("effect", 0), ("effect_aipw", 8)):
        assert found[f"{stem}.estimate"] == pytest.approx(solved.theta[place], rel=1e-6)
        assert found[f"{stem}.se"] == pytest.approx(factor * solved.variance[place, place] ** 0.5, rel=1e-4)


def test_bootstrap_of_whole_clusters_agrees_with_the_error_by_cluster():
    found = values(pupils(), **SETTINGS | {"bootstrap": {"replicates": 1000, "seed": 3}})
    by_cluster = values(pupils(), **SETTINGS | {"standard_errors": "m_estimation"})["effect.se"]
    assert found["effect_bootstrap.se"] == pytest.approx(by_cluster, rel=0.15)
    assert found["effect_bootstrap.se"] > 1.5 * values(pupils(), **SETTINGS | {"cluster": ""})["effect.se"]


def test_few_clusters_are_noted_for_each_effect_and_many_are_not():
    note = notes(pupils(), **SETTINGS)["few_clusters"]
    assert {"effect", "effect_aipw", "effect_crude", "outcome"} <= set(note.about)
    assert "few_clusters" not in notes(pupils(schools=40, each=5), **SETTINGS)


def test_a_group_in_one_cluster_has_no_standard_error():
    frame = pupils(schools=6)
    frame["school"] = frame["school"].where(frame["treated"] == 0, "S00")
    found = values(frame, **SETTINGS | {"bootstrap": {"replicates": 60}})
    stems = [id.removesuffix(".se") for id in found if id.startswith("effect") and id.endswith(".se")]
    assert {found[f"{stem}.{part}"] for stem in stems for part in ("se", "ci_low", "ci_high", "p_value")} == {
        None
    }
    assert "one cluster" in notes(frame, **SETTINGS)["few_clusters"].value


def test_cluster_with_people_of_both_groups_among_clusters_of_one_is_noted():
    frame = pupils()
    frame.loc[2, "treated"] = 0
    assert "1 of 24" in notes(frame, **SETTINGS)["arms_in_clusters"].value
    assert notes(frame, **SETTINGS)["arms_in_clusters"].value.endswith(
        f"the others of one: {frame.loc[2, 'school']}"
    )
    mixed = pupils().assign(treated=lambda frame: np.arange(len(frame)) % 2)
    assert "arms_in_clusters" not in notes(mixed, **SETTINGS)


def test_clusters_of_both_groups_are_named_with_their_rows_and_no_more_than_five():
    frame = pupils()
    treated = frame[frame["treated"] == 1]
    firsts = treated.groupby("school").head(1).index[:7]
    frame.loc[firsts, "treated"] = 0
    result = run(frame, **SETTINGS)
    note = next(number.value for number in result.numbers if number.id == "note.arms_in_clusters")
    assert note.startswith("7 of 24 clusters")
    schools = sorted(frame.loc[firsts, "school"])
    assert note.endswith(f": {', '.join(schools[:5])} and 2 more")
    said = [message for message in result.messages if "in the cluster" in message]
    assert len(said) == 5
    row = next(row for row in firsts if frame.loc[row, "school"] == schools[0])
    assert (
        said[0]
        == f"data/people.csv, row {row}, column treated: of the comparator group, in the cluster {schools[0]}"
        " with people of the other"
    )


def test_clusters_of_protected_people_are_counted_and_not_named():
    frame = pupils()
    frame.loc[2, "treated"] = 0
    result = run(frame, table={"minimum_cell": 2}, **SETTINGS)
    note = next(number.value for number in result.numbers if number.id == "note.arms_in_clusters")
    assert note == "1 of 24 clusters hold people of both groups, the others of one"
    assert not any("in the cluster" in message for message in result.messages)


@pytest.mark.parametrize(
    ("school", "said"),
    [("one", "all people are in one cluster, one"), (None, "the cluster is missing for 360 of 360")],
)
def test_cluster_column_that_tells_nobody_apart_stops(school, said):
    with pytest.raises(EvidentiaError, match=said):
        run(pupils().assign(school=school), **SETTINGS)


def test_a_person_twice_stops_with_the_rows_where_an_id_is_named():
    frame = pupils().assign(person=lambda frame: [*range(len(frame) - 1), 0])
    with pytest.raises(EvidentiaError, match="a person stands 2 times") as raised:
        run(frame, **SETTINGS | {"id": "person"})
    assert "rows 2, 361, column person" in str(raised.value)
