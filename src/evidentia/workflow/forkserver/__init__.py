"""A process that has loaded what most jobs begin with, and forks one for each.

Half of a short job's time is the start of Python and its imports. The Snakefile starts the server when many jobs are to
run on this machine; a job's command is `client.py`, which hands its script over, or runs it in the usual way where
there is no server. The script finds everything as if it had been started by itself: arguments, folder, environment,
input and output.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PLACE = "EVIDENTIA_FORKSERVER"
"""Name of the environment variable that says where the server listens; empty, no server is started."""

MANY = 8
"""Jobs from which a server is worth its own start."""

CLIENT = Path(__file__).with_name("client.py")


def start(jobs: int) -> None:
    """Start a server, if it is worth it, that ends with this process; later jobs of this process use it.

    Parameters
    ----------
    jobs : int
        How many jobs are to run on this machine.
    """
    if jobs < MANY or PLACE in os.environ or sys.platform != "linux":
        return
    import subprocess
    import tempfile

    place = str(Path(tempfile.mkdtemp(prefix="evidentia-")) / "jobs")
    command = [sys.executable, "-P", "-m", "evidentia.workflow.forkserver.server", place]  # -P: load nothing from the folder itself
    # The server reads its input, which ends when this process does, however it ends.
    subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ[PLACE] = place
