"""Design ``its``: interrupted time series, by segmented regression."""
