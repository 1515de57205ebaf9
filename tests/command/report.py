"""The reports of one or several boots, merged into one stream of TAP version 13.

A machine may die in the middle of a test.  That test is then `not ok`, the next boot goes on after
it, and what comes out is one stream all the same: the plan first, every number once.
"""

import re
import sys

from . import modules
from .census import TOLD, Census
from .stream import Stream
from .tap import (ANNOUNCED, BAIL_OUT, COUNTS, MEANT, MODULES, NEXT_BOOT, PLAN, RESULT, START,
                  STARTS, SUMMARY, VERSION, Status, shortened)
from .words import picks, plain_name

TOO_EARLY = "the machine ended before the report did"

# What a machine looks like from outside whose processor is in the shutdown state.
SHUT_DOWN = re.compile(r"no output for|the machine was reset|triple fault")


class Report:
    def __init__(self, write, first, name_of, mistaken=(), given=(), strict=False, quiet=False,
                 final=sys.maxsize, rules_of=lambda test: ()):
        self.write = write              # called with one line of text
        self.first = first              # number of the test that the first boot starts with
        self.final = final              # and of the one that it ends with, if there are so many
        self.name_of = name_of          # the name of a test, by number, if its machine did not say
        self.mistaken = list(mistaken)  # what no machine runs: the last tests
        self.given = given              # the modules that each machine is given
        self.strict = strict            # a known failure that passes fails the run
        self.quiet = quiet              # the machines write no `# start` lines
        self.below = []                 # what is to be said of the machine below
        self.known = {}                 # name -> Known: what this platform gets wrong
        self.mended = []                # names of those that passed, though they always fail
        self.left_out = {}              # the same, of tests that are not to run
        self.plan = None                # number of tests
        self.names = set()              # of the tests that have a result, by their hashes
        self.verdicts = 0               # how many have one
        self.count = {"passed": 0, "failed": 0, "known to fail": 0, "skipped": 0}
        self.broken = None              # what is wrong with the stream, whatever the results say
        self.boots = 0
        self.stream = Stream(first, quiet, self.complain)       # of the machine that runs
        self.census = Census(rules_of)  # of checks that the L0 misses
        self.given_up = None            # why no other machine starts
        self.lost_boots = 0             # in a row, that ended before their plan

    def leave_out(self, globs):
        """Takes from the known failures what would take the platform down; the names of those that
        the globs pick."""
        self.left_out = {name: known for name, known in self.known.items() if known.left_out}
        self.known = {name: known for name, known in self.known.items() if not known.left_out}
        self.left_out = {name: known for name, known in self.left_out.items()
                         if picks(globs, name)}
        return list(self.left_out)

    @property
    def answered(self):
        """Whether the machine that runs has begun its report."""
        return self.stream.answered

    @property
    def running(self):
        """(number, name) of the test that runs, or None."""
        return self.stream.running

    @property
    def last(self):
        """The number of the test that had its turn last."""
        return self.stream.last

    def boot(self, test=None):
        """A machine starts with this test, or is the first one."""
        self.boots += 1
        self.stream = Stream(test or self.first, self.quiet, self.complain)
        self.before = []                # what firmware and boot loader said

    def line(self, text):
        """One whole line from the machine.  Returns whether the machine was reset: it begins its
        report once more, of which nothing counts."""
        if not self.stream.answered:
            self.version(text)
        elif self.stream.begins_again(text):
            return True
        elif text.startswith("#"):
            self.comment(text)
        elif PLAN.fullmatch(text):
            self.plan_line(text)
        elif RESULT.fullmatch(text):
            self.result(text)
        elif BAIL_OUT.fullmatch(text):
            self.stream.bail_out()
            self.write(f"# {text}")
        elif MEANT.fullmatch(text):
            self.complain(f"'{shortened(text)}' is no line of a report")
        else:
            self.tell(text)
        return False

    def comment(self, text):
        """A line that TAP takes for a diagnostic; some of them are more to us."""
        if text.startswith(SUMMARY):
            self.summary(text)
            return
        if self.census.takes(text):
            return
        if text.startswith(NEXT_BOOT):
            self.stream.give_over()
        started, loaded = START.fullmatch(text), MODULES.fullmatch(text)
        if started:
            self.census.new_test()
            self.stream.start(int(started[1]), started[2])
        elif text.startswith(STARTS):
            self.complain(f"'{shortened(text)}' is the start of no test")
        elif loaded:
            self.stream.modules = modules.sizes(loaded)
        elif ANNOUNCED.fullmatch(text):
            self.stream.announced = ANNOUNCED.fullmatch(text)
        self.tell(text)

    def tell(self, text):
        """What a later boot says before its plan has been said by the first."""
        if self.stream.plan is not None or self.boots == 1:
            self.write(text)

    def summary(self, text):
        """The machine counts known failures among those that failed.  Then only what else it says
        is told: the line `# in all` has the counts."""
        counts = COUNTS.fullmatch(text)
        told = text[2:]
        if counts and self.stream.known:
            told = counts["rest"] and f"summary:{counts['rest'][1:]}"
        if told:
            self.write(f"# {told}" if self.boots == 1 else f"# boot {self.boots}: {told}")
        self.stream.summary(text)

    def version(self, text):
        if BAIL_OUT.fullmatch(text):
            self.stream.bail_out()
        self.stream.answered = text.endswith(VERSION)
        if not self.stream.answered:
            self.before.append(text)
        elif self.boots == 1:
            self.write(VERSION)
            for line in self.below:
                self.write(f"# {line}")
            for line in self.before:
                if line.startswith("# "):   # what the platform says of itself
                    self.write(line)

    def note(self, text):
        """What the layers below say beside the report: of the test that runs."""
        said = f"the L0 says: {text}"
        if not self.stream.answered:
            self.before.append(said)
            return
        self.tell(f"# {said}")
        missed = self.census.hear(text, self.running[1] if self.running else "outside of a test")
        if missed:
            self.tell(TOLD + missed)

    def plan_line(self, text):
        found = PLAN.fullmatch(text)
        plan = int(found[1])
        self.stream.planned(plan, skipped=found["reason"] is not None)
        if self.plan is None:
            self.plan = plan
            self.mistaken += self.lost_modules()
            self.write_plan(text)
        elif self.plan != plan:
            self.complain(f"boot {self.boots} plans {text}, but the plan is 1..{self.plan}")
        self.lost_boots = 0

    def lost_modules(self):
        """A processor that cannot run the kernel looks at no module, and runs nothing."""
        if self.stream.modules is None and self.plan == 0:
            return []
        return modules.lost(self.given, self.stream.modules or [])

    def write_plan(self, text):
        """The machine's plan, and behind it the scenarios that it does not know of."""
        if self.mistaken:
            reason = PLAN.fullmatch(text)["reason"]
            text = f"1..{self.plan + len(self.mistaken)}"
            if reason:
                self.write(f"# nothing else runs: {reason}")
        self.write(text)

    def no_machine(self, reason=None):
        """Instead of all boots."""
        self.write(VERSION)
        self.plan = 0
        self.write_plan(f"1..0 # SKIP {reason}" if reason else "1..0")

    def write_mistaken(self):
        """What is wrong with the scenarios that no machine was given, and, where there is a plan,
        their verdicts.  A # in a reason would be another directive to some parsers."""
        for number, scenario in enumerate(self.mistaken, (self.plan or 0) + 1):
            for line in scenario.complaints:
                self.write(f"# {line}")
            if self.plan is not None:
                reason = scenario.complaints[0].replace("#", "\\#")
                self.write(f"not ok {number} - {scenario.name} # ERROR {reason}")
            self.count["failed"] += 1

    def result(self, text):
        found = RESULT.fullmatch(text)
        if not self.stream.result(text, found):
            return
        if hash(found["name"]) in self.names and found["directive"] != "ERROR":
            self.complain(f"'{text}' has the name of another test")
        else:
            self.verdict(text, found, self.known.get(plain_name(found["name"])))

    def died(self, number, name, reason):
        """The machine died in that test, which passes if that had to come, and in that way."""
        announced = self.stream.announced
        had_to = (announced and announced["kind"] == "has to end" and SHUT_DOWN.match(reason)
                  and not self.stream.bailed_out)
        if announced:
            self.write(f"# {'as it had to' if had_to else 'it was announced'}: {announced['what']}")
        text = f"{'ok' if had_to else 'not ok'} {number} - {name}"
        known = self.known.get(plain_name(name))
        self.verdict(text, RESULT.fullmatch(text), known if known and known.left_out else None)

    def verdict(self, text, found, known):
        """`known`: why it may fail; a machine may die of it only if the test is one to leave out,
        which was not possible."""
        name, directive = found["name"], found["directive"]
        if directive == "SKIP":
            kind = "skipped"
        elif found["verdict"] == "ok":
            kind = "passed"
            if known and not known.sometimes:
                self.mended.append(name)
                self.write(f"# known failure passes: {name} (listed because: {known.reason})")
        elif known and not directive:
            kind = "known to fail"
            self.stream.known += 1
            when = " at times" if known.sometimes else ""
            self.write(f"# known{when}: {known.reason} (SDM, \"{known.section}\")")
            text += f" # TODO {known.reason}"
        else:
            kind = "failed"
        if directive != "ERROR":
            self.names.add(hash(name))
        self.verdicts += 1
        self.count[kind] += 1
        self.write(text)

    def complain(self, text):
        self.broken = self.broken or f"the report contradicts itself: {text}"
        self.write(f"# the report contradicts itself: {text}")

    def ended(self, reason, cut_off="", status=None):
        """The machine is gone: `reason` says how, None if as it should; `cut_off` is a line it did
        not finish; `status` is what it ended as, if that is known.  Blames the test that ran."""
        stream = self.stream
        if cut_off:
            self.write(f"# cut off: {cut_off}")
        if not stream.answered:
            for line in self.before:
                self.write(f"# said before the report: {line}")
        if stream.over and reason is None:
            stream.ended_as(status)
            return
        if reason or not stream.bailed_out:
            self.write(f"# {reason or TOO_EARLY}")
        self.blame(reason or TOO_EARLY)

    def blame(self, reason):
        """Of a machine that did not end as it should, the test that ran, or else the stream."""
        planned = self.stream.plan is not None
        self.lost_boots += not planned
        missing = self.first_missing()
        if planned and missing and not self.broken and not self.stream.over:
            self.died(*self.running or (missing, self.name_of(missing)), reason)
        elif planned or self.boots == 1 or self.lost_boots > 1:
            self.broken = self.broken or f"the report does not end as it should: {reason}"

    def due(self):
        """The numbers of the tests that have to run."""
        return range(self.first, min(self.plan or 0, self.final) + 1)

    def missing(self):
        """How many tests have no result.  A damaged plan may have any number of them."""
        return len(self.due()) - self.verdicts

    def first_missing(self):
        """The number of the first test without a result, or None.  They come in order."""
        test = self.first + self.verdicts
        return test if test in self.due() else None

    def next_boot(self):
        """The number of the test that another boot should go on with, or None."""
        return None if self.broken or self.stream.complete else self.first_missing()

    def give_up(self, text):
        """No other machine starts."""
        self.given_up = text
        self.write(f"# {text}")

    def close(self, whole):
        """The last lines of the stream, and its status; `whole`: every test there is has run."""
        missing = self.missing()
        self.write_mistaken()
        for name, known in self.known.items() if whole and self.plan else ():
            if hash(name) not in self.names and not known.left_out:
                self.write(f"# known failure is no test's name: {name}")
        if missing:
            self.write(f"# {missing} of {self.plan} tests have no result")
        for line in self.census.lines():
            self.write(f"# {line}")
        if self.strict and self.mended:
            self.write(f"# --strict: known failures pass: {', '.join(self.mended)}")
        for name, known in self.left_out.items():
            self.write(f"# left out: {name}: {known.reason} (SDM, \"{known.section}\")")
        if self.boots > 1 or self.count["known to fail"] or self.left_out or self.mistaken:
            if self.left_out:
                self.count["left out"] = len(self.left_out)
            counts = ", ".join(f"{count} {kind}" for kind, count in self.count.items())
            self.write(f"# in all: {counts}; {self.boots} boot{'s'[:self.boots != 1]}")
        return self.status()

    def trouble(self):
        """Why this is no whole report or not the expected one, None if it is."""
        return "; ".join(filter(None, self.troubles())) or None

    def troubles(self):
        if self.unanswered():
            yield "no answer: the machine never started a report"
        elif self.plan is None:
            yield "the report has no plan"
        elif self.missing():
            yield f"{self.missing()} of {self.plan} tests have no result"
        if not self.unanswered():
            yield self.broken
        if self.strict and self.mended:
            yield f"known failures pass: {', '.join(self.mended)}"
        yield self.given_up

    def unanswered(self):
        """Whether no machine has started a report, where one should have."""
        return self.plan is None and self.boots <= 1 and not self.stream.answered

    def status(self):
        if self.unanswered():
            return Status.NO_ANSWER
        if self.trouble() or self.count["failed"]:
            return Status.FAILED
        return Status.SKIPPED if self.count["skipped"] == len(self.due()) else Status.PASSED
