"""Times the design ipw: its speed goals, each in a process of its own.

    python benchmarks/run.py --only ipw

Seconds, and the most memory that the process held: the default evaluation's analysis with 1,000 bootstrap
replicates beyond its imports; the whole rule on 1,000,000 people and 5 covariates without a bootstrap; 1,000
replicates on 100,000 people; 1,000 replicates of whole clusters on 10,000 people in 1,000 clusters; and 20
imputations of 5,000 people with missing values.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import alone

ENGINE = Path(__file__).resolve().parents[1]
CONFIG = """
evaluation: {{id: speed, title: Speed, date: 2024-01-01}}
data: {{people: {{path: data/people.csv}}}}
analyses:
  speed:
    design: ipw
    data: people
    outcome: outcome
    covariates: [x1, x2, x3, x4, x5]
    bootstrap: {{replicates: {replicates}}}
    {more}
"""
CASES = {  # people, replicates, other settings, by what is timed
    "whole rule, 1,000,000 people, 0 replicates": (1_000_000, 0, ""),
    "whole rule, 100,000 people, 1,000 replicates": (100_000, 1000, ""),
    "whole rule, 10,000 people in 1,000 clusters, 1,000 replicates": (10_000, 1000, "cluster: school"),
    "whole rule, 5,000 people, 20 imputations": (5_000, 0, "imputation: {m: 20, seed: 1}"),
}


def people(folder: Path, number: int, more: str = "") -> None:
    """Write people; with what other settings need: a school for each ten, or a tenth
    of two columns missing.
    """
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    x = random.normal(size=(number, 5))
    treated = random.random(number) < 1 / (1 + np.exp(-x @ [0.3, -0.5, 0.2, 0.1, 0.0]))
    outcome = random.random(number) < 1 / (1 + np.exp(0.5 - 0.4 * x[:, 0] + 0.2 * treated))
    frame = pd.DataFrame(x.round(5), columns=[f"x{index}" for index in range(1, 6)])
    frame.insert(0, "treated", treated.astype(int))
    frame.insert(1, "outcome", outcome.astype(int))
    if "cluster" in more:
        frame["school"] = [f"S{row // 10}" for row in range(number)]
    if "imputation" in more:
        for column in ("x1", "outcome"):
            frame[column] = frame[column].astype("Float64").mask(random.random(number) < 0.1)
    (folder / "data").mkdir()
    frame.to_csv(folder / "data" / "people.csv", index=False)


def rule(folder: Path, name: str) -> tuple[float, float]:
    """Run the rule's script, and return its seconds and its memory in MiB."""
    before = time.perf_counter()
    code = (
        "import resource, subprocess, sys\n"
        f"subprocess.run({alone('analyse.py', name)!r}, check=True, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=_environment(),
    )
    return time.perf_counter() - before, float(done.stdout.strip().splitlines()[-1])


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ENGINE / "src")}


def default_analysis() -> tuple[float, float]:
    """Return the seconds, and the memory, of reading, preparing and analysing the default evaluation's
    records, imports done before.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    sys.path.insert(0, str(ENGINE / "src"))
    os.chdir(ENGINE)
    import pandera.pandas  # noqa: F401

    from evidentia.config.load import load_config
    from evidentia.designs.ipw.analyse import analyse
    from evidentia.disclosure.stage import protect
    from evidentia.workflow.analysis import read_datasets

    start = time.perf_counter()
    config = load_config(".", check_files=False)
    settings = config.analyses["future4me"]
    protect(analyse(settings, read_datasets(config, settings.datasets())), 10)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> dict[str, object]:
    """Return the seconds and the memory of each."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(
        1
    ) as pool:  # in a process of its own, so that the caller keeps its folder and its memory
        seconds, memory = pool.submit(default_analysis).result()
    found: dict[str, object] = {
        "default, 516 people, 1,000 replicates, beyond imports": {"seconds": seconds, "memory_mib": memory}
    }
    for label, (number, replicates, more) in CASES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            people(folder, number, more)
            (folder / "config.yaml").write_text(CONFIG.format(replicates=replicates, more=more))
            seconds, memory = rule(folder, "speed")
            found[label] = {"seconds": seconds, "memory_mib": memory}
    return found
