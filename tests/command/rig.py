"""The rig: what Bochs boots to run KVM, made once for each choice of Linux, modules and QEMU.

Its folder holds what rig_making.py lists, and `made_of`: the files that went into it, with size and
time of change.  If none of them has changed, the rig is not made again.
"""

import hashlib
import json
import os
import tempfile
from typing import NamedTuple

from .debian import is_package
from .making import alone
from .mistake import Mistake, readable
from .platform import read
from .rig_making import FILES, Making


class Choice(NamedTuple):
    """Paths; None stands for Debian's Linux, for the modules in its package, and for the QEMU of
    this machine."""

    linux: str
    modules: str
    qemu: str

    def refuse(self):
        """What can be told before anything is made.  Raises Mistake."""
        if self.linux:
            readable(self.linux, "linux")
        if self.linux and not self.modules and not is_package(self.linux):
            raise Mistake(f"--linux={self.linux} is a kernel alone; --modules=DIR has to tell "
                          "where its modules are")
        if self.modules and not os.path.isdir(self.modules):
            readable(self.modules, "modules")
            if not is_package(self.modules):
                raise Mistake(f"--modules={self.modules}: this is neither a folder nor a package "
                              "of Debian's")

    def name(self):
        """Of the rig's folder."""
        if not any(self):
            return "debian"
        paths = "\n".join(os.path.realpath(path) if path else "" for path in self)
        return hashlib.sha256(paths.encode("utf-8", "surrogateescape")).hexdigest()[:12]


class Rig:
    def __init__(self, build, choice):
        choice.refuse()
        self.build = build
        self.choice = choice
        self.packages = os.path.join(build, "kvm", "deb")
        self.folder = os.path.join(build, "kvm", choice.name())

    def version(self):
        """That of Linux."""
        return read(self.folder, "version").strip()

    def addresses(self):
        """`NAME=0x...` of each, for tests/kvm/disk.asm."""
        return read(self.folder, "addresses").split()

    def parameters(self):
        """The names of kvm_intel's."""
        return read(self.folder, "parameters").split()

    def prepare(self, progress):
        """Makes it, if it is not there or what it was made of has changed.  Raises Mistake."""
        def waits():
            progress.at(0, f"another run makes {self.folder}; this one waits for it")

        os.makedirs(self.folder, exist_ok=True)
        with alone(self.folder, waits):
            if not self.is_fresh():
                with tempfile.TemporaryDirectory(dir=self.folder, prefix="making.") as scratch:
                    making = Making(self.choice, self.packages, progress, scratch)
                    self.replace(scratch, making.make())

    def is_fresh(self):
        made_of = json.loads(read(self.folder, "made_of") or "{}")
        return bool(made_of) and all(stamp(path) == was for path, was in made_of.items()) and all(
            os.path.exists(os.path.join(self.folder, name)) for name in FILES)

    def replace(self, scratch, made_of):
        """Puts what was made of these files in the place of what was here."""
        for name in FILES:
            os.replace(os.path.join(scratch, name), os.path.join(self.folder, name))
        with open(os.path.join(self.folder, "made_of"), "w", encoding="ascii") as file:
            json.dump({path: stamp(path) for path in map(os.path.abspath, made_of)}, file, indent=1)


def stamp(path):
    """What changes with a file; None if it is not there."""
    try:
        status = os.stat(path)
        return [status.st_size, status.st_mtime_ns]
    except OSError:
        return None
