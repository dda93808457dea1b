"""Times the disclosure stage on the default evaluation: its analyses' results are protected again, the
analysing left out.

    python benchmarks/disclosure.py [--repeats N]

Prints seconds (the best of N), by analysis and together, under the policies of config.yaml, and then with a
minimum cell of 10 for the survey, where much has to be suppressed. The goal is 0.5 seconds for the default
report. The scan of a finished build is timed too, if there is one.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
GOAL = 0.5
STRICT = 10


def best(repeats: int, run: Callable[[], object]) -> float:
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    sys.path.insert(0, str(ENGINE / "src"))
    os.chdir(ENGINE)
    from evidentia.config.load import load_config
    from evidentia.core.reference import resolve
    from evidentia.disclosure.scan import scan
    from evidentia.disclosure.stage import protect
    from evidentia.workflow.analysis import read_datasets

    config, total = load_config(".", check_files=False), 0.0
    results = {}
    for name, analysis in config.analyses.items():
        policies = [config.data[dataset].disclosure for dataset in analysis.datasets()]
        if any(policy.protects for policy in policies):
            analyse = resolve(config.registry.designs[analysis.design].analyse)
            results[name] = analyse(analysis, read_datasets(config, analysis.datasets()))
            least = max(policy.minimum_cell for policy in policies)
            seconds = best(repeats, lambda name=name, least=least: protect(results[name], least))
            total += seconds
            print(f"{name}, minimum cell {least}: {seconds:.4f} s")
    print(
        f"default report, all analyses: {total:.4f} s ({'within' if total < GOAL else 'beyond'} the goal of"
        f" {GOAL} s)"
    )
    protected = protect(results["staff_survey"], STRICT)
    hidden = sum(bool(number.suppressed) for number in protected.numbers)
    seconds = best(repeats, lambda: protect(results["staff_survey"], STRICT))
    print(
        f"staff_survey, minimum cell {STRICT}, {hidden} of {len(protected.numbers)} numbers suppressed:"
        f" {seconds:.2f} s"
    )
    if Path("build", "report.html").is_file():
        start = time.perf_counter()
        print(f"scan of build/: {scan(config, Path()).measured}: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
