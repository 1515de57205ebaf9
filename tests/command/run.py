"""Boots Trapline, streams its report to stdout, and ends with what became of it:

  0    passed
  1    failed: a test, or the report is incomplete or contradicts itself
  2    this command cannot be carried out as given
  77   nothing could run
  124  no answer: the machine never started a report

A machine that hangs, dies or triple faults costs one test: that is reported as `not ok` with the
reason, and the next boot goes on after it, all in one stream of TAP.
"""

import os
import tempfile

from . import known
from .arguments import Parser, one_of
from .bisection import bisect
from .mistake import Mistake
from .platform import ROOT
from .platforms import PLATFORMS
from .session import Session, memory

FIRMWARE = ["bios", "uefi"]
LONGEST = 1000000                       # seconds that can be waited for
EXAMPLE = "trapline run --platform=bochs 'run=ept/*' log=full"


def main(arguments):
    options = parse(arguments)
    try:
        if options.bisect_order:
            return bisect(options)
        with tempfile.TemporaryDirectory(prefix="trapline.") as folder:
            return Session(options, folder).all()
    except known.Malformed as error:
        raise Mistake(error) from error


def parse(arguments):
    parser = Parser("run", __doc__, EXAMPLE)
    take_machine(parser.add_argument)
    take_run(parser.add_argument)
    options = parser.read(arguments)
    refuse_nonsense(options)
    return options


def take_machine(option):
    """The options that tell what boots, and on what."""
    option("words", nargs="*", metavar="WORD",
           help="for the kernel command line: run=GLOBS, from=N, log=full, ... (docs/report.md)")
    option("--platform", default="auto",
           help=f"{', '.join(PLATFORMS)}; auto takes kvm where VMX nests, else bochs; auto-kvm "
                "takes kvm-in-bochs then (docs/platforms.md)")
    option("--cpu", help="the emulator's name of a processor model")
    option("--host-cpu", default="corei7_skylake_x", metavar="MODEL",
           help="on kvm-in-bochs: Bochs' name of the processor that KVM runs on")
    option("--linux", metavar="FILE",
           help="on kvm-in-bochs: this Linux (a bzImage, or a package of Debian's) instead of "
                "Debian's")
    option("--modules", metavar="DIR",
           help="on kvm-in-bochs: where its modules are: a folder like /lib/modules/VERSION or one "
                "with the .ko files, or a package of Debian's")
    option("--kvm-options", default="", metavar="WORDS",
           help="on kvm-in-bochs: parameters for kvm_intel, as 'nested=1 ept=0'")
    option("--qemu", metavar="PROGRAM", help="this QEMU instead of the one that the PATH finds")
    option("--machine", default="pc", help="QEMU's name of a machine: pc, q35")
    option("--memory", type=int, metavar="MIB", help="of the machine: 32, with UEFI 128")
    option("--firmware", type=one_of("firmware", FIRMWARE), default="bios",
           help=f"{', '.join(FIRMWARE)}; uefi on QEMU only")
    option("--iso", action="store_true",
           help="boot the ISO; done anyway where there are neither words nor files")
    option("--scenario", action="append", default=[], metavar="FILE",
           help="run just this one (.asm or .bin), everything logged; may be repeated")
    option("--untwisted", action="store_true",
           help="run the scenarios' twins: each without the line marked by `twist`, to see that "
                "what it claims comes from that line alone (docs/scenarios.md)")
    option("--module", action="append", default=[], metavar="FILE",
           help="give the kernel this file instead of the suite's scenarios; may be repeated")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER",
           help="where kernel, scenarios and ISO were built")


def take_run(option):
    """The options that tell how it is run, and what is made of the results."""
    option("--timeout", type=float, metavar="SECONDS",
           help="of silence after which a machine is taken to hang: 60, on kvm-in-bochs 90")
    option("--limit", type=float, metavar="SECONDS",
           help="that the whole run may take; the tests without a verdict have none then, and the "
                "run failed; else there is no bound")
    option("--junit", metavar="FILE", help="write the results there as JUnit XML as well")
    option("--annotations", action="store_true",
           default=os.environ.get("GITHUB_ACTIONS") == "true",
           help="print each failure that names a line of a file on stderr as GitHub's workflow "
                "command; done anyway if GITHUB_ACTIONS is true")
    option("--machines", type=int, metavar="NUMBER",
           help="run so many side by side, each a share of the tests; else 1, and on kvm-in-bochs "
                "2 for 200 tests and more where there are two processors")
    option("--known", metavar="FILE", help="list of known failures, instead of tests/known/...")
    option("--bisect-order", action="store_true",
           help="run in the order of the plan and in that of the words (else order=reverse), and "
                "find the test behind which another one has another verdict: status 1 if there is "
                "one, 0 if none; --limit= is 3600 then (docs/results.md)")
    option("--strict", action="store_true", help="a known failure that passes fails the run")


def refuse_nonsense(options):
    """What no machine can be started with, whatever the platform."""
    if options.machines is not None and options.machines < 1:
        raise Mistake(f"--machines={options.machines}: one machine at least has to run")
    refuse_seconds("--timeout", options.timeout, "more than 0 seconds have to be waited")
    refuse_seconds("--limit", options.limit, "more than 0 seconds have to be allowed")
    if memory(options) < 1:
        raise Mistake(f"--memory={options.memory}: a machine has 1 MiB at least")
    refuse_twins_of_others(options)
    if options.bisect_order and options.junit:
        raise Mistake("--bisect-order makes no report, so there is nothing for --junit")
    others = " ".join([*options.words, *options.scenario, *options.module,
                       *["--bisect-order"] * options.bisect_order])
    for option, given in ("--iso", options.iso), ("--firmware=uefi", options.firmware == "uefi"):
        if given and others:
            raise Mistake(f"{option} boots the ISO, which takes no words, scenarios or modules: "
                          f"{others}")


def refuse_twins_of_others(options):
    """Only from its source can a scenario be made without its twist."""
    if not options.untwisted:
        return
    if not options.scenario:
        raise Mistake("--untwisted runs the twins of scenarios: give them by --scenario=FILE.asm")
    for path in options.scenario:
        if not path.endswith(".asm"):
            raise Mistake(f"--untwisted takes the source of a scenario, which ends in .asm: {path}")


def refuse_seconds(option, seconds, why):
    """Of an option that need not be given."""
    if seconds is not None and not 0 < seconds <= LONGEST:
        raise Mistake(f"{option}={seconds:g}: {why}, and up to {LONGEST}")
