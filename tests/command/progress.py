"""What long work says of itself on standard error, so that nobody waits in silence.

In a terminal it is one line that is written over; elsewhere whole lines, one in five seconds.
"""

import os
import sys
import threading
import time

PERIOD = 4.8                            # seconds of silence after which a pipe is told something
PATIENCE = 1                            # the same for a terminal
LIVE = 0.1                              # seconds between two changes of a line in a terminal
CLEAR = "\r\033[K"
DOING = "# "                            # begins a line by which a recipe of make says what it does

# What the environment of a program says about its progress.  FOLLOWED: the program is a recipe of a
# make that making.py follows; it says its progress in such lines on standard output, and is shown
# with all other recipes as one.  SILENT: the program runs within a test and says nothing, as its
# user waits for the test.
SHOWN = "TRAPLINE_PROGRESS"
FOLLOWED = "followed"
SILENT = "silent"


class Progress:
    """Tells how much of the work is done.  With `live` it tells every step in a terminal; else it
    speaks only where nothing else was said for a while."""

    def __init__(self, what, total=None, live=False):
        self.what = what
        self.total = total
        self.done = 0
        self.stands = False             # is there a line of ours in the terminal?
        self.spoke = time.monotonic()   # when was anything said?
        self.shown = 0                  # when was this?
        self.terminal = sys.stderr.isatty()
        shown = os.environ.get(SHOWN)
        self.followed = shown == FOLLOWED
        self.live = live and shown != SILENT and (self.terminal or self.followed)
        self.patience = PATIENCE if self.terminal or self.followed else PERIOD
        if shown == SILENT:
            self.patience = None        # without end
        self.beside = is_beside_output()
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.clock = threading.Thread(target=self.tick, daemon=True)

    def __enter__(self):
        self.clock.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.clock.join()
        with self.lock:
            self.clear()

    def step(self, what=None):
        """One part more is done."""
        self.at(self.done + 1, what)

    def at(self, done, what=None):
        """So many parts are done; `what` is being done now."""
        self.done = done
        self.what = what or self.what
        if self.live and time.monotonic() - self.shown > LIVE:
            self.speak()

    def heard(self):
        """Something is said on standard output.  If our own reader sees that, our line makes room
        for it, and there is no silence to break."""
        if self.beside:
            with self.lock:
                self.clear()
                self.spoke = time.monotonic()

    def say(self, text):
        """A line of its own."""
        with self.lock:
            self.clear()
            print(text, file=sys.stderr, flush=True)
            self.spoke = time.monotonic()

    def tick(self):
        """What was heard meanwhile counts: a line of ours must not come between heard() and what is
        then said on standard output."""
        rest = self.patience
        while not self.ended.wait(rest):
            with self.lock:
                rest = self.spoke + self.patience - time.monotonic()
                if rest <= 0:
                    self.break_silence()
                    rest = self.patience

    def speak(self):
        with self.lock:
            self.break_silence()

    def break_silence(self):
        """For who holds the lock."""
        self.show(self.text())
        self.spoke = self.shown = time.monotonic()

    def text(self):
        width = len(str(self.total))
        return f"[{self.done:{width}}/{self.total}] {self.what}" if self.total else self.what

    def show(self, text):
        if self.followed:
            print(f"{DOING}{text}", flush=True)
        elif self.terminal:
            print(CLEAR + text[:columns() - 1], end="", file=sys.stderr, flush=True)
            self.stands = True
        else:
            print(text, file=sys.stderr, flush=True)

    def clear(self):
        if self.stands:
            print(CLEAR, end="", file=sys.stderr, flush=True)
        self.stands = False


def is_beside_output():
    """Whether standard output and standard error have the same reader: both go to the terminal, or
    to the same pipe or file."""
    try:
        return os.isatty(1) and os.isatty(2) or os.path.sameopenfile(1, 2)
    except OSError:
        return False


def columns():
    """Of the terminal."""
    try:
        return os.get_terminal_size(2).columns or 80
    except OSError:
        return 80
