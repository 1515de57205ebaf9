"""Linux with KVM and QEMU in Bochs: real nested VMX without a processor for it."""

import os
import re
import shlex

from . import linux_modules
from .bochs import Bochs
from .nasm import NASM
from .platform import ROOT, link, read
from .processes import of_shell, run
from .pvh_disk import CYLINDER
from .qemu import PROGRAM, Qemu, version_of

# These versions of Bochs want the posted-interrupt descriptor aligned to a page: their
# VMenterLoadCheckVmControls() (cpu/vmx.cc) calls IsValidPageAlignedPhyAddr().  The SDM wants it
# aligned to 64 bytes (vol. 3, "VM-Execution Control Fields"), as KVM has it.  Bochs' commit
# a77e02ff3, which came after 3.0, mends it; 2.7 has no posted interrupts.
MISALIGNED = "2.8", "3.0"
WITHOUT_APICV = "enable_apicv=0"
APICV = re.compile(r"enable_apicv\b")   # the user decides
# KVM warns where the processor refuses a VM entry that KVM's own checks let through.
MISSED_CHECKS = "warn_on_missed_cc"
CENSUS = re.compile(rf"{MISSED_CHECKS}\b")      # the user decides


class KvmInBochs(Bochs):
    """rig.py makes ready what it boots."""

    NAME = "kvm-in-bochs"
    CONSOLE = "console"                 # Linux' second serial line
    SILENCE = 90
    MACHINES = 2
    STARTING = "Linux starts in Bochs"
    STARTS_ISO = False
    LISTS = ["kvm", "kvm-in-bochs"]
    WORDS = ["count=200"]               # of ept/random, where one takes 300,000 instructions
    MEMORY = 512                        # MiB

    # The more instructions a second has, the fewer of them go into timer interrupts.  But the
    # kernel must not be ahead of its serial line, or a hang would be blamed on an earlier test: a
    # byte costs it 12,600 instructions, and takes 87 microseconds to leave.
    IPS = 60000000

    def __init__(self, host_cpu, cpu, machine, rig, options):
        super().__init__(host_cpu, rom=os.path.join(rig.build, "loader.rom"))
        # KVM's own interrupt controllers would be told of each byte.
        self.qemu = Qemu("kvm", cpu, None, f"{machine},kernel-irqchip=split")
        self.rig = rig
        self.options = options          # for kvm_intel, as words

    def prepare(self, progress):
        super().prepare(progress)
        self.rig.prepare(progress)
        linux_modules.refuse_options(self.options, self.rig.parameters())

    def start(self, boot, folder):
        """Linux reads IA32_MISC_ENABLE, which Bochs does not have: hence bad_msrs."""
        others = f"com2: enabled=1, mode=file, dev=/dev/fd/{boot.console}\n{self.loader(folder)}"
        disk = self.disk(folder, self.image(boot, folder))
        return self.emulate(folder, boot, cpu=self.cpu, ips=self.IPS, bad_msrs=1,
                            memory=self.MEMORY, others=others, **disk)

    def image(self, boot, folder):
        """The disk that Bochs boots, its name in the folder; what is to run there is in /boot."""
        inside = os.path.join(folder, "boot")
        os.mkdir(inside)
        there = boot._replace(kernel=link(boot.kernel, inside, "kernel"))
        program, *arguments = self.qemu.command(there, inside)
        command = shlex.join([program, "-L", "/qemu/share", *arguments])
        for name, text in {"command": self.script(command), **self.settings()}.items():
            with open(f"{inside}/{name}", "w", encoding="ascii") as file:
                file.write(text)
        run("sh", "-c", "find boot | cpio --quiet -o -L -H newc >boot.cpio", cwd=folder)
        defined = [f"TSC_KHZ={self.IPS // 1000}", *self.rig.addresses()]
        run(*NASM, "-f", "bin", *(f"-D{each}" for each in defined),
            "-o", "disk.img", f"-I{ROOT}", f"-I{self.rig.folder}", f"{ROOT}/tests/kvm/disk.asm",
            cwd=folder)
        image = f"{folder}/disk.img"
        os.truncate(image, -(-os.path.getsize(image) // CYLINDER) * CYLINDER)
        return "disk.img"

    def script(self, command):
        """What Linux' shell is to do, in /boot; it ends as QEMU does."""
        return f"exec {command}\n"

    def settings(self):
        """What init reads: options for kvm_intel, and what to say of them.  They are others for a
        processor with posted interrupts where Bochs is wrong about these."""
        words = list(self.options)
        if MISSED_CHECKS in self.rig.parameters() and not any(map(CENSUS.match, words)):
            words.insert(0, f"{MISSED_CHECKS}=1")
        options = with_apicv = " ".join(words)
        because = ""
        if self.version in MISALIGNED and not any(map(APICV.match, words)):
            with_apicv = " ".join([WITHOUT_APICV, *words])
            because = (f"; {WITHOUT_APICV} because Bochs {self.version} wants the posted-interrupt "
                       "descriptor aligned to a page, the SDM to 64 bytes")
        return {"options": options, "says": told(options),
                "options_with_apicv": with_apicv, "says_with_apicv": told(with_apicv) + because}

    def tells_of_missed_checks(self):
        return f"{MISSED_CHECKS}=1" in self.settings()["options"].split()

    def ending(self, status, folder):
        console = read(folder, self.CONSOLE)
        of_qemu = status_of_qemu(console)
        if of_qemu is not None:
            reason = self.qemu.ending(of_qemu, folder)
            return reason and reason + self.said(console)
        refused = re.search(r"^KVM does not start: .*", console, re.MULTILINE)
        if refused:
            return f"the Linux in Bochs: {refused[0].strip()}{self.said(console)}"
        return super().ending(status, folder)

    def ended_as(self, status, folder):
        return self.qemu.ended_as(status_of_qemu(read(folder, self.CONSOLE)), folder)

    def said(self, console):
        line = re.search(r"^(qemu-system|insmod: ).*", console, re.MULTILINE)
        return f"; it says: {line[0].strip()}" if line else ""

    def complaint(self, folder):
        said = self.said(read(folder, self.CONSOLE))
        return f"QEMU ended{said}" if said else None

    def below(self):
        return {"linux": self.rig.version() or None,
                "qemu": version_of(self.rig.choice.qemu or PROGRAM), **super().below()}


def status_of_qemu(console):
    """As subprocess would give it, from what init says; None if QEMU did not end."""
    ended = re.search(r"^QEMU ended with status (\d{1,3})\b", console, re.MULTILINE)
    return ended and of_shell(int(ended[1]))


def told(options):
    """A line of the report."""
    return f"# kvm_intel is loaded with {options}" if options else ""
