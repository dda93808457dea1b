"""Rule figures: every chart of one analysis, as SVG and with its data as CSV."""

from pathlib import Path

from evidentia.config.load import load_config
from evidentia.core.files import csv_text, write_whole
from evidentia.core.reference import resolve
from evidentia.core.results import load_result
from evidentia.workflow.job import run


def main(name: str) -> None:
    from evidentia.charts.house import to_svg, use_style

    config = load_config(".", check_files=False)
    result, _ = load_result(Path("build", "results", f"{name}.json"))
    use_style()
    for id, figure in config.figures.items():
        if figure.analysis == name:
            chart, data = resolve(config.registry.figures[figure.kind].draw)(figure, config.analyses[name], result)
            write_whole(Path("build", "figures", f"{id}.csv"), csv_text(data.columns, data.rows))
            write_whole(Path("build", "figures", f"{id}.svg"), to_svg(chart))


if __name__ == "__main__":
    run(main)
