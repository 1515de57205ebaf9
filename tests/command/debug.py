"""Starts Trapline under a debugger, with its symbols, and stops at the kernel's first instruction:
gdb on QEMU, or Bochs' own debugger.  Words are for the kernel command line, as those of
`trapline run`.

Commands are read from standard input.  The report goes to a file, which is named at the start.
"""

import os
import signal
import subprocess
import sys
import tempfile

from .arguments import Parser, one_of
from .bochs import Bochs
from .mistake import Mistake, built, failed, missing, readable
from .platform import ROOT, Boot, link
from .processes import end, launch
from .qemu import Qemu, why_not_kvm
from .words import kernel_words

PLATFORMS = ["auto", "kvm", "tcg", "bochs"]
EXAMPLE = "trapline debug --platform=bochs run=ept/write_to_read_only_page"


def main(arguments):
    options = parse(arguments)
    # ^C stops what is debugged, not the debugger's own parent.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return debug(options)
    except subprocess.CalledProcessError as error:
        raise failed(error) from error
    except OSError as error:
        raise missing(error) from error


def debug(options):
    for name in "trapline.elf", "suite.bin", "suites.elf":
        built(options.build, name)
    name = options.platform
    if name == "auto":
        name = "tcg" if why_not_kvm() else "kvm"
    report = os.path.abspath(os.path.join(options.build, "debug.log"))
    print(f"trapline debug: platform {name}; the report goes to {report}", file=sys.stderr)
    debugger = by_bochs if name == "bochs" else by_gdb
    with tempfile.TemporaryDirectory(prefix="trapline.") as folder, open(report, "wb") as serial:
        return debugger(name, options, boot(options, serial), folder)


def parse(arguments):
    parser = Parser("debug", __doc__, EXAMPLE)
    option = parser.add_argument
    option("words", nargs="*", metavar="WORD")
    option("--platform", default="auto", type=one_of("platform", PLATFORMS),
           help=f"{', '.join(PLATFORMS)}; auto takes kvm where VMX nests, else tcg, which has no "
                "VMX")
    option("--module", action="append", default=[], metavar="FILE",
           help="give the kernel this file instead of the suite's; may be repeated")
    option("--memory", type=int, default=32, help="MiB of the machine")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER")
    return parser.read(arguments)


def boot(options, serial):
    return Boot(
        kernel=built(options.build, "trapline.elf"),
        modules=[os.path.abspath(readable(path, "module")) for path in options.module] or
        [built(options.build, "suite.bin")],
        words=kernel_words(options.words), iso=None, memory=options.memory, serial=serial.fileno())


def by_gdb(name, options, machine, folder):
    qemu = Qemu(name, "host" if name == "kvm" else "max", None, "pc")
    command = qemu.command(machine, folder) + ["-S", "-gdb", "unix:gdb,server=on,wait=off"]
    process = launch(command, cwd=folder, stdout=machine.serial)
    suites = link(built(options.build, "suites.elf"), folder, "suites.elf")
    try:
        wait_for(os.path.join(folder, "gdb"), process)
        return subprocess.call(
            ["gdb", "-q", "-iex", "set confirm off", machine.kernel,
             "-ex", f"add-symbol-file {suites}", "-ex", "target remote ./gdb", "-ex", f"cd {ROOT}",
             "-ex", "hbreak enter_from_pvh", "-ex", "continue"], cwd=folder)
    finally:
        end(process)


def wait_for(socket, process):
    """Until QEMU has made it."""
    while not os.path.exists(socket):
        try:
            process.wait(0.05)
            raise Mistake("QEMU ended before gdb could ask it for anything")
        except subprocess.TimeoutExpired:
            pass


def by_bochs(_, options, machine, folder):
    symbols = os.path.join(folder, "symbols")
    with open(symbols, "w", encoding="ascii") as file:
        for name in "trapline.elf", "suites.elf":
            file.writelines(f"{line}\n" for line in symbols_of(built(options.build, name)))
    bochs = Bochs("corei7_skylake_x", rom=None)
    bochs.debugger = True
    bochs.commands = ['ldsym global "symbols"', 'lb "enter_from_multiboot2"', "continue"]
    bochs.output = None                                 # that of this command
    bochs.interactive = True
    status = bochs.start(machine, folder).wait()
    if bochs.refusal(folder):
        raise Mistake(bochs.ending(status, folder))
    return status


def symbols_of(path):
    """`address name`, in hexadecimal."""
    listed = subprocess.run(["nm", path], check=True, stdout=subprocess.PIPE, text=True).stdout
    fields = [line.split() for line in listed.splitlines()]
    return [f"{line[0]} {line[2]}" for line in fields if len(line) == 3 and line[1] not in "aA"]
