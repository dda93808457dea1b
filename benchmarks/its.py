"""How long the design ``its`` takes: one series, and 1,000 series on two cores.

    python benchmarks/run.py --only its

Seconds of the clock, and of the processor if the machine has other work.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

import numpy as np
import pandas as pd

from evidentia.data.table import DataTable
from evidentia.designs.its.analyse import analyse
from evidentia.designs.its.settings import ITSSettings

MONTHS = [f"{2017 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}" for month in range(24)]
KINDS = {
    "ols": {"outcome": "count"},
    "newey_west": {"outcome": "count", "errors": "newey_west"},
    "ar1": {"outcome": "count", "errors": "ar1"},
    "share": {"outcome": "part", "denominator": "count"},
    "season": {"outcome": "count", "fourier": 2},
    "quasipoisson": {"outcome": "count", "family": "quasipoisson"},
    "negative_binomial": {"outcome": "count", "family": "negative_binomial"},
    "quasibinomial": {"outcome": "part", "denominator": "count", "family": "quasibinomial"},
}
SERIES, CORES = 1000, 2


def table(seed: int) -> DataTable:
    draw = np.random.default_rng(seed)
    count = draw.negative_binomial(40, 40 / 640, size=24)
    part = draw.binomial(count, 0.1)
    frame = pd.DataFrame({"month": MONTHS, "count": count, "part": part}, index=range(2, 26))
    return DataTable(frame, "data/series.csv", "sha256:0")


def run(seed: int, kind: str) -> float:
    start = time.process_time()
    settings = ITSSettings.model_validate(
        {"design": "its", "data": "a", "time": "month", "intervention": "2018-04", **KINDS[kind]}
    )
    analyse(settings, {"a": table(seed)})
    return time.process_time() - start


def main() -> dict[str, object]:
    """Return by kind of model the best and worst of 5 series, and the seconds for
    1,000 series on two cores.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"  # as in the rules; for the processes that start here
    found: dict[str, object] = {}
    with ProcessPoolExecutor(CORES) as pool:
        for kind in KINDS:
            single = list(pool.map(run, range(5), repeat(kind)))
            start = time.perf_counter()
            worked = sum(pool.map(run, range(SERIES), repeat(kind), chunksize=20))
            seconds = time.perf_counter() - start
            found[kind] = {
                "best_of_5": min(single),
                "worst_of_5": max(single),
                f"seconds_{SERIES}": seconds,
                "processor_a_core": worked / CORES,
            }
    return found
