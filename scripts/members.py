"""Rule members: what is known of each member of a portfolio, for the synthesis; failed ones are named as such."""

import json

from evidentia.workflow.job import run
from evidentia.workflow.portfolio import Portfolio


def main(failed: str = "{}") -> None:
    Portfolio(failed=json.loads(failed)).record()


if __name__ == "__main__":
    run(main)
