"""Rule complete: fails, and names them, where members of a portfolio were not built."""

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json
from evidentia.core.paths import MEMBERS
from evidentia.workflow.job import Job, run


def main(job: Job) -> None:
    failed = [
        f"{row['folder']} ({row['failed']})" for row in read_json(MEMBERS)["members"] if "failed" in row
    ]
    if failed:
        raise EvidentiaError(
            f"not built: {', '.join(failed)}",
            where="portfolio.yaml",
            remedy=(
                "put right what is said of each above, then run the same command again; only these are built"
            ),
        )


if __name__ == "__main__":
    run(main, snakemake)
