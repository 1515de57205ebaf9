#!/usr/bin/env python3
"""Boots Trapline, streams its report to stdout, and ends with what became of it:

  0    passed
  1    failed: a test, or the report is incomplete or contradicts itself
  2    this command cannot be carried out as given
  77   nothing could run
  124  no answer: the machine never started a report

A machine that hangs, dies or triple faults costs one test: that is reported as `not ok` with the
reason, and the next boot goes on after it, all in one stream of TAP.
"""

import argparse
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from fnmatch import fnmatchcase

sys.dont_write_bytecode = True

from command import junit, known, platforms                      # noqa: E402
from command.annotations import annotation                       # noqa: E402
from command.machine import Machine                              # noqa: E402
from command.mistake import (                                    # noqa: E402
    Mistake, failed, in_words, kernel_words, missing, readable)
from command.report import START, Report, Status                 # noqa: E402
from command.results import Results                              # noqa: E402

ROOT = platforms.ROOT
OVMF = "/usr/share/OVMF/OVMF_CODE.fd"
BOOTS = 20                              # a kernel that dies more often than this is given up
WORTH_A_BOOT = 100                      # tests, by which a machine more ends a run sooner
LONGEST = 1000000                       # seconds of silence that can be waited for
TRIES = 30                              # to find a free port for Bochs' display
PLATFORMS = "auto, auto-kvm, bochs, kvm, kvm-in-bochs, tcg, command:PROGRAM"
WITHOUT_KVM = {"auto": "bochs", "auto-kvm": "kvm-in-bochs"}


class Named(Exception):
    """The name we were listening for."""


class Relieved(Exception):
    """The machine has run its share; another one has begun with what follows."""


def main():
    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        with tempfile.TemporaryDirectory(prefix="trapline.") as folder:
            return Run(parse(sys.argv[1:]), folder).all()
    except (Mistake, known.Malformed) as mistake:
        print(f"run: {mistake}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        # Whoever listened to stdout and went away is not to be told.
        if not isinstance(error, BrokenPipeError):
            print(f"run: {in_words(error)}", file=sys.stderr)
        return Status.FAILED


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    option = parser.add_argument
    option("words", nargs="*", metavar="WORD",
           help="for the kernel command line: run=GLOBS, from=N, log=full, ... (docs/report.md)")
    option("--platform", default="auto",
           help=f"{PLATFORMS}; auto takes kvm where VMX nests, else bochs; auto-kvm takes "
                "kvm-in-bochs then (docs/platforms.md)")
    option("--cpu", help="the emulator's name of a processor model")
    option("--host-cpu", default="corei7_skylake_x", metavar="MODEL",
           help="on kvm-in-bochs: Bochs' name of the processor that KVM runs on")
    option("--machine", default="pc", help="QEMU's name of a machine: pc, q35")
    option("--memory", type=int, metavar="MIB", help="of the machine: 32, with UEFI 128")
    option("--firmware", choices=["bios", "uefi"], default="bios", help="uefi: on QEMU only")
    option("--iso", action="store_true",
           help="boot the ISO; done anyway where there are neither words nor files")
    option("--scenario", action="append", default=[], metavar="FILE",
           help="run just this one (.asm or .bin), everything logged; may be repeated")
    option("--module", action="append", default=[], metavar="FILE",
           help="give the kernel this file instead of the suite's scenarios; may be repeated")
    option("--timeout", type=float, metavar="SECONDS",
           help="of silence after which a machine is taken to hang: 60, on kvm-in-bochs 90")
    option("--junit", metavar="FILE", help="write the results there as JUnit XML as well")
    option("--annotations", action="store_true",
           default=os.environ.get("GITHUB_ACTIONS") == "true",
           help="print each failure that names a line of a file on stderr as GitHub's workflow "
                "command; done anyway if GITHUB_ACTIONS is true")
    option("--machines", type=int, metavar="NUMBER",
           help="run so many side by side, each a share of the tests; else 1, and on kvm-in-bochs 2 "
                "for 200 tests and more where there are two processors")
    option("--known", metavar="FILE", help="list of known failures, instead of tests/known/...")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER",
           help="where kernel, scenarios and ISO were built")
    return parser.parse_intermixed_args(arguments)


