"""The screen of `evidentia build`, where Snakemake's documented interface for logger plugins looks for it: ``--logger evidentia``."""

from evidentia.workflow.screen import LogHandler

__all__ = ["LogHandler"]
