"""Times single analyses beyond their imports, in seconds of the processor: a difference in differences, many
draws of costs and benefits, a bootstrap of whole clusters, and multiple imputation.

    python benchmarks/run.py --only designs

Each is run once to import what it needs, and then timed, in a process of its own.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor

GOALS = {
    "did, 1,000 units x 20 periods, analytic": 2.0,
    "cost_benefit, 10,000 draws": 0.5,
    "ipw, 10,000 people in 1,000 clusters, 1,000 replicates": 5.0,
    "ipw, 5,000 people, 20 imputations": 20.0,
}


def _difference() -> float:
    import numpy as np
    import pandas as pd

    from evidentia.data.table import DataTable
    from evidentia.designs.did.analyse import analyse
    from evidentia.designs.did.settings import DidSettings

    def once(units: int, periods: int) -> float:
        random = np.random.default_rng(1)
        unit, time_of = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
        start = np.where(np.arange(units) % 2, np.nan, 2004 + np.arange(units) % 12)[unit]
        y = random.normal(size=units)[unit] + 0.1 * time_of + (2000 + time_of >= start)
        frame = pd.DataFrame({"unit": unit, "year": 2000 + time_of, "start": start, "y": y})
        frame["y"] += random.normal(size=len(frame))
        frame.index = range(2, len(frame) + 2)
        given = {"design": "did", "data": "p", "unit": "unit", "time": "year", "outcome": "y"}
        settings = DidSettings.model_validate({**given, "first_treated": "start"})
        began = time.process_time()
        analyse(settings, {"p": DataTable(frame, "data/p.csv", "sha256:0")})
        return time.process_time() - began

    once(60, 20)
    return once(1000, 20)


def _value() -> float:
    from evidentia.designs.cost_benefit.analyse import analyse
    from evidentia.designs.cost_benefit.settings import CostBenefitSettings

    ranges = {"unit_cost": [3000, 8000], "deadweight": [0, 0.5], "drop_off": [0, 0.5]}
    benefit = {"effect": 0.1, "unit_cost": 5000, "population": 400, "deadweight": 0.2, "drop_off": 0.1}
    one = {**benefit, "kind": "fiscal", "source": "Invented", "ranges": ranges}
    costs = {"staff": {"amounts": {2020: 300_000}, "source": "Invented"}}
    given = {"design": "cost_benefit", "price_year": 2020, "horizon": 10, "costs": costs}
    more = {"benefits": dict.fromkeys(("crime", "care", "health"), one)}
    settings = CostBenefitSettings.model_validate({**given, **more, "draws": 10_000})
    analyse(settings, {}, {})
    began = time.process_time()
    analyse(settings, {}, {})
    return time.process_time() - began


def _weighted(number: int, **more: object) -> float:
    import numpy as np
    import pandas as pd

    from evidentia.data.table import DataTable
    from evidentia.designs.ipw.analyse import analyse
    from evidentia.designs.ipw.settings import IpwSettings

    random = np.random.default_rng(1)
    names = [f"x{index}" for index in range(1, 6)]
    frame = pd.DataFrame(random.normal(size=(number, 5)), columns=names, index=range(2, number + 2))
    frame["treated"] = (random.random(number) < 1 / (1 + np.exp(-0.4 * frame["x1"]))).astype(float)
    frame["outcome"] = (random.random(number) < 1 / (1 + np.exp(0.5 - 0.4 * frame["x1"]))).astype(float)
    frame["school"] = [f"S{row // 10}" for row in range(number)]
    if "imputation" in more:
        for column in ("x2", "outcome"):
            frame[column] = frame[column].mask(random.random(number) < 0.1)
    given = {"design": "ipw", "data": "p", "treatment": "treated", "outcome": "outcome", "covariates": names}
    settings = IpwSettings.model_validate({**given, **more})
    table = DataTable(frame, "data/p.csv", "sha256:0")
    if number > 200:
        _weighted(200, **more)
    began = time.process_time()
    analyse(settings, {"p": table})
    return time.process_time() - began


def _clustered() -> float:
    return _weighted(10_000, cluster="school", bootstrap={"replicates": 1000})


def _imputed() -> float:
    return _weighted(5_000, imputation={"m": 20, "seed": 1}, bootstrap={"replicates": 0})


def main() -> dict[str, object]:
    """Return the processor's seconds of each, its goal, and whether it was met."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"  # as in the rules; for the processes that start here
    found: dict[str, object] = {}
    runs = (_difference, _value, _clustered, _imputed)
    for (label, goal), run in zip(GOALS.items(), runs, strict=True):
        with ProcessPoolExecutor(1) as pool:
            seconds = pool.submit(run).result()
        found[label] = {"processor": seconds, "at_most": goal, "met": seconds <= goal}
    return found
