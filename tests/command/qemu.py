"""QEMU: with KVM where the processor and the host's kernel nest VMX, else without any VMX."""

import os
import re
import subprocess

from .platform import Platform, join, link, read
from .processes import ISA_DEBUG_EXIT, how, launch
from .tables import end_of_kernel

PROGRAM = "qemu-system-x86_64"
AT_THE_END = 1 << 20                    # bytes, which are more than QEMU and SeaBIOS keep there


class Qemu(Platform):
    """Of Debian's package qemu-system-x86."""

    CONSOLE = "errors"

    def __init__(self, accelerator, cpu, firmware, machine, program=PROGRAM):
        self.NAME = self.accelerator = accelerator
        self.cpu = cpu
        self.firmware = firmware
        self.machine = machine
        self.program = program
        self.LISTS = ["kvm"] if accelerator == "kvm" else []

    def command(self, boot, folder):
        command = [self.program, "-M", self.machine, "-accel", self.accelerator,
                   "-cpu", self.cpu, "-m", str(boot.memory), "-nodefaults", "-no-user-config",
                   "-no-reboot", "-display", "none", "-serial", "stdio",
                   "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
        if self.firmware:
            command += ["-drive", f"if=pflash,format=raw,readonly=on,file={self.firmware}"]
        return command + self.medium(boot, folder)

    def start(self, boot, folder):
        return launch(self.command(boot, folder), cwd=folder, stdout=boot.serial,
                      stderr=boot.console)

    def medium(self, boot, folder):
        if boot.iso:
            iso = link(boot.iso, folder, "iso")
            return ["-drive", f"if=ide,media=cdrom,format=raw,readonly=on,file={iso}"]
        return ["-kernel", boot.kernel, "-append", " ".join(boot.words),
                *self.modules(boot, folder)]

    def modules(self, boot, folder):
        """QEMU puts them at the end of the memory, over the kernel if that reaches so far.  Then
        they are left out, as GRUB leaves out what does not fit."""
        name = join(boot.modules, folder)
        size = os.path.getsize(os.path.join(folder, name))
        end = end_of_kernel(os.path.join(folder, boot.kernel))
        fits = end + size + AT_THE_END <= boot.memory << 20
        return ["-initrd", name] if fits else []

    def ending(self, status, folder):
        if status in ISA_DEBUG_EXIT:
            return None
        if status == 0:
            return f"the machine was reset, as by a triple fault{self.said(folder)}"
        return f"QEMU died, {how(status)}{self.said(folder)}"

    def ended_as(self, status, folder):
        return ISA_DEBUG_EXIT.get(status)

    def said(self, folder):
        lines = read(folder, self.CONSOLE).split("\n")
        return "".join(f"; it says: {line}" for line in lines if line.strip())

    def complaint(self, folder):
        """Its status for options that it does not take is the kernel's for a pass."""
        return f"QEMU ended{self.said(folder)}" if self.said(folder) else None

    def lacking(self):
        why = self.accelerator == "kvm" and why_not_kvm()
        return f"no nested VMX: {why}" if why else None

    def below(self):
        linux = {"linux": os.uname().release} if self.accelerator == "kvm" else {}
        return {**linux, "qemu": version_of(self.program)}


def version_of(program):
    """Of QEMU, as it says itself; None if it says none."""
    try:
        said = subprocess.run([program, "--version"], stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, errors="replace", timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None                     # what keeps it from starting is told when it is to start
    found = re.search(r"version (\d[\d.]*\d)", said.stdout)
    return found and found[1]


def why_not_kvm():
    """What keeps this machine from nesting VMX under KVM, or None."""
    try:
        os.close(os.open("/dev/kvm", os.O_RDWR))
    except OSError as error:
        return f"/dev/kvm: {error.strerror}"
    if not re.search(r"^flags\s*:.*\bvmx\b", read("/proc/cpuinfo"), re.MULTILINE):
        return "the processor's flags in /proc/cpuinfo lack vmx"
    nested = read("/sys/module/kvm_intel/parameters/nested").strip()
    if not nested:
        return "the kvm_intel module is not loaded"
    return None if nested in ("Y", "1") else "kvm_intel is loaded with nested=N"
