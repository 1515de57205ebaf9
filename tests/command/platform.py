"""What every machine that a report can come from has in common: a platform.

It is an object with
    lacking()                what this machine here lacks to run it, or None
    prepare(progress)        once, before the first machine starts; progress is told what it does
    start(boot, folder)      starts the machine; its process.  Its serial line is `boot.serial`, and
                             what the layers below say goes to `boot.console`
    ending(status, folder)   what ended it, in words; None if it ended as the kernel ends it
    ended_as(status, folder) what became of its tests by that: a Status, None if nothing tells
    complaint(folder)        what it said itself where no report tells why it ended, or None
    busy(folder)             whether a lack of ports kept it from starting
    tells_of_missed_checks() whether a warning says that the hypervisor below has missed a check of
                             VM entry (census.py), once it is prepared
    below()                  the versions of the hypervisors below by name, None where it cannot be
                             asked for; Bochs' processor as `cpu` (versions.py)
and the constants
    NAME                     what --platform= calls it
    CONSOLE                  file of the folder that keeps what the layers below say beside the
                             report; None if they say nothing there
    SILENCE                  seconds of it after which a machine is taken to hang
    MACHINES                 how many of them to run side by side, each a share of the tests
    STARTING                 what happens while a machine started has not said anything yet
    STARTS_ISO               whether the ISO is what it boots if nothing else is asked for
    WORDS                    for the kernel, where the user's say nothing else
    LISTS                    of known failures in tests/known, a later one counts more
where `folder` is a place for files that live as long as the machine.  What is started there is told
their names as seen from there: an emulator's own syntax could not hold every path of a folder.
"""

import os
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Boot(NamedTuple):
    kernel: str                         # the ELF file
    modules: list                       # scenario files
    words: list                         # the kernel command line
    iso: str                            # boot this instead of kernel, modules and words; or None
    memory: int                         # MiB
    serial: int                         # file descriptor the serial line is written to
    console: int = None                 # the same for what the layers below say, if CONSOLE
    quick: bool = False                 # by the shortest way that the platform has


class Platform:
    CONSOLE = None
    SILENCE = 60
    MACHINES = 1
    STARTING = "the machine starts"
    STARTS_ISO = True
    WORDS = []
    LISTS = []

    def lacking(self):
        return None

    def prepare(self, progress):
        pass

    def tells_of_missed_checks(self):
        return False

    def ended_as(self, status, folder):
        return None

    def complaint(self, folder):
        return None

    def busy(self, folder):
        return False

    def below(self):
        return {}


def read(*path):
    """What the file says, nothing if it is not there."""
    try:
        with open(os.path.join(*path), encoding="ascii", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def join(modules, folder):
    """One file of all modules, its name in the folder: PVH takes one, and scenarios put end to end
    are one module."""
    with open(os.path.join(folder, "modules"), "wb") as joined:
        for module in modules:
            with open(module, "rb") as file:
                joined.write(file.read())
    return "modules"


def link(path, folder, name):
    """Makes the file be called so in the folder; the name."""
    os.symlink(os.path.abspath(path), os.path.join(folder, name))
    return name
