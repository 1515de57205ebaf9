"""The machines a report can come from: how each is started, and how it says what ended it.

A platform is an object with
    prepare()                once, before the first machine starts
    start(boot, folder)      starts the machine; its process, its serial line is `boot.serial`
    ending(status, folder)   what ended it, in words; None if it ended as the kernel ends it
    complaint(folder)        what it said itself where no report tells why it ended, or None
    busy(folder)             whether a lack of ports kept it from starting
    layers()                 name and version of each hypervisor below, as the lists of known
                             failures are called
and the constants
    SILENCE                  seconds of it after which a machine is taken to hang
    MACHINES                 how many of them to run side by side, each a share of the tests
    STARTS_ISO               whether the ISO is what it boots if nothing else is asked for
    WORDS                    for the kernel, where the user's say nothing else
where `folder` is a place for files that live as long as the machine.
"""

import ctypes
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ISA_DEBUG_EXIT = 1, 3, 155              # QEMU's status: twice the kernel's (0, 1, 77) plus 1

PR_SET_PDEATHSIG = 1                    # prctl(2)
LIBC = ctypes.CDLL(None)


class Boot(NamedTuple):
    kernel: str                         # the ELF file
    modules: list                       # scenario files
    words: list                         # the kernel command line
    iso: str                            # boot this instead of kernel, modules and words; or None
    memory: int                         # MiB
    serial: int                         # file descriptor the serial line is written to


def run(*command, **options):
    """Runs a program that has to succeed; nothing of it is left if this is interrupted."""
    process = launch(command, **{"stdout": subprocess.DEVNULL, **options})
    try:
        process.wait()
    finally:
        end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def launch(command, **options):
    """Starts a machine, in a process group of its own; it dies when this process does, however."""
    options = {"stdin": subprocess.DEVNULL, "start_new_session": True, **options}
    return subprocess.Popen(command, preexec_fn=dying_with(os.getpid()), **options)


def dying_with(parent):
    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:      # died before it could be asked for
            os.kill(os.getpid(), signal.SIGKILL)
    return prepare


def end(process):
    """Ends a machine that was launched, and all that it started in turn."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def read(*path):
    """What the file says, nothing if it is not there."""
    try:
        with open(os.path.join(*path), encoding="ascii", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def join(modules, folder):
    """One file of all modules: PVH takes one, and scenarios put end to end are one module."""
    path = os.path.join(folder, "modules")
    with open(path, "wb") as joined:
        for module in modules:
            with open(module, "rb") as file:
                joined.write(file.read())
    return path


def release(version):
    """6.1 of 6.1.0-56-cloud-amd64."""
    return ".".join(version.split(".")[:2])


def how(status):
    """How a process ended, from its status as subprocess gives it."""
    return f"by signal {-status}" if status < 0 else f"status {status}"


def of_shell(status):
    """What a shell says of a process as subprocess would: it gives signals as 128 and their number."""
    return status if status in ISA_DEBUG_EXIT or status <= 128 else 128 - status


class Platform:
    SILENCE = 60
    MACHINES = 1
    STARTS_ISO = True
    WORDS = []

    def prepare(self):
        pass

    def complaint(self, folder):
        return None

    def busy(self, folder):
        return False

    def layers(self):
        return []


class Bochs(Platform):
    """Emulates VMX and EPT on any processor (Debian packages bochs, bochsbios, vgabios)."""

    # ips=1000000 is the least it takes: what the BIOS waits and what the serial line takes is
    # emulated time, so the slower the machine, the sooner it is over.  ignore_bad_msrs lets MSRs be
    # read as 0 that the processor does not have.
    CONFIGURATION = """\
