"""Making a rig of a Linux, its modules and a QEMU.  What is made are

    linux                   the kernel as it lies in memory
    addresses               where it lies, as tests/kvm/disk.asm is told: `LINUX=0x1000000 ...`
    initrd                  what Linux runs: tests/kvm/init, KVM's modules, QEMU
    version                 of Linux
    parameters              the names of those that kvm_intel has
"""

import errno
import os
import shutil

from . import debian, linux_kernel, linux_modules, packing, qemu_files
from .debian import is_package
from .mistake import Mistake
from .making import alone
from .platform import ROOT
from .processes import run
from .qemu import PROGRAM

FILES = ["linux", "addresses", "initrd", "version", "parameters"]
INIT = os.path.join(ROOT, "tests/kvm/init")
MADE_BY = [module.__file__ for module in
           (debian, linux_kernel, linux_modules, packing, qemu_files)] + [__file__]
INITRD = 0x08000000                     # where the initial RAM disk lies, if Linux ends before
ALIGNED = 1 << 21
ROOM = 0x18000000                       # where Linux has to end, of the 512 MiB of the machine
APPLETS = ["sh", "mount", "uname", "insmod", "cat", "grep", "stty", "poweroff"]

# A module without symbols and without what tracing needs is loaded with a fifth of the
# instructions.
UNNEEDED = [".BTF", ".BTF.base", "__mcount_loc", ".rela__mcount_loc", "_ftrace_eval_map",
            ".rela_ftrace_eval_map"]


def addresses(kernel):
    """What the disk has to tell the loader.  Raises Mistake."""
    initrd = max(INITRD, -(-kernel.end // ALIGNED) * ALIGNED)
    if initrd > ROOM:
        raise Mistake(f"Linux {kernel.version} takes memory up to {kernel.end:#x} at its start; "
                      f"the rig has room up to {ROOM:#x}")
    return f"LINUX={kernel.address:#x} LINUX_ENTRY={kernel.entry:#x} INITRD={initrd:#x}\n"


class Making:
    """One making of a rig, in a scratch folder; `packages` is a folder for those of Debian's."""

    def __init__(self, choice, packages, progress, scratch):
        self.choice = choice
        self.packages = packages
        self.progress = progress
        self.scratch = scratch
        self.made_of = [INIT, *MADE_BY]
        self.steps = 0

    def make(self):
        """The paths of all that it was made of.  First is read what may be wrong of a user's.
        Raises Mistake."""
        unpacked = self.packages_of_linux()
        self.say("unpacking the kernel")
        kernel = self.kernel(unpacked)
        modules = self.modules(unpacked, kernel)
        busybox = debian.busybox_in(self.unpacked("busybox", self.fetched([debian.BUSYBOX])))
        self.say("packing what Linux runs: KVM and QEMU")
        self.write("linux", kernel.contents)
        self.write("addresses", addresses(kernel).encode("ascii"))
        self.write("version", f"{kernel.version}\n".encode("ascii"))
        self.write("parameters", "\n".join(modules[-1].parameters()).encode("ascii"))
        self.pack(modules, busybox)
        return self.made_of

    def say(self, doing):
        self.steps += 1
        self.progress.at(self.steps, f"[{self.steps}] {doing}")

    def packages_of_linux(self):
        """The folder in which they are unpacked; empty where no package holds the kernel."""
        linux = self.choice.linux
        if not linux:
            return self.unpacked("packages", self.fetched(debian.packages_of_linux()))
        return self.unpacked("packages", [linux] if is_package(linux) else [])

    def fetched(self, names):
        """Debian's packages of these names."""
        os.makedirs(self.packages, exist_ok=True)
        with alone(self.packages, lambda: None):
            self.say(f"downloading {' '.join(names)}")
            return debian.download(names, self.packages, self.progress.say)

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
            raise Mistake(f"{called}: there is no kernel in this package; Debian's "
                          "linux-image-..., and since Linux 7 linux-binary-..., have one")
        return linux_kernel.load(image, called)

    def modules(self, unpacked, kernel):
        chosen, linux = self.choice.modules, self.choice.linux
        if not chosen:
            called = f"--linux={linux}" if linux else "Debian's Linux"
            return linux_modules.load(unpacked, kernel, called)
        if os.path.isdir(chosen):
            modules = linux_modules.load(chosen, kernel, f"--modules={chosen}")
            self.made_of += [module.path for module in modules]
            return modules
        folder = self.unpacked("package_of_modules", [chosen])
        return linux_modules.load(folder, kernel, f"--modules={chosen}")

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
