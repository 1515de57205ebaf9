"""The processes below another one, in whatever process group or session they are.

A process whose parent ends becomes a child of the nearest one above that adopts orphans.  So what a
program has started stays below us, and can be ended, even if the program itself is gone.
"""

import contextlib
import ctypes
import os
import signal
from collections import defaultdict

PR_SET_CHILD_SUBREAPER = 36             # prctl(2)
LIBC = ctypes.CDLL(None)
ROUNDS = 100                            # of looking for what was started meanwhile


@contextlib.contextmanager
def none_left():
    """Adopts orphans; at the end, ends all that was started meanwhile."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    older = set(below(os.getpid()))
    try:
        yield
    finally:
        end_below(os.getpid(), older)


def end_below(root, but=()):
    """Ends what runs below the process, but for these and what is below them."""
    for _ in range(ROUNDS):
        running = below(root, but)
        if not running:
            return
        for process in running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)


def below(root, but=()):
    """The processes below that one that have not ended."""
    children = defaultdict(list)
    for process, parent in running_processes():
        children[parent].append(process)
    found = [root]
    for parent in found:
        found += [process for process in children[parent] if process not in but]
    return found[1:]


def running_processes():
    """(process, parent) of all there are."""
    for name in filter(str.isdigit, os.listdir("/proc")):
        # It may have ended meanwhile, or be hidden.
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:
            # The program's name stands in brackets, and may hold some itself.
            state, parent = file.read().rpartition(b")")[2].split()[:2]
            if state not in b"ZX":
                yield int(name), int(parent)