plugin_ctrl: speaker=false, gameport=false, parallel=false, extfpuirq=false, biosdev=true
sound: waveoutdrv=dummy, waveout=none, waveindrv=dummy, midioutdrv=dummy
speaker: enabled=0
display_library: rfb, options="timeout=0"
cpu: model={cpu}, ips={ips}, reset_on_triple_fault=0, ignore_bad_msrs={bad_msrs}
memory: guest={memory}, host={memory}
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
boot: {device}
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: {disk}
ata1: enabled=0
com1: enabled=1, mode=file, dev=/dev/fd/{serial}
log: {log}
panic: action=fatal
error: action=ignore
info: action=report
debug: action=ignore
clock: sync=none, time0=1700000000
{others}
"""
    CYLINDER = 16 * 63 * 512

    # Debian's Bochs has its debugger built in, which waits for these and prints to this file.
    commands = ["continue", "quit"]
    output = subprocess.DEVNULL
    interactive = False                 # commands come from stdin as well, and ^C is for Bochs

    def __init__(self, cpu):
        self.cpu = cpu

    def start(self, boot, folder):
        return self.emulate(folder, boot.serial, cpu=self.cpu, ips=1000000, bad_msrs=0, memory=boot.memory,
                            others="", **self.medium(boot, folder))

    def emulate(self, folder, serial, **settings):
        """Starts Bochs, its first serial line open as `serial`."""
        configuration = os.path.join(folder, "bochsrc")
        with open(configuration, "w", encoding="ascii") as file:
            file.write(self.CONFIGURATION.format(
                serial=serial, log=os.path.join(folder, "log"), **settings))
        commands = os.path.join(folder, "commands")
        with open(commands, "w", encoding="ascii") as file:
            file.writelines(f"{command}\n" for command in self.commands)
        theirs = {"stdin": None, "start_new_session": False} if self.interactive else {}
        with open(os.path.join(folder, "said"), "w", encoding="ascii") as said:
            return launch(["bochs", "-q", "-f", configuration, "-rc", commands], stdout=self.output,
                          stderr=said, pass_fds=[serial], **theirs)

    def medium(self, boot, folder):
        """What Bochs' configuration says about where to boot from."""
        if boot.iso:
            return {"device": "cdrom", "disk": f"type=cdrom, path={boot.iso}, status=inserted"}
        image = os.path.join(folder, "disk.img")
        run(f"{ROOT}/iso/disk", image, boot.kernel, " ".join(boot.words), *boot.modules,
            env={**os.environ, "TMPDIR": folder})
        return self.disk(image)

    def disk(self, image):
        cylinders = os.path.getsize(image) // self.CYLINDER
        return {"device": "disk", "disk": f"type=disk, path={image}, mode=flat, "
                                          f"cylinders={cylinders}, heads=16, spt=63"}

    def ending(self, status, folder):
        log = read(folder, "log")
        if "Shutdown port: shutdown requested" in log:
            return None
        registers = dict(re.findall(r"\| ([RE]IP)=(\w+)", log))
        place = "".join(f" at {name.lower()}=0x{value.lstrip('0') or 0}"
                        for name, value in registers.items())
        if "3rd (13) exception" in log:
            return f"triple fault{place}"
        panic = re.search(r">>PANIC<< (.*)", log)
        if panic:
            return f"Bochs panicked: {panic[1]}{place}"
        return f"Bochs died, {how(status)}{self.refusal(folder)}"

    def refusal(self, folder):
        """What is wrong with its configuration, which Bochs says before it has a log."""
        said = re.search(r"(?:bochsrc:\d+: |>>PANIC<< )(.*)", read(folder, "said"))
        return f"; it says: {said[1]}" if said else ""

    def busy(self, folder):
        """Whether every port of Bochs' display was taken: worth another try a little later."""
        return "could not bind any port" in read(folder, "log")

    def layers(self):
        said = subprocess.run(["bochs", "--help", "cpu"], stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, text=True)
        version = re.search(r"Bochs x86 Emulator (\d+\.\d+)", said.stdout + said.stderr)
        return [f"bochs-{version[1]}", f"bochs-{version[1]}-{self.cpu}"] if version else []


