"""How long a run waits, for a machine and for its own end, and how much it listens to."""

import contextlib
import math
import signal
import time

STEADY = 10                             # silences that a machine may talk without a verdict
SIZE = 1 << 20                          # bytes that it may write without one
LAST_WORDS = 2                          # seconds in which it says what ended it


class Over(Exception):
    """The run has taken as long as it may."""


class Patience:
    def __init__(self, silence, limit=None):
        self.silence = silence          # seconds of it after which a machine is taken to hang
        self.limit = limit              # seconds that the whole run may take; None: without a bound
        self.end = time.monotonic() + limit if limit else math.inf

    def left(self):
        """Seconds until the end of the run."""
        return max(0, self.end - time.monotonic())

    def over(self):
        return self.left() == 0

    def hold(self):
        """Raises Over if that end has come."""
        if self.over():
            raise Over(self.why())

    def why(self):
        return f"the limit of {self.limit:g} seconds for the whole run is over"

    @contextlib.contextmanager
    def bounded(self):
        """Raises Over at the end of the run, wherever the caller is then.  So it must not be in the
        middle of a line of the report."""
        def interrupt(*_):
            raise Over(self.why())

        self.hold()
        if self.limit:
            signal.signal(signal.SIGALRM, interrupt)
            signal.setitimer(signal.ITIMER_REAL, self.left() or 1e-6)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


class Watch:
    """On one machine that is listened to: when is it stopped, and why?"""

    def __init__(self, patience):
        self.patience = patience
        self.spoke = self.judged = time.monotonic()     # its last output, its last verdict
        self.end = math.inf             # of its last words
        self.written = 0                # bytes since the last verdict

    def heard(self, count):
        """It wrote so many bytes."""
        self.spoke = time.monotonic()
        self.written += count

    def verdict(self):
        """One test has come to its end."""
        self.judged = time.monotonic()
        self.written = 0

    def dying(self):
        """It cannot go on, but may still say why."""
        self.end = min(self.end, time.monotonic() + LAST_WORDS)

    def rest(self):
        """Seconds until it may have to be stopped if it is silent."""
        silence = self.spoke + self.patience.silence
        return max(0, min(silence, self.end, self.patience.end) - time.monotonic())

    def stops(self):
        """Why the machine has to be stopped, or None."""
        now = time.monotonic()
        silence = self.patience.silence
        if now >= self.end:
            return "the machine cannot go on"
        if self.patience.over():
            return self.patience.why()
        if now - self.spoke >= silence:
            return f"no output for {silence:g} seconds: the machine hangs"
        if self.written > SIZE:
            return f"it wrote more than {SIZE >> 20} MiB without a verdict: the machine is stopped"
        if now - self.judged > STEADY * silence:
            return f"no verdict for {STEADY * silence:g} seconds, only output"
        return None
