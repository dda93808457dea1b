"""What `evidentia build` shows while Snakemake works: a line a step, and what runs now.

Snakemake's own words go to its log in .snakemake/log. What a job has to say, it says itself. The module has
this name, and stands beside the package, because Snakemake's documented interface for logger plugins looks
for it so (``--logger evidentia``); and it imports nothing of the engine, because Snakemake loads it before
the Snakefile has said which engine is meant.
"""

from __future__ import annotations

import sys
import time
from logging import ERROR, LogRecord
from typing import TextIO

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

STEPS = {
    "prepare": "data prepared:",
    "analyse": "analysis",
    "analyses": "analyses that take moments",
    "values": "numbers, before any word is written",
    "compose": "words with their numbers and claims",
    "html": "page",
    "pdf": "PDF",
    "docx": "Word document",
    "brief": "short version",
    "workbook": "spreadsheet",
    "round_trip": "every number of the documents read back",
    "numbers": "ledger published",
    "publish": "all published together",
    "review": "pages for reviewers",
    "check": "checks of the finished pages",
    "members": "what is known of each member",
    "complete": "whether every member was built",
}
"""Rule to what it makes, in words; a rule of several begins with its name."""

_EXPECTED = (
    "Exiting because",
    "WorkflowError",
    "Error in rule",
    "Error in group",
    "RuleException",
    "At least one job",
)


def words_of(rule: str) -> str:
    """Return what a rule makes, in words.

    >>> words_of("analyse_staff_survey")
    'analysis staff_survey'
    """
    for name, words in STEPS.items():
        if rule == name:
            return words
        if rule.startswith(f"{name}_"):
            return f"{words} {rule.removeprefix(f'{name}_')}"
    return rule


class Screen:
    """The lines on a screen.

    Parameters
    ----------
    out : stream
    """

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.total = 0
        self.done = 0
        self.failed = False
        self.names: dict[int, str] = {}
        self.begun: dict[int, float] = {}
        self._shown = False

    def plan(self, total: int) -> None:
        """Take in how many steps there are to do; the rule `all` makes nothing."""
        self.total = total

    def start(self, jobs: list[int]) -> None:
        """Say what runs now."""
        self.begun |= dict.fromkeys(jobs, time.monotonic())
        self._now()

    def finish(self, job: int) -> None:
        """Print the line of a step that is done."""
        begun, name = self.begun.pop(job, None), self.names.get(job, "")
        if name in ("", "all"):
            return
        self.done += 1
        seconds = f"{time.monotonic() - begun:6.1f} s" if begun is not None else ""
        width = len(str(self.total))
        self._line(f"  {self.done:>{width}} of {self.total}  {words_of(name):<48} {seconds}".rstrip())
        self._now()

    def say(self, text: str) -> None:
        """Print a line of its own."""
        self._line(text)

    def close(self) -> None:
        """Take away what was shown for the moment."""
        self._clear()

    def _line(self, text: str) -> None:
        self._clear()
        print(text, file=self.out, flush=True)

    def _now(self) -> None:
        running = [words_of(self.names[job]) for job in self.begun if self.names.get(job, "all") != "all"]
        if running and self.out.isatty():
            self._clear()
            print(f"  now: {', '.join(running)}"[:100], end="\r", file=self.out, flush=True)
            self._shown = True

    def _clear(self) -> None:
        if self._shown:
            print("\r\033[K", end="", file=self.out, flush=True)
            self._shown = False


class LogHandler(LogHandlerBase):
    """Turns Snakemake's events into lines."""

    def __post_init__(self) -> None:
        self.screen = Screen(sys.stderr)

    def emit(self, record: LogRecord) -> None:
        """Show what an event means for the user."""
        event = getattr(record, "event", None)
        told = vars(record)
        if event == LogEvent.RUN_INFO:
            stats = told["stats"]
            self.screen.plan(int(stats.get("total", 0)) - int(stats.get("all", 0)))
        elif event == LogEvent.JOB_INFO:
            self.screen.names[told["jobid"]] = told["rule_name"]
            if self.common_settings.dryrun and told["rule_name"] != "all":
                self.screen.say(f"  would make: {words_of(told['rule_name'])}")
        elif event == LogEvent.JOB_STARTED:
            self.screen.start(list(told["jobs"]))
        elif event == LogEvent.JOB_FINISHED:
            self.screen.finish(told["job_id"])
        elif event in (LogEvent.JOB_ERROR, LogEvent.GROUP_ERROR):
            self.screen.failed = True  # the job has said what is wrong
            self.screen.close()
        elif event is None and record.getMessage().startswith("Nothing to be done"):
            self.screen.say("  nothing to make: all is made from what is there")
        elif record.levelno >= ERROR and not self.screen.failed:
            self._unforeseen(record.getMessage())

    def _unforeseen(self, message: str) -> None:
        """Say what Snakemake itself cannot do, such as a rule that there is not."""
        if message.startswith("MissingRuleException"):
            self.screen.say(
                f"\nevidentia: there is no such rule\n  to do: name one of {', '.join(STEPS)}, or none for"
                " all\n"
            )
        elif message.strip() and not message.startswith(_EXPECTED):
            self.screen.say(f"\nevidentia: {message.strip()}\n")

    def close(self) -> None:
        """End the screen."""
        self.screen.close()
        super().close()

    @property
    def writes_to_stream(self) -> bool:
        """It does."""
        return True

    @property
    def writes_to_file(self) -> bool:
        """It does not."""
        return False

    @property
    def has_filter(self) -> bool:
        """It chooses for itself what to show."""
        return True

    @property
    def has_formatter(self) -> bool:
        """It has words of its own."""
        return True

    @property
    def needs_rulegraph(self) -> bool:
        """It does not."""
        return False
