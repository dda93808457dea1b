"""Donations by quarter: an analysis of this evaluation's own. `evidentia trust .` after each change."""

import matplotlib.pyplot as plt
from scipy import stats

import evidentia


def analyse(tables, settings):
    """Return the numbers, the table and the figure; tables are pandas DataFrames, settings those of
    config.yaml.
    """
    donations = tables["donations"]
    donations = donations[donations["quarter"] >= settings["start"]]
    result = evidentia.Result()
    result.number("total", donations["gifts"].sum(), "count", "Donations in all quarters", people=False)
    result.number(
        "first", donations["gifts"].iloc[0], "count", "Donations in the first quarter", people=False
    )
    result.number("last", donations["gifts"].iloc[-1], "count", "Donations in the last quarter", people=False)
    mean = donations["pounds"].sum() / donations["gifts"].sum()
    result.number(
        "mean_gift", mean, "pounds", "Mean donation", formula="amount of all quarters over their donations"
    )
    line = stats.linregress(range(len(donations)), donations["gifts"])
    result.estimate(
        "slope", line.slope, line.stderr, "mean", "Change in donations a quarter", df=len(donations) - 2
    )
    years = (
        donations.assign(year=donations["quarter"].str[:4])
        .groupby("year", as_index=False)[["gifts", "pounds"]]
        .sum()
    )
    result.table("by_year", years, units={"gifts": "count", "pounds": "pounds"})
    shown = donations[["quarter", "gifts"]]
    result.figure("trend", drawn(donations, 6.5), shown, narrow=drawn(donations, 3.6))
    return result


def drawn(donations, width):
    """Draw the donations of each quarter, for pages or for phones: width is in inches."""
    figure, axes = plt.subplots(figsize=(width, 3.6))
    axes.plot(donations["quarter"], donations["gifts"], marker="o", color="#12436D")
    axes.set_ylim(0)
    axes.set_ylabel("Donations")
    return figure
