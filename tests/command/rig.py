"""The rig: what Bochs boots to run KVM, made once for each choice of Linux, modules and QEMU.

Its folder holds
    linux, linux.inc        the kernel as it lies in memory; where, for tests/kvm/disk.asm
    initrd                  what Linux runs: tests/kvm/init, KVM's modules, QEMU
    version                 of Linux
    parameters              those that kvm_intel has, one a line
    made_of                 the files that went into it, with size and time of change: if none of
                            them has changed, the rig is not made again
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from typing import NamedTuple

from . import debian, linux_kernel, linux_modules, packing, qemu_files
from .making import alone
from .mistake import Mistake, readable
from .platform import ROOT, read
from .processes import run
from .qemu import PROGRAM

INIT = os.path.join(ROOT, "tests/kvm/init")
MADE_BY = [module.__file__ for module in
           (debian, linux_kernel, linux_modules, packing, qemu_files)] + [__file__]
PACKAGE = b"!<arch>\n"                  # begins a package of Debian's
INITRD = 0x08000000                     # where the initial RAM disk lies, if Linux ends before
ALIGNED = 1 << 21
ROOM = 0x18000000                       # where Linux has to end, of the 512 MiB of the machine
APPLETS = ["sh", "mount", "uname", "insmod", "cat", "grep", "stty", "poweroff"]

# A module without symbols and without what tracing needs is loaded with a fifth of the
# instructions.
UNNEEDED = [".BTF", ".BTF.base", "__mcount_loc", ".rela__mcount_loc", "_ftrace_eval_map",
            ".rela_ftrace_eval_map"]


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
            raise Mistake(f"--linux={self.linux} is a kernel alone; --modules=DIR has to tell where "
                          "its modules are")
        if self.modules and not os.path.isdir(self.modules):
            readable(self.modules, "modules")
            if not is_package(self.modules):
                raise Mistake(f"--modules={self.modules}: this is neither a folder nor a package of "
                              "Debian's")

    def name(self):
        """Of the rig's folder."""
        if not any(self):
            return "debian"
        paths = "\n".join(os.path.realpath(path) if path else "" for path in self)
        return hashlib.sha256(paths.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def is_package(path):
    with open(path, "rb") as file:
        return file.read(len(PACKAGE)) == PACKAGE


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
                    Making(self, progress, scratch).make()

    def is_fresh(self):
        made_of = read(self.folder, "made_of")
        return bool(made_of) and all(stamp(path) == was for path, was in json.loads(made_of).items())


def stamp(path):
    """What changes with a file; None if it is not there."""
    try:
        status = os.stat(path)
        return [status.st_size, status.st_mtime_ns]
    except OSError:
        return None


class Making:
    """One making of a rig.  Everything is made in a scratch folder, and moved to its place once it
    is whole."""

    def __init__(self, rig, progress, scratch):
        self.rig = rig
        self.choice = rig.choice
        self.progress = progress
        self.scratch = scratch
        self.made_of = [INIT, *MADE_BY]
        self.steps = 0

    def make(self):
        packages = self.fetched()
        self.say("unpacking the kernel")
        unpacked = self.unpacked("packages", packages)
        kernel = self.kernel(unpacked)
        modules = self.modules(unpacked, kernel)
        initrd = max(INITRD, -(-kernel.end // ALIGNED) * ALIGNED)
        if kernel.end > ROOM:
            raise Mistake(f"Linux {kernel.version} takes memory up to {kernel.end:#x} at its start, "
                          f"the rig has room up to {ROOM:#x}")
        self.say("packing what Linux runs: KVM and QEMU")
        self.write("linux", kernel.contents)
        self.write("linux.inc", f"LINUX equ {kernel.address:#x}\nLINUX_ENTRY equ {kernel.entry:#x}\n"
                                f"INITRD equ {initrd:#x}\n".encode("ascii"))
        self.write("version", f"{kernel.version}\n".encode("ascii"))
        self.write("parameters", "\n".join(modules[-1].parameters()).encode("ascii"))
        self.pack(modules, debian.busybox_in(unpacked))
        self.finish()

    def say(self, doing):
        self.steps += 1
        self.progress.at(self.steps, f"[{self.steps}] {doing}")

    def fetched(self):
        """The packages that kernel and busybox are in."""
        os.makedirs(self.rig.packages, exist_ok=True)
        with alone(self.rig.packages, lambda: None):
            self.say("downloading what the Linux in Bochs is made of")
            names = [] if self.choice.linux else debian.packages_of_linux()
            packages = debian.download([*names, debian.BUSYBOX], self.rig.packages)
        if self.choice.linux and is_package(self.choice.linux):
            packages.append(self.choice.linux)
        return packages

    def unpacked(self, name, packages):
        folder = os.path.join(self.scratch, name)
        for package in packages:
            debian.unpack(package, folder)
            self.made_of.append(package)
        return folder

    def kernel(self, unpacked):
        linux = self.choice.linux
        called = f"--linux={linux}" if linux else "Debian's Linux"
        if linux and not is_package(linux):
            self.made_of.append(linux)
            return linux_kernel.load(linux, called)
        image = debian.kernel_in(unpacked)
        if not image:
            raise Mistake(f"{called}: there is no kernel in this package; Debian's linux-image-..., "
                          "and since Linux 7 linux-binary-..., have one")
        return linux_kernel.load(image, called)

    def modules(self, unpacked, kernel):
        chosen = self.choice.modules
        if not chosen:
            linux = self.choice.linux
            return linux_modules.load(unpacked, kernel, f"--linux={linux}" if linux else
                                      "Debian's Linux")
        if is_folder := os.path.isdir(chosen):
            folder = chosen
        else:
            folder = self.unpacked("package_of_modules", [chosen])
        modules = linux_modules.load(folder, kernel, f"--modules={chosen}")
        if is_folder:
            self.made_of += [module.path for module in modules]
        return modules

    def pack(self, modules, busybox):
        """The initial RAM disk."""
        root = os.path.join(self.scratch, "root")
        for folder in "bin", "dev", "proc", "sys", "kvm", "qemu/share":
            os.makedirs(os.path.join(root, folder))
        shutil.copy(INIT, f"{root}/init")
        shutil.copy(busybox, f"{root}/bin/busybox")
        for name in APPLETS:
            os.symlink("busybox", f"{root}/bin/{name}")
        self.add_modules(modules, root)
        self.add_qemu(root)
        run("sh", "-c", "find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 >../initrd",
            cwd=root)

    def add_modules(self, modules, root):
        for module in modules:
            file = f"{root}/kvm/{module.name}.ko"
            with open(file, "wb") as whole:
                whole.write(module.elf)
            run("objcopy", "--strip-unneeded", *(f"--remove-section={name}" for name in UNNEEDED),
                file)
        with open(f"{root}/kvm/depends", "w", encoding="ascii") as listed:
            listed.writelines(f"{module.name}\n" for module in modules[:-1])

    def add_qemu(self, root):
        """All of QEMU's libraries are put in one folder, as that of this machine or of a build may
        have them anywhere."""
        program = self.choice.qemu or shutil.which(PROGRAM)
        if not program:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), PROGRAM)
        files = {PROGRAM: program, **qemu_files.libraries(program),
                 **{f"share/{os.path.basename(path)}": path for path in qemu_files.roms(program)}}
        for name, path in files.items():
            there = root + os.path.join("/qemu", name)
            os.makedirs(os.path.dirname(there), exist_ok=True)
            shutil.copy(path, there)
            self.made_of.append(path)

    def write(self, name, contents):
        with open(os.path.join(self.scratch, name), "wb") as file:
            file.write(contents)

    def finish(self):
        stamps = {path: stamp(path) for path in map(os.path.abspath, self.made_of)}
        self.write("made_of", json.dumps(stamps, indent=1).encode("ascii"))
        for name in "linux", "linux.inc", "initrd", "version", "parameters", "made_of":
            os.replace(os.path.join(self.scratch, name), os.path.join(self.rig.folder, name))
