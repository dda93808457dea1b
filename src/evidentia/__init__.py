"""Evidentia rebuilds an impact evaluation's final report from its data."""

from typing import Any

__all__ = ["Result", "Selection"]


def __getattr__(name: str) -> Any:
    """Import what an evaluation's own programs use, when they use it."""
    if name == "Result":
        from evidentia.designs.script.result import Result

        return Result
    if name == "Selection":
        from evidentia.data.selection import Selection

        return Selection
    raise AttributeError(f"module 'evidentia' has no attribute '{name}'")
