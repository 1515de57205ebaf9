"""What the layers below a machine say beside its report: Linux on its console, QEMU on its standard
error.  Most of it is of no interest, some of it belongs to the test that runs, and after some of it
the machine cannot go on.
"""

import os
import re
from collections import deque
from typing import NamedTuple

from .plain import plain

# After such a line nothing more comes of the machine, even if it goes on for a while.
FINAL = [
    # Linux stops all processors.
    r"Kernel panic - ",
    # An exception within Linux: the thread that met it is gone, with the locks that it held.  That
    # is QEMU's processor, or something that it waits for.  What comes after that proves nothing.
    r"BUG: unable to handle ",
    r"BUG: kernel NULL pointer dereference",
    r"kernel BUG at ",
    r"(Oops: )?[^:]+: [0-9a-f]{4} \[#\d+\]",
    # QEMU is what takes most of the memory in that Linux, and it, or init, is what is killed.
    r"(Memory cgroup )?[Oo]ut of memory",
    r"oom-kill:",
    r"\S+ invoked oom-killer",
    # A program died of a signal: there runs none but QEMU and the shell that waits for it.
    r"[^:]+\[\d+\]: segfault at ",
    r"traps: [^:]+\[\d+\] ",
    # KVM could not run the guest, and QEMU stops the guest's processor for good, but stays.
    r"KVM: entry failed, ",
    r"KVM: exception \d+ exit ",
    r"KVM: unknown exit",
    r"KVM internal error",
    r"error: kvm run failed ",
    # QEMU calls abort.
    r"qemu-system-\w+: error: ",
    r"(qemu-system-\w+: )?\S+:\d+: .* Assertion .* failed",
    r"ERROR:\S+:\d+:",
]

# Such a line says something about the test that runs, and all goes on.
NOTES = [
    # A check within Linux failed.  With warn_on_missed_cc, kvm_intel reports so each VM entry that
    # the processor refused and KVM did not (the first one of a boot).
    r"WARNING: ",
    # Linux noticed something, as a lock that is held for long: that may be but a slow processor.
    r"(watchdog: )?BUG: ",
    r"rcu: INFO: ",
    r"INFO: task ",
    # KVM itself speaks of what the guest did: an MSR that it does not know, for example.
    r"kvm(_intel)?( \[\d+\])?: ",
    r"qemu-system-\w+: warning: ",
]

# What Linux may put before a line: its level, the time, the thread.
PREFIX = re.compile(rb"(<\d>)?(\[ *\d+\.\d+\](\[ *[CT]\d+\])? ?)?")
FINALS, ALL_NOTES = (re.compile("|".join(patterns)) for patterns in (FINAL, NOTES))
MOST = 1000                             # lines that are told of one machine
MORE = "(and more, which is left out)"
AFTER = 60                              # lines that are told behind a final one: registers, calls
LONGEST = 500                           # characters of a line that are kept
ENDS = 1 << 14                          # bytes of the beginning, and of the end, kept as they came


class Saying(NamedTuple):
    place: int                          # bytes of the report that the machine had written before it
    text: str
    final: bool


class Console:
    """It is heard whether or not somebody listens to the machine already: what it says is told when
    the listener comes to its place in the report."""

    def __init__(self, stream):
        """A file descriptor to read from, None if there is nothing to hear."""
        self.stream = stream
        self.open = stream is not None
        self.sayings = deque()
        self.room = MOST                # lines more that are kept
        self.broken = False             # has the machine come to its end?
        self.unfinished = b""
        self.first = self.last = b""
        if self.open:
            os.set_blocking(stream, False)

    def fileno(self):
        return self.stream

    def close(self):
        if self.stream is not None:
            os.close(self.stream)

    def hear(self, place):
        """Takes what has come; whether that was anything."""
        try:
            received = self.open and os.read(self.stream, 1 << 16)
        except BlockingIOError:
            return False
        if not received:
            self.open = False
            return False
        self.keep(received)
        *lines, self.unfinished = (self.unfinished + received).split(b"\n")
        self.unfinished = self.unfinished[:LONGEST]
        self.lines(lines, place)
        return True

    def lines(self, lines, place):
        for line in lines:
            self.line(plain(line[PREFIX.match(line).end():][:LONGEST]), place)

    def line(self, text, place):
        final = not self.broken and FINALS.match(text) is not None
        if final:
            self.broken = True
            self.room = 1 + AFTER
        if self.room and text and (self.broken or ALL_NOTES.match(text)):
            self.room -= 1
            self.sayings.append(Saying(place, text if self.room else MORE, final))

    def due(self, place):
        """Takes what was said before the machine wrote that much of its report."""
        while self.sayings and self.sayings[0].place <= place:
            yield self.sayings.popleft()

    def keep(self, received):
        room = ENDS - len(self.first)
        self.first += received[:room]
        self.last = (self.last + received[room:])[-ENDS:]

    def save(self, path):
        """Writes what came, without the middle if it was too long."""
        with open(path, "wb") as file:
            file.write(self.first + (b"\n" if len(self.last) == ENDS else b"") + self.last)
