"""Linux with KVM and QEMU in Bochs: real nested VMX without a processor for it."""

import os
import re
import shlex
import subprocess

from .bochs import Bochs
from .making import alone, make
from .nasm import NASM
from .platform import ROOT, link, read
from .processes import of_shell, run
from .pvh_disk import CYLINDER
from .qemu import Qemu


class KvmInBochs(Bochs):
    """All of them Debian's; tests/kvm makes them ready."""

    NAME = "kvm-in-bochs"
    SILENCE = 90
    MACHINES = 2
    STARTING = "Linux starts in Bochs"
    STARTS_ISO = False
    LISTS = ["kvm", "kvm-in-bochs"]
    WORDS = ["count=200"]               # of ept/random: a case takes 300,000 instructions
    MEMORY = 512                        # MiB

    # The more instructions a second has, the fewer of them go into timer interrupts.  But the
    # kernel must not be ahead of its serial line, or a hang would be blamed on an earlier test: a
    # byte costs it 12,600 instructions, and takes 87 microseconds to leave.
    IPS = 60000000

    def __init__(self, host_cpu, cpu, machine, rig):
        super().__init__(host_cpu, rom=f"{os.path.dirname(rig)}/loader.rom")
        # KVM's own interrupt controllers would be told of each byte.
        self.qemu = Qemu("kvm", cpu, None, f"{machine},kernel-irqchip=split")
        self.rig = rig

    def prepare(self, progress):
        def waits():
            progress.at(0, f"another run makes {self.rig}; this one waits for it")

        super().prepare(progress)
        command = ["make", "--no-print-directory", "-C", ROOT, "-f", "tests/kvm/rig.mk",
                   f"RIG={os.path.relpath(self.rig, ROOT)}"]
        # Options of a make that called us are not for this one.
        environment = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
        os.makedirs(self.rig, exist_ok=True)
        with alone(self.rig, waits):
            status = make(command, progress, environment)
        if status:
            raise subprocess.CalledProcessError(status, command)

    def start(self, boot, folder):
        """Linux reads IA32_MISC_ENABLE, which Bochs does not have: hence bad_msrs."""
        others = f"com2: enabled=1, mode=file, dev=console\n{self.loader(folder)}"
        disk = self.disk(folder, self.image(boot, folder))
        return self.emulate(folder, boot.serial, cpu=self.cpu, ips=self.IPS, bad_msrs=1,
                            memory=self.MEMORY, others=others, **disk)

    def image(self, boot, folder):
        """The disk that Bochs boots, its name in the folder; what is to run there is in /boot."""
        inside = os.path.join(folder, "boot")
        os.mkdir(inside)
        there = boot._replace(kernel=link(boot.kernel, inside, "kernel"))
        with open(f"{inside}/command", "w", encoding="ascii") as file:
            file.write(self.script(shlex.join(self.qemu.command(there, inside))))
        with open(f"{inside}/bochs", "w", encoding="ascii") as file:
            file.write("descriptor\n" if self.version in ("2.8", "3.0") else "\n")
        run("sh", "-c", "find boot | cpio --quiet -o -L -H newc >boot.cpio", cwd=folder)
        run(*NASM, "-f", "bin", f"-DTSC_KHZ={self.IPS // 1000}",
            f"-DLINUX_ENTRY={read(self.rig, 'entry').strip()}",
            "-o", "disk.img", f"-I{ROOT}", f"-I{self.rig}", f"{ROOT}/tests/kvm/disk.asm",
            cwd=folder)
        image = f"{folder}/disk.img"
        os.truncate(image, -(-os.path.getsize(image) // CYLINDER) * CYLINDER)
        return "disk.img"

    def script(self, command):
        """What Linux' shell is to do, in /boot; it ends as QEMU does."""
        return f"exec {command}\n"

    def ending(self, status, folder):
        console = read(folder, "console")
        ended = re.search(r"^QEMU ended with status (\d+)", console, re.MULTILINE)
        if ended:
            reason = self.qemu.ending(of_shell(int(ended[1])), folder)
            return reason and reason + self.said(console)
        panic = re.search(r"Kernel panic - .*", console)
        if panic:
            return f"the Linux in Bochs: {panic[0].strip()}"
        return super().ending(status, folder)

    def said(self, console):
        line = re.search(r"^qemu-system.*", console, re.MULTILINE)
        return f"; it says: {line[0].strip()}" if line else ""

    def complaint(self, folder):
        said = self.said(read(folder, "console"))
        return f"QEMU ended{said}" if said else None

    def below(self):
        linux = read(self.rig, "version").strip() or None
        return {"linux": linux, "qemu": self.qemu.below()["qemu"], **super().below()}
