"""Invented counties with the moments of ``mpdta``, the example of R's package did."""

import numpy as np
import pandas as pd

MOMENTS = {
    0: (309, [5.6546300225, 5.591999998142, 5.604808433754, 5.638896282055, 5.661132540371],
           [2.1634694738, 2.196270982541, 2.258653793307, 2.205544285829, 2.258474970929,
            2.281007668691, 2.179212215844, 2.234164913541, 2.250948411469, 2.260942991308,
            2.188896157904, 2.244484806603, 2.259968056603, 2.257691808225, 2.28096722525]),
    2004: (20, [6.179696833586, 6.106563563007, 6.059452086737, 6.026704354252, 6.085387988372],
           [2.087167943515, 2.116577089173, 2.154883801296, 2.17348839861, 2.209408379943,
            2.27684889658, 2.203955702358, 2.2410631972, 2.30695236046, 2.343023543719,
            2.140492572458, 2.172084482498, 2.239579175824, 2.27115796241, 2.213114777087]),
    2006: (40, [6.573993628231, 6.517883716297, 6.527941333159, 6.557434574507, 6.54304096823],
           [1.57157052407, 1.554409288665, 1.555184352025, 1.580206342794, 1.583317893217,
            1.623812924194, 1.599313798267, 1.60226867231, 1.640079748492, 1.6637714904,
            1.610140941912, 1.612309071839, 1.652010128575, 1.672511210996, 1.691134209671]),
    2007: (131, [5.842906496383, 5.810783127608, 5.820865670334, 5.823866399245, 5.820048246843],
           [2.275581297537, 2.279125794217, 2.299736390001, 2.273843646917, 2.291068996948,
            2.307988952417, 2.271917051825, 2.290794220863, 2.300851409594, 2.318601422651,
            2.247805609831, 2.267824689505, 2.277807476126, 2.288409120238, 2.283310774919]),
}  # fmt: skip
"""Units, means of log teenage employment in 2003 to 2007, and their covariances (lower triangle), by first
treated year, of the data ``mpdta`` of the R package did (from data/mpdta.csv of d2cml-ai/csdid, SHA-256
2283bea1221a152420f98dfa20f633c5d054ea51d881115c8cd702a97bcd3167): without covariates, estimates and standard
errors rest on these alone."""


def mpdta():
    """Return counties that have the moments to the last digit, but are none of the 500 in the data."""
    random, frames = np.random.default_rng(3), []
    for first, (n, means, lower) in MOMENTS.items():
        wanted = np.zeros((5, 5))
        wanted[np.tril_indices(5)] = lower
        wanted = wanted + np.tril(wanted, -1).T
        drawn = random.normal(size=(n, 5))
        drawn -= drawn.mean(axis=0)
        white = drawn @ np.linalg.inv(np.linalg.cholesky(drawn.T @ drawn / n)).T
        made = white @ np.linalg.cholesky(wanted).T + np.array(means)
        names = np.repeat([f"{first}-{place}" for place in range(n)], 5)
        columns = {
            "area": names,
            "year": np.tile(range(2003, 2008), n),
            "start": float(first) if first else np.nan,
            "y": made.ravel(),
        }
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)
