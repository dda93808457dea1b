"""What a sentence says of a number that is suppressed: words of the author's, or nothing."""

from __future__ import annotations

from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry


def instead(config: Config, entry: Entry, words: str) -> str:
    """Return the words that stand for a suppressed number, or raise where there are none.

    Parameters
    ----------
    config : Config
    entry : entry
        Of a suppressed number.
    words : str
        As the author has them.
    """
    if words.strip():
        return words
    raise EvidentiaError(
        f"the number '{entry['id']}' is suppressed, and a sentence cannot print it: {_why(config, entry)}",
        remedy='say it in words, {{ n("...", suppressed="a few") }}, leave it out with {% if has_value("...")'
        " %}, or show it in a table; evidentia disclosure says what the number would tell",
    )


def _why(config: Config, entry: Entry) -> str:
    """Return why a number is suppressed, as far as it may be said: the policy of the data behind it."""
    analysis = config.analyses.get(entry["id"].partition(".")[0])
    for name in analysis.datasets() if analysis else ():
        least = config.data[name].disclosure.minimum_cell if name in config.data else 0
        if least > 1:
            return (
                f"the data set '{name}' has minimum_cell: {least}, so that no count of 1 to {least - 1}"
                " people may be printed or worked out"
            )
    return "a count of people behind it is too small to be printed or worked out"
