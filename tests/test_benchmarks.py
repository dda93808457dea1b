"""The evaluations that the benchmarks make up still build up to their words."""

import sys

import pytest

from folders import ENGINE, snakemake

sys.path.append(str(ENGINE / "benchmarks"))


@pytest.mark.build
@pytest.mark.xdist_group("benchmarks")
@pytest.mark.parametrize("kind", ["long report", "exhibits"])
def test_an_evaluation_made_up_for_a_benchmark_builds(kind, tmp_path):
    import long_report
    import sizes

    if kind == "exhibits":
        sizes.indicators(tmp_path, 40)
        chapters = 2
    else:
        long_report.write(tmp_path, 2)
        chapters = 4
    done = snakemake(tmp_path, "compose")
    assert done.returncode == 0, done.stdout
    text = (tmp_path / "build" / "report.qmd").read_text(encoding="utf-8")
    assert text.count("\n# ") + text.startswith("# ") == chapters
