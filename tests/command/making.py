"""make as a child of ours: what its recipes say they do is our progress.

A recipe says so by a line like `# compiling kernel/print.c` on standard output.  All else that make
or a recipe prints goes to standard error, line by line.
"""

import contextlib
import fcntl
import os

from .processes import attended
from .progress import DOING, FOLLOWED, SHOWN


@contextlib.contextmanager
def alone(folder, waits):
    """Keeps every other make out of the folder: it would read what this one is writing.  Calls
    `waits` if there is one already.  The lock lasts as long as anything runs that was started under
    it."""
    with open(os.path.join(folder, ".lock"), "wb") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(command, progress, environment):
    """Runs it; its status."""
    with attended(command, progress.say, env={**environment, SHOWN: FOLLOWED}) as process:
        follow(process.stdout, progress)
    return process.returncode


def follow(stream, progress):
    """Counts the recipes; what one counts itself, as `[ 212/440] scenarios`, is shown as it is."""
    for line in stream:
        line = line.rstrip("\n")
        doing = line.removeprefix(DOING)
        if doing == line:
            progress.say(line)
        elif doing.startswith("["):
            progress.at(progress.done, doing)
        else:
            done = progress.done + 1
            progress.at(done, f"[{done}] {doing}")
