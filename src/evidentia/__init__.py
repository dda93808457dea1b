"""Evidentia rebuilds an impact evaluation's final report from its data."""
