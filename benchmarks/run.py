"""All benchmarks: seconds and memory of builds, beside the floor of the same machine in the same run.

    python benchmarks/run.py [--only PART ...] [--repeats N] [--most N]

writes benchmarks/results/results.json, where parts that are not run keep what they had, and the picture
docs/pictures/benchmarks.svg. Leave the machine alone meanwhile; the load at the start is written with each
part.

Parts: default (builds of the default evaluation, the floor, a notebook as peer), evaluations, exhibits and
records (how builds grow), pages (a long report), preview (from saving to seeing), ipw, its and designs
(single designs).
"""

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

import measure

RESULTS = measure.ENGINE / "benchmarks" / "results" / "results.json"
PICTURE = measure.ENGINE / "docs" / "pictures" / "benchmarks.svg"
PARTS = ("default", "evaluations", "exhibits", "records", "pages", "preview", "ipw", "its", "designs")


def part(name: str, repeats: int, most: int) -> dict[str, object]:
    """Run one part."""
    if name == "default":
        found: dict[str, object] = importlib.import_module("default").main(repeats)
    elif name in ("evaluations", "exhibits", "records"):
        sizes_module = importlib.import_module("sizes")
        sizes = tuple(size for size in getattr(sizes_module, name.upper()) if size <= most)
        found = getattr(sizes_module, name)(sizes)
    else:
        found = importlib.import_module(name).main()
    return found


def shown(found: object, indent: str = "  ") -> str:
    """Return results as indented lines."""
    if isinstance(found, dict) and any(isinstance(value, dict | list) for value in found.values()):
        return "".join(f"{indent}{key}\n{shown(value, indent + '  ')}" for key, value in found.items())
    if isinstance(found, list):
        return "".join(shown(item, indent) for item in found)
    if isinstance(found, dict):
        return (
            indent
            + "  ".join(
                f"{key} {value:.3g}" if isinstance(value, float) else f"{key} {value}"
                for key, value in found.items()
            )
            + "\n"
        )
    return f"{indent}{found}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}"
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="rounds of the default evaluation, of which the best counts"
    )
    parser.add_argument("--most", type=int, default=10**9, help="largest size of the parts that grow")
    options = parser.parse_args()
    sys.path.insert(0, str(measure.ENGINE / "src"))
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    for name in options.only:
        print(name, flush=True)
        machine, start = measure.machine(), time.perf_counter()
        found = part(name, options.repeats, options.most)
        results[name] = {
            "machine": {**machine, "seconds_in_all": round(time.perf_counter() - start)},
            **found,
        }
        print(shown(found), flush=True)
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(
            json.dumps({key: results[key] for key in PARTS if key in results}, indent=1) + "\n",
            encoding="utf-8",
        )
    importlib.import_module("picture").draw(results, PICTURE)
    print(
        f"{RESULTS.relative_to(measure.ENGINE)} and {Path(PICTURE).relative_to(measure.ENGINE)} are written"
    )


if __name__ == "__main__":
    main()
