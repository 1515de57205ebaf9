"""One run: machines, one after another or side by side, and the one report that comes of them."""

import os
import re
import subprocess
import sys
import tempfile
import time

from . import census, junit, known, modules
from .annotations import annotation
from .machine import Listener, Machine
from .mistake import Mistake, built, failed, missing, readable
from .patience import Over, Patience
from .platform import ROOT, join
from .platforms import choose
from .processes import processors
from .progress import Progress
from .report import Report
from .results import Results
from .scenarios import scenarios
from .tables import Malformed, of_module
from .tap import START, Status
from .words import (glob_of, globs, instead, is_quiet, kernel_words, number, picks,
                    plain_name)

BOOTS = 20                              # a kernel that dies more often than this is given up
WORTH_A_BOOT = 100                      # tests, by which a machine more ends a run sooner
LONG_LINE = 2000                        # characters that a boot loader surely passes on
TRIES = 30                              # to find a free port for Bochs' display


class Named(Exception):
    """The name we were listening for."""


class TakenOver(Exception):
    """The machine has run its share of the tests; another one has begun with what follows."""


class Reset(Exception):
    """The machine has begun its report once more, and runs tests again that it ran before."""


class Session:
    """All the machines of one run, until every test has its verdict."""

    def __init__(self, options, folder):
        self.options = options
        self.scratch = folder
        self.platform = choose(options)
        self.patience = Patience(options.timeout or self.platform.SILENCE, options.limit)
        given = scenarios(options.scenario, folder, options.untwisted)
        self.mistaken = [scenario for scenario in given if scenario.complaints]
        given = [scenario for scenario in given if not scenario.complaints]
        self.modules = self.files(given)
        self.words = instead(self.platform.WORDS, *words(options, given))
        self.whole = not (options.scenario or options.module or any(
            re.match(r"(run|from|to)=|list$", word) for word in self.words))
        options.iso |= options.firmware == "uefi"
        self.iso = options.iso or (self.platform.STARTS_ISO and not (
            options.scenario or options.module or options.words))
        self.results = Results()
        self.junit = None
        self.report = Report(self.say, first=number(self.words, "from"), name_of=self.name_of,
                             mistaken=self.mistaken, given=self.given(given),
                             strict=options.strict, quiet=is_quiet(self.words),
                             final=number(self.words, "to", sys.maxsize),
                             rules_of=self.rules_of)
        self.progress = Progress(self.platform.STARTING)
        self.shared = "list" in self.words
        self.waiting = {}               # test -> the machine that has begun with it already
        self.taken_over = 0             # machines whose work another one went on with

    def files(self, given):
        """What the machines are given: nothing where scenarios were asked for and each of them has
        a mistake."""
        modules = [os.path.abspath(readable(path, "module")) for path in self.options.module]
        if self.mistaken and not given:
            return []
        if given:
            # One module, as the kernel takes only so many.
            files = [scenario.file for scenario in given]
            modules.append(os.path.join(self.scratch, join(files, self.scratch)))
        return modules or [self.built("suite.bin")]

    def given(self, scenarios_given):
        """The same files, with what is lost if one of them is: a file of scenarios that were put
        together is the last one."""
        names = [scenario.name for scenario in scenarios_given]
        together = self.modules[-1:] if names else []
        return [modules.module(path, names if path in together else None) for path in self.modules]

    def take_census(self):
        """Has the kernel say what it is about to enter, where the L0 tells of checks it misses."""
        if self.platform.tells_of_missed_checks() and not is_quiet(self.words):
            self.words = instead(self.words, census.WORD)

    def rules_of(self, name):
        """The rules that a scenario of the modules says it tests, by the test's name."""
        try:
            tests = [test for path in self.modules for test in of_module(path)[1]]
        except Malformed:
            return []
        return [rule.split(":")[0] for test in tests if test.name == plain_name(name)
                for rule in test.rules]

    def built(self, name):
        return built(self.options.build, name)

    def all(self):
        """Runs what there is to run; the status of it all."""
        with self.progress:
            return self.run_and_keep() if self.options.junit else self.run()

    def run_and_keep(self):
        """Writes the results as JUnit XML as well."""
        trouble = "the run was interrupted"
        try:
            self.junit = junit.Suite(self.options.junit, self.platform.NAME)
        except OSError as error:
            raise Mistake(f"{self.options.junit} cannot be written: {error.strerror}") from error
        try:
            status = self.run()
            trouble = self.report.trouble()
            return status
        finally:
            self.junit.finish(self.results, trouble)

    def run(self):
        """Boots until every test has its verdict; the status of it all."""
        lacking = self.modules and self.platform.lacking()
        if self.modules and not lacking:
            try:
                self.make_ready()
                self.boot_all()
            except Over as over:
                self.report.give_up(f"given up: {over}")
        else:
            self.report.no_machine(lacking)
        status = self.report.close(whole=self.whole)
        listed = "list" in self.words and self.report.boots
        return Status.PASSED if status == Status.SKIPPED and listed else status

    def boot_all(self):
        try:
            self.boot()
            while test := self.report.next_boot():
                if self.report.boots - self.taken_over == BOOTS:
                    self.report.give_up(f"given up after {BOOTS} boots")
                    break
                self.patience.hold()
                self.boot(test)
        finally:
            for machine in self.waiting.values():
                machine.end()

    def say(self, line):
        """One line of the report that comes out of all this."""
        self.progress.heard()
        try:
            print(line, flush=True)
        except OSError as error:
            error.filename = "standard output"
            raise
        result = self.results.line(line)
        if result and self.junit:
            self.junit.add(result)
        command = self.options.annotations and result and annotation(result)
        if command:
            self.progress.say(command)

    def make_ready(self):
        """Prepares the platform, and reads what is known of it."""
        try:
            with self.patience.bounded():
                self.platform.prepare(self.progress)
            self.load_known()
            self.take_census()
        except FileNotFoundError as error:
            raise missing(error) from error
        except subprocess.CalledProcessError as error:
            raise failed(error) from error

    def boot(self, test=None):
        """One machine, the first or the one that goes on with the test, from its start to its end,
        or until another one takes over."""
        self.report.boot(test)
        self.progress.at(self.report.last, self.platform.STARTING)
        try:
            for _ in range(TRIES):
                ending, busy = self.hear_machine(test)
                if not busy or self.patience.over():
                    break
                time.sleep(1)
            self.report.ended(*ending)
        except Reset:
            self.report.ended("the machine was reset: its report began once more")
        except TakenOver:
            self.taken_over += 1

    def hear_machine(self, test):
        """How it ended, and whether it is worth another try."""
        with self.waiting.pop(test, None) or self.machine(test) as machine:
            ending = machine.hear_out(Listener(self.hear, self.report.note),
                                      self.patience, self.waiting.values())
            if self.report.answered:
                return ending, False
            reason = ending.reason or self.platform.complaint(machine.folder)
            return ending._replace(reason=reason), self.platform.busy(machine.folder)

    def hear(self, line):
        """One line of a machine; whether it brought a verdict."""
        verdicts = self.report.verdicts
        if self.report.line(line):
            raise Reset
        if self.report.plan and not self.shared:
            self.share()
        if self.report.running:
            number, name = self.report.running
            self.progress.total = self.report.plan
            self.progress.at(number, name)
        if self.report.last + 1 in self.waiting and not self.report.broken:
            raise TakenOver
        return self.report.verdicts > verdicts

    def share(self):
        """Has other machines begin with their shares of the tests, now that there is a plan."""
        self.shared = True
        first = self.report.first
        count = len(self.report.due())
        machines = min(count, self.options.machines or min(
            self.platform.MACHINES, processors(), count // WORTH_A_BOOT))
        for share in range(1, machines):
            test = first + count * share // machines
            try:
                self.waiting[test] = self.machine(test)
            except (Mistake, OSError):
                return                  # the machine that runs goes on alone

    def name_of(self, test):
        """Of a test that died without a start line, as under log=quiet: one more boot tells."""
        def hear(line):
            found = START.fullmatch(line)
            if found and int(found[1]) == test:
                raise Named(found[2])

        if self.patience.over():
            return f"test_{test}"
        try:
            with self.machine(test, "log=full") as machine:
                machine.hear_out(Listener(hear, lambda said: None), self.patience,
                                 self.waiting.values())
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
                           modules=self.modules, iso=iso, memory=memory(self.options),
                           quick=bool(self.options.scenario))
        except OSError as error:
            raise missing(error) from error
        except subprocess.CalledProcessError as error:
            raise failed(error) from error

    def load_known(self):
        """What this platform gets wrong; what would take it down is left out.  An ISO cannot be
        told so: its machine ends in such a test, as is known, and the next one goes on behind."""
        paths = [readable(self.options.known, "known")] if self.options.known else [
            f"{ROOT}/tests/known/{name}" for name in self.platform.LISTS]
        below = self.platform.below()
        entries, notes = known.read(paths, below)
        self.report.below = [f"l0 {name} {version or 'unknown'}"
                             for name, version in below.items()] + notes
        self.report.known, quirks = known.split_quirks(entries)
        self.name_quirks(quirks)
        if self.options.iso or "list" in self.words:
            return
        left_out = self.report.leave_out(globs(self.words))
        if left_out:
            self.iso = False
            picks = globs(self.words) + [f"-{name}" for name in left_out]
            self.words = instead(self.words, "run=" + ",".join(picks))

    def name_quirks(self, quirks):
        """Tells the kernel what to correct for.  An ISO cannot be told.  So it is booted only where
        that was asked for, and the tests that needed the correction have to fail."""
        quirks = {key: entry for key, entry in quirks.items() if picks(globs(self.words), key[0])}
        if not quirks or any(word.startswith("except=") for word in self.words):
            return
        self.iso = self.options.iso
        if self.iso:
            for (test, _), entry in quirks.items():
                self.report.known.setdefault(test, entry)
        self.words = self.words + ["except=" + ",".join(quirk for _, quirk in quirks)]


def memory(options):
    """MiB."""
    return {"bios": 32, "uefi": 128}[options.firmware] if options.memory is None else options.memory


def words(options, given):
    """The kernel command line: scenarios given by name are picked, and logged without what else the
    processor offers."""
    chosen = options.words
    if given:
        chosen = instead([f"run={picked(given, options.module)}", "log=scenario"], *chosen)
    return kernel_words(chosen)


def picked(given, modules):
    """The globs for these scenarios: their names or, where these would be too long for a command
    line and there is nothing else to run, all but the kernel's own tests."""
    names = ",".join(glob_of(scenario.name) for scenario in given)
    others = modules or any(scenario.name.startswith("kernel/") for scenario in given)
    return names if others or len(names) < LONG_LINE else "-kernel/*"
