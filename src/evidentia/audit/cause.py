"""What a build said is wrong, out of all that Snakemake writes beside it."""

from __future__ import annotations

LAST = 8  # lines that are shown where nothing is said in our own words
TRACEBACK = "Traceback (most recent call last)"


def cause_of(output: str) -> str:
    """Return our own message from a build's output; else the traceback, or its last lines.

    Parameters
    ----------
    output : str
        All that the build wrote.
    """
    lines = output.replace("\r", "").split("\n")
    start = next(
        (
            place
            for place, line in enumerate(lines)
            if line.startswith("evidentia: ") and not lines[max(place - 1, 0)].strip()
        ),
        None,
    )
    if start is not None and TRACEBACK not in output[: output.find(lines[start])]:
        end = next(
            (place for place, line in enumerate(lines) if place > start and not line.strip()), len(lines)
        )
        return "\n".join(lines[start:end]).removeprefix("evidentia: ")
    if TRACEBACK in output:
        return output[output.index(TRACEBACK) :]
    return "\n".join([line for line in lines if line.strip()][-LAST:])
