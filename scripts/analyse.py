"""Rules of the designs: one analysis of config.yaml, as its design makes it.

Where a bootstrap was scattered, its parts are read rather than computed.
"""

from pathlib import Path

from evidentia.core.files import read_json
from evidentia.workflow.job import analysis, run


def main(name: str, parts: str = "0") -> None:
    given = {}
    if int(parts):
        from numpy import array

        files = [Path("build", "bootstrap", f"{name}.{part}-of-{parts}.json") for part in range(1, int(parts) + 1)]
        given["drawn"] = array([effect for file in files for effect in read_json(file)["effects"]], dtype=float)
    analysis(name, "scripts/analyse.py", **given)


if __name__ == "__main__":
    run(main)
