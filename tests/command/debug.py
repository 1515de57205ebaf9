#!/usr/bin/env python3
"""Starts Trapline under a debugger, with its symbols, and stops at the kernel's first instruction:
gdb on QEMU, or Bochs' own debugger.  Words are for the kernel command line, as those of tests/run.

Commands are read from standard input.  The report goes to a file, which is named at the start.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from command import platforms                                    # noqa: E402
from command.mistake import Mistake, failed, kernel_words, missing, readable     # noqa: E402

ROOT = platforms.ROOT


def main():
    signal.signal(signal.SIGINT, lambda *_: None)       # stops what is debugged, not this
    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        return debug(parse())
    except Mistake as mistake:
        print(f"debug: {mistake}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"debug: {failed(error)}", file=sys.stderr)
    except OSError as error:
        print(f"debug: {missing(error)}", file=sys.stderr)
    return 2


def debug(options):
    for name in "trapline.elf", "suite.bin", "suites.elf":
        if not os.path.exists(built(options, name)):
            raise Mistake(f"there is no {built(options, name)}; `make` builds it")
    name = options.platform
    if name == "auto":
        name = "tcg" if platforms.why_not_kvm() else "kvm"
    report = built(options, "debug.log")
    print(f"debug: platform {name}; the report goes to {report}", file=sys.stderr)
    debugger = by_bochs if name == "bochs" else by_gdb
    with tempfile.TemporaryDirectory(prefix="trapline.") as folder, open(report, "wb") as serial:
        return debugger(name, options, boot(options, serial), folder)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    option = parser.add_argument
    option("words", nargs="*", metavar="WORD")
    option("--platform", default="auto", choices=["auto", "kvm", "tcg", "bochs"],
           help="auto takes kvm where VMX nests, else tcg, which has no VMX")
    option("--module", action="append", default=[], metavar="FILE",
           help="give the kernel this file instead of the suite's; may be repeated")
    option("--memory", type=int, default=32, help="MiB of the machine")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER")
    return parser.parse_intermixed_args()


def built(options, name):
    return os.path.abspath(os.path.join(options.build, name))


def boot(options, serial):
    return platforms.Boot(
        kernel=built(options, "trapline.elf"),
        modules=[readable("module", path) for path in options.module] or
        [built(options, "suite.bin")],
        words=kernel_words(options.words), iso=None, memory=options.memory, serial=serial.fileno())


def by_gdb(name, options, machine, folder):
    qemu = platforms.Qemu(name, "host" if name == "kvm" else "max", None, "pc")
    socket = os.path.join(folder, "gdb")
    command = qemu.command(machine, folder) + ["-S", "-gdb", f"unix:{socket},server=on,wait=off"]
    process = platforms.launch(command, stdout=machine.serial)
    try:
        return subprocess.call(
            ["gdb", "-q", "-iex", "set confirm off", machine.kernel,
             "-ex", f"add-symbol-file {built(options, 'suites.elf')}",
             "-ex", f"target remote {wait_for(socket, process)}",
             "-ex", "hbreak enter_from_pvh", "-ex", "continue"], cwd=ROOT)
    finally:
        platforms.end(process)


def wait_for(socket, process):
    """The socket, once QEMU has made it."""
    while not os.path.exists(socket):
        try:
            process.wait(0.05)
            sys.exit("debug: QEMU ended")
        except subprocess.TimeoutExpired:
            pass
    return socket


def by_bochs(_, options, machine, folder):
    symbols = os.path.join(folder, "symbols")
    with open(symbols, "w", encoding="ascii") as file:
        for name in "trapline.elf", "suites.elf":
            file.writelines(f"{line}\n" for line in symbols_of(built(options, name)))
    bochs = platforms.Bochs("corei7_skylake_x")
    bochs.commands = [f'ldsym global "{symbols}"', 'lb "enter_from_multiboot2"', "continue"]
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


if __name__ == "__main__":
    sys.exit(main())
