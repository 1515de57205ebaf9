"""One machine: it runs from when it is made, whether or not somebody listens yet."""

import contextlib
import fcntl
import os
import select
import shutil
import struct
import subprocess
import termios
from typing import Callable, NamedTuple

from .console import Console
from .patience import Watch
from .plain import plain
from .platform import Boot
from .processes import end
from .tap import Status, shortened

UNHEARD = 1 << 20                       # bytes it may say before it has to wait for a listener


class Ending(NamedTuple):
    reason: str                         # what ended it; None if it ended as it should
    cut_off: str                        # what it left of a last line
    status: Status                      # what it ended as; None if nothing tells


class Listener(NamedTuple):
    line: Callable                      # takes a line of the report; whether it brought a verdict
    note: Callable                      # takes a line that the layers below say beside the report


class Machine:
    def __init__(self, platform, folder, **boot):
        """Starts it; `boot` is what Boot takes but what the machine writes to, the folder is its
        own."""
        self.platform = platform
        self.folder = folder
        self.final = None               # what the layers below say, if they cannot go on
        self.heard = self.told = 0      # bytes of the report that were read, handed on as lines
        self.unfinished = bytearray()   # the bytes between these two
        self.serial, theirs = os.pipe()
        below, beside = os.pipe() if platform.CONSOLE else (None, None)
        self.console = Console(below)
        # A user may have too many large pipes.  The machine then has to wait earlier.
        with contextlib.suppress(OSError):
            fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, UNHEARD)
        try:
            self.process = platform.start(Boot(serial=theirs, console=beside, **boot), folder)
        except BaseException:
            self.close()
            raise
        finally:
            for stream in filter(None, (theirs, beside)):
                os.close(stream)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Its folder goes once it was heard out."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self):
        os.close(self.serial)
        self.console.close()

    def end(self):
        end(self.process)
        self.close()

    def hear_out(self, listener, patience, others=()):
        """Hands on what it says until it has ended or has to be stopped, and ends it.  Meanwhile it
        hears the consoles of the others.  Returns its Ending."""
        try:
            stopped = self.listen(listener, patience, others) or self.outlives(patience)
        finally:
            end(self.process)
        self.hear_console_out(listener)
        if self.final:
            stopped = f"the L0 cannot go on: {self.final}"
        how = self.process.returncode, self.folder
        return Ending(stopped or self.platform.ending(*how), shortened(plain(self.unfinished)),
                      self.platform.ended_as(*how))

    def listen(self, listener, patience, others):
        """Hands on whole lines until the line closes.  Returns why we stopped listening before
        that, or None."""
        watch = Watch(patience)
        while not (stopped := watch.stops()):
            if self.speaks(watch.rest(), others):
                received = os.read(self.serial, 1 << 16)
                if not received:
                    return None
                watch.heard(len(received))
                if self.take(received, listener):
                    watch.verdict()
            self.tell(self.heard, listener)
            if self.final:
                watch.dying()
        return stopped

    def outlives(self, patience):
        """Why a machine that has closed its line has to be ended all the same, or None."""
        try:
            self.process.wait(min(patience.silence, patience.left()))
            return None
        except subprocess.TimeoutExpired:
            return patience.why() if patience.over() else (
                "the machine closed its serial line, but did not end")

    def speaks(self, seconds, others):
        """Waits for its serial line or a console to say something; whether it was the line."""
        machines = [machine for machine in (self, *others) if machine.console.open]
        streams = [self.serial, *(machine.console for machine in machines)]
        ready = select.select(streams, [], [], seconds)[0]
        for machine in machines:
            if machine.console in ready:
                machine.hear_console()
        return self.serial in ready

    def hear_console(self):
        """Takes what the console says; whether it said anything."""
        unread = struct.unpack("i", fcntl.ioctl(self.serial, termios.FIONREAD, bytes(4)))[0]
        return self.console.hear(self.heard + unread)

    def hear_console_out(self, listener):
        """Hands on the rest of what the console said, and keeps it for the platform."""
        while self.hear_console():
            pass
        self.tell(self.heard, listener)
        if self.platform.CONSOLE:
            self.console.save(os.path.join(self.folder, self.platform.CONSOLE))

    def take(self, received, listener):
        """Hands on the lines that have come to their end; whether one of them brought a verdict."""
        verdict = False
        self.heard += len(received)
        for line in self.finish(received):
            self.told += len(line) + 1
            self.tell(self.told - 1, listener)      # what was said before the line's end
            verdict |= bool(listener.line(plain(line)))
        return verdict

    def finish(self, received):
        """The lines that end in these bytes.  What comes byte by byte is not copied each time."""
        first, end, rest = received.partition(b"\n")
        self.unfinished += first
        if not end:
            return []
        *lines, unfinished = rest.split(b"\n")
        lines.insert(0, bytes(self.unfinished))
        self.unfinished = bytearray(unfinished)
        return lines

    def tell(self, place, listener):
        """Hands on what the console said up to this place in the report."""
        for saying in self.console.due(place):
            listener.note(saying.text)
            if saying.final:
                self.final = saying.text