class Qemu(Platform):
    """QEMU, with KVM where the processor and the host's kernel nest VMX, else without any VMX."""

    def __init__(self, accelerator, cpu, firmware, machine):
        self.accelerator = accelerator
        self.cpu = cpu
        self.firmware = firmware
        self.machine = machine

    def command(self, boot, folder):
        command = ["qemu-system-x86_64", "-M", self.machine, "-accel", self.accelerator,
                   "-cpu", self.cpu, "-m", str(boot.memory), "-nodefaults", "-no-user-config",
                   "-no-reboot", "-display", "none", "-serial", "stdio",
                   "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
        if self.firmware:
            command += ["-drive", f"if=pflash,format=raw,readonly=on,file={self.firmware}"]
        return command + self.medium(boot, folder)

    def start(self, boot, folder):
        command = self.command(boot, folder)
        with open(os.path.join(folder, "errors"), "w", encoding="ascii") as errors:
            return launch(command, stdout=boot.serial, stderr=errors)

    def medium(self, boot, folder):
        if boot.iso:
            return ["-drive", f"if=ide,media=cdrom,format=raw,readonly=on,file={boot.iso}"]
        return ["-kernel", boot.kernel, "-append", " ".join(boot.words),
                "-initrd", join(boot.modules, folder)]

    def ending(self, status, folder):
        if status in ISA_DEBUG_EXIT:
            return None
        if status == 0:
            return f"the machine was reset, as by a triple fault{self.said(folder)}"
        return f"QEMU died, {how(status)}{self.said(folder)}"

    def said(self, folder):
        lines = read(folder, "errors").split("\n")
        return "".join(f"; it says: {line}" for line in lines if line.strip())

    def complaint(self, folder):
        """Its status for options that it does not take is the kernel's for a pass."""
        return f"QEMU ended{self.said(folder)}" if self.said(folder) else None

    def layers(self):
        return [f"kvm-{release(os.uname().release)}"] if self.accelerator == "kvm" else []


class KvmInBochs(Bochs):
    """Linux with KVM and QEMU, all of them Debian's, in Bochs (tests/kvm)."""

    SILENCE = 90
    MACHINES = 2
    STARTS_ISO = False
    WORDS = ["count=200"]               # of ept/random: a case takes 300,000 instructions
    MEMORY = 512                        # MiB

    # The more instructions a second has, the fewer of them go into timer interrupts.  But the kernel
    # must not be ahead of its serial line, or a hang would be blamed on an earlier test: a byte costs
    # it 12,600 instructions, and takes 87 microseconds to leave.
    IPS = 60000000

    def __init__(self, host_cpu, cpu, machine, rig):
        super().__init__(host_cpu)
        # KVM's own interrupt controllers would be told of each byte.
        self.qemu = Qemu("kvm", cpu, None, f"{machine},kernel-irqchip=split")
        self.rig = rig

    def prepare(self):
        run("flock", f"{self.rig}.lock", "make", "--no-print-directory", "-C", ROOT,
            "-f", "tests/kvm/rig.mk", f"RIG={self.rig}", stdout=sys.stderr)

    def start(self, boot, folder):
        """Linux reads IA32_MISC_ENABLE, which Bochs does not have: hence bad_msrs."""
        console = os.path.join(folder, "console")
        others = (f"com2: enabled=1, mode=file, dev={console}\n"
                  f"optromimage1: file={self.rig}/loader.rom, address=0xd0000")
        return self.emulate(folder, boot.serial, cpu=self.cpu, ips=self.IPS, bad_msrs=1,
                            memory=self.MEMORY, others=others, **self.disk(self.image(boot, folder)))

    def image(self, boot, folder):
        """The disk that Bochs boots; what is to run in its folder /boot."""
        os.mkdir(f"{folder}/boot")
        for path in filter(None, [boot.kernel, boot.iso]):
            shutil.copy(path, f"{folder}/boot")
        there = boot._replace(kernel=f"/boot/{os.path.basename(boot.kernel)}",
                              iso=boot.iso and f"/boot/{os.path.basename(boot.iso)}")
        command = self.qemu.command(there, f"{folder}/boot")
        command = [word.replace(f"{folder}/boot", "/boot") for word in command]
        with open(f"{folder}/boot/command", "w", encoding="ascii") as file:
            file.write(self.script(shlex.join(command)))
        run("sh", "-c", "find boot | cpio --quiet -o -H newc >boot.cpio", cwd=folder)
        image = f"{folder}/disk.img"
        run("nasm", "-f", "bin", "-Wall", "-Werror", f"-DTSC_KHZ={self.IPS // 1000}", "-o", image,
            f"-I{ROOT}", f"-I{folder}", f"-I{self.rig}", f"{ROOT}/tests/kvm/disk.asm")
        os.truncate(image, -(-os.path.getsize(image) // self.CYLINDER) * self.CYLINDER)
        return image

    def script(self, command):
        """What Linux' shell is to do; it ends as QEMU does."""
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

    def layers(self):
        linux = release(read(self.rig, "version"))
        return [f"kvm-{linux}", *(f"kvm-in-{layer}" for layer in super().layers())]


class Command(Platform):
    """A program of the user's: PROGRAM KERNEL MODULES 'COMMAND LINE'; its output is the report."""

    def __init__(self, program):
        self.program = program

    def start(self, boot, folder):
        modules = join(boot.modules, folder)
        return launch([self.program, boot.kernel, modules, " ".join(boot.words)], stdout=boot.serial)

    def ending(self, status, folder):
        if status in (0, *ISA_DEBUG_EXIT):
            return None
        return f"{os.path.basename(self.program)} ended, {how(status)}"


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