class Run:
    def __init__(self, options, folder):
        self.options = options
        self.scratch = folder
        refuse_nonsense(options)
        self.name, self.platform = choose(options)
        self.patience = options.timeout or self.platform.SILENCE
        self.modules = ([readable("module", path) for path in options.module] +
                        [assembled(path, folder) for path in options.scenario]
                        or [self.built("suite.bin")])
        self.words = instead(self.platform.WORDS, *words(options, self.modules))
        self.whole = not (options.scenario or options.module or any(
            re.match(r"(run|from)=|list$", word) for word in self.words))
        options.iso |= options.firmware == "uefi"
        self.iso = options.iso or (self.platform.STARTS_ISO and not (
            options.scenario or options.module or options.words))
        self.results = Results()
        self.report = Report(self.say, first=number(self.words, "from"), name_of=self.name_of)
        self.shared = "list" in self.words
        self.waiting = {}               # test -> the machine that has begun with it already
        self.relieved = 0               # machines that have run their shares

    def built(self, name):
        path = os.path.join(self.options.build, name)
        if not os.path.exists(path):
            raise Mistake(f"there is no {path}; `make` builds it")
        return os.path.abspath(path)

    def all(self):
        """Runs what there is to run, and keeps the results; the status of it all."""
        if not self.options.junit:
            return self.run()
        trouble = "the run was interrupted"
        try:
            junit.prepare(self.options.junit)
        except OSError as error:
            raise Mistake(f"{self.options.junit} cannot be written: {error.strerror}") from error
        try:
            status = self.run()
            trouble = self.report.trouble() if self.report.boots else None
            return status
        finally:
            junit.write(self.options.junit, self.name, self.results, trouble)

    def run(self):
        """Boots until every test has its verdict; the status of it all."""
        if self.name == "kvm" and platforms.why_not_kvm():
            self.say(f"1..0 # SKIP no nested VMX: {platforms.why_not_kvm()}")
            return Status.SKIPPED
        self.make_ready()
        try:
            self.boot_all()
        finally:
            for machine in self.waiting.values():
                machine.end()
        status = self.report.close(whole=self.whole)
        return Status.PASSED if status == Status.SKIPPED and "list" in self.words else status

    def boot_all(self):
        self.boot()
        while test := self.report.next_boot():
            if self.report.boots - self.relieved == BOOTS:
                self.say(f"# given up after {BOOTS} boots")
                break
            self.boot(test)

    def say(self, line):
        """One line of the report that comes out of all this."""
        try:
            print(line, flush=True)
        except OSError as error:
            # Else Python would try once more as it ends, and end with a status of its own.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            error.filename = "standard output"
            raise
        result = self.results.line(line)
        command = self.options.annotations and result and annotation(result)
        if command:
            print(command, file=sys.stderr, flush=True)

    def make_ready(self):
        try:
            self.platform.prepare()
            self.load_known()
        except FileNotFoundError as error:
            raise missing(error) from error
        except subprocess.CalledProcessError as error:
            raise failed(error) from error

    def boot(self, test=None):
        """One machine, the first or the one that goes on with the test, from its start to its end, or
        until it is relieved."""
        self.report.boot()
        try:
            for _ in range(TRIES):
                reason, cut_off, busy = self.hear_machine(test)
                if not busy:
                    break
                time.sleep(1)
            self.report.ended(reason, cut_off)
        except Relieved:
            self.relieved += 1

    def hear_machine(self, test):
        """What ended it, what came of an unfinished line, and whether it is worth another try."""
        with self.waiting.pop(test, None) or self.machine(test) as machine:
            reason, cut_off = machine.hear_out(self.hear, self.patience)
            if self.report.answered:
                return reason, cut_off, False
            return (reason or self.platform.complaint(machine.folder), cut_off,
                    self.platform.busy(machine.folder))

    def hear(self, line):
        self.report.line(line)
        if self.report.plan and not self.shared:
            self.share()
        if self.report.last + 1 in self.waiting and not self.report.broken:
            raise Relieved

    def share(self):
        """Has other machines begin with their shares of the tests, now that their number is known."""
        self.shared = True
        first = self.report.first
        count = self.report.plan - first + 1
        machines = min(count, self.options.machines or min(
            self.platform.MACHINES, len(os.sched_getaffinity(0)), count // WORTH_A_BOOT))
        for share in range(1, machines):
            test = first + count * share // machines
            try:
                self.waiting[test] = self.machine(test)
            except (Mistake, OSError):
                return                  # who runs already goes on without

    def name_of(self, test):
        """Of a test that died without a start line, as under log=quiet: one more boot tells."""
        def hear(line):
            found = START.fullmatch(line)
            if found and int(found[1]) == test:
                raise Named(found[2])

        try:
            with self.machine(test, "log=full") as machine:
                machine.hear_out(hear, self.patience)
        except Named as named:
            return str(named)
        return f"test_{test}"

    def machine(self, test, *others):
        """Starts the first machine, or one that begins with the test."""
        folder = tempfile.mkdtemp(dir=self.scratch)
        chosen = instead(self.words, f"from={test}", *others) if test else self.words
        iso = self.built("trapline.iso") if self.iso and not test else None
        try:
            return Machine(self.platform, folder, kernel=self.built("trapline.elf"), words=chosen,
                           modules=self.modules, iso=iso, memory=memory(self.options))
        except OSError as error:
            raise missing(error) from error
        except subprocess.CalledProcessError as error:
            raise failed(error) from error

    def load_known(self):
        """What this platform gets wrong; what would take it down is left out."""
        paths = [readable("known", self.options.known)] if self.options.known else [
            path for path in (f"{ROOT}/tests/known/{layer}" for layer in self.platform.layers())
            if os.path.exists(path)]
        entries = {}
        for path in paths:
            entries.update(known.load(path))
        self.report.known, quirks = known.split_quirks(entries)
        self.name_quirks(quirks)
        left_out = self.report.leave_out(globs(self.words))
        if left_out:
            picks = globs(self.words) + [f"-{name}" for name in left_out]
            self.words = instead(self.words, "run=" + ",".join(picks))

    def name_quirks(self, quirks):
        """Tells the kernel what to correct for.  An ISO cannot be told: it is booted then only where
        that was asked for, and the tests that would be told have to fail."""
        quirks = {key: entry for key, entry in quirks.items() if picks(globs(self.words), key[0])}
        if not quirks or any(word.startswith("except=") for word in self.words):
            return
        self.iso = self.options.iso
        if self.iso:
            for (test, _), entry in quirks.items():
                self.report.known.setdefault(test, entry)
        self.words = self.words + ["except=" + ",".join(quirk for _, quirk in quirks)]


def refuse_nonsense(options):
    """What no machine can be started with, whatever the platform."""
    if options.machines is not None and options.machines < 1:
        raise Mistake(f"--machines={options.machines}: one machine at least has to run")
    if options.timeout is not None and not 0 < options.timeout <= LONGEST:
        raise Mistake(f"--timeout={options.timeout:g}: more than 0 seconds have to be waited, "
                      f"and up to {LONGEST}")
    if memory(options) < 1:
        raise Mistake(f"--memory={options.memory}: a machine has 1 MiB at least")
    others = " ".join(options.words + options.scenario + options.module)
    for option, given in ("--iso", options.iso), ("--firmware=uefi", options.firmware == "uefi"):
        if given and others:
            raise Mistake(f"{option} boots the ISO, which takes no words, scenarios or modules: "
                          f"{others}")


def memory(options):
    """MiB."""
    return {"bios": 32, "uefi": 128}[options.firmware] if options.memory is None else options.memory


def choose(options):
    """The platform's name, and the platform."""
    name = options.platform
    if name in WITHOUT_KVM:
        lacking = platforms.why_not_kvm()
        name = WITHOUT_KVM[name] if lacking else "kvm"
        because = f"no nested VMX under KVM ({lacking})" if lacking else "VMX nests under KVM here"
        print(f"run: platform {name}: {because}", file=sys.stderr)
    firmware = OVMF if options.firmware == "uefi" else None
    if firmware and "bochs" in name:
        raise Mistake(f"there is no UEFI firmware for {name}; --firmware=uefi goes with kvm or tcg")
    if name == "bochs":
        return name, platforms.Bochs(options.cpu or "corei7_skylake_x")
    if name == "kvm-in-bochs":
        return name, platforms.KvmInBochs(options.host_cpu, options.cpu or "host", options.machine,
                                          os.path.abspath(os.path.join(options.build, "kvm")))
    if name == "kvm":
        return name, platforms.Qemu("kvm", options.cpu or "host", firmware, options.machine)
    if name == "tcg":
        return name, platforms.Qemu("tcg", options.cpu or "max", firmware, options.machine)
    if name.startswith("command:"):
        program = name.removeprefix("command:")
        if not shutil.which(program):
            raise Mistake(f"--platform={name}: there is no such program")
        return "command", platforms.Command(program)
    raise Mistake(f"there is no platform '{name}'; allowed are {PLATFORMS}")


def assembled(path, folder):
    """The scenario's binary file."""
    if not path.endswith((".asm", ".bin")):
        raise Mistake(f"{path}: a scenario's name ends in .asm, or .bin once assembled")
    readable("scenario", path)
    if path.endswith(".bin"):
        return path
    output = os.path.join(folder, os.path.basename(path).removesuffix(".asm") + ".bin")
    if subprocess.run([f"{ROOT}/tests/assemble", path, output], check=False).returncode:
        raise Mistake(f"{path} does not assemble")
    return output


def words(options, modules):
    """The kernel command line: scenarios given by name are picked, and logged in full."""
    chosen = options.words
    if options.scenario:
        picked = zip(modules[len(options.module):], options.scenario)
        ours = ["run=" + ",".join(scenario_name(*paths) for paths in picked), "log=full"]
        chosen = instead(ours, *chosen)
    return kernel_words(chosen)


def instead(chosen, *others):
    """The words, and others that take the place of those with the same key."""
    keys = [word.split("=")[0] for word in others]
    return [word for word in chosen if word.split("=")[0] not in keys] + list(others)


def globs(chosen):
    """What `run=` says."""
    return [glob for word in chosen if word.startswith("run=")
            for glob in word.removeprefix("run=").split(",")]


def picks(chosen, name):
    """Whether globs as in `run=` may pick the test."""
    wanted = [glob for glob in chosen if not glob.startswith("-")] or ["*"]
    return any(fnmatchcase(name, glob) for glob in wanted)


def number(chosen, key):
    """What `key=` says, 1 if nothing does, or what the kernel refuses."""
    given = [word.partition("=")[2] for word in chosen if word.startswith(f"{key}=")]
    return max(1, int(given[-1])) if given and given[-1].isdecimal() else 1


def scenario_name(path, source):
    """The test's name, from the file's header (tests/script/script.h); the source, if it is another file, is
    what the user named."""
    with open(path, "rb") as file:
        contents = file.read()
    try:
        offset, = struct.unpack_from("<I", contents, 56)
        if contents.startswith(b"SCENARIO") and offset < len(contents):
            return contents[offset:contents.index(b"\0", offset)].decode("ascii")
    except (struct.error, ValueError):
        pass
    if path != source:
        raise Mistake(f"{source} is no scenario: see docs/scenarios.md for what makes one")
    raise Mistake(f"{path} is no scenario, or damaged; --module={path} boots it all the same")


if __name__ == "__main__":
    sys.exit(main())
