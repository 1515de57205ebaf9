"""What long work says of itself on standard error, so that nobody waits in silence.

In a terminal it is one line that is written over; elsewhere whole lines, one in five seconds.
"""

import shutil
import sys
import threading
import time

PERIOD = 5                              # seconds of silence after which a pipe is told something
LIVE = 0.1                              # seconds between two changes of a line in a terminal
CLEAR = "\r\033[K"


class Progress:
    """Tells how much of the work is done.  `live`: in a terminal, tells every step; else it speaks
    only where nothing else was said for a while."""

    def __init__(self, what, total=None, live=False):
        self.what = what
        self.total = total
        self.live = live
        self.done = 0
        self.stands = False             # is there a line of ours in the terminal?
        self.spoke = time.monotonic()
        self.terminal = sys.stderr.isatty()
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.clock = threading.Thread(target=self.tick, daemon=True)

    def __enter__(self):
        self.clock.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.clock.join()
        self.clear()

    def step(self, what=None):
        """One part more is done."""
        self.at(self.done + 1, what)

    def at(self, done, what=None):
        """So many parts are done; `what` is being done now."""
        self.done = done
        self.what = what or self.what
        if self.live and self.terminal and time.monotonic() - self.spoke > LIVE:
            self.speak()

    def heard(self):
        """Something else was said, for which our line makes room."""
        self.clear()
        self.spoke = time.monotonic()

    def say(self, text):
        """A line of its own."""
        self.heard()
        print(text, file=sys.stderr, flush=True)

    def tick(self):
        patience = 1 if self.terminal else PERIOD
        while not self.ended.wait(patience / 10):
            if time.monotonic() - self.spoke >= patience:
                self.speak()

    def speak(self):
        width = len(str(self.total))
        count = f"[{self.done:{width}}/{self.total}] " if self.total else ""
        text = f"{count}{self.what}"
        with self.lock:
            if self.terminal:
                columns = shutil.get_terminal_size().columns - 1
                print(CLEAR + text[:columns], end="", file=sys.stderr, flush=True)
            else:
                print(text, file=sys.stderr, flush=True)
            self.stands = self.terminal
            self.spoke = time.monotonic()

    def clear(self):
        with self.lock:
            if self.stands:
                print(CLEAR, end="", file=sys.stderr, flush=True)
            self.stands = False
