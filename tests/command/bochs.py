"""Bochs, which emulates VMX and EPT on any processor."""

import os
import re
import subprocess

from . import pvh_disk
from .mistake import Mistake
from .platform import ROOT, Platform, link, read
from .processes import end, how, launch, run
from .pvh_disk import CYLINDER
from .spelling import proposal


class Bochs(Platform):
    """Of Debian's packages bochs, bochsbios and vgabios."""

    NAME = "bochs"
    LISTS = ["bochs"]

    # ips=1000000 is the least it takes: what the BIOS waits and what the serial line takes is
    # emulated time, so the slower the machine, the sooner it is over.  ignore_bad_msrs lets MSRs be
    # read as 0 that the processor does not have.
    CONFIGURATION = """\
plugin_ctrl: speaker=false, gameport=false, parallel=false, biosdev=true
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
log: log
panic: action=fatal
error: action=ignore
info: action=report
debug: action=ignore
clock: sync=none, time0=1700000000
{others}
"""
    # Debian's Bochs has its debugger built in, which takes these and prints to this file.
    commands = ["continue", "quit"]
    output = subprocess.DEVNULL
    debugger = False                    # whether the debugger is more than a way to start
    interactive = False                 # commands come from stdin as well, and ^C is for Bochs

    def __init__(self, cpu, rom):
        self.cpu = cpu
        self.rom = rom                  # iso/loader.asm, built
        self.version = None
        self.help = launched_for_help("cpu")

    def start(self, boot, folder):
        return self.emulate(folder, boot, cpu=self.cpu, ips=1000000, bad_msrs=0,
                            memory=boot.memory, **self.medium(boot, folder))

    def emulate(self, folder, boot, **settings):
        """Starts Bochs; its configuration names what the machine writes to by file descriptors."""
        streams = [stream for stream in (boot.serial, boot.console) if stream is not None]
        with open(os.path.join(folder, "bochsrc"), "w", encoding="ascii") as file:
            file.write(self.CONFIGURATION.format(serial=boot.serial, **settings))
        with open(os.path.join(folder, "commands"), "w", encoding="ascii") as file:
            file.writelines(f"{command}\n" for command in self.commands)
        theirs = {"stdin": None, "start_new_session": False} if self.interactive else {}
        with open(os.path.join(folder, "said"), "w", encoding="ascii") as said:
            return launch(["bochs", "-q", "-f", "bochsrc", "-rc", "commands", *self.option()],
                          cwd=folder, stdout=self.output, stderr=said, pass_fds=streams, **theirs)

    def option(self):
        """What starts the debugger.  Bochs 3 has an option for it; Bochs 2 always starts it, and
        refuses an option that it does not know."""
        known = self.debugger and "-debugger" in heard(launched_for_help())
        return ["-debugger"] if known else []

    def medium(self, boot, folder):
        """What Bochs' configuration says about where to boot from."""
        if boot.iso:
            iso = link(boot.iso, folder, "iso")
            return {"device": "cdrom", "disk": f"type=cdrom, path={iso}, status=inserted",
                    "others": ""}
        if boot.quick and pvh_disk.write(os.path.join(folder, "disk.img"), boot):
            return {**self.disk(folder, "disk.img"), "others": self.loader(folder)}
        run(f"{ROOT}/iso/disk", "disk.img", boot.kernel, " ".join(boot.words), *boot.modules,
            cwd=folder, env={**os.environ, "TMPDIR": folder})
        return {**self.disk(folder, "disk.img"), "others": ""}

    def loader(self, folder):
        """The option ROM that boots a disk without GRUB."""
        return f"optromimage1: file={link(self.rom, folder, 'loader.rom')}, address=0xd0000"

    def disk(self, folder, image):
        cylinders = os.path.getsize(os.path.join(folder, image)) // CYLINDER
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

    def prepare(self, progress):
        """Refuses a processor that it does not emulate."""
        said = heard(self.help)
        models = re.findall(r"^(\w+)$", said, re.MULTILINE)
        if models and self.cpu not in models:
            raise Mistake(f"Bochs has no processor called {self.cpu!r}{proposal(self.cpu, models)}")
        version = re.search(r"Bochs x86 Emulator (\d+\.\d+)", said)
        self.version = version and version[1]

    def below(self):
        return {"bochs": self.version, "cpu": self.cpu}


def launched_for_help(*subject):
    """Bochs, saying its version and its options, or about a subject, while other things are made
    ready; None if there is no Bochs, which is told when it is to start."""
    try:
        return launch(["bochs", "--help", *subject], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, text=True, errors="replace")
    except FileNotFoundError:
        return None


def heard(process):
    """What it said; nothing if it was not there or does not end."""
    try:
        return process.communicate(timeout=10)[0] if process else ""
    except subprocess.TimeoutExpired:
        return ""
    finally:
        if process:
            end(process)
