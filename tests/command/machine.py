"""One machine: it runs from when it is made, whether or not somebody listens yet."""

import contextlib
import fcntl
import os
import re
import select
import shutil
import subprocess
import time

from .plain import plain
from .platform import Boot
from .processes import end

UNHEARD = 1 << 20                       # bytes it may say before it has to wait for a listener


class Machine:
    def __init__(self, platform, folder, **boot):
        """Starts it; `boot` is what Boot takes but the serial line, the folder is its own."""
        self.platform = platform
        self.folder = folder
        self.serial, theirs = os.pipe()
        # A user may have too many large pipes.  The machine then has to wait earlier.
        with contextlib.suppress(OSError):
            fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, UNHEARD)
        try:
            self.process = platform.start(Boot(serial=theirs, **boot), folder)
        except BaseException:
            os.close(self.serial)
            raise
        finally:
            os.close(theirs)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Its folder goes once it was heard out."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self):
        os.close(self.serial)
        end(self.process)

    def hear_out(self, hear, patience):
        """Hands its lines on until it has ended, or for `patience` seconds is silent, and ends it.
        Returns what ended it, None if it ended as it should, and what it left of a last line."""
        try:
            silent, cut_off = self.listen(hear, patience)
            if not silent:
                self.process.wait(patience)
        except subprocess.TimeoutExpired:
            silent = "the machine closed its serial line, but did not end"
        finally:
            self.end()
        return silent or self.platform.ending(self.process.returncode, self.folder), cut_off

    def listen(self, hear, seconds):
        """Hands on whole lines until the line closes.  Returns why we stopped listening before
        that, or None, and what came of an unfinished line."""
        waiting, since = b"", time.monotonic()
        while select.select([self.serial], [], [], seconds)[0]:
            received = os.read(self.serial, 1 << 16)
            if not received:
                return None, plain(waiting)
            *lines, waiting = (waiting + received).split(b"\n")
            for line in lines:
                hear(plain(line))
                if re.match(rb"(not )?ok ", line):
                    since = time.monotonic()
            if time.monotonic() - since > 10 * seconds:
                return f"no verdict for {10 * seconds:g} seconds, only output", plain(waiting)
        return f"no output for {seconds:g} seconds: the machine hangs", plain(waiting)
